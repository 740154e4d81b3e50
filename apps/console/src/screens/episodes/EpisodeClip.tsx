import { campaignRoutes, type EpisodeDetail, mediaPaths, mediaRoutes } from '@chiron/contract'
import { DEFAULT_TAKE_LIMITS, type TakeLimits, trafficLights } from '@chiron/core/episode'
import { type DemonstrateConfig, takeLimits } from '@chiron/core/kinds'
import { ErrorNote, useI18n } from '@chiron/ui'
import { Show } from '@chiron/ui/demonstrate'
import type { Lane } from '@chiron/ui/player'
import { useMemo } from 'preact/hooks'
import { useAsk } from '../../data/queries.ts'
import { useTermName } from '../../parts/term-name.ts'
import { useMay } from '../../shell/me.ts'
import { QuarantineNote } from './QuarantineNote.tsx'
import { useQuestions } from './use-questions.ts'
import { useSeen } from './use-seen.tsx'

type EpisodeClipProps = {
  episode: EpisodeDetail
  /** A moment to go to. */
  seekMs?: number | undefined
  onFrame?: (frame: number) => void
}

/** The player with every stream on one time axis: checks, light, sharpness, motion, what people marked. */
export function EpisodeClip({ episode, seekMs, onFrame }: EpisodeClipProps) {
  const { t } = useI18n()
  const may = useMay()
  const limits = useLimits(episode.campaignId)
  const motion = useMotion(episode.id)
  const seen = useSeen(episode)
  const lanes = [...seen.lanes, ...motion.lanes, ...useLabelLanes(episode)]
  const lights = useMemo(() => trafficLights(episode.signals, limits), [episode.signals, limits])
  const { probe } = episode
  const fps = probe?.fps ?? episode.fps
  const frameCount = probe?.frameCount ?? episode.frameCount
  const durationMs = probe?.durationMs ?? episode.durationMs
  if (!fps || !frameCount || !durationMs) {
    return (
      <ErrorNote
        tone={episode.state === 'arrived' ? 'information' : 'attention'}
        happened={t(episode.state === 'arrived' ? 'episodes.notProbed' : 'episodes.notReadable')}
        next={t(episode.state === 'arrived' ? 'episodes.notProbed.next' : 'episodes.notReadable.next')}
      />
    )
  }
  const { quarantine } = episode
  const mayLook = may('quarantine.see')
  if (quarantine && !mayLook) return <QuarantineNote quarantine={quarantine} mayLook={false} />
  const timing = { fps, frameCount, durationMs }
  return (
    <>
      {quarantine && <QuarantineNote quarantine={quarantine} mayLook />}
      <Show
        clip={{ src: mediaPaths.episodeVideo(episode.id), poster: mediaPaths.episodePoster(episode.id) }}
        timing={timing}
        facts={{
          ...timing,
          width: probe?.width ?? episode.width ?? 0,
          height: probe?.height ?? episode.height ?? 0,
          rotationDeg: probe?.rotationDeg ?? 0,
          ...(probe ? { codec: probe.codec } : {}),
          bytes: episode.bytes,
        }}
        lights={lights}
        signals={episode.signals}
        faults={episode.faults as never}
        limits={limits}
        lanes={lanes}
        {...seen.player}
        {...(seekMs === undefined ? {} : { currentFrame: Math.floor((seekMs * fps) / 1000 + 1e-6) })}
        {...(onFrame ? { onFrame } : {})}
      />
      {seen.choice}
      {motion.words && <p class="quiet">{motion.words}</p>}
    </>
  )
}

/** What the campaign asks of a take; the usual limits while it is not known. */
function useLimits(campaignId: string): TakeLimits {
  const campaign = useAsk('campaign', campaignRoutes.read, { params: { campaignId } })
  const { kind, config } = campaign.data?.campaign ?? {}
  return useMemo(
    () => (kind === 'demonstrate' ? takeLimits(config as DemonstrateConfig) : DEFAULT_TAKE_LIMITS),
    [kind, config],
  )
}

/** How the phone moved, where it was recorded, and how well it stands to the picture, in words. */
function useMotion(episodeId: string): { lanes: Lane[]; words: string | null } {
  const { t, number } = useI18n()
  const { data } = useAsk('motion', mediaRoutes.readMotion, { params: { episodeId } })
  return useMemo(() => {
    const motion = data?.motion
    if (!motion) return { lanes: [], words: null }
    const lane = (id: 'acceleration' | 'turning'): Lane => ({
      id,
      label: t(`episodes.lane.${id}`),
      kind: 'series',
      data: { timesMs: motion.timesMs, values: motion[id] },
    })
    const words = t('episodes.motionNote', {
      n: motion.sampleCount,
      error: number(Math.ceil(motion.errorMs)),
    })
    return { lanes: [lane('acceleration'), lane('turning')], words }
  }, [data, t, number])
}

/** One lane a worker who marked a moment, named by what they answered. */
function useLabelLanes(episode: EpisodeDetail): Lane[] {
  const nameOf = useTermName()
  const { questions } = useQuestions(episode).config
  return useMemo(
    () =>
      episode.labels.flatMap((label): Lane[] => {
        if (label.momentMs === null) return []
        const words = questions
          .flatMap(({ id }) => label.choices[id] ?? [])
          .map(nameOf)
          .join(', ')
        const mark = {
          id: label.submissionId,
          atMs: label.momentMs,
          label: words,
          tone: 'attention' as const,
        }
        return [{ id: label.submissionId, label: label.workerPseudonym, kind: 'marks', data: [mark] }]
      }),
    [episode.labels, nameOf, questions],
  )
}
