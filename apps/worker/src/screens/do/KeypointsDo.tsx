import '@chiron/ui/player.css'
import '../../styles/points.css'
import type { Lease, OfferDetail } from '@chiron/contract'
import { type CorrectedMoment, type KeypointsAnswer, machineAnswer } from '@chiron/core/kinds'
import { jcs } from '@chiron/core/kit'
import { ActionBar, Button, EmptyState, useI18n } from '@chiron/ui'
import { useEffect, useState } from 'preact/hooks'
import { AnswerScreen } from './AnswerScreen.tsx'
import { HowTo, PointsControls } from './points/PointsControls.tsx'
import { PointsStage } from './points/PointsStage.tsx'
import { usePoints } from './points/use-points.ts'
import { usePointsKeys } from './points/use-points-keys.ts'
import { useStill } from './points/use-still.ts'
import { fitOf, heldIn, type Size, showing, type View, WHOLE, zoomedAt } from './points/view.ts'
import { useSending } from './use-sending.ts'

/** `at`: the moment that is looked at now, from 0. */
type Draft = KeypointsAnswer & { at: number }
type EpisodeSubject = Extract<Lease['subject'], { kind: 'episode' }>

const HOW_TO_READ = 'chiron-points-how'

/** Where the fingers are: the machine's points at a few moments of a clip, to be put right. */
export function KeypointsDo({ lease, offer }: { lease: Lease; offer: OfferDetail }) {
  const { t } = useI18n()
  const { subject } = lease
  const asked = subject.kind === 'episode' ? (subject.moments ?? []) : []
  const machine = machineAnswer(asked)
  const sending = useSending<Draft>(lease, { ...machine, at: 0 })
  const { draft, onDraft, send } = sending
  const moment = draft.moments[draft.at]
  const own = machine.moments[draft.at]
  if (subject.kind !== 'episode' || !moment || !own)
    return (
      <AnswerScreen offer={offer} sending={sending}>
        <EmptyState
          icon="eye"
          title={t('points.gone')}
          action={
            <Button kind="primary" size="touch" href="/">
              {t('over.again')}
            </Button>
          }
        >
          {t('over.text')}
        </EmptyState>
      </AnswerScreen>
    )
  const isLast = draft.at + 1 === draft.moments.length
  return (
    <AnswerScreen offer={offer} sending={sending}>
      <MomentPoints
        key={draft.at}
        lease={lease}
        subject={subject}
        moment={moment}
        machine={own}
        isLast={isLast}
        place={{ n: draft.at + 1, of: draft.moments.length }}
        onMoment={(changed) => {
          const moments = draft.moments.map((each, at) => (at === draft.at ? changed : each))
          onDraft({ ...draft, moments })
        }}
        onBack={draft.at === 0 ? undefined : () => onDraft({ ...draft, at: draft.at - 1 })}
        onDone={() =>
          isLast ? void send({ moments: draft.moments }) : onDraft({ ...draft, at: draft.at + 1 })
        }
      />
    </AnswerScreen>
  )
}

type MomentPointsProps = {
  lease: Lease
  subject: EpisodeSubject
  moment: CorrectedMoment
  machine: CorrectedMoment
  place: { n: number; of: number }
  isLast: boolean
  onMoment: (moment: CorrectedMoment) => void
  onBack: (() => void) | undefined
  onDone: () => void
}

function MomentPoints(props: MomentPointsProps) {
  const { lease, subject, moment, machine, place, isLast, onMoment, onBack, onDone } = props
  const { t, money, number } = useI18n()
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const [view, setView] = useState<View>(WHOLE)
  const [stage, setStage] = useState<Size>({ width: 320, height: 240 })
  const [isRead, setRead] = useState(() => localStorage.getItem(HOW_TO_READ) !== null)
  const still = useStill(video, moment.timeMs, subject.fps)
  const edit = usePoints({ moment, onMoment, machine, picture: still.picture })
  const onZoom = (by: number) => setView(heldIn(zoomedAt(view, by, middleOf(stage)), stage))
  const finish = () => {
    if (still.state === 'ready') onDone()
  }
  usePointsKeys({ edit, onZoom, onWhole: () => setView(WHOLE), onDone: finish })
  const selected = edit.point
  // A point that is chosen by its name is brought into the part of the picture that is shown.
  useEffect(() => {
    const { x, y } = selected ?? {}
    if (!still.picture || x === undefined || y === undefined || view.zoom === 1) return
    const fit = fitOf(stage, still.picture)
    const at = {
      x: fit.x + x * still.picture.width * fit.scale,
      y: fit.y + y * still.picture.height * fit.scale,
    }
    setView(showing(view, at, stage))
  }, [edit.selected?.side, edit.selected?.joint])
  const isAsItWas = jcs(moment) === jcs(machine)
  return (
    <div class="points">
      <p class="points-place">{t('points.moment', { n: number(place.n), of: number(place.of) })}</p>
      {!isRead && (
        <HowTo
          onRead={() => {
            localStorage.setItem(HOW_TO_READ, '1')
            setRead(true)
          }}
        />
      )}
      <PointsStage
        src={subject.videoUrl}
        poster={subject.posterUrl}
        onVideo={setVideo}
        {...{ video, still, moment, view }}
        selected={edit.selected}
        onSelect={edit.select}
        onMove={edit.move}
        onView={setView}
        onStage={setStage}
      />
      <PointsControls
        moment={moment}
        edit={edit}
        zoom={view.zoom}
        onZoom={onZoom}
        onWhole={() => setView(WHOLE)}
      />
      <ActionBar
        note={isLast ? t('do.paysNote', { amount: money(lease.payMinor, lease.currency) }) : undefined}
      >
        <div class="points-go">
          {onBack && (
            <Button
              size="touch"
              icon="arrow-back"
              aria-label={t('points.back')}
              class="button-icon"
              onClick={onBack}
            />
          )}
          <Button kind="primary" size="touch" wide disabled={still.state !== 'ready'} onClick={finish}>
            {t(isAsItWas ? 'points.allRight' : isLast ? 'points.send' : 'points.done')}
          </Button>
        </div>
      </ActionBar>
    </div>
  )
}

const middleOf = ({ width, height }: Size) => ({ x: width / 2, y: height / 2 })
