import type { ComponentChildren } from 'preact'
import { useI18n } from '../i18n/context.tsx'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-shapes.ts'

type AppBarProps = {
  title: ComponentChildren
  /** Leads one step back. */
  back?: { href: string; label: string }
  /** At the line's end: the balance, one tap away. */
  end?: ComponentChildren
}

/** The top of a phone screen. */
export function AppBar({ title, back, end }: AppBarProps) {
  return (
    <header class="app-bar">
      {back && (
        <Button
          kind="quiet"
          class="button-icon"
          icon="back"
          href={back.href}
          aria-label={back.label}
          size="touch"
        />
      )}
      <h1 class="app-bar-title" dir="auto">
        {title}
      </h1>
      {end}
    </header>
  )
}

export type BottomBarItem = {
  href: string
  label: string
  icon: IconName
  current?: boolean
  /** Shown as a number at the icon, and said with what is counted. */
  count?: number
  countLabel?: string
}

/** The phone's ways, within the thumb's reach. At most five. */
export function BottomBar({ label, items }: { label: string; items: readonly BottomBarItem[] }) {
  const { number } = useI18n()
  return (
    <nav class="bottom-bar" aria-label={label}>
      {items.map((item) => (
        <a
          key={item.href}
          class="bottom-item"
          href={item.href}
          aria-current={item.current ? 'page' : undefined}
        >
          <span class="bottom-icon">
            <Icon name={item.icon} size={22} />
            {item.count ? (
              <span class="bottom-count" aria-hidden="true">
                {number(item.count)}
              </span>
            ) : null}
          </span>
          <span>{item.label}</span>
          {item.count && item.countLabel ? (
            <span class="visually-hidden">{`${item.countLabel}: ${number(item.count)}`}</span>
          ) : null}
        </a>
      ))}
    </nav>
  )
}

/** Holds the one primary action of a phone screen at the bottom edge. */
export function ActionBar({ children, note }: { children: ComponentChildren; note?: ComponentChildren }) {
  return (
    <div class="action-bar">
      {note && <div class="action-note">{note}</div>}
      {children}
    </div>
  )
}
