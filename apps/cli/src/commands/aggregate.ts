import fs from 'node:fs/promises'
import {
  type Aggregate,
  type AnswerSet,
  auto,
  confusionDawidSkene,
  glad,
  goldFirst,
  ibcc,
  mace,
  majority,
  oneCoin,
  pooledDawidSkene,
  workerAgreement,
} from '@chiron/core/consensus'
import { compareStrings } from '@chiron/core/kit'
import { findCopiers, withOneVoice } from '@chiron/core/workers'
import { csvText } from '@chiron/formats/crowd'
import { Command, Option } from 'commander'
import { MEASURED } from '../crowd/measured.ts'
import { type Categorical, type CrowdOptions, readCategorical } from '../crowd/read-categorical.ts'
import { UsageError } from '../exit.ts'

type Method = (set: AnswerSet, options: { gold?: Int32Array }) => Aggregate

const METHODS: Readonly<Record<string, Method>> = {
  auto,
  majority,
  wawa: workerAgreement,
  'one-coin': oneCoin,
  'dawid-skene': confusionDawidSkene,
  pooled: pooledDawidSkene,
  ibcc,
  mace,
  glad,
  'gold-first': (set, { gold }) =>
    goldFirst(set, { gold: gold ?? new Int32Array(set.taskNames.length).fill(-1) }),
}

interface Options extends CrowdOptions {
  json?: boolean
  type: 'categorical' | keyof typeof MEASURED
  method: string
  gold?: string
  copiers?: boolean
  out?: string
}

const HELP = `
ANSWERS.csv has a header line with the columns task, worker and label, in any order; others are left alone. --gold
takes a file with task and label: what is known is held and teaches who answers well. The result is CSV with task,
label and probability, sorted by task; with --json also every label's probability and every worker.

--type numeric reads task, worker and label (a number); points reads task, keypoint, worker, x and y; segments reads
task, worker, start, end and label.

Examples:
  chiron aggregate answers.csv > labels.csv
  chiron aggregate answers.csv --gold known.csv --copiers --out labels.csv
  chiron aggregate answers.csv --method dawid-skene --columns task=item,worker=annotator --json`

/** `chiron aggregate ANSWERS.csv` */
export function aggregateCommand(): Command {
  return new Command('aggregate')
    .description('what a crowd says about each task, from a file of answers; no server needed')
    .argument('<answers>', 'a CSV file with the columns task, worker, label')
    .addOption(
      new Option('--type <type>', 'what the answers are')
        .choices(['categorical', ...Object.keys(MEASURED)])
        .default('categorical'),
    )
    .addOption(
      new Option('--method <name>', 'how to weigh the answers; docs/judgement.md says when which fails')
        .choices(Object.keys(METHODS))
        .default('auto'),
    )
    .option('--gold <file>', 'a CSV file with the columns task, label: what is known')
    .option('--copiers', 'look first for workers who copy each other, and give each group one voice')
    .option('--columns <pairs>', 'headers that differ, as task=item,worker=annotator')
    .option('--skip-malformed', 'leave out rows that cannot be read, and name them')
    .option('--out <file>', 'write the labels there instead of printing them')
    .addHelpText('after', HELP)
    .action((answers: string, _options, command: Command) =>
      aggregate(answers, command.optsWithGlobals<Options>()),
    )
}

async function aggregate(file: string, options: Options): Promise<void> {
  if (options.type !== 'categorical') return measure(file, options, options.type)
  if (options.method === 'gold-first' && !options.gold)
    throw new UsageError('--method gold-first weighs workers by what is known: give --gold FILE.')
  const read = await readCategorical(file, options.gold, options)
  const gold = read.knownCount > 0 ? { gold: read.known } : {}
  const groups = options.copiers ? findCopiers(read.set, gold).groups : []
  const found = METHODS[options.method]!(withOneVoice(read.set, groups), gold)
  const report = reportOf(read, found, groups, options.method)
  const text = options.json ? `${JSON.stringify(report, null, 2)}\n` : csvOf(report)
  await give(text, options.out)
  if (!options.json) process.stderr.write(summaryOf(report, read, options.out))
}

async function measure(file: string, options: Options, type: keyof typeof MEASURED): Promise<void> {
  if (options.method !== 'auto' || options.gold || options.copiers)
    throw new UsageError(`--method, --gold and --copiers are for labels, not for --type ${type}.`)
  const { value, header, rows, answerCount } = await MEASURED[type](file, options)
  await give(options.json ? `${JSON.stringify(value, null, 2)}\n` : csvText(header, rows), options.out)
  if (!options.json)
    process.stderr.write(`chiron: ${rows.length} ${type} results from ${answerCount} answers.\n`)
}

async function give(text: string, out: string | undefined): Promise<void> {
  if (out === undefined) process.stdout.write(text)
  else await fs.writeFile(out, text)
}

type Report = ReturnType<typeof reportOf>

function reportOf(
  { set }: Categorical,
  { posteriors, workers, hasConverged }: Aggregate,
  groups: readonly (readonly number[])[],
  method: string,
) {
  const labelCount = set.labels.length
  const shareOf = (task: number, label: number) => posteriors[task * labelCount + label]!
  const tasks = inOrder(set.taskNames).map((at) => {
    const best = set.labels.reduce(
      (top, _, label) => (shareOf(at, label) > shareOf(at, top) ? label : top),
      0,
    )
    const posterior = Object.fromEntries(set.labels.map((label, place) => [label, shareOf(at, place)]))
    return { task: set.taskNames[at]!, label: set.labels[best]!, probability: shareOf(at, best), posterior }
  })
  const answerCounts = new Int32Array(set.workerNames.length)
  for (const worker of set.worker) answerCounts[worker]!++
  return {
    method,
    answerCount: set.label.length,
    hasConverged,
    tasks,
    workers: inOrder(set.workerNames).map((at) => {
      return { worker: set.workerNames[at]!, answerCount: answerCounts[at]!, accuracy: workers[at]! }
    }),
    copiers: groups.map((group) => group.map((at) => set.workerNames[at]!).sort(compareStrings)),
  }
}

function inOrder(names: readonly string[]): number[] {
  return [...names.keys()].sort((a, b) => compareStrings(names[a]!, names[b]!))
}

function csvOf({ tasks }: Report): string {
  const rows = tasks.map(({ task, label, probability }) => [task, label, probability.toFixed(6)])
  return csvText(['task', 'label', 'probability'], rows)
}

function summaryOf(
  { method, answerCount, tasks, workers, copiers }: Report,
  read: Categorical,
  out?: string,
) {
  const gold = read.knownCount > 0 ? `, ${read.knownCount} tasks known` : ''
  const lines = [
    `${answerCount} answers of ${workers.length} workers about ${tasks.length} tasks, by ${method}${gold}.`,
    ...copiers.map((group) => `One voice for ${group.length} workers who copy: ${group.join(', ')}`),
    ...(read.unasked > 0 ? [`${read.unasked} known tasks have no answers and count for nothing.`] : []),
    ...(out === undefined ? [] : [`Written to ${out}.`]),
  ]
  return lines.map((line) => `chiron: ${line}\n`).join('')
}
