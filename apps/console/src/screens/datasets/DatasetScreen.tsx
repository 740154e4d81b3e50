import { type Reply, releaseRoutes } from '@chiron/contract'
import { Card, ErrorNote, Meter, Tabs, useI18n, useLocalized } from '@chiron/ui'
import { useRef } from 'preact/hooks'
import { useAsk } from '../../data/queries.ts'
import { LoadingPage, Page } from '../../shell/Page.tsx'
import { paths } from '../../shell/paths.ts'
import { useQueryPart } from '../../shell/use-query.ts'
import { DatasetEpisodes, DatasetExcluded, DatasetRecalls } from './DatasetLists.tsx'
import { ReleaseStatus } from './DatasetsScreen.tsx'
import { FileTable } from './FileTable.tsx'
import { UseCard } from './UseCard.tsx'

export type ReleaseDetail = Reply<typeof releaseRoutes.read>

const BUILDING_MS = 1000

/** One release: what is in it, what is not and why, and the commands that take and check it. */
export function DatasetScreen({ releaseId }: { releaseId: string }) {
  const { t } = useI18n()
  const input = { params: { releaseId } }
  const release = useAsk('release', releaseRoutes.read, input)
  useAsk('release', releaseRoutes.read, input, {
    everyMs: release.data?.state === 'building' ? BUILDING_MS : false,
  })
  const above = { label: t('ways.datasets'), href: paths.datasets }
  if (!release.data)
    return <LoadingPage above={above} error={release.error} onRetry={() => void release.refetch()} />
  return (
    <Page title={release.data.name} above={above} aside={<ReleaseStatus release={release.data} />}>
      <div class="stack">
        {release.data.state === 'building' && <Building release={release.data} />}
        {release.data.state === 'failed' && (
          <ErrorNote
            happened={t('datasets.failedWhy', { why: release.data.failure ?? '' })}
            lost={t('datasets.failedLost')}
            next={t('datasets.failedNext')}
          />
        )}
        {release.data.recalls.length > 0 && (
          <ErrorNote
            tone="attention"
            happened={t('datasets.recalled', { n: release.data.recalls.length })}
            next={t('datasets.recalled.next')}
          />
        )}
        <div class="columns">
          <div class="stack">
            <Contents release={release.data} />
          </div>
          <div class="stack">
            {release.data.state === 'ready' && <UseCard release={release.data} />}
            <Facts release={release.data} />
          </div>
        </div>
      </div>
    </Page>
  )
}

function Building({ release: { progress } }: { release: ReleaseDetail }) {
  const { t } = useI18n()
  const seen = useRef({ atMs: Date.now(), progress })
  const rate = (progress - seen.current.progress) / Math.max(1, Date.now() - seen.current.atMs)
  const leftMs = rate > 0 ? (1 - progress) / rate : null
  return (
    <Card>
      <Meter label={t('datasets.buildingNow')} ratio={progress} leftMs={leftMs} tone="information" />
    </Card>
  )
}

function Facts({ release }: { release: ReleaseDetail }) {
  const { t, number, bytes, dateTime } = useI18n()
  const localized = useLocalized()
  const rows: [string, preact.ComponentChildren][] = [
    [
      t('episodes.campaign'),
      <a key="campaign" href={paths.campaign(release.campaignId)} dir="auto">
        {localized(release.campaignTitle)}
      </a>,
    ],
    [t('datasets.format'), t(`datasets.format.${release.format}`)],
    [t('datasets.episodes'), number(release.episodeCount)],
    [t('datasets.frames'), number(release.frameCount)],
    [t('datasets.size'), bytes(release.bytes)],
    [t('datasets.remuxed'), number(release.remuxedCount)],
    [t('datasets.transcoded'), number(release.transcodedCount)],
    [t('campaigns.made'), dateTime(release.createdAt)],
    ...(release.readyAt
      ? [[t('datasets.readyAt'), dateTime(release.readyAt)] as [string, preact.ComponentChildren]]
      : []),
  ]
  return (
    <Card title={t('datasets.facts')}>
      <dl class="sums">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="figure">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

function Contents({ release }: { release: ReleaseDetail }) {
  const { t } = useI18n()
  const [tab, setTab] = useQueryPart('tab')
  const current = tab || 'episodes'
  return (
    <section class="stack stack-tight">
      <Tabs
        label={t('datasets.contents')}
        current={current}
        onTab={(id) => setTab(id === 'episodes' ? null : id)}
        tabs={[
          { id: 'episodes', label: t('ways.episodes'), count: release.episodes.length },
          { id: 'files', label: t('datasets.files'), count: release.files.length },
          { id: 'excluded', label: t('datasets.excluded'), count: release.excluded.length },
          { id: 'recalls', label: t('datasets.recalls'), count: release.recalls.length },
        ]}
      >
        <div class="tab-body">
          {current === 'episodes' && <DatasetEpisodes release={release} />}
          {current === 'files' && <FileTable release={release} />}
          {current === 'excluded' && <DatasetExcluded release={release} />}
          {current === 'recalls' && <DatasetRecalls release={release} />}
        </div>
      </Tabs>
    </section>
  )
}
