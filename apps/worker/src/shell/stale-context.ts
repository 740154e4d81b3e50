import { createContext } from 'preact'

/** True while live updates are down: what is on the screen may be old. */
export const StaleContext = createContext(false)
