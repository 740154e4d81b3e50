import { Refusal } from '@chiron/core/kit'
import type { RolloutFacts } from './found-rollout.ts'

const YES = new Set(['true', '1', 'yes', 'success', 'succeeded'])
const NO = new Set(['false', '0', 'no', 'failure', 'failed'])

/**
 * Facts of a run from named values (columns of a table, metadata of a file); an empty one is not known.
 * @throws Refusal `rollout-facts` with facts `{ field }`
 */
export function factsOf(given: (name: string) => unknown): RolloutFacts {
  const text = (name: string): string | undefined => {
    const value = given(name)
    return value === undefined || value === null || value === '' ? undefined : String(value).trim()
  }
  const number = (name: string): number | undefined => {
    const value = text(name)
    if (value === undefined) return undefined
    return Number.isFinite(Number(value)) ? Number(value) : refuse(name, value, 'not a number')
  }
  const progress = number('progress')
  if (progress !== undefined && (progress < 0 || progress > 1))
    refuse('progress', String(progress), 'not between 0 and 1')
  const seed = number('seed')
  if (seed !== undefined && !Number.isSafeInteger(seed)) refuse('seed', String(seed), 'not a whole number')
  return {
    task: text('task'),
    scenario: text('scenario'),
    success: yesOrNo(text('success')),
    score: number('score'),
    progress,
    failure: text('failure'),
    seed,
    world: worldOf(text('world')),
    recordedAt: instantOf(text('recorded_at')),
    note: text('note'),
  }
}

function yesOrNo(value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined
  if (YES.has(value.toLowerCase())) return true
  return NO.has(value.toLowerCase()) ? false : refuse('success', value, 'neither true nor false')
}

function worldOf(value: string | undefined): 'real' | 'sim' | undefined {
  if (value === undefined || value === 'real' || value === 'sim') return value
  return refuse('world', value, 'neither “real” nor “sim”')
}

function instantOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const at = new Date(value)
  return Number.isNaN(at.getTime()) ? refuse('recorded_at', value, 'not a time (ISO 8601)') : at.toISOString()
}

function refuse(field: string, value: string, why: string): never {
  throw new Refusal('rollout-facts', { field }, `${field} is “${value}”, which is ${why}`)
}
