import { type AnswerSet, type AutoAggregate, auto } from '../consensus/index.ts'
import { type CopierOptions, type CopiersFound, findCopiers } from './find-copiers.ts'
import { withOneVoice } from './one-voice.ts'

export type Judged = { readonly aggregate: AutoAggregate; readonly copiers: CopiersFound }

/** `auto` after copiers have been found and given one voice: for crowds that may collude. */
export function judge(set: AnswerSet, options: CopierOptions = {}): Judged {
  const copiers = findCopiers(set, options)
  const heard = withOneVoice(set, copiers.groups)
  return { aggregate: auto(heard, options.gold ? { gold: options.gold } : {}), copiers }
}
