import type { ComponentChildren } from 'preact'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-shapes.ts'

export type RailItem = { href: string; label: string; icon: IconName; current?: boolean; count?: number }

type RailProps = {
  label: string
  /** The workspace's name and what changes it. */
  head?: ComponentChildren
  items: readonly RailItem[]
  /** At the bottom: who is signed in, settings. */
  foot?: ComponentChildren
}

/** The console's left rail. */
export function Rail({ label, head, items, foot }: RailProps) {
  return (
    <nav class="rail" aria-label={label}>
      {head && <div class="rail-head">{head}</div>}
      <ul class="rail-items">
        {items.map((item) => (
          <li key={item.href}>
            <a
              class="rail-item"
              href={item.href}
              aria-current={item.current ? 'page' : undefined}
              title={item.label}
            >
              <Icon name={item.icon} size={18} />
              <span class="rail-label">{item.label}</span>
              {item.count ? <span class="rail-count">{item.count}</span> : null}
            </a>
          </li>
        ))}
      </ul>
      {foot && <div class="rail-foot">{foot}</div>}
    </nav>
  )
}
