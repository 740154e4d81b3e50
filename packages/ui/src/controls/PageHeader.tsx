import type { ComponentChildren } from 'preact'
import { Icon } from './Icon.tsx'

type PageHeaderProps = {
  title: ComponentChildren
  /** Where it belongs: a link back. */
  above?: { label: string; href: string }
  /** State and facts beside the title. */
  aside?: ComponentChildren
  /** One line on what this page is for. */
  lead?: ComponentChildren
  /** Buttons, the main one last. */
  actions?: ComponentChildren
}

/** The top of a page: where one is, what it is, what one can do. */
export function PageHeader({ title, above, aside, lead, actions }: PageHeaderProps) {
  return (
    <header class="page-header">
      {above && (
        <a class="page-above" href={above.href}>
          <Icon name="back" size={16} />
          {above.label}
        </a>
      )}
      <div class="page-header-line">
        <div class="page-title-line">
          <h1 class="page-title">{title}</h1>
          {aside}
        </div>
        {actions && <div class="page-actions">{actions}</div>}
      </div>
      {lead && <p class="page-lead">{lead}</p>}
    </header>
  )
}
