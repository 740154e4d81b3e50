import { campaigns } from './ar/campaigns.ts'
import { drift } from './ar/drift.ts'
import { evaluate } from './ar/evaluate.ts'
import { judgement } from './ar/judgement.ts'
import { office } from './ar/office.ts'
import { records } from './ar/records.ts'
import { shell } from './ar/shell.ts'
import { work } from './ar/work.ts'

/** Everything this app says in Arabic. en.ts has the same keys. */
export const ar: Readonly<Record<string, string>> = {
  ...shell,
  ...campaigns,
  ...drift,
  ...evaluate,
  ...judgement,
  ...work,
  ...office,
  ...records,
}
