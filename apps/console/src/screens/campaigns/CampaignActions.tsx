import { type Campaign, campaignRoutes, type Route } from '@chiron/contract'
import { Button, Dialog, useI18n, useToast } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { useAct } from '../../data/use-act.ts'
import { useMay } from '../../shell/me.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'

/** Edit, pause, resume, close: what the campaign's state and one's role allow. */
export function CampaignActions({ campaign }: { campaign: Campaign }) {
  const { t } = useI18n()
  const may = useMay()
  const toast = useToast()
  const [closing, setClosing] = useState(false)
  const { id: campaignId, state } = campaign
  const move = useAct(
    (step: 'pause' | 'resume' | 'close') =>
      client.call(campaignRoutes[step] as Route, { params: { campaignId } }),
    ['campaign', 'campaigns', 'pay'],
  )
  if (!may('campaign.write') || state === 'closed') return null
  const pause = async () => {
    if (await move.run('pause')) toast({ text: t('campaign.paused'), undo: () => void move.run('resume') })
  }
  return (
    <>
      {state === 'published' && (
        <Button icon="pause" busy={move.busy} onClick={() => void pause()}>
          {t('campaign.pause')}
        </Button>
      )}
      {state === 'paused' && (
        <Button kind="primary" icon="play" busy={move.busy} onClick={() => void move.run('resume')}>
          {t('campaign.resume')}
        </Button>
      )}
      <Button icon="edit" href={paths.editCampaign(campaignId)}>
        {t('campaign.edit')}
      </Button>
      {state !== 'draft' && (
        <Button icon="lock" onClick={() => setClosing(true)}>
          {t('campaign.close')}
        </Button>
      )}
      <Dialog
        open={closing}
        onClose={() => setClosing(false)}
        title={t('campaign.closeTitle')}
        actions={
          <>
            <Button onClick={() => setClosing(false)}>{t('ui.action.cancel')}</Button>
            <Button
              kind="danger"
              busy={move.busy}
              onClick={() => void move.run('close').then((done) => done && setClosing(false))}
            >
              {t('campaign.closeNow')}
            </Button>
          </>
        }
      >
        <p>{t('campaign.closeText')}</p>
        {move.error && <Trouble error={move.error} />}
      </Dialog>
    </>
  )
}
