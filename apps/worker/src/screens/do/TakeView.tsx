import type { Take } from '@chiron/capture'
import { type TakeLimits, type TakeVerdict, trafficLights } from '@chiron/core/episode'
import { Icon, useI18n } from '@chiron/ui'
import { ClipPlayer, clockOf } from '@chiron/ui/player'
import { useMemo, useRef, useState } from 'preact/hooks'
import type { Cut } from './judge-cut.ts'
import { NotGood } from './NotGood.tsx'
import { SheetList } from './SheetList.tsx'
import { SheetOutlines } from './SheetOutlines.tsx'
import { TrimHandles } from './TrimHandles.tsx'
import { useBlobUrl } from './use-blob-url.ts'
import type { Sheets } from './use-sheets.ts'

type TakeViewProps = {
  take: Take
  sheets: Sheets
  cut: Cut
  onCut: (cut: Cut) => void
  verdict: TakeVerdict
  limits: TakeLimits
}

/** The clip with its traffic lights, in words what is good and what is not, what may be read in it, and the cut. */
export function TakeView({ take, sheets, cut, onCut, verdict, limits }: TakeViewProps) {
  const { t } = useI18n()
  const src = useBlobUrl(take.file)
  const player = useRef<HTMLDivElement>(null)
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
  // What is too short gets no better by being cut.
  const isTooShort = verdict.faults.some(({ code }) => code === 'too-short')
  const goTo = (momentMs: number) => setFrame(clock.frameAtMs(Math.min(momentMs, take.durationMs - 1)))
  return (
    <div class="stack">
      <div ref={player}>
        {src && (
          <ClipPlayer
            clip={{ src }}
            fps={take.fps}
            frameCount={take.frameCount}
            durationMs={take.durationMs}
            lights={lights}
            currentFrame={frame}
            over={(timeMs) => (
              <SheetOutlines sheets={sheets.shown} timeMs={timeMs} width={take.width} height={take.height} />
            )}
          />
        )}
      </div>
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
          {...(isTooShort ? {} : { next: t('take.notGoodNext') })}
        />
      )}
      <SheetList
        take={take}
        sheets={sheets.shown}
        onChoice={sheets.choose}
        onCoverAll={sheets.coverAll}
        onMoment={(momentMs) => {
          goTo(momentMs)
          player.current?.scrollIntoView({ block: 'center' })
        }}
      />
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
