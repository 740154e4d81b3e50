import { campaignRoutes, type EpisodeDetail, mediaRoutes } from '@chiron/contract'
import type { DemonstrateConfig } from '@chiron/core/kinds'
import type { BodyNote, BodyStream } from '@chiron/core/sight'
import { Checkbox, useI18n } from '@chiron/ui'
import type { Lane } from '@chiron/ui/player'
import { useMemo, useState } from 'preact/hooks'
import { useAsk } from '../../data/queries.ts'

/** What the phone's detector saw in an episode: for the player, as lanes, and what chooses of it with the words. */
export function useSeen({ id: episodeId, campaignId }: EpisodeDetail) {
  const { t } = useI18n()
  const hands = useAsk('hands', mediaRoutes.readHands, { params: { episodeId } }).data?.hands ?? null
  const read = useAsk('body', mediaRoutes.readBody, { params: { episodeId } }).data
  const campaign = useAsk('campaign', campaignRoutes.read, { params: { campaignId } }).data?.campaign
  const [showsHands, setShowsHands] = useState(true)
  const [showsBody, setShowsBody] = useState(true)
  const body = streamIn(read?.body)
  const lanes = useMemo((): Lane[] => (body ? [bodyLane(body, t('episodes.lane.body'))] : []), [body, t])
  const isAsked = (campaign?.config as Partial<DemonstrateConfig> | undefined)?.keypoints === 'hands-and-body'
  const whyNot = read === undefined || body ? null : absenceOf(read.body, isAsked)
  const why = whyNot && <p class="quiet">{t(`episodes.seen.noBody.${whyNot}`)}</p>
  const isSeen = hands !== null || body !== null
  const choice = isSeen ? (
    <fieldset class="plain-set stack stack-tight">
      <legend class="quiet">{t('episodes.seen')}</legend>
      {hands && (
        <Checkbox
          label={t('episodes.seen.hands')}
          hint={t('episodes.seen.handsHint')}
          checked={showsHands}
          onChecked={setShowsHands}
        />
      )}
      {body && (
        <Checkbox
          label={t('episodes.seen.body')}
          hint={t('episodes.seen.bodyHint')}
          checked={showsBody}
          onChecked={setShowsBody}
        />
      )}
      {why}
    </fieldset>
  ) : (
    why
  )
  return { player: { hands, showsHands, body: showsBody ? body : null }, lanes, choice }
}

const streamIn = (note: BodyNote | null | undefined): BodyStream | null =>
  note && !('absent' in note) ? note : null

/** Why there is no body, in the last part of a key; null where nobody asked for it. */
function absenceOf(note: BodyNote | null, isAsked: boolean): string | null {
  if (note && 'absent' in note) return note.absent
  return isAsked ? 'unsaid' : null
}

/** How many bodies were in the picture, look by look. */
function bodyLane({ frames, filmStartMs }: BodyStream, label: string): Lane {
  return {
    id: 'body',
    label,
    kind: 'series',
    data: {
      timesMs: frames.map(({ timeMs }) => timeMs - filmStartMs),
      values: frames.map(({ count }) => count),
      min: 0,
      max: 3,
    },
  }
}
