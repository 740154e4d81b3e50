import { logRoutes } from '@chiron/contract'
import { Button, useI18n, useToast } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { saveJson } from './save-file.ts'

/** A file that proves, without the server, that a record about oneself is in its log. */
export function ProofButton({ recordId }: { recordId: string }) {
  const { t } = useI18n()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      const proof = await client.call(logRoutes.proof, { params: { recordId } })
      saveJson(`chiron-proof-${recordId}.json`, proof)
    } catch {
      toast({ text: t('data.proofLater'), tone: 'attention' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button size="touch" kind="quiet" icon="shield" busy={busy} onClick={() => void save()}>
      {t('data.proof')}
    </Button>
  )
}
