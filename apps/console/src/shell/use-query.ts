import { useCallback } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { withQuery } from './paths.ts'

/** One part of a screen's state, kept in the address so that the view can be linked and reloaded. */
export function useQueryPart(name: string): [string, (value: string | null) => void] {
  const { path, query, route } = useLocation()
  const set = useCallback(
    (value: string | null) => {
      const now = Object.fromEntries(new URLSearchParams(location.search))
      route(withQuery(location.pathname, { ...now, [name]: value }), true)
    },
    [path, name],
  )
  return [query[name] ?? '', set]
}
