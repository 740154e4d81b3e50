import { type RolloutDetail, rolloutRoutes } from '@chiron/contract'
import { Button, Card, CopyText, Dialog, Tag, useI18n, useToast } from '@chiron/ui'
import '@chiron/ui/player.css'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { useAsk } from '../../data/queries.ts'
import { useAct } from '../../data/use-act.ts'
import { useMay } from '../../shell/me.ts'
import { LoadingPage, Page } from '../../shell/Page.tsx'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { LabelsCard } from '../episodes/LabelsCard.tsx'
import { JudgedCard } from './JudgedCard.tsx'
import { OutcomeTag } from './OutcomeTag.tsx'
import { RolloutClip, type Seek } from './RolloutClip.tsx'
import { RolloutFacts } from './RolloutFacts.tsx'
import { StreamTable } from './StreamTable.tsx'

/** One run: its picture and its joints on one axis, how it ended, what was noted. */
export function RolloutScreen({ rolloutId }: { rolloutId: string }) {
  const { t } = useI18n()
  const rollout = useAsk('rollout', rolloutRoutes.read, { params: { rolloutId } })
  const [seek, setSeek] = useState<Seek | null>(null)
  const above = { label: t('evaluate.rollouts'), href: paths.evaluate({ tab: 'rollouts' }) }
  if (!rollout.data)
    return <LoadingPage above={above} error={rollout.error} onRetry={() => void rollout.refetch()} />
  const { policyName, policyLabel, world, judged } = rollout.data
  const onMoment = (momentMs: number) => judged && setSeek({ stream: judged.stream, momentMs })
  return (
    <Page
      title={`${policyName} ${policyLabel}`}
      above={above}
      aside={
        <>
          <OutcomeTag rollout={rollout.data} />
          <Tag icon={world === 'sim' ? 'machine' : 'camera'}>{t(`rollout.world.${world}`)}</Tag>
          <CopyText text={rolloutId} shown={t('evaluate.copyId')} />
        </>
      }
      actions={<EraseRollout rollout={rollout.data} />}
    >
      <div class="columns columns-clip">
        <div class="stack">
          <RolloutClip key={rolloutId} rollout={rollout.data} seek={seek} />
          <StreamTable rollout={rollout.data} />
        </div>
        <div class="stack">
          <JudgedCard rollout={rollout.data} onMoment={onMoment} />
          {judged && (
            <LabelsCard
              episode={{ campaignId: judged.campaignId, labels: judged.answers }}
              onMoment={onMoment}
            />
          )}
          <Notes rollout={rollout.data} />
          <RolloutFacts rollout={rollout.data} />
        </div>
      </div>
    </Page>
  )
}

function Notes({ rollout: { note } }: { rollout: RolloutDetail }) {
  const { t } = useI18n()
  return (
    <Card title={t('rollout.note')}>
      {note ? (
        <p class="rollout-note" dir="auto">
          {note}
        </p>
      ) : (
        <p class="quiet">{t('rollout.noNote')}</p>
      )}
    </Card>
  )
}

function EraseRollout({ rollout: { id: rolloutId } }: { rollout: RolloutDetail }) {
  const { t } = useI18n()
  const { route } = useLocation()
  const may = useMay()
  const toast = useToast()
  const [asking, setAsking] = useState(false)
  const erase = useAct(async () => {
    await client.call(rolloutRoutes.erase, { params: { rolloutId } })
    toast({ text: t('rollout.erased') })
    route(paths.evaluate({ tab: 'rollouts' }), true)
  }, ['rollouts', 'policies', 'suites'])
  if (!may('rollout.erase')) return null
  return (
    <>
      <Button icon="trash" onClick={() => setAsking(true)}>
        {t('rollout.erase')}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('rollout.eraseTitle')}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t('ui.action.cancel')}</Button>
            <Button kind="danger" busy={erase.busy} onClick={() => void erase.run()}>
              {t('rollout.eraseNow')}
            </Button>
          </>
        }
      >
        <p>{t('rollout.eraseText')}</p>
        {erase.error && <Trouble error={erase.error} />}
      </Dialog>
    </>
  )
}
