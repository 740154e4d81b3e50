import { addPasskey, hasPasskeys } from '@chiron/client/passkeys'
import { Button, useI18n, useToast } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { refresh } from '../../data/queries.ts'

/** Offers a passkey where the device can hold one: face, finger or screen lock instead of the PIN. */
export function PasskeyButton() {
  const { t } = useI18n()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  if (!hasPasskeys()) return null
  const add = async () => {
    setBusy(true)
    try {
      await addPasskey(client)
      refresh('me')
      toast({ text: t('passkey.added'), tone: 'good' })
    } catch {
      toast({ text: t('passkey.failed'), tone: 'attention' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button size="touch" icon="key" wide busy={busy} onClick={() => void add()}>
      {t('passkey.add')}
    </Button>
  )
}
