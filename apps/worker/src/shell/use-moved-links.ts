import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'

/** Invite links carry their code behind the `#`, where no server log sees it: `/join#CODE`. */
export function useMovedLinks(): void {
  const { path, route } = useLocation()
  useEffect(() => {
    const move = () => {
      const code = decodeURIComponent(location.hash.slice(1))
      if (path === '/join' && code !== '') route(`/join/${encodeURIComponent(code)}`, true)
    }
    move()
    // A link opened in a tab that shows this screen already changes nothing but the part behind the `#`.
    addEventListener('hashchange', move)
    return () => removeEventListener('hashchange', move)
  }, [path])
}
