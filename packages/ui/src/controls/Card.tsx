import type { ComponentChildren } from 'preact'

type CardProps = {
  title?: ComponentChildren
  /** At the end of the title's line: a link, a tag, a button. */
  aside?: ComponentChildren
  /** No inner space, for tables and clips. */
  flush?: boolean
  /** The whole card leads there. */
  href?: string
  children: ComponentChildren
}

/** One thing with an edge around it. */
export function Card({ title, aside, flush, href, children }: CardProps) {
  const content = (
    <>
      {(title || aside) && (
        <div class="card-head">
          <h2 class="card-title">{title}</h2>
          {aside}
        </div>
      )}
      <div class={flush ? 'card-body card-flush' : 'card-body'}>{children}</div>
    </>
  )
  if (href === undefined) return <section class="card">{content}</section>
  return (
    <a class="card card-link" href={href}>
      {content}
    </a>
  )
}
