import { readdirSync } from 'node:fs'
import path from 'node:path'

/** A clip that the instance drew from a physics run for its demo workspace; it says in its picture that it is simulated. */
export function simulatedClip(home: string): string {
  const folder = path.join(home, 'simulated')
  const clips = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.mp4'),
  )
  const clip = clips.sort().find((name) => name.includes('placed')) ?? clips[0]
  if (!clip) throw new Error(`there is no clip in ${folder}`)
  return path.join(folder, clip)
}
