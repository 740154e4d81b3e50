import { type RolloutDetail, rolloutStreamPath } from '@chiron/contract'
import { EmptyState, Select, useI18n } from '@chiron/ui'
import { EpisodePlayer, LanesPlayer } from '@chiron/ui/player'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useQueryPart } from '../../shell/use-query.ts'
import type { Rerun } from './replay/protocol.ts'
import { RobotReplay } from './replay/RobotReplay.tsx'
import { SeriesPicker } from './SeriesPicker.tsx'
import { laneOf, useSeriesLanes } from './use-series-lanes.ts'

const KEPT_SAMPLES_A_SECOND = 50

/** A moment of one camera's clip. */
export type Seek = { stream: string; momentMs: number }

/** The run as it was filmed, with its joints and sensors as lanes on the picture's own axis. */
export function RolloutClip({ rollout, seek }: { rollout: RolloutDetail; seek: Seek | null }) {
  const { t } = useI18n()
  const [camera, setCamera] = useQueryPart('camera')
  const videos = rollout.streams.filter(({ kind }) => kind === 'video')
  const video = videos.find(({ name }) => name === camera) ?? videos[0]
  useEffect(() => {
    if (seek && seek.stream !== video?.name) setCamera(seek.stream)
  }, [seek])
  const starts = rollout.streams.map(({ startMs }) => startMs)
  const ends = rollout.streams.map(({ startMs, durationMs }) => startMs + durationMs)
  // Without a picture the axis is the rollout's own, from the first sample to the last.
  const axisStartMs = video?.startMs ?? Math.min(...starts)
  const durationMs = video?.durationMs ?? Math.max(...ends) - axisStartMs
  const [frame, setFrame] = useState(0)
  // Where the replay wants to be. Not the frame itself: handed back late, that would pull the player back.
  const [wish, setWish] = useState<number>()
  const fps = video
    ? (video.fps ?? (video.sampleCount * 1000) / Math.max(1, video.durationMs))
    : KEPT_SAMPLES_A_SECOND
  const series = useSeriesLanes(rollout, { startMs: axisStartMs, durationMs })
  const [rerun, setRerun] = useState<Rerun | null>(null)
  const lanes = useMemo(
    () => [
      ...series.lanes,
      ...(rerun?.forces ?? []).map(({ one, other, timesMs, forcesN }) =>
        laneOf(
          t('replay.force', { one, other }),
          { timesMs: [...timesMs], values: [...forcesN] },
          { durationMs, offsetMs: -axisStartMs },
        ),
      ),
    ],
    [series.lanes, rerun, axisStartMs, durationMs],
  )
  if (rollout.streams.length === 0)
    return (
      <EmptyState icon="video" title={t('rollout.noStreams')}>
        <p>{t('rollout.noStreamsText')}</p>
      </EmptyState>
    )
  return (
    <div class="stack">
      {videos.length > 1 && (
        <span class="table-selects">
          <Select
            value={video?.name ?? ''}
            aria-label={t('rollout.camera')}
            onValue={setCamera}
            options={videos.map(({ name }) => ({ value: name, label: name }))}
          />
        </span>
      )}
      {video ? (
        <EpisodePlayer
          key={video.name}
          clips={[{ src: rolloutStreamPath(rollout.id, video.name) }]}
          fps={fps}
          frameCount={video.sampleCount}
          durationMs={video.durationMs}
          lanes={lanes}
          onFrame={setFrame}
          {...(seek?.stream === video.name && {
            currentFrame: Math.floor((seek.momentMs * fps) / 1000 + 1e-6),
          })}
        />
      ) : (
        <LanesPlayer
          fps={fps}
          {...(wish !== undefined && { currentFrame: wish })}
          onFrame={setFrame}
          frameCount={Math.max(1, Math.ceil((durationMs * KEPT_SAMPLES_A_SECOND) / 1000))}
          durationMs={Math.max(1, durationMs)}
          lanes={lanes}
        />
      )}
      <SeriesPicker series={series} />
      <RobotReplay
        rollout={rollout}
        timeMs={axisStartMs + (frame * 1000) / fps}
        onTime={(timeMs) => setWish(Math.max(0, Math.floor(((timeMs - axisStartMs) * fps) / 1000)))}
        isFilmed={video !== undefined}
        rerun={rerun}
        onRerun={setRerun}
      />
    </div>
  )
}
