import { aggregateKeypoints } from '@chiron/core/keypoints'
import { aggregateNumbers } from '@chiron/core/numbers'
import { aggregateSegments } from '@chiron/core/segments'
import { type Rows, readNumbers, readPoints, readSegments } from '@chiron/formats/crowd'
import { UsageError } from '../exit.ts'
import type { CrowdOptions } from './read-categorical.ts'
import { headersOf, readCrowdFile, refuseFaults } from './read-crowd-file.ts'

/** `value`: all that was found; `header` and `rows`: the same as a table. */
export interface Measured {
  value: unknown
  header: string[]
  rows: (string | number)[][]
  answerCount: number
}

type Reader<Name extends string, T> = (text: string, headers: Partial<Record<Name, string>>) => Rows<T>

/** What several people measured, from a file: numbers, keypoints or spans of time. */
export const MEASURED = {
  numeric: async (file: string, options: CrowdOptions): Promise<Measured> => {
    const answers = await readMeasured(file, options, ['task', 'worker', 'label'], readNumbers)
    const value = aggregateNumbers(answers)
    return {
      value,
      header: ['task', 'value', 'standard_error', 'answers'],
      rows: value.tasks.map((each) => [each.task, each.value, each.standardError ?? '', each.answerCount]),
      answerCount: answers.length,
    }
  },
  points: async (file: string, options: CrowdOptions): Promise<Measured> => {
    const answers = await readMeasured(file, options, ['task', 'keypoint', 'worker', 'x', 'y'], readPoints)
    const value = aggregateKeypoints(answers)
    return {
      value,
      header: ['task', 'keypoint', 'x', 'y', 'standard_error', 'answers'],
      rows: value.points.map((each) => [
        each.task,
        each.keypoint,
        each.x,
        each.y,
        each.standardError ?? '',
        each.answerCount,
      ]),
      answerCount: answers.length,
    }
  },
  segments: async (file: string, options: CrowdOptions): Promise<Measured> => {
    const answers = await readMeasured(
      file,
      options,
      ['task', 'worker', 'start', 'end', 'label'],
      readSegments,
    )
    const value = aggregateSegments(answers)
    return {
      value,
      header: ['task', 'start', 'end', 'label', 'probability'],
      rows: value.map((each) => [each.task, each.start, each.end, each.label, each.probability]),
      answerCount: answers.length,
    }
  },
} as const

/** Rows of a file; those that cannot be read are named by their line, and end the program unless they may be left out. */
export async function readMeasured<Name extends string, T>(
  file: string,
  { columns, skipMalformed }: CrowdOptions,
  names: readonly Name[],
  reader: Reader<Name, T>,
): Promise<readonly T[]> {
  const { rows, faults } = reader(await readCrowdFile(file), headersOf(columns, names))
  refuseFaults(file, faults, skipMalformed)
  if (rows.length === 0) throw new UsageError(`${file} holds no answers.`)
  return rows
}
