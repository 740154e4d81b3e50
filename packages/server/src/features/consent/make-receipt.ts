import { consentReceipt, receiptHash } from '@chiron/core/consent'
import { assert, jcs, sha256, toHex } from '@chiron/core/kit'
import type { Ctx } from '../../platform/context.ts'
import { found } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import { readWorkspace } from '../account/index.ts'
import { consentOfRow } from './consent-core.ts'
import type { ConsentRow, NoticeRow } from './store.ts'

const PERSONAL_DATA = [
  'recordings sent to this campaign, with the phone’s movement where the campaign asks for it',
  'answers given in this campaign',
  'kind of device, place by country, and times of recording',
]
const WITHDRAWAL = 'In the worker app under “My data”, with one tap, at any time.'

/** The receipt that the worker keeps, and its digest, which exports and the log carry. */
export async function makeReceipt(tx: Tx, { deps }: Ctx, row: ConsentRow, notice: NoticeRow) {
  assert(row.worker_id !== null && row.given_at !== null, 'a receipt is for a worker’s yes')
  const workspace = found(await readWorkspace(tx, row.workspace_id), 'workspace')
  const { purpose, recipients, retentionDays, afterTraining } = notice
  const receipt = consentReceipt({
    receiptId: row.id,
    consentId: row.id,
    workerId: row.worker_id,
    controller: { id: workspace.id, name: workspace.name, contact: deps.publicUrl },
    notice: {
      id: row.campaign_id,
      version: notice.version,
      hash: toHex(sha256(jcs({ purpose, recipients, retentionDays, afterTraining }))),
    },
    locale: row.locale,
    consent: consentOfRow(row),
    purpose,
    recipients,
    personalData: PERSONAL_DATA,
    retentionDays,
    jurisdiction: 'as stated by the data controller',
    storageLocation: 'on the data controller’s own server',
    withdrawal: WITHDRAWAL,
    issuedMs: row.given_at.getTime(),
  })
  return { receipt, hash: receiptHash(receipt) }
}
