import { accountRoutes } from '@chiron/contract'
import { Button, useI18n, useToast } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { PinField } from '../join/PinField.tsx'

/** A new PIN, or the first one. */
export function ChangePin() {
  const { t } = useI18n()
  const toast = useToast()
  const [open, setOpen] = useState(false)
  const [pin, setPin] = useState('')
  const [asked, setAsked] = useState(false)
  const [error, setError] = useState<unknown>(null)
  if (!open) {
    return (
      <Button size="touch" icon="lock" wide onClick={() => setOpen(true)}>
        {t('settings.changePin')}
      </Button>
    )
  }
  const save = async (event: Event) => {
    event.preventDefault()
    setAsked(true)
    if (!/^\d{6}$/.test(pin)) return
    try {
      await client.call(accountRoutes.changeWorker, { body: { pin } })
      toast({ text: t('settings.pinChanged'), tone: 'good' })
      setOpen(false)
      setPin('')
      setAsked(false)
    } catch (caught) {
      setError(caught)
    }
  }
  return (
    <form class="stack" onSubmit={(event) => void save(event)} noValidate>
      {error ? <Trouble error={error} /> : null}
      <PinField pin={pin} onPin={setPin} asked={asked} autocomplete="new-password" />
      <Button size="touch" type="submit" wide>
        {t('settings.savePin')}
      </Button>
    </form>
  )
}
