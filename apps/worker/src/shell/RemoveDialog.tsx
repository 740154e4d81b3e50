import { Button, Dialog, useI18n } from '@chiron/ui'
import { theOutbox } from '../data/outbox.ts'

/** What was not taken is on this phone alone: deleted once, it is gone. */
export function RemoveDialog({ onClose, id }: { onClose: () => void; id: string }) {
  const { t } = useI18n()
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('outbox.removeTitle')}
      shape="sheet"
      actions={
        <>
          <Button size="touch" icon="trash" onClick={() => void theOutbox().remove(id)}>
            {t('outbox.remove')}
          </Button>
          <Button kind="primary" size="touch" onClick={onClose}>
            {t('outbox.keep')}
          </Button>
        </>
      }
    >
      {t('outbox.removeText')}
    </Dialog>
  )
}
