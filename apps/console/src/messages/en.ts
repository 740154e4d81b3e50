import { campaigns } from './en/campaigns.ts'
import { drift } from './en/drift.ts'
import { evaluate } from './en/evaluate.ts'
import { judgement } from './en/judgement.ts'
import { office } from './en/office.ts'
import { records } from './en/records.ts'
import { shell } from './en/shell.ts'
import { work } from './en/work.ts'

/** Everything this app says in English. ar.ts has the same keys. */
export const en: Readonly<Record<string, string>> = {
  ...shell,
  ...campaigns,
  ...drift,
  ...evaluate,
  ...judgement,
  ...work,
  ...office,
  ...records,
}
