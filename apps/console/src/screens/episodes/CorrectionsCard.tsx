import { type HandCorrection, mediaPaths, mediaRoutes } from '@chiron/contract'
import { POINTS_WORDS } from '@chiron/core/kinds'
import { Card, Checkbox, formatClipTime, useI18n, useLocalized } from '@chiron/ui'
import { HandsPicture } from '@chiron/ui/keypoints'
import { useState } from 'preact/hooks'
import { useAsk } from '../../data/queries.ts'
import { paths } from '../../shell/paths.ts'
import { MomentButton } from './MomentButton.tsx'

type CorrectionsCardProps = {
  episodeId: string
  /** Of one question alone, where it is decided about. */
  taskId?: string
  onMoment: (momentMs: number) => void
}

/** What people say of the hands: each picture with the machine's points, their answers, and what they say together. */
export function CorrectionsCard({ episodeId, taskId, onMoment }: CorrectionsCardProps) {
  const { t } = useI18n()
  const corrections = useAsk('corrections', mediaRoutes.readCorrections, { params: { episodeId } })
  const [shown, setShown] = useState({ machine: true, answers: true, placed: true })
  const items = corrections.data?.items.filter((item) => taskId === undefined || item.taskId === taskId) ?? []
  if (items.length === 0) return null
  return (
    <Card title={t('corrections.title')}>
      <div class="stack">
        <div class="row">
          {(['machine', 'answers', 'placed'] as const).map((what) => (
            <Checkbox
              key={what}
              checked={shown[what]}
              label={t(`corrections.show.${what}`)}
              onChecked={(isShown) => setShown({ ...shown, [what]: isShown })}
            />
          ))}
        </div>
        {items.map((item) => (
          <Correction key={item.taskId} {...{ item, episodeId, shown, onMoment }} />
        ))}
      </div>
    </Card>
  )
}

type Shown = Record<'machine' | 'answers' | 'placed', boolean>
type CorrectionProps = {
  item: HandCorrection
  episodeId: string
  shown: Shown
  onMoment: (momentMs: number) => void
}

function Correction({ item, episodeId, shown, onMoment }: CorrectionProps) {
  const { t, percent } = useI18n()
  const localized = useLocalized()
  const { verdict, agreement, answerCount } = item
  return (
    <section class="stack stack-tight" aria-label={localized(item.campaignTitle)}>
      <p>
        <a href={paths.campaign(item.campaignId)} dir="auto">
          {localized(item.campaignTitle)}
        </a>
        {' · '}
        {t('ui.choose.answers', { n: answerCount })}
        {agreement !== null && <> · {t('corrections.agreement', { share: percent(agreement) })}</>}
      </p>
      <p class="quiet">
        {verdict
          ? `${localized(POINTS_WORDS[verdict.label] ?? {})} · ${t(`corrections.by.${verdict.by}`)}`
          : t(item.state === 'open' ? 'corrections.open' : 'corrections.stopped')}
      </p>
      {item.moments.map((moment) => (
        <figure key={moment.timeMs} class="stack stack-tight">
          <HandsPicture
            src={mediaPaths.episodeVideo(episodeId)}
            timeMs={moment.timeMs}
            picture={item.picture}
            label={t('corrections.picture', { time: formatClipTime(moment.timeMs, 1) })}
            machine={shown.machine ? moment.machine : undefined}
            answers={shown.answers ? moment.answers : undefined}
            placed={shown.placed ? moment.placed : undefined}
          />
          <figcaption>
            <MomentButton fromMs={moment.timeMs} onMoment={onMoment} />
            {moment.placed.map((hand) => (
              <HandWords key={hand.side} hand={hand} isOfSeveral={answerCount > 1} />
            ))}
          </figcaption>
        </figure>
      ))}
    </section>
  )
}

type Hand = HandCorrection['moments'][number]['placed'][number]

/** How far people agree on one hand, and how exact its joints are in the middle. */
function HandWords({ hand: { side, points, agreement }, isOfSeveral }: { hand: Hand; isOfSeveral: boolean }) {
  const { t, percent, number } = useI18n()
  const errors = (points ?? []).flatMap(({ errorPx }) => errorPx ?? []).sort((a, b) => a - b)
  const middle = errors[Math.floor(errors.length / 2)]
  const words = [
    t(points ? `corrections.hand.${side}` : `corrections.noHand.${side}`),
    ...(isOfSeveral ? [t('corrections.agreement', { share: percent(agreement) })] : []),
    ...(middle === undefined
      ? []
      : [t('corrections.error', { px: number(middle, { maximumFractionDigits: 1 }) })]),
  ]
  return <p class="quiet">{words.join(' · ')}</p>
}
