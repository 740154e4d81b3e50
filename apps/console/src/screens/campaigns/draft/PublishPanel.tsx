import { type Campaign, campaignRoutes, payRoutes } from '@chiron/contract'
import { campaignEscrow, publishFaults } from '@chiron/core/campaign'
import { isQuestion } from '@chiron/core/kinds'
import { Button, Icon, useI18n, useToast } from '@chiron/ui'
import { useMemo, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { client } from '../../../data/client.ts'
import { useAsk } from '../../../data/queries.ts'
import { useAct } from '../../../data/use-act.ts'
import { paths } from '../../../shell/paths.ts'
import { Trouble } from '../../../shell/Trouble.tsx'
import { changedFields, cleaned, type DraftHandle, unsavable } from './draft-state.ts'
import { EscrowNote, type EscrowState } from './EscrowNote.tsx'
import { FaultList } from './FaultList.tsx'

type PublishPanelProps = { handle: DraftHandle; campaign?: Campaign; termIds?: readonly string[] }

/** Beside the form: what still keeps it from people, what it costs, and the way out to them. */
export function PublishPanel({ handle, campaign, termIds }: PublishPanelProps) {
  const { t } = useI18n()
  const { draft, isFrozen } = handle
  const faults = useMemo(() => publishFaults(cleaned(draft), termIds && new Set(termIds)), [draft, termIds])
  const escrow = useEscrow(handle, campaign)
  const { save, publish, busy, error } = useSaving(handle, campaign)
  const blank = unsavable(draft)
  const isShort = escrow !== null && escrow.missingMinor > 0
  return (
    <aside class="publish" aria-label={t('publish.label')}>
      <div class="card publish-card stack">
        <FaultList faults={faults} />
        {escrow && <EscrowNote escrow={escrow} title={Object.values(draft.title)[0] ?? ''} />}
        {error && <Trouble error={error} />}
        <div class="publish-actions">
          {isFrozen ? (
            <Button
              kind="primary"
              wide
              busy={busy}
              disabled={faults.length > 0 || isShort}
              onClick={() => void save()}
            >
              {t('publish.save')}
            </Button>
          ) : (
            <>
              <Button
                kind="primary"
                icon="sent"
                wide
                busy={busy}
                disabled={faults.length > 0 || isShort}
                onClick={() => void publish()}
              >
                {t('publish.publish')}
              </Button>
              <Button wide busy={busy} disabled={blank !== null} onClick={() => void save()}>
                {t('publish.keep')}
              </Button>
            </>
          )}
          {blank && (
            <p class="quiet publish-why">
              <Icon name="information" size={14} /> {t('publish.needsTitle')}
            </p>
          )}
        </div>
      </div>
    </aside>
  )
}

/** What must lie in escrow (WR-2), what does already, and what the funds lack. */
function useEscrow({ draft }: DraftHandle, campaign?: Campaign): EscrowState | null {
  const pay = useAsk('pay', payRoutes.overview)
  const campaigns = useAsk('campaigns', campaignRoutes.list)
  const { payMinor, currency } = draft.terms
  const isComplete = payMinor !== null && currency !== null && draft.quota > 0
  if (!isComplete || !pay.data || (isQuestion(draft.kind) && draft.flow.answers === null)) return null
  const source = campaigns.data?.items.find(({ id }) => id === draft.sourceCampaignId)
  const needed = campaignEscrow(draft, source?.quota ?? draft.quota)
  const own = pay.data.escrow.find(({ campaignId }) => campaignId === campaign?.id)
  const heldMinor = own ? own.heldMinor + own.pendingMinor + own.spentMinor : 0
  const fundsMinor = pay.data.funds.find((fund) => fund.currency === currency)?.amountMinor ?? 0
  const moreMinor = Math.max(0, needed.amountMinor - heldMinor)
  return {
    currency,
    neededMinor: needed.amountMinor,
    heldMinor,
    fundsMinor,
    missingMinor: Math.max(0, moreMinor - fundsMinor),
  }
}

function useSaving(handle: DraftHandle, campaign?: Campaign) {
  const { t } = useI18n()
  const { route } = useLocation()
  const toast = useToast()
  // Made once: a publishing that was refused leaves a draft, and the next try is about that one.
  const madeId = useRef(campaign?.id ?? null)
  const keep = async (): Promise<string> => {
    const body = cleaned(handle.draft)
    if (madeId.current === null) {
      const made = await client.call(campaignRoutes.create, { body })
      madeId.current = made.id
      handle.forget()
    } else {
      const change = changedFields(handle.before, body)
      const params = { campaignId: madeId.current }
      if (Object.keys(change).length > 0) await client.call(campaignRoutes.change, { params, body: change })
    }
    return madeId.current
  }
  const saving = useAct(
    async (isPublishing: boolean) => {
      const campaignId = await keep()
      if (isPublishing) await client.call(campaignRoutes.publish, { params: { campaignId } })
      toast({ text: t(isPublishing ? 'publish.published' : 'publish.kept'), tone: 'good' })
      route(paths.campaign(campaignId))
    },
    ['campaigns', 'campaign', 'pay'],
  )
  return {
    save: () => saving.run(false),
    publish: () => saving.run(true),
    busy: saving.busy,
    error: saving.error,
  }
}
