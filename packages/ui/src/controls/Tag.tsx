import type { ComponentChildren } from 'preact'
import { classNames } from './class-names.ts'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-shapes.ts'
import { type Tone, toneIcons } from './tone.ts'

type TagProps = {
  tone?: Tone
  /** A tone other than neutral always has an icon; this one replaces it. */
  icon?: IconName
  children: ComponentChildren
}

/** A word or two about a thing: its state, its kind, its count. */
export function Tag({ tone = 'neutral', icon, children }: TagProps) {
  const shown = icon ?? (tone === 'neutral' ? undefined : toneIcons[tone])
  return (
    <span class={classNames('tag', `tag-${tone}`)}>
      {shown && <Icon name={shown} size={14} />}
      <span class="tag-text">{children}</span>
    </span>
  )
}
