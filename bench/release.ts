// A release of a hundred episodes, copied and encoded anew, through the server's own job: see README.md.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { mediaPaths, mediaRoutes, type Release, releaseRoutes } from '@chiron/contract'
import { makeClip, unlike } from '../tests/faults/clips.ts'
import { type Lab, openLab, takes } from '../tests/faults/lab.ts'
import { ServerProcess } from '../tests/faults/server-process.ts'
import { sendWhole } from '../tests/faults/tus-sender.ts'

const CLIP_SECONDS = 10
const PATIENCE_MS = 3600_000
const LOOK_MS = 100
const { values } = parseArgs({
  options: { episodes: { type: 'string', default: '100' }, size: { type: 'string', default: '640x480' } },
})
const episodeCount = Number(values.episodes)
const say = (line: string): void => console.log(line)
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** As a good phone films: even, upright, a key frame a second; and the same with B-frames, which forces an encoder. */
const PLAIN = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-bf', '0', '-g', '30']
const REORDERED = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-bf', '2', '-g', '30']

interface Built {
  seconds: number
  release: Release
}

async function main(): Promise<void> {
  const home = await mkdtemp(path.join(tmpdir(), 'chiron-bench-release-'))
  const server = await ServerProcess.at({ home })
  try {
    await server.start()
    const lab = await openLab(server, 'Bench lab')
    const source = `testsrc2=size=${values.size}:rate=30:duration=${CLIP_SECONDS}`
    const remuxed = await build(lab, 'remux', makeClip(source, PLAIN))
    const transcoded = await build(lab, 'transcode', makeClip(source, REORDERED))
    report(remuxed, transcoded)
  } finally {
    await server.stop()
    await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

async function build(lab: Lab, name: string, clip: Buffer): Promise<Built> {
  const flow = {
    ...takes.flow,
    answers: null,
    acceptLabels: [],
    review: { whenDisputed: true, sampleRatio: 0 },
  }
  const campaignId = await lab.publish({ ...takes, quota: 1, flow })
  const { client, headers } = lab.manager
  const target = { url: `${lab.server.url}${mediaPaths.uploads}`, headers }
  const rights = 'Drawn by the measurement itself; nobody is in it.'
  const fromMs = performance.now()
  for (let made = 0; made < episodeCount; made += 1) {
    const bytes = unlike(clip, 64)
    const { uploadId } = await sendWhole(target, { bytes, metadata: { purpose: 'episode' } })
    await client.call(mediaRoutes.importEpisode, { body: { id: randomUUID(), campaignId, uploadId, rights } })
  }
  await untilAccepted(lab, campaignId)
  say(
    `${name}: ${episodeCount} clips of ${CLIP_SECONDS} s (${values.size}, ${(clip.length / 1e6).toFixed(1)} MB) taken in and checked in ${seconds(fromMs).toFixed(0)} s`,
  )
  const startMs = performance.now()
  const { id: releaseId } = await client.call(releaseRoutes.create, { body: { campaignId, name } })
  const release = await untilBuilt(lab, releaseId)
  const built = { seconds: seconds(startMs), release }
  if (release.state !== 'ready' || release.episodeCount !== episodeCount)
    throw new Error(`${name}: ${release.state}, ${release.episodeCount} episodes, ${release.failure}`)
  return built
}

const seconds = (fromMs: number): number => (performance.now() - fromMs) / 1000

async function untilAccepted({ manager }: Lab, campaignId: string): Promise<void> {
  for (const fromMs = performance.now(); performance.now() - fromMs < PATIENCE_MS; await pause(LOOK_MS * 5)) {
    let count = 0
    let after: string | undefined
    do {
      const query = { campaignId, state: 'accepted' as const, limit: 200, ...(after ? { after } : {}) }
      const page = await manager.client.call(mediaRoutes.listEpisodes, { query })
      count += page.items.length
      after = page.next ?? undefined
    } while (after)
    if (count === episodeCount) return
  }
  throw new Error('the checks never ended')
}

async function untilBuilt({ manager }: Lab, releaseId: string): Promise<Release> {
  for (const fromMs = performance.now(); performance.now() - fromMs < PATIENCE_MS; await pause(LOOK_MS)) {
    const release = await manager.client.call(releaseRoutes.read, { params: { releaseId } })
    if (release.state !== 'building') return release
  }
  throw new Error('the release was never built')
}

function report(remuxed: Built, transcoded: Built): void {
  say('\n                 episodes   seconds   episodes per s   films copied   encoded anew      MB')
  for (const [name, { seconds: took, release }] of Object.entries({
    remux: remuxed,
    transcode: transcoded,
  })) {
    const cells = [
      String(episodeCount).padStart(10),
      took.toFixed(1).padStart(10),
      (episodeCount / took).toFixed(2).padStart(17),
      String(release.remuxedCount).padStart(15),
      String(release.transcodedCount).padStart(15),
      (release.bytes / 1e6).toFixed(0).padStart(8),
    ]
    say(`${name.padEnd(15)}${cells.join('')}`)
  }
  say(`\ncopying is ${(transcoded.seconds / remuxed.seconds).toFixed(1)} times as fast as encoding anew`)
  if (remuxed.release.transcodedCount > 0) {
    say('Clips that could have been copied were encoded anew.')
    process.exitCode = 1
  }
}

await main()
