import type { ComponentChildren } from 'preact'

type SectionProps = {
  /** Where a fault's link leads: `#draft-pay`. */
  id: string
  title: string
  lead?: ComponentChildren
  aside?: ComponentChildren
  children: ComponentChildren
}

/** One part of the form. */
export function Section({ id, title, lead, aside, children }: SectionProps) {
  return (
    <section class="card draft-section" id={`draft-${id}`} aria-labelledby={`draft-${id}-title`}>
      <header class="draft-section-head">
        <h2 class="card-title" id={`draft-${id}-title`}>
          {title}
        </h2>
        {aside}
      </header>
      {lead && <p class="draft-lead">{lead}</p>}
      <div class="draft-fields">{children}</div>
    </section>
  )
}
