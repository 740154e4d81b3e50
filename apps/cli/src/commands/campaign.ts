import fs from 'node:fs/promises'
import path from 'node:path'
import {
  type Campaign,
  type CampaignDraft,
  campaignRoutes,
  ontologyRoutes,
  type Reply,
} from '@chiron/contract'
import { sha256, toHex } from '@chiron/core/kit'
import { minorDigits } from '@chiron/core/pay'
import { Command } from 'commander'
import { type ConnectionOptions, connect, type Server } from '../connection.ts'
import { UsageError } from '../exit.ts'
import { endProgress, money, print, progress, table, words } from '../print.ts'
import { upload } from './upload.ts'

type Common = ConnectionOptions & { json?: boolean }
type Template = Reply<typeof campaignRoutes.templates>['items'][number]
type CreateOptions = Common & {
  template?: string
  file?: string
  title?: string
  example?: string
  quota?: string
  pay?: string
  currency?: string
  source?: string
  publish?: boolean
}

/** `chiron campaign list|templates|create|publish` */
export function campaignCommand(): Command {
  const campaign = new Command('campaign').description('order work: list campaigns, start new ones')
  campaign
    .command('list')
    .description('campaigns of the workspace')
    .action((_options, command: Command) => list(command.optsWithGlobals<Common>()))
  campaign
    .command('templates')
    .description('what to start from')
    .action((_options, command: Command) => templates(command.optsWithGlobals<Common>()))
  campaign
    .command('create')
    .description('a new campaign from a template or a file')
    .option('--template <id>', 'a template (see: chiron campaign templates)')
    .option('--file <draft.json>', 'a whole draft as JSON, instead of a template')
    .option('--title <text>', 'its title, in English alone; the steps of the brief stay the template’s')
    .option('--example <file>', 'a picture or clip of what success looks like; none can be published without')
    .option('--quota <n>', 'how many finished takes are wanted')
    .option('--pay <amount>', 'pay per unit, e.g. 0.60')
    .option('--currency <code>', 'e.g. EUR')
    .option('--source <campaign>', 'for questions: the campaign whose recordings they are about')
    .option('--publish', 'escrow the pay and open it to workers at once')
    .action((_options, command: Command) => create(command.optsWithGlobals<CreateOptions>()))
  campaign
    .command('publish <campaign>')
    .description('escrow its pay and open it to workers')
    .action((id: string, _options, command: Command) => publish(id, command.optsWithGlobals<Common>()))
  return campaign
}

async function list(options: Common): Promise<void> {
  const server = await connect(options)
  const { items } = await server.call(campaignRoutes.list)
  const rows = items.map((c) => [
    c.id,
    c.kind,
    c.state,
    `${c.counts.accepted}/${c.quota}`,
    c.terms.payMinor === null || c.terms.currency === null ? '–' : money(c.terms.payMinor, c.terms.currency),
    words(c.title),
  ])
  const empty = ['No campaigns yet. Start one: chiron campaign create --template film-task --title "…"']
  print(
    options.json,
    items,
    rows.length ? table(['ID', 'KIND', 'STATE', 'ACCEPTED', 'PAY', 'TITLE'], rows) : empty,
  )
}

async function templates(options: Common): Promise<void> {
  const server = await connect(options)
  const { items } = await server.call(campaignRoutes.templates)
  const rows = items.map((t) => [t.id, t.draft.kind, words(t.name), words(t.description)])
  print(options.json, items, table(['TEMPLATE', 'KIND', 'NAME', 'WHAT FOR'], rows))
}

async function create(options: CreateOptions): Promise<void> {
  const server = await connect(options)
  const draft = withOptions(await draftOf(server, options), options)
  if (options.example) draft.exampleMediaId = await exampleIn(server, options.example)
  const campaign = await server.call(campaignRoutes.create, { body: draft })
  printCampaign(options.json, options.publish ? await publishMade(server, campaign) : campaign)
}

/** What was just made stays as a draft when it cannot be published: then that is said, too. */
async function publishMade(server: Server, { id }: Campaign): Promise<Campaign> {
  return publishById(server, id).catch((cause: Error) => {
    cause.message += ` It stays as a draft: chiron campaign publish ${id}`
    throw cause
  })
}

/** Sends a picture or clip of what success looks like and gives its id. */
async function exampleIn(server: Server, file: string): Promise<string> {
  const content = await fs.readFile(file).catch(() => {
    throw new UsageError(`--example ${file} cannot be read.`)
  })
  const filename = path.basename(file)
  const onProgress = (megabytes: string) => progress(`${filename}: ${megabytes} MB`)
  const sending = { content, bytes: content.length, filename, sha256: toHex(sha256(content)), onProgress }
  const id = await upload(server, { ...sending, purpose: 'brief' })
  endProgress()
  return id
}

async function draftOf(server: Server, { file, template }: CreateOptions): Promise<CampaignDraft> {
  const ontologyPart = await ontologyOf(server)
  if (file) return { ...ontologyPart, ...(await draftInFile(file)) }
  const { items } = await server.call(campaignRoutes.templates)
  const chosen: Template | undefined = items.find(({ id }) => id === template)
  if (!chosen)
    throw new UsageError(`Give --file, or --template with one of: ${items.map(({ id }) => id).join(', ')}.`)
  return { ...chosen.draft, ...ontologyPart }
}

/** The workspace's first vocabulary at its newest version; a file may name another. */
async function ontologyOf(server: Server): Promise<Pick<CampaignDraft, 'ontologyId' | 'ontologyVersion'>> {
  const { items } = await server.call(ontologyRoutes.list)
  const [first] = items
  if (!first)
    throw new UsageError('This workspace has no vocabulary yet. Make one in the console under Settings.')
  return { ontologyId: first.id, ontologyVersion: first.latestVersion }
}

async function draftInFile(
  file: string,
): Promise<Partial<CampaignDraft> & Omit<CampaignDraft, 'ontologyId' | 'ontologyVersion'>> {
  const text = await fs.readFile(file, 'utf8').catch(() => {
    throw new UsageError(`${file} cannot be read.`)
  })
  try {
    // The server says what a draft lacks, field by field.
    return JSON.parse(text) as CampaignDraft
  } catch (cause) {
    throw new UsageError(`${file} is not JSON: ${(cause as Error).message}`)
  }
}

function withOptions(draft: CampaignDraft, options: CreateOptions): CampaignDraft {
  const { title, quota, pay, currency, source } = options
  const terms = { ...draft.terms, ...(currency ? { currency } : {}) }
  if (pay !== undefined) terms.payMinor = minorOf(pay, terms.currency)
  return {
    ...draft,
    terms,
    // In other languages it would still name the template's task.
    ...(title ? { title: { en: title } } : {}),
    ...(quota ? { quota: countOf(quota) } : {}),
    ...(source ? { sourceCampaignId: source } : {}),
  }
}

function countOf(quota: string): number {
  if (!/^[1-9]\d*$/.test(quota)) throw new UsageError(`--quota ${quota}: give a whole number above 0.`)
  return Number(quota)
}

function minorOf(pay: string, currency: string | null): number {
  if (currency === null) throw new UsageError('--pay needs a currency: give --currency too, e.g. EUR.')
  const digits = minorDigits(currency)
  const [, whole = '', part = ''] = /^(\d{1,9})(?:\.(\d+))?$/.exec(pay) ?? []
  const minor = Number(whole + part.padEnd(digits, '0'))
  if (whole === '' || part.length > digits || minor === 0)
    throw new UsageError(
      `--pay ${pay}: give an amount of ${currency} such as ${(digits > 0 ? 0.6 : 60).toFixed(digits)}.`,
    )
  return minor
}

async function publishById(server: Server, campaignId: string): Promise<Campaign> {
  return server.call(campaignRoutes.publish, { params: { campaignId } })
}

async function publish(campaignId: string, options: Common): Promise<void> {
  printCampaign(options.json, await publishById(await connect(options), campaignId))
}

function printCampaign(json: boolean | undefined, campaign: Campaign): void {
  const next =
    campaign.state === 'draft'
      ? `It is a draft. Publish it: chiron campaign publish ${campaign.id}`
      : `It is ${campaign.state}: ${campaign.counts.openTasks} tasks are open to workers.`
  print(json, campaign, [`${campaign.id}  ${words(campaign.title)}`, next])
}
