import { createReadStream } from 'node:fs'
import path from 'node:path'
import { campaignRoutes, mediaRoutes } from '@chiron/contract'
import { sha256, toHex } from '@chiron/core/kit'
import { Command } from 'commander'
import { type ConnectionOptions, connect, type Server } from '../connection.ts'
import { DoesNotHold, Unreachable, UsageError } from '../exit.ts'
import { endProgress, print, progress } from '../print.ts'
import { faultWords } from './fault-words.ts'
import { upload } from './upload.ts'
import { VIDEO_ENDINGS, type VideoFile, videosIn } from './videos-in.ts'

type Options = ConnectionOptions & { json?: boolean; campaign: string; rights: string }

const CHECK_POLL_MS = 500
/** The checks of one recording take about as long as it lasts; after this without news it is left to the server. */
const CHECK_PATIENCE_MS = 10 * 60_000

interface Outcome {
  file: string
  episodeId?: string
  /** `checked`, `refused`, …; `arrived` where the server still looks at it. */
  state?: string
  /** Why it did not come in, in words. */
  fault?: string
}

/** `chiron import video DIR` */
export function importCommand(): Command {
  const root = new Command('import').description('bring in what you already have')
  root
    .command('video <dir>')
    .description(
      'every video of a folder (or one file) becomes an episode of a campaign; given again, nothing comes in twice',
    )
    .requiredOption('--campaign <id>', 'the campaign they belong to')
    .requiredOption(
      '--rights <text>',
      'who agreed to what: it is kept with each episode in place of a consent',
    )
    .action((dir: string, _options, command: Command) =>
      importVideos(dir, command.optsWithGlobals<Options>()),
    )
  return root
}

async function importVideos(dir: string, options: Options): Promise<void> {
  const files = await videosIn(path.resolve(dir))
  if (files.length === 0)
    throw new UsageError(`There is no video (${[...VIDEO_ENDINGS].join(' ')}) in ${dir}.`)
  const server = await connect(options)
  // Before anything is sent: is it there, and is there such a campaign?
  await server.call(campaignRoutes.read, { params: { campaignId: options.campaign } })
  const sent: Outcome[] = []
  for (const [index, file] of files.entries()) {
    const label = `${index + 1}/${files.length} ${path.basename(file.path)}`
    sent.push(await importOne(server, file, options, label))
  }
  const outcomes: Outcome[] = []
  for (const outcome of sent) outcomes.push(await checked(server, outcome))
  endProgress()
  report(outcomes, options.json)
}

function report(outcomes: readonly Outcome[], json: boolean | undefined): void {
  const out = outcomes.filter(({ fault }) => fault !== undefined)
  const tally = `${outcomes.length - out.length} of ${outcomes.length} came in.`
  print(json, outcomes, [...outcomes.map(lineOf), tally])
  if (out.length > 0)
    throw new DoesNotHold(
      `${out.length} of ${outcomes.length} files did not come in; the lines marked ✗ say why.`,
    )
}

function lineOf({ file, fault, episodeId, state }: Outcome): string {
  if (fault) return `✗ ${file}: ${fault}`
  const rest = state === 'arrived' ? ' (still being checked; the console shows how it ends)' : ''
  return `✓ ${file} → episode ${episodeId}${rest}`
}

/** One file that cannot come in does not keep the others out; a server that is gone does. */
async function importOne(
  server: Server,
  file: VideoFile,
  { campaign, rights }: Options,
  label: string,
): Promise<Outcome> {
  try {
    const hash = await file.sha256()
    const id = idOf(campaign, hash)
    const known = await server
      .call(mediaRoutes.readEpisode, { params: { episodeId: id } })
      .catch((cause: Error & { code?: string }) => {
        if (cause.code === 'not-found') return undefined
        throw cause
      })
    if (known) return { file: file.path, episodeId: known.id, state: known.state }
    const uploadId = await upload(server, {
      content: createReadStream(file.path),
      bytes: file.bytes,
      filename: path.basename(file.path),
      purpose: 'episode',
      sha256: hash,
      onProgress: (mb) => progress(`${label}: ${mb} MB`),
    })
    const body = { id, campaignId: campaign, uploadId, rights, recordedAt: file.changedAt.toISOString() }
    const episode = await server.call(mediaRoutes.importEpisode, { body })
    return { file: file.path, episodeId: episode.id, state: episode.state }
  } catch (cause) {
    if (cause instanceof Unreachable) throw cause
    return { file: file.path, fault: cause instanceof Error ? cause.message : String(cause) }
  }
}

/** The same bytes in the same campaign get the same id, so that an import given again finds them. */
function idOf(campaignId: string, hash: string): string {
  const hex = toHex(sha256(`import ${campaignId} ${hash}`))
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Waits for what the server finds when it looks at the recording. */
async function checked(server: Server, outcome: Outcome): Promise<Outcome> {
  if (outcome.episodeId === undefined) return outcome
  const params = { episodeId: outcome.episodeId }
  const untilMs = Date.now() + CHECK_PATIENCE_MS
  for (;;) {
    const { state, faults } = await server.call(mediaRoutes.readEpisode, { params })
    if (state === 'refused') return { ...outcome, state, fault: faultWords(faults) }
    if (state !== 'arrived' || Date.now() > untilMs) return { ...outcome, state }
    progress(`checking ${path.basename(outcome.file)}`)
    await new Promise((resolve) => setTimeout(resolve, CHECK_POLL_MS))
  }
}
