import type { Lease, OfferDetail } from '@chiron/contract'
import { ActionBar, Button, EmptyState, Skeleton, useI18n } from '@chiron/ui'
import { lazy } from 'preact-iso'
import { useLease, useOffer } from '../../data/queries.ts'
import { MoreWords } from '../../shell/MoreWords.tsx'
import { Pending } from '../../shell/Pending.tsx'
import { Screen } from '../../shell/Screen.tsx'
import { TASK_WORDS } from '../../task-words.ts'
import { LeaseOver } from './LeaseOver.tsx'
import { useKeepLease } from './use-keep-lease.ts'
import { useLeaseOver } from './use-lease-over.ts'
import { useOneTab } from './use-one-tab.ts'

const ChooseDo = lazy(async () => (await import('./ChooseDo.tsx')).ChooseDo)
const CompareDo = lazy(async () => (await import('./CompareDo.tsx')).CompareDo)
const FilmDo = lazy(async () => (await import('./FilmDo.tsx')).FilmDo)
const KeypointsDo = lazy(async () => (await import('./KeypointsDo.tsx')).KeypointsDo)
const RateDo = lazy(async () => (await import('./RateDo.tsx')).RateDo)
const TakeScreen = lazy(async () => (await import('./TakeScreen.tsx')).TakeScreen)

type DoScreenProps = { leaseId: string; part?: string }

const WORDS = [TASK_WORDS]

/** The task itself, in one tab at a time. */
export function DoScreen(props: DoScreenProps) {
  return (
    <MoreWords words={WORDS}>
      <Do {...props} />
    </MoreWords>
  )
}

function Do({ leaseId, part }: DoScreenProps) {
  const { t } = useI18n()
  const lease = useLease(leaseId)
  const tab = useOneTab(leaseId)
  if (tab.state === 'elsewhere') return <Elsewhere onHere={tab.takeHere} />
  const over = useLeaseOver(leaseId)
  // What is known of the lease outlasts its time: a take that is being filmed is finished and sent all the same.
  if (over && part !== 'take' && !lease.data) return <LeaseOver why={over} />
  if (lease.data && tab.state === 'here') return <Held key={leaseId} lease={lease.data} part={part} />
  return (
    <Screen title={t('do.title')} back="/">
      <Pending query={lease}>
        <Skeleton height={320} />
      </Pending>
    </Screen>
  )
}

function Held({ lease, part }: { lease: Lease; part: string | undefined }) {
  const { t } = useI18n()
  const offer = useOffer(lease.campaignId)
  useKeepLease(lease)
  if (!offer.data) {
    return (
      <Screen title={t('do.title')} back="/">
        <Pending query={offer}>
          <Skeleton height={320} />
        </Pending>
      </Screen>
    )
  }
  return <Kind lease={lease} offer={offer.data} part={part} />
}

function Kind({ lease, offer, part }: { lease: Lease; offer: OfferDetail; part: string | undefined }) {
  const over = useLeaseOver(lease.id)
  if (lease.kind === 'compare') return <CompareDo lease={lease} offer={offer} />
  if (lease.kind === 'keypoints') return <KeypointsDo lease={lease} offer={offer} />
  if (lease.kind === 'rate') return <RateDo lease={lease} offer={offer} />
  if (lease.kind !== 'demonstrate') return <ChooseDo lease={lease} offer={offer} />
  if (part === 'take') return <TakeScreen lease={lease} offer={offer} />
  // A second take of a task that has one could not be sent.
  if (over === 'answered') return <LeaseOver why={over} />
  return <FilmDo lease={lease} offer={offer} />
}

/** The same task is open in another tab: two takes of it would be one too many. */
function Elsewhere({ onHere }: { onHere: () => void }) {
  const { t } = useI18n()
  return (
    <Screen
      title={t('do.title')}
      back="/"
      action={
        <ActionBar>
          <Button kind="primary" size="touch" wide onClick={onHere}>
            {t('elsewhere.here')}
          </Button>
        </ActionBar>
      }
    >
      <EmptyState icon="copy" title={t('elsewhere.title')}>
        {t('elsewhere.text')}
      </EmptyState>
    </Screen>
  )
}
