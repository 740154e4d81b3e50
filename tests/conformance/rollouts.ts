import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toBase64 } from '@chiron/core/kit'
import { fileSource, readFolder } from '@chiron/formats/node'
import { makeClip } from '@chiron/formats/node/testing'
import { lerobotRollouts, mcapRollout, type RolloutResult } from '@chiron/formats/rollout'
import { readAvcFrames } from '@chiron/formats/video'

/** The pictures of a clip in Annex B and base64, for the library to write. */
export async function writePictures(work: string): Promise<string> {
  const encoder = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-bf', '0', '-g', '10']
  const clip = await makeClip(join(work, 'rollout.mp4'), { seconds: 2, encoder })
  const frames = await readAvcFrames(await fileSource(clip))
  const file = join(work, 'pictures.json')
  writeFileSync(file, JSON.stringify(frames.map(({ bytes }) => toBase64(bytes))))
  return file
}

/** Imports a data set that the real library has made, as the command does, and writes down what came of it. */
export async function importLeRobot(dataset: string, imported: string): Promise<void> {
  const results: RolloutResult[] = []
  for await (const result of lerobotRollouts(readFolder(dataset))) results.push(result)
  await writeImported(results, imported)
}

export async function importMcap(file: string, imported: string): Promise<void> {
  await writeImported([await mcapRollout(file, await fileSource(file))], imported)
}

async function writeImported(results: readonly RolloutResult[], imported: string): Promise<void> {
  const facts: object[] = []
  for (const [at, result] of results.entries()) {
    if (!result.ok) throw new Error(`${result.fault.file}: ${result.fault.reason}`)
    const folder = join(imported, String(at))
    mkdirSync(folder, { recursive: true })
    facts.push(result.rollout.facts)
    for (const { name, kind, bytes, startMs } of result.rollout.streams) {
      const file = join(folder, `${name}.${kind === 'video' ? 'mp4' : 'csv'}`)
      writeFileSync(file, bytes)
      if (kind !== 'video') continue
      // LeRobot films in AV1, which is compared decoded.
      const frames = await readAvcFrames(await fileSource(file)).catch(() => [])
      const pictures = frames.map(({ timeMs, bytes: picture }) => ({ timeMs, data: toBase64(picture) }))
      writeFileSync(join(folder, `${name}.json`), JSON.stringify({ startMs, pictures }))
    }
  }
  writeFileSync(join(imported, 'facts.json'), JSON.stringify(facts))
}
