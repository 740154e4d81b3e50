import { mediaPaths, type mediaRoutes, type Reply } from '@chiron/contract'
import { Button, EmptyState, Skeleton, Status, useI18n, useLocalized } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { lazy, useLocation } from 'preact-iso'
import { useEpisodes } from '../../data/queries.ts'
import { savesData } from '../../shell/data-use.ts'
import { joinFacts } from '../../shell/join-facts.ts'
import { Pending } from '../../shell/Pending.tsx'

const OwnClip = lazy(async () => (await import('../task/OwnClip.tsx')).OwnClip)

type OwnEpisode = Reply<typeof mediaRoutes.ownEpisodes>['items'][number]

/** One's recordings: watch them, see what became of them. */
export function RecordingList() {
  const { t } = useI18n()
  const episodes = useEpisodes()
  if (!episodes.data)
    return (
      <Pending query={episodes}>
        <Skeleton lines={5} />
      </Pending>
    )
  const { items } = episodes.data
  if (items.length === 0) {
    return (
      <EmptyState
        icon="video"
        title={t('data.noRecordings')}
        action={
          <Button kind="primary" size="touch" href="/">
            {t('earnings.toWork')}
          </Button>
        }
      >
        {t('data.noRecordingsText')}
      </EmptyState>
    )
  }
  return (
    <ul class="stack">
      {items.map((episode) => (
        <Recording key={episode.id} episode={episode} />
      ))}
    </ul>
  )
}

function Recording({ episode }: { episode: OwnEpisode }) {
  const { t, dateTime, duration, bytes } = useI18n()
  const localized = useLocalized()
  const { query } = useLocation()
  const [hasPoster, setHasPoster] = useState(!savesData())
  const isGone = episode.state === 'frozen' || episode.state === 'erased'
  const plays = query.play === episode.id && !isGone
  const facts = [
    dateTime(episode.createdAt),
    ...(episode.durationMs === null ? [] : [duration(episode.durationMs)]),
    bytes(episode.bytes),
  ]
  return (
    <li class="card recording">
      {plays ? (
        <div class="recording-clip">
          <OwnClip src={mediaPaths.ownVideo(episode.id)} atMs={null} nonce={0} />
        </div>
      ) : null}
      <div class="card-body stack stack-tight">
        <div class="recording-line">
          {!isGone && !plays && hasPoster && (
            <img
              class="recording-poster"
              src={mediaPaths.ownPoster(episode.id)}
              alt=""
              loading="lazy"
              onError={() => setHasPoster(false)}
            />
          )}
          <div class="grow stack stack-tight">
            <div class="row row-apart">
              <h3 class="offer-title" dir="auto">
                {localized(episode.campaignTitle)}
              </h3>
              <Status name={episode.state} />
            </div>
            <p class="quiet">{joinFacts(...facts)}</p>
            {isGone && <p>{t(`data.${episode.state}Text`)}</p>}
          </div>
        </div>
        <div class="row">
          {!isGone && !plays && (
            <Button size="touch" icon="play" href={`/data/recordings?play=${episode.id}`}>
              {t('data.watch')}
            </Button>
          )}
          {episode.submissionId && (
            <Button size="touch" kind="quiet" href={`/work/${episode.submissionId}`} iconAtEnd="forward">
              {t('data.seeDecision')}
            </Button>
          )}
        </div>
      </div>
    </li>
  )
}
