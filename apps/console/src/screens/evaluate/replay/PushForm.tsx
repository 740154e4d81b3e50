import { Button, Field, NumberInput, Select, useI18n } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { useTermName } from '../../../parts/term-name.ts'
import type { Robot } from './open-robot.ts'
import type { Ending, Rerun, Steering } from './protocol.ts'

const WAYS = {
  ahead: [1, 0, 0],
  back: [-1, 0, 0],
  left: [0, 1, 0],
  right: [0, -1, 0],
  up: [0, 0, 1],
  down: [0, 0, -1],
} as const
type Way = keyof typeof WAYS
const MOST_IMPULSE_NS = 500

type PushProps = { robot: Robot; timeMs: number; rerun: Rerun | null; onRerun: (rerun: Rerun | null) => void }

/** Pushes a body at the moment that is shown, runs the scene again here, and says how both runs end. */
export function PushForm({ robot, timeMs, rerun, onRerun }: PushProps) {
  const { t } = useI18n()
  const [body, setBody] = useState(robot.opened.bodies[0] ?? '')
  const [way, setWay] = useState<Way>('ahead')
  const [impulseNs, setImpulseNs] = useState<number | null>(10)
  const steerings = steeringsOf(robot)
  const [steering, setSteering] = useState<Steering>(steerings[0] ?? 'recorded')
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState('')
  const run = async () => {
    setBusy(true)
    setWhy('')
    try {
      const [x, y, z] = WAYS[way].map((part) => part * (impulseNs ?? 0)) as [number, number, number]
      onRerun(await robot.push({ push: { body, atMs: timeMs, impulseNs: [x, y, z] }, steering }))
    } catch (cause) {
      setWhy(cause instanceof Error ? cause.message : String(cause))
    }
    setBusy(false)
  }
  return (
    <section class="stack" aria-label={t('replay.push')}>
      <h3>{t('replay.push')}</h3>
      <div class="push-fields">
        <Field label={t('replay.body')}>
          <Select value={body} onValue={setBody} options={robot.opened.bodies.map(asOption)} />
        </Field>
        <Field label={t('replay.way')}>
          <Select
            value={way}
            onValue={(value) => setWay(value as Way)}
            options={Object.keys(WAYS).map((value) => ({ value, label: t(`replay.way.${value}`) }))}
          />
        </Field>
        {steerings.length > 1 && (
          <Field label={t('replay.steering')}>
            <Select
              value={steering}
              onValue={(value) => setSteering(value as Steering)}
              options={steerings.map((value) => ({
                value,
                label: t(`replay.steering.${value}`),
              }))}
            />
          </Field>
        )}
        <Field label={t('replay.impulse')}>
          <NumberInput value={impulseNs} onValue={setImpulseNs} min={0} max={MOST_IMPULSE_NS} unit="N·s" />
        </Field>
      </div>
      <div class="row">
        <Button kind="primary" busy={busy} disabled={impulseNs === null} onClick={() => void run()}>
          {t('replay.pushAt', { at: (timeMs / 1000).toFixed(2) })}
        </Button>
        {rerun && <Button onClick={() => onRerun(null)}>{t('replay.forget')}</Button>}
      </div>
      <div role="status">
        {why && <p>{t('replay.pushFailed', { why })}</p>}
        {rerun && !why && <Endings rerun={rerun} />}
      </div>
    </section>
  )
}

/** Who may steer it here, the best guess first. */
const steeringsOf = ({ opened: { feet, isSteeredAgain } }: Robot): Steering[] => [
  ...(isSteeredAgain ? (['again'] as const) : []),
  ...(feet.length > 0 ? (['balance'] as const) : []),
  'recorded',
]

const asOption = (name: string) => ({ value: name, label: name })

function Endings({ rerun: { alone, withPush } }: { rerun: Rerun }) {
  const { t } = useI18n()
  return (
    <dl class="endings">
      <dt>{t('replay.alone')}</dt>
      <dd>
        <EndingWords ending={alone} />
      </dd>
      <dt>{t('replay.withPush')}</dt>
      <dd>
        <EndingWords ending={withPush} before={alone} />
      </dd>
    </dl>
  )
}

function EndingWords({ ending: { judged, fell, places }, before }: { ending: Ending; before?: Ending }) {
  const { t, number } = useI18n()
  const nameOf = useTermName()
  const figure = (value: number) => number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const words = judged
    ? [
        judged.failureId === null
          ? t('replay.succeeds')
          : t('replay.fails', { reason: nameOf(judged.failureId), at: figure((judged.atMs ?? 0) / 1000) }),
      ]
    : fell
      ? [fell.atMs === null ? t('replay.stands') : t('replay.fell', { at: figure(fell.atMs / 1000) })]
      : []
  if (before)
    for (const { body, at } of places) {
      const from = before.places.find((each) => each.body === body)?.at
      if (from)
        words.push(
          t('replay.elsewhere', {
            body,
            by: figure(Math.hypot(...at.map((x, axis) => x - (from[axis] ?? 0)))),
          }),
        )
    }
  return <>{words.length > 0 ? words.join(' ') : t('replay.asRecorded')}</>
}
