import {
  type Alpha,
  fleissKappa,
  type Kappa,
  krippendorffAlpha,
  type Level,
  MAX_BOOTSTRAPS,
  type PairKappa,
  type PairwiseAgreement,
  pairwiseKappas,
  pointAgreement,
  type Rating,
  segmentAgreement,
} from '@chiron/core/agreement'
import { readAnswers, readNumbers, readPoints, readSegments } from '@chiron/formats/crowd'
import { Command, InvalidArgumentError, Option } from 'commander'
import { readMeasured } from '../crowd/measured.ts'
import { headersOf, readCrowdFile, refuseFaults } from '../crowd/read-crowd-file.ts'
import { wholeNumber } from '../crowd/whole-number.ts'
import { UsageError } from '../exit.ts'
import { print, table } from '../print.ts'

interface Options {
  json?: boolean
  type: 'labels' | 'points' | 'segments'
  tolerance: number
  level: Level
  bootstrap: number
  seed: string
  columns?: string
  skipMalformed?: boolean
}

interface Result {
  alpha: Alpha
  fleiss: Kappa
  pairs: PairKappa[]
}

const MAX_PAIRS_SHOWN = 20
const BOOTSTRAPS = 1000

const HELP = `
ANSWERS.csv has a header line with the columns task, worker and label. Ordinal, interval and ratio need numbers as
labels. Alpha is 1 in perfect agreement and 0 where people agree as by chance; its interval draws tasks anew. What
cannot be said (no task with two answers, one label everywhere) is shown as "unknown", and null in JSON.

--type segments reads task, worker, start, end and label, and compares every two workers of a task: labelled time on
which both say the same, boundaries within --tolerance, segments that overlap by half. --type points reads task,
keypoint, worker, x and y: how far apart two workers put the same keypoint. Intervals draw tasks anew.

Examples:
  chiron agreement answers.csv
  chiron agreement spans.csv --type segments --tolerance 0.2
  chiron agreement ratings.csv --level ordinal --bootstrap 5000 --json`

/** `chiron agreement ANSWERS.csv` */
export function agreementCommand(): Command {
  return new Command('agreement')
    .description('how far workers agree beyond chance, from a file of answers; no server needed')
    .argument('<answers>', 'a CSV file with the columns task, worker, label')
    .addOption(
      new Option('--type <type>', 'what the answers are')
        .choices(['labels', 'points', 'segments'])
        .default('labels'),
    )
    .option(
      '--tolerance <time>',
      'how far apart two boundaries of segments may be and still be the same',
      toleranceOf,
      0.5,
    )
    .addOption(
      new Option('--level <name>', 'what a difference between labels means')
        .choices(['nominal', 'ordinal', 'interval', 'ratio'])
        .default('nominal'),
    )
    .option(
      '--bootstrap <n>',
      'how often tasks are drawn anew',
      wholeNumber('--bootstrap', 0, MAX_BOOTSTRAPS),
      BOOTSTRAPS,
    )
    .option('--seed <text>', 'what the dice are thrown from', '0')
    .option('--columns <pairs>', 'headers that differ, as task=item,worker=annotator')
    .option('--skip-malformed', 'leave out rows that cannot be read, and name them')
    .addHelpText('after', HELP)
    .action((file: string, _options, command: Command) => agreement(file, command.optsWithGlobals<Options>()))
}

function toleranceOf(text: string): number {
  const tolerance = text.trim() === '' ? Number.NaN : Number(text)
  if (!(tolerance >= 0 && Number.isFinite(tolerance)))
    throw new InvalidArgumentError('--tolerance takes a number from 0 on.')
  return tolerance
}

async function agreement(file: string, options: Options): Promise<void> {
  if (options.type === 'segments') return agreementOnSegments(file, options)
  if (options.type === 'points') return agreementOnPoints(file, options)
  const ratings = await readRatings(file, options)
  if (ratings.length === 0) throw new UsageError(`${file} holds no answers.`)
  const values = ratings.map(({ value }) => Number(value))
  if (options.level === 'ratio' && values.some((value) => value < 0) && values.some((value) => value > 0))
    throw new UsageError('--level ratio needs numbers of one sign.')
  const { level, bootstrap: bootstrapCount, seed } = options
  const alpha = krippendorffAlpha(ratings, { level, bootstrapCount, seed })
  const result = { alpha, fleiss: fleissKappa(ratings), pairs: pairwiseKappas(ratings) }
  print(options.json, result, linesOf(result))
}

async function readRatings(file: string, options: Options): Promise<Rating[]> {
  const headers = headersOf(options.columns, ['task', 'worker', 'label'])
  const text = await readCrowdFile(file)
  if (options.level !== 'nominal') {
    const { rows, faults } = readNumbers(text, headers)
    refuseFaults(file, faults, options.skipMalformed)
    return [...rows]
  }
  const { rows, faults } = readAnswers(text, headers)
  refuseFaults(file, faults, options.skipMalformed)
  return rows.map(({ task, worker, label }) => ({ task, worker, value: label }))
}

function linesOf({ alpha, fleiss, pairs }: Result): string[] {
  const figure = (value: number | null) => (value === null ? 'unknown' : value.toFixed(4))
  const { interval } = alpha
  const ends = interval ? ` (95%: ${interval.low.toFixed(4)} … ${interval.high.toFixed(4)})` : ''
  const shown = pairs.slice(0, MAX_PAIRS_SHOWN).map(({ workers, kappa, agreementRatio, taskCount }) => {
    return [...workers, figure(kappa), figure(agreementRatio), `${taskCount}`]
  })
  return [
    `Krippendorff’s alpha (${alpha.level}): ${figure(alpha.alpha)}${ends}`,
    `${alpha.ratingCount} answers to ${alpha.taskCount} tasks that have two or more.`,
    `Fleiss’ kappa: ${figure(fleiss.kappa)}; two answers agree with chance ${figure(fleiss.agreementRatio)}.`,
    '',
    ...(shown.length > 0 ? table(['worker', 'worker', 'Cohen’s kappa', 'agree', 'tasks'], shown) : []),
    ...(pairs.length > shown.length
      ? [`… and ${pairs.length - shown.length} pairs more (--json shows all).`]
      : []),
  ]
}

async function agreementOnSegments(file: string, options: Options): Promise<void> {
  const rows = await readMeasured(file, options, ['task', 'worker', 'start', 'end', 'label'], readSegments)
  const { tolerance, bootstrap: bootstrapCount, seed } = options
  const found = segmentAgreement(rows, { tolerance, bootstrapCount, seed })
  printPairwise(options, found, {
    iou: 'Labelled time on which two say the same',
    boundary: `Boundaries within ${tolerance} (F)`,
    segment: 'Segments that overlap by half (F1)',
  })
}

async function agreementOnPoints(file: string, options: Options): Promise<void> {
  const rows = await readMeasured(file, options, ['task', 'keypoint', 'worker', 'x', 'y'], readPoints)
  const { bootstrap: bootstrapCount, seed } = options
  const found = pointAgreement(rows, { bootstrapCount, seed })
  printPairwise(options, found, { distance: 'Distance between two workers’ points, in the file’s unit' })
}

function printPairwise<Name extends string>(
  { json }: Options,
  found: PairwiseAgreement<Name>,
  words: Readonly<Record<Name, string>>,
): void {
  const lines = (Object.keys(words) as Name[]).map((name) => {
    const { mean, interval } = found.measures[name]
    const ends = interval ? ` (95%: ${interval.low.toFixed(4)} … ${interval.high.toFixed(4)})` : ''
    return `${words[name]}: ${mean === null ? 'unknown' : mean.toFixed(4)}${ends}`
  })
  const counts = `${found.pairCount} comparisons of two workers in ${found.taskCount} tasks that have two or more.`
  print(json, found, [...lines, counts])
}
