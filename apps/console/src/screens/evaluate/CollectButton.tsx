import { type Body, failureRoutes } from '@chiron/contract'
import { Button, useI18n, useToast } from '@chiron/ui'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { useAct } from '../../data/use-act.ts'
import { useMay } from '../../shell/me.ts'
import { paths } from '../../shell/paths.ts'
import { useTroubleWords } from '../../shell/Trouble.tsx'

type CollectButtonProps = { suiteId: string; version: number; order: Body<typeof failureRoutes.draft> }

/** Drafts the film campaign that would collect these cases, and opens it: nothing is published without the manager. */
export function CollectButton({ suiteId, version, order }: CollectButtonProps) {
  const { t } = useI18n()
  const may = useMay()
  const { route } = useLocation()
  const toast = useToast()
  const troubleWords = useTroubleWords()
  const act = useAct(async () => {
    const made = await client.call(failureRoutes.draft, { params: { suiteId, version }, body: order })
    toast({ text: t('failures.drafted', { n: made.quota }) })
    route(paths.editCampaign(made.campaignId))
  }, ['campaigns'])
  if (!may('campaign.write')) return <span class="quiet">–</span>
  return (
    <>
      <Button icon="campaign" busy={act.busy} onClick={() => void act.run()}>
        {t('failures.draft')}
      </Button>
      {act.error && (
        <p class="quiet" role="alert">
          {troubleWords(act.error)}
        </p>
      )}
    </>
  )
}
