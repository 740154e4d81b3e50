import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import {
  type Release,
  type ReleaseOrderFormat,
  type Reply,
  releaseFilePath,
  releaseFormat,
  releaseRoutes,
} from '@chiron/contract'
import { Command, Option } from 'commander'
import { type ConnectionOptions, connect, type Server } from '../connection.ts'
import { DoesNotHold, Unreachable, UsageError } from '../exit.ts'
import { endProgress, print, progress } from '../print.ts'
import { verdictLines, verifyFolder } from './verify.ts'

type Options = ConnectionOptions & {
  json?: boolean
  name: string
  out: string
  format?: ReleaseOrderFormat
}
type ReleaseDetail = Reply<typeof releaseRoutes.read>

const POLL_MS = 500

/** `chiron export CAMPAIGN --name NAME --out DIR` */
export function exportCommand(): Command {
  return new Command('export')
    .description('build a release of a campaign, download it and verify it')
    .argument('<campaign>', 'the campaign whose accepted episodes go out')
    .requiredOption(
      '--name <name>',
      'the release: a ready one of this name is downloaded again, else it is built',
    )
    .requiredOption('--out <dir>', 'where to put the dataset; must not exist or be empty')
    .addOption(
      new Option('--format <format>', 'lerobot to train, mcap to replay at native times, or both').choices(
        releaseFormat.options,
      ),
    )
    .action((campaign: string, _options, command: Command) =>
      run(campaign, command.optsWithGlobals<Options>()),
    )
}

async function run(campaignId: string, options: Options): Promise<void> {
  const out = path.resolve(options.out)
  await refuseUnlessEmpty(out)
  const server = await connect(options)
  const { name, format } = options
  // The same name again is the same release: an export that was interrupted goes on with what was built.
  const { id } = await server.call(releaseRoutes.create, {
    body: { campaignId, name, ...(format ? { format } : {}) },
  })
  const release = await whenReady(server, id)
  await download(server, release, out)
  const verdict = await verifyFolder(out, {})
  endProgress()
  const { episodeCount, frameCount, bytes, excluded } = release
  const head = `${out}: ${episodeCount} episodes, ${frameCount} frames, ${(bytes / 1e6).toFixed(1)} MB`
  const left = excluded.map(({ episodeId, why }) => `– left out: episode ${episodeId}: ${why}`)
  print(options.json, { out, release, verdict }, [head, ...left, ...verdictLines(verdict)])
  if (!verdict.holds)
    throw new DoesNotHold('The downloaded dataset does not hold; the lines marked ✗ say why.')
}

async function refuseUnlessEmpty(out: string): Promise<void> {
  const stat = await fs.stat(out).catch(() => undefined)
  if (stat && !stat.isDirectory()) throw new UsageError(`${out} is a file; give a folder for the dataset.`)
  if (stat && (await fs.readdir(out)).length > 0)
    throw new UsageError(
      `${out} is not empty; nothing was written. Give a folder that is empty or not there yet.`,
    )
}

async function whenReady(server: Server, releaseId: string): Promise<ReleaseDetail> {
  for (;;) {
    const release: ReleaseDetail = await server.call(releaseRoutes.read, { params: { releaseId } })
    if (release.state === 'ready') return release
    if (release.state === 'failed') throw new DoesNotHold(failureOf(release))
    progress(`building ${release.name}: ${Math.round(release.progress * 100)} %`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

const failureOf = (release: Release): string =>
  `The release could not be built: ${release.failure ?? 'no reason given'}`

/** Into a sibling folder first, then one rename: an interrupted export leaves nothing under the asked name. */
async function download(server: Server, release: ReleaseDetail, out: string): Promise<void> {
  const half = `${out}.half`
  await fs.rm(half, { recursive: true, force: true })
  try {
    for (const [index, file] of release.files.entries()) {
      progress(`downloading ${index + 1}/${release.files.length} ${file.path}`)
      const target = path.join(half, file.path)
      if (!target.startsWith(half + path.sep))
        throw new DoesNotHold(`The server named a file outside of the dataset: ${file.path}`)
      await downloadFile(server, { release, file, target })
    }
    await fs.rm(out, { recursive: true, force: true })
    await fs.rename(half, out)
  } catch (cause) {
    await fs.rm(half, { recursive: true, force: true })
    throw cause
  }
}

interface Wanted {
  release: Release
  file: ReleaseDetail['files'][number]
  target: string
}

async function downloadFile(server: Server, { release, file, target }: Wanted): Promise<void> {
  const response = await server.download(releaseFilePath(release.id, file.path))
  if (!response.ok || !response.body)
    throw new DoesNotHold(
      `${file.path}: the server answered ${response.status}; nothing was kept. Try again.`,
    )
  const hash = createHash('sha256')
  const digest = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await fs.mkdir(path.dirname(target), { recursive: true })
  // Node's own name for the same stream: where a browser's types are about, the two differ in a detail nobody uses.
  const body = Readable.fromWeb(response.body as ReadableStream)
  await pipeline(body, digest, createWriteStream(target)).catch((cause: unknown) => {
    // The connection broke in the middle: a reply that ends too early is a TypeError of fetch.
    throw cause instanceof TypeError ? new Unreachable(server.baseUrl) : cause
  })
  if (hash.digest('hex') !== file.sha256)
    throw new DoesNotHold(`${file.path} arrived damaged; nothing was kept. Try again.`)
}
