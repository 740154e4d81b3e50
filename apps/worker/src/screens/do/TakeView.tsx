import type { Take } from '@chiron/capture'
import { type TakeLimits, type TakeVerdict, trafficLights } from '@chiron/core/episode'
import { Icon, useI18n } from '@chiron/ui'
import { ClipPlayer, clockOf } from '@chiron/ui/player'
import { useMemo, useState } from 'preact/hooks'
import type { Cut } from './judge-cut.ts'
import { NotGood } from './NotGood.tsx'
import { TrimHandles } from './TrimHandles.tsx'
import { useBlobUrl } from './use-blob-url.ts'

type TakeViewProps = {
  take: Take
  cut: Cut
  onCut: (cut: Cut) => void
  verdict: TakeVerdict
  limits: TakeLimits
}

/** The clip with its traffic lights, the cut below it, and in words what is good and what is not. */
export function TakeView({ take, cut, onCut, verdict, limits }: TakeViewProps) {
  const { t } = useI18n()
  const src = useBlobUrl(take.file)
  const [frame, setFrame] = useState<number | undefined>(undefined)
  const clock = useMemo(() => clockOf(take), [take])
  const lights = useMemo(
    () =>
      trafficLights(take.signals, limits, take.sights).map(({ fromMs, toMs, light, code }, at) => ({
        id: `light-${at}`,
        fromMs,
        toMs,
        tone: light,
        label: t(code ? `ui.fault.${code}` : 'ui.status.good'),
      })),
    [take, limits, t],
  )
  const goTo = (momentMs: number) => setFrame(clock.frameAtMs(Math.min(momentMs, take.durationMs - 1)))
  return (
    <div class="stack">
      {src && (
        <ClipPlayer
          clip={{ src }}
          fps={take.fps}
          frameCount={take.frameCount}
          durationMs={take.durationMs}
          lights={lights}
          currentFrame={frame}
        />
      )}
      {verdict.passes ? (
        <p class="verdict verdict-good" role="status">
          <Icon name="good" size={24} />
          <span>{t('take.good')}</span>
        </p>
      ) : (
        <NotGood
          verdict={verdict}
          durationMs={take.durationMs}
          onMoment={goTo}
          next={t('take.notGoodNext')}
        />
      )}
      <TrimHandles
        durationMs={take.durationMs}
        minMs={limits.minDurationMs}
        cut={cut}
        onCut={(changed) => {
          goTo(changed.fromMs === cut.fromMs ? changed.toMs : changed.fromMs)
          onCut(changed)
        }}
      />
    </div>
  )
}
