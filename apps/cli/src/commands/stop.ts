import { type Aggregate, type AnswerSet, auto } from '@chiron/core/consensus'
import { DEFAULT_STOPPING, evenAnswers, FEW_TASKS, replayStopping } from '@chiron/core/stopping'
import { Command, InvalidArgumentError } from 'commander'
import { type CrowdOptions, readCategorical } from '../crowd/read-categorical.ts'
import { UsageError } from '../exit.ts'
import { print, table } from '../print.ts'

interface Options extends CrowdOptions {
  json?: boolean
  replay: string
  sureAt: number
  minAnswers: number
  orders: number
  seed: string
}

const HELP = `
Plays a finished set of answers again as if they were bought one by one, and stops each task when the rule says so:
what would have been saved, and what would have been lost. Accuracy is measured on the tasks of TRUTH.csv (columns
task, label), ties count by their share. "same number, evenly" spends as many answers alike on every task.

Example:
  chiron stop --replay answers.csv truth.csv --orders 10`

/** `chiron stop --replay ANSWERS.csv TRUTH.csv` */
export function stopCommand(): Command {
  return new Command('stop')
    .description('when to stop asking: replays a finished set of answers; no server needed')
    .argument('<truth>', 'a CSV file with the columns task, label')
    .requiredOption('--replay <answers>', 'a CSV file with the columns task, worker, label')
    .option('--sure-at <probability>', 'stop a task from this probability on', ratio, DEFAULT_STOPPING.sureAt)
    .option('--min-answers <n>', 'never stop with fewer', count, DEFAULT_STOPPING.minAnswers)
    .option('--orders <n>', 'in how many thrown orders to replay', count, 5)
    .option('--seed <text>', 'what the orders are thrown from', '1')
    .option('--columns <pairs>', 'headers that differ, as task=item,worker=annotator')
    .option('--skip-malformed', 'leave out rows that cannot be read, and name them')
    .addHelpText('after', HELP)
    .action((truth: string, _options, command: Command) => stop(truth, command.optsWithGlobals<Options>()))
}

function ratio(text: string): number {
  const value = Number(text)
  if (!(value > 0.5 && value < 1)) throw new InvalidArgumentError('It lies between 0.5 and 1.')
  return value
}

function count(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 1000) throw new InvalidArgumentError('From 1 to 1000.')
  return value
}

async function stop(truthFile: string, options: Options): Promise<void> {
  const { set, known, knownCount } = await readCategorical(options.replay, truthFile, options)
  if (knownCount === 0) throw new UsageError(`No task of ${truthFile} has an answer in ${options.replay}.`)
  const rule = { ...DEFAULT_STOPPING, minAnswers: options.minAnswers, sureAt: options.sureAt }
  const percent = (found: Aggregate) => accuracyPercent(found, set, known)
  const replays = Array.from({ length: options.orders }, (_, order) => {
    const seed = `${options.seed} ${order}`
    const { aggregate, answerCount, dependence } = replayStopping(set, { rule, seed })
    const evenly = percent(auto(evenAnswers(set, answerCount, seed)))
    return { answerCount, accuracyPercent: percent(aggregate), evenlyPercent: evenly, dependence }
  })
  const all = { answerCount: set.label.length, accuracyPercent: percent(auto(set)) }
  const mean = (key: 'answerCount' | 'accuracyPercent' | 'evenlyPercent') =>
    replays.reduce((sum, replay) => sum + replay[key], 0) / replays.length
  const savedPercent = 100 * (1 - mean('answerCount') / all.answerCount)
  const taskCount = set.taskNames.length
  const lineOf = (name: string, answers: number, accuracy: number) => [
    name,
    answers.toFixed(0),
    (answers / taskCount).toFixed(2),
    `${accuracy.toFixed(2)} %`,
  ]
  print(options.json, { rule, taskCount, knownCount, all, replays, savedPercent }, [
    ...table(
      ['', 'answers', 'per task', `right (n = ${knownCount})`],
      [
        lineOf('all answers', all.answerCount, all.accuracyPercent),
        lineOf(`stopped, mean of ${options.orders}`, mean('answerCount'), mean('accuracyPercent')),
        lineOf('same number, evenly', mean('answerCount'), mean('evenlyPercent')),
      ],
    ),
    '',
    `Saved: ${savedPercent.toFixed(1)} % of the answers.`,
    guardWords(replays.flatMap(({ dependence }) => dependence?.upperRatio ?? [])),
  ])
}

function guardWords(limits: readonly number[]): string {
  if (limits.length === 0) return 'A task stopped when two models were both sure.'
  const [least, most] = [Math.min(...limits), Math.max(...limits)]
  const range = least === most ? `${most}` : `${least} to ${most}`
  return (
    `Fewer than ${FEW_TASKS} tasks: errors were taken to be as correlated as the answers allow ` +
    `(correlation up to ${range}).`
  )
}

function accuracyPercent({ posteriors }: Aggregate, set: AnswerSet, known: Int32Array): number {
  const labelCount = set.labels.length
  let [right, counted] = [0, 0]
  for (const [task, label] of known.entries()) {
    if (label < 0) continue
    counted++
    const row = posteriors.subarray(task * labelCount, (task + 1) * labelCount)
    const best = row.reduce((most, share) => Math.max(most, share), 0)
    if (row[label] === best) right += 1 / row.filter((share) => share === best).length
  }
  return (100 * right) / counted
}
