import { type EpisodeDetail, mediaRoutes } from '@chiron/contract'
import { CopyText, ErrorNote, Status, Tag, useI18n, useLocalized } from '@chiron/ui'
import '@chiron/ui/player.css'
import { useState } from 'preact/hooks'
import { useAsk } from '../../data/queries.ts'
import { LoadingPage, Page } from '../../shell/Page.tsx'
import { paths } from '../../shell/paths.ts'
import { useQueryPart } from '../../shell/use-query.ts'
import { ConsentCard } from './ConsentCard.tsx'
import { CorrectionsCard } from './CorrectionsCard.tsx'
import { EpisodeClip } from './EpisodeClip.tsx'
import { shortId } from './EpisodeTable.tsx'
import { FaultsCard } from './FaultsCard.tsx'
import { LabelsCard } from './LabelsCard.tsx'
import { ProvenanceCard } from './ProvenanceCard.tsx'
import { RedactionCard } from './RedactionCard.tsx'
import { VerdictCard } from './VerdictCard.tsx'

/** One recording with everything known of it, from consent to release. */
export function EpisodeScreen({ episodeId }: { episodeId: string }) {
  const { t } = useI18n()
  const localized = useLocalized()
  const episode = useAsk('episode', mediaRoutes.readEpisode, { params: { episodeId } })
  const above = episode.data
    ? { label: localized(episode.data.campaignTitle), href: paths.campaign(episode.data.campaignId) }
    : { label: t('ways.episodes'), href: paths.episodes() }
  if (!episode.data)
    return <LoadingPage above={above} error={episode.error} onRetry={() => void episode.refetch()} />
  return (
    <Page
      title={t('episodes.name', { id: shortId(episodeId) })}
      above={above}
      aside={
        <>
          <Status name={episode.data.state} />
          <Tag icon={episode.data.origin === 'phone' ? 'camera' : 'upload'}>
            {t(`origin.${episode.data.origin}`)}
          </Tag>
          <CopyText text={episodeId} shown={t('episodes.copyId')} />
        </>
      }
    >
      <Evidence key={episodeId} episode={episode.data} />
    </Page>
  )
}

function Evidence({ episode }: { episode: EpisodeDetail }) {
  const { t } = useI18n()
  const [at, setAt] = useQueryPart('at')
  const [seek, setSeek] = useState<number | undefined>(at ? Number(at) : undefined)
  const goTo = (momentMs: number) => {
    setSeek(momentMs)
    setAt(String(Math.round(momentMs)))
  }
  const isGone = episode.state === 'frozen' || episode.state === 'erased'
  return (
    <div class="columns columns-clip">
      <div class="stack">
        {isGone ? (
          <ErrorNote
            tone="attention"
            happened={t(`episodes.${episode.state as 'frozen' | 'erased'}`)}
            next={t(`episodes.${episode.state as 'frozen' | 'erased'}.next`)}
          />
        ) : (
          <EpisodeClip episode={episode} seekMs={seek} />
        )}
        <ProvenanceCard episode={episode} />
      </div>
      <div class="stack">
        <VerdictCard episode={episode} />
        {!isGone && <CorrectionsCard episodeId={episode.id} onMoment={goTo} />}
        <LabelsCard episode={episode} onMoment={isGone ? undefined : goTo} />
        {!isGone && <FaultsCard faults={episode.faults} onMoment={goTo} />}
        {episode.redaction && (
          <RedactionCard redaction={episode.redaction} onMoment={isGone ? undefined : goTo} />
        )}
        <ConsentCard episode={episode} />
      </div>
    </div>
  )
}
