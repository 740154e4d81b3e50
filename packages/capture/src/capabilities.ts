import { type AvcSetting, findAvcSetting } from './avc-setting.ts'

/**
 * What this browser can do for filming. `recording`: `avc` constant-rate H.264 by WebCodecs, the good way;
 * `media-recorder` the browser's own recorder, with whatever rate and codec it gives (the server
 * transcodes); `none`. `keepsTakes`: takes survive a closed tab.
 */
export type Capabilities = {
  secureContext: boolean
  camera: boolean
  recording: 'avc' | 'media-recorder' | 'none'
  avc: AvcSetting | null
  keepsTakes: boolean
}

/** Asks the browser without starting anything; never throws. */
export async function capabilities(
  wanted: { width: number; height: number; fps: number } = { width: 1280, height: 720, fps: 30 },
): Promise<Capabilities> {
  const avc = await findAvcSetting(wanted)
  return {
    secureContext: globalThis.isSecureContext === true,
    camera: typeof navigator.mediaDevices?.getUserMedia === 'function',
    recording: avc !== null ? 'avc' : typeof MediaRecorder === 'function' ? 'media-recorder' : 'none',
    avc,
    keepsTakes: typeof navigator.storage?.getDirectory === 'function' || typeof indexedDB === 'object',
  }
}
