import { type ReviewDetail, reviewRoutes } from '@chiron/contract'
import { Button, ErrorNote, Icon, RelativeTime, Tag, useI18n, useLocalized } from '@chiron/ui'
import { EpisodePlayer } from '@chiron/ui/player'
import { useRef, useState } from 'preact/hooks'
import { useAsk } from '../../data/queries.ts'
import { useMay } from '../../shell/me.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { CorrectionsCard } from '../episodes/CorrectionsCard.tsx'
import { EpisodeClip } from '../episodes/EpisodeClip.tsx'
import { FaultsCard } from '../episodes/FaultsCard.tsx'
import { LabelsCard } from '../episodes/LabelsCard.tsx'
import { DecidedNote } from './DecidedNote.tsx'
import { DecisionPanel } from './DecisionPanel.tsx'
import { DetailSkeleton } from './DetailSkeleton.tsx'
import { Posterior } from './Posterior.tsx'

type ReviewDetailViewProps = {
  reviewId: string
  /** The queue, for a narrow window. */
  back: string
  onDecided: () => void
  onUndone: () => void
}

/** One item: the clip, what people and checks say of it, and the decision. */
export function ReviewDetailView({ reviewId, back, onDecided, onUndone }: ReviewDetailViewProps) {
  const { t } = useI18n()
  const review = useAsk('review', reviewRoutes.read, { params: { reviewId } })
  if (!review.data) {
    return review.error ? (
      <Trouble error={review.error} onRetry={() => void review.refetch()} />
    ) : (
      <DetailSkeleton />
    )
  }
  return (
    <>
      <a class="page-above review-back" href={back}>
        <Icon name="back" size={16} />
        {t('review.queue')}
      </a>
      <Evidence review={review.data} onDecided={onDecided} onUndone={onUndone} />
    </>
  )
}

type EvidenceProps = { review: ReviewDetail; onDecided: () => void; onUndone: () => void }

function Evidence({ review, onDecided, onUndone }: EvidenceProps) {
  const frame = useRef(0)
  const [seek, setSeek] = useState<number | undefined>(undefined)
  const { episode, clip } = review
  const asksPoints = review.kind === 'keypoints'
  const fps = clip?.fps ?? episode?.probe?.fps ?? episode?.fps ?? 30
  const onFrame = (now: number) => {
    frame.current = now
  }
  return (
    <div class="review-columns">
      <div class="stack">
        <ReviewHead review={review} />
        {review.appealText !== null && <AppealNote text={review.appealText} />}
        {episode && <EpisodeClip episode={episode} seekMs={seek} onFrame={onFrame} />}
        {clip && <BlindClip clip={clip} seekMs={seek} onFrame={onFrame} />}
      </div>
      <div class="stack">
        <Deciding
          review={review}
          momentNow={() => (frame.current * 1000) / fps}
          onDecided={onDecided}
          onUndone={onUndone}
        />
        {asksPoints && review.episodeId && (
          <CorrectionsCard episodeId={review.episodeId} taskId={review.taskId} onMoment={setSeek} />
        )}
        {!asksPoints && review.posterior.length > 0 && <Posterior review={review} />}
        {!asksPoints && episode && <LabelsCard episode={episode} onMoment={setSeek} />}
        {clip && (
          <LabelsCard episode={{ campaignId: review.campaignId, labels: clip.answers }} onMoment={setSeek} />
        )}
        {episode && <FaultsCard faults={episode.faults} onMoment={setSeek} />}
      </div>
    </div>
  )
}

type BlindClipProps = {
  clip: NonNullable<ReviewDetail['clip']>
  seekMs: number | undefined
  onFrame: (frame: number) => void
}

/** A rollout as those who answered saw it: the picture and what was asked of the robot, not whose it is. */
function BlindClip({ clip, seekMs, onFrame }: BlindClipProps) {
  const { t } = useI18n()
  const localized = useLocalized()
  const { fps, frameCount, durationMs } = clip
  return (
    <>
      <p class="ask-task" dir="auto">
        {localized(clip.instruction)}
      </p>
      <EpisodePlayer
        clips={[{ src: clip.videoUrl }]}
        fps={fps}
        frameCount={frameCount}
        durationMs={durationMs}
        onFrame={onFrame}
        {...(seekMs === undefined ? {} : { currentFrame: Math.floor((seekMs * fps) / 1000 + 1e-6) })}
      />
      <p class="quiet">{t('review.blindClip')}</p>
    </>
  )
}

function ReviewHead({ review }: { review: ReviewDetail }) {
  const { t } = useI18n()
  const localized = useLocalized()
  return (
    <header class="review-head">
      <h2 dir="auto">
        <a href={paths.campaign(review.campaignId)}>{localized(review.campaignTitle)}</a>
      </h2>
      <p class="row">
        <Tag icon="review">{t(`review.why.${review.why}`)}</Tag>
        <span class="quiet">{t(`review.because.${review.why}`)}</span>
        {review.state === 'open' && (
          <span class="quiet">
            {t('review.due')} <RelativeTime at={review.dueAt} />
          </span>
        )}
        {review.episodeId && (
          <Button kind="quiet" icon="external" href={paths.episode(review.episodeId)}>
            {t('review.openEpisode')}
          </Button>
        )}
      </p>
    </header>
  )
}

function AppealNote({ text }: { text: string }) {
  const { t } = useI18n()
  return (
    <section class="appeal">
      <h3 class="small-title">{t('review.appealTitle')}</h3>
      <blockquote dir="auto">{text}</blockquote>
      <p class="quiet">{t('review.appealBlind')}</p>
    </section>
  )
}

type DecidingProps = EvidenceProps & { momentNow: () => number }

/** The panel for who may decide; in words why not for others. */
function Deciding({ review, momentNow, onDecided, onUndone }: DecidingProps) {
  const { t } = useI18n()
  const may = useMay()
  if (review.state === 'done') return <DecidedNote review={review} />
  if (!may('review.decide'))
    return <ErrorNote tone="information" happened={t('review.readOnly')} next={t('review.readOnly.next')} />
  if (review.episode?.quarantine && !may('quarantine.see'))
    return (
      <ErrorNote tone="information" happened={t('quarantine.notYou')} next={t('quarantine.notYou.next')} />
    )
  if (!review.mayDecide)
    return <ErrorNote tone="information" happened={t('review.notYou')} next={t('review.notYou.next')} />
  return <DecisionPanel review={review} momentNow={momentNow} onDecided={onDecided} onUndone={onUndone} />
}
