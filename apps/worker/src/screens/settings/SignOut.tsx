import { accountRoutes } from '@chiron/contract'
import { Button, Dialog, useI18n } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { isUnsent, useOutboxItems } from '../../data/outbox.ts'
import { forgetAll } from '../../data/queries.ts'

/** Signs out; asks first only when something has not left this device yet. */
export function SignOut() {
  const { t } = useI18n()
  const { route } = useLocation()
  const unsent = useOutboxItems().filter(isUnsent).length
  const [asks, setAsks] = useState(false)
  const leave = async () => {
    await client.call(accountRoutes.signOut).catch(() => undefined)
    forgetAll()
    route('/come-back', true)
  }
  return (
    <>
      <Button
        size="touch"
        kind="quiet"
        icon="arrow-forward"
        wide
        onClick={() => (unsent > 0 ? setAsks(true) : void leave())}
      >
        {t('settings.signOut')}
      </Button>
      <Dialog
        open={asks}
        onClose={() => setAsks(false)}
        title={t('settings.signOut')}
        shape="sheet"
        actions={
          <>
            <Button size="touch" onClick={() => void leave()}>
              {t('settings.signOutAnyway')}
            </Button>
            <Button kind="primary" size="touch" onClick={() => setAsks(false)}>
              {t('settings.stay')}
            </Button>
          </>
        }
      >
        {t('settings.unsent', { n: unsent })}
      </Dialog>
    </>
  )
}
