import type { ComponentChildren } from 'preact'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-shapes.ts'

type EmptyStateProps = {
  icon?: IconName
  /** Why it is empty: 'No campaigns yet'. */
  title: string
  /** What comes next, in a sentence or two. */
  children?: ComponentChildren
  /** The button that does it. */
  action?: ComponentChildren
}

/** Nothing here yet: says why, teaches the next step and offers it. */
export function EmptyState({ icon = 'inbox', title, children, action }: EmptyStateProps) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={icon} size={24} />
      </span>
      <p class="empty-title">{title}</p>
      {children && <div class="empty-text">{children}</div>}
      {action && <div class="empty-action">{action}</div>}
    </div>
  )
}
