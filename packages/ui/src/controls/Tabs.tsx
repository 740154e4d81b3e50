import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'

export type TabItem = { id: string; label: string; count?: number }

type TabsProps = {
  label: string
  tabs: readonly TabItem[]
  current: string
  /** The app writes the choice into the URL. */
  onTab: (id: string) => void
  /** The current tab's content. */
  children?: ComponentChildren
}

/** Views of one thing. Arrow keys walk in the reading direction. */
export function Tabs({ label, tabs, current, onTab, children }: TabsProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (!list.current) return
    showTab(list.current, current)
    const observer = new ResizeObserver(() => showTab(list.current, current))
    observer.observe(list.current)
    return () => observer.disconnect()
  }, [current])
  const walk = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.id === current)
    const rightToLeft = list.current !== null && getComputedStyle(list.current).direction === 'rtl'
    const step = { ArrowRight: rightToLeft ? -1 : 1, ArrowLeft: rightToLeft ? 1 : -1 }[event.key]
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : step && at + step
    const tab = next === undefined ? undefined : tabs[(next + tabs.length) % tabs.length]
    if (!tab) return
    event.preventDefault()
    onTab(tab.id)
    list.current?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(tab.id)}"]`)?.focus()
  }
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={walk}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            class="tab"
            id={`${id}-${tab.id}`}
            data-tab={tab.id}
            aria-selected={tab.id === current}
            aria-controls={children === undefined ? undefined : `${id}-panel`}
            tabIndex={tab.id === current ? 0 : -1}
            onClick={() => onTab(tab.id)}
          >
            {tab.label}
            {tab.count !== undefined && <span class="tab-count">{tab.count}</span>}
          </button>
        ))}
      </div>
      {children !== undefined && (
        <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current}`} tabIndex={-1}>
          {children}
        </div>
      )}
    </>
  )
}

/** Where not all tabs fit they scroll sideways; the current one is in sight, and the page stays where it is. */
function showTab(list: HTMLElement | null, id: string): void {
  const tab = list?.querySelector(`[data-tab="${CSS.escape(id)}"]`)
  if (!list || !tab) return
  const [outer, inner] = [list.getBoundingClientRect(), tab.getBoundingClientRect()]
  const isInSight = inner.left >= outer.left && inner.right <= outer.right
  if (!isInSight) list.scrollLeft += (inner.left + inner.right - outer.left - outer.right) / 2
}
