import '@chiron/ui/player.css'
import '../../styles/task.css'
import '../../styles/film.css'
import '../../styles/trim.css'
import type { Redacted, Take } from '@chiron/capture'
import type { Lease, OfferDetail } from '@chiron/contract'
import { motionSegment } from '@chiron/core/episode'
import { type DemonstrateConfig, takeLimits } from '@chiron/core/kinds'
import { Button, EmptyState, Skeleton, useI18n } from '@chiron/ui'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Screen } from '../../shell/Screen.tsx'
import { asksForBody } from '../task/asks-for-body.ts'
import { judgeCut } from './judge-cut.ts'
import { readTake } from './lease-takes.ts'
import { ResultView } from './ResultView.tsx'
import { TakeChoice } from './TakeChoice.tsx'
import { TakeView } from './TakeView.tsx'
import { useActiveMs } from './use-active-ms.ts'
import { sightsOf, useExamined } from './use-examined.ts'
import { useSheets } from './use-sheets.ts'

/** The take before it is sent: how good it is, cut what is too much, film again, send. */
export function TakeScreen({ lease, offer }: { lease: Lease; offer: OfferDetail }) {
  const { t } = useI18n()
  const { query } = useLocation()
  const takeId = query.take ?? ''
  const [take, setTake] = useState<Take | null | undefined>(undefined)
  useEffect(() => {
    readTake(takeId).then(
      (found) => setTake(found ?? null),
      () => setTake(null),
    )
  }, [takeId])
  if (take) return <Ready key={takeId} take={take} lease={lease} offer={offer} />
  return (
    <Screen title={t('take.title')} back="/">
      {take === undefined ? (
        <Skeleton height={320} />
      ) : (
        <EmptyState
          icon="video"
          title={t('take.gone')}
          action={
            <Button kind="primary" size="touch" icon="camera" href={`/do/${lease.id}`}>
              {t('take.again')}
            </Button>
          }
        >
          {t('take.goneText')}
        </EmptyState>
      )}
    </Screen>
  )
}

type ReadyProps = { take: Take; lease: Lease; offer: OfferDetail }

/** First the take as filmed, to cut; then the film as it would leave, to approve. */
function Ready({ take, lease, offer }: ReadyProps) {
  const config = offer.config as DemonstrateConfig
  const limits = useMemo(() => takeLimits(config), [config])
  const examination = useExamined(take, asksForBody(config))
  const sights = useMemo(() => sightsOf(take, examination), [take, examination])
  const [cut, setCut] = useState(() => motionSegment(take.signals, { ...take, minMs: limits.minDurationMs }))
  const sheets = useSheets(examination, cut)
  const [result, setResult] = useState<Redacted | null>(null)
  const activeMs = useActiveMs(lease.id)
  const seen = useMemo(() => ({ ...take, sights }), [take, sights])
  const verdict = useMemo(() => judgeCut(seen, cut, limits), [seen, cut, limits])
  if (result) {
    return <ResultView {...{ result, lease, activeMs }} onBack={() => setResult(null)} />
  }
  return (
    <TakeChoice {...{ take, examination, sheets, cut, limits, verdict, lease }} onResult={setResult}>
      <TakeView take={seen} sheets={sheets} cut={cut} onCut={setCut} verdict={verdict} limits={limits} />
    </TakeChoice>
  )
}
