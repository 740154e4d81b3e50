import type { TakeVerdict } from '@chiron/core/episode'
import { useI18n } from '@chiron/ui'
import { ReasonList } from '../task/ReasonList.tsx'

type NotGoodProps = {
  verdict: TakeVerdict
  durationMs: number
  /** Go and look at a moment; without it moments are not offered. */
  onMoment?: ((momentMs: number) => void) | undefined
  /** What can be done about it. */
  next?: string
}

/** Why a take may come back, in words. */
export function NotGood({ verdict, durationMs, onMoment, next }: NotGoodProps) {
  const { t } = useI18n()
  const reasons = verdict.faults
    .filter(({ severity }) => severity !== 'notice')
    .map(({ code, fromMs, toMs }, at) => ({
      id: `${code}-${at}`,
      what: t(`ui.fault.${code}`),
      hint: t(`ui.fault.${code}.hint`),
      // What runs through the whole take has no moment.
      momentMs: toMs - fromMs < durationMs * 0.9 ? fromMs : null,
    }))
  return (
    <section role="status">
      <h2 class="section-title">{t('take.notGood')}</h2>
      <ReasonList reasons={reasons} onMoment={onMoment} />
      {next && <p class="quiet">{next}</p>}
    </section>
  )
}
