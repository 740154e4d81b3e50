/** The first screen has the link to itself; what the other screens need is fetched when it is there. */
const AFTER_START_MS = 2_000

/**
 * Keeps the app's own files on the device, where browsers allow it (over https and on localhost), and loads the page
 * anew when a part of it is gone.
 */
export function startServiceWorker(): void {
  addEventListener('vite:preloadError', reloadForNewRelease)
  if (!globalThis.isSecureContext || !('serviceWorker' in navigator) || import.meta.env.DEV) return
  setTimeout(() => void navigator.serviceWorker.register('/sw.js').catch(() => undefined), AFTER_START_MS)
  if (!navigator.serviceWorker.controller)
    navigator.serviceWorker.addEventListener('controllerchange', keepLanguageParts, { once: true })
}

/**
 * The words of one language alone are kept: those that came before the worker could see them are asked for once
 * more, which the browser answers from its own cache.
 */
function keepLanguageParts(): void {
  const parts = performance
    .getEntriesByType('resource')
    .filter(({ name }) => name.includes('/assets/language-'))
  for (const { name } of parts) void fetch(name).catch(() => undefined)
}

const RELOADED = 'chiron-reloaded-at'
const ONCE_MS = 60_000

/** A newer release replaced a part of the app: one reload brings it. What was done is on the device and in the outbox. */
function reloadForNewRelease(): void {
  const lastMs = Number(sessionStorage.getItem(RELOADED) ?? 0)
  if (!navigator.onLine || Date.now() - lastMs < ONCE_MS) return
  sessionStorage.setItem(RELOADED, String(Date.now()))
  location.reload()
}
