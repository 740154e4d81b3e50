import { BOARD_TOOL_BYTES } from '@chiron/capture'
import { ActionBar, Button, CopyText, Icon, type IconName, RadioGroup, useI18n } from '@chiron/ui'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { cameraState, scaleState, tellTeams } from '../../data/calibrations.ts'
import { Screen } from '../../shell/Screen.tsx'

type Facing = 'environment' | 'user'
const FACINGS: readonly Facing[] = ['environment', 'user']

type CalibrateIntroProps = {
  facing: Facing
  /** The task that waits for it. */
  from: string | undefined
  onFacing: (facing: Facing) => void
  isBusy: boolean
  onStart: (way: 'board' | 'card') => void
}

/** What it is for, how to get a board, what it costs; and what is known of this camera so far. */
export function CalibrateIntro({ facing, from, onFacing, isBusy, onStart }: CalibrateIntroProps) {
  const { t, bytes } = useI18n()
  useEffect(() => {
    void tellTeams().catch(() => undefined)
  }, [])
  return (
    <Screen
      title={t('calibrate.title')}
      back={from ?? '/settings'}
      action={
        <ActionBar note={t('calibrate.fetch', { size: bytes(BOARD_TOOL_BYTES) })}>
          <Button
            kind="primary"
            size="touch"
            wide
            icon="camera"
            busy={isBusy}
            onClick={() => onStart('board')}
          >
            {t('calibrate.start')}
          </Button>
        </ActionBar>
      }
    >
      <div class="stack">
        <p>{t('calibrate.why')}</p>
        <RadioGroup
          label={t('calibrate.title')}
          options={FACINGS.map((each) => ({ value: each, label: t(`calibrate.camera.${each}`) }))}
          value={facing}
          onValue={(chosen) => onFacing(chosen as Facing)}
        />
        <KnownSoFar facing={facing} />
        <ul class="consent-points">
          <Point icon="machine">
            <p>{t('calibrate.steps.board')}</p>
            <CopyText text={`${location.origin}/board`} />
          </Point>
          <Point icon="sun">
            <p>{t('calibrate.steps.flat')}</p>
          </Point>
          <Point icon="camera">
            <p>{t('calibrate.steps.move')}</p>
          </Point>
          <Point icon="shield">
            <p>{t('calibrate.private')}</p>
          </Point>
        </ul>
        <Button size="touch" icon="eye" href="/board">
          {t('calibrate.seeBoard')}
        </Button>
        <section class="stack">
          <h2 class="brief-title">{t('card.title')}</h2>
          <p>{t('card.why')}</p>
          <ScaleSoFar facing={facing} />
          <Button size="touch" icon="money" busy={isBusy} onClick={() => onStart('card')}>
            {t('card.start')}
          </Button>
        </section>
      </div>
    </Screen>
  )
}

function Point({ icon, children }: { icon: IconName; children: ComponentChildren }) {
  return (
    <li class="consent-point">
      <Icon name={icon} size={24} />
      <div class="board-point">{children}</div>
    </li>
  )
}

function KnownSoFar({ facing }: { facing: Facing }) {
  const { t, number, dateTime } = useI18n()
  const { calibration, stale } = cameraState(facing)
  if (calibration === undefined) return <p class="quiet">{t('calibrate.none')}</p>
  const { madeAt, rmsPx } = calibration
  return (
    <div class="row">
      <Icon name={stale.length === 0 ? 'good' : 'attention'} size={20} />
      <div class="grow">
        <p>
          {t('calibrate.now', {
            when: dateTime(madeAt, 'date'),
            error: number(rmsPx, { maximumFractionDigits: 2 }),
          })}
        </p>
        {stale.map((reason) => (
          <p key={reason}>{t(`calibrate.stale.${reason}`)}</p>
        ))}
      </div>
    </div>
  )
}

function ScaleSoFar({ facing }: { facing: Facing }) {
  const { t, number, dateTime } = useI18n()
  const { scale, stale } = scaleState(facing)
  if (scale === undefined) return null
  const words = {
    when: dateTime(scale.madeAt, 'date-time'),
    mm: number(scale.mmPerPx, { maximumSignificantDigits: 3 }),
  }
  return (
    <div class="row">
      <Icon name={stale.length === 0 ? 'good' : 'attention'} size={20} />
      <div class="grow">
        <p>{t('card.now', words)}</p>
        {stale.map((reason) => (
          <p key={reason}>{t(reason === 'old' ? 'card.stale.old' : `calibrate.stale.${reason}`)}</p>
        ))}
      </div>
    </div>
  )
}
