import { type FailureClusterShown, failureRoutes, type Leaderboard } from '@chiron/contract'
import { Button, Card, Select, Skeleton, useI18n, useLocalized } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { useAsk } from '../../data/queries.ts'
import { useTermName } from '../../parts/term-name.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import { CollectButton } from './CollectButton.tsx'
import { ExamplesDialog, type ExamplesOf } from './ExamplesDialog.tsx'
import type { SuiteDetail } from './SuiteScreen.tsx'
import { isolated, versionName } from './version-name.ts'

const MOST_SHOWN = 8

/** Where one version fails and why, with clips, and from each place the campaign that would collect its cases. */
export function FailureClustersCard({ board, detail }: { board: Leaderboard; detail: SuiteDetail }) {
  const { t } = useI18n()
  const [asked, setAsked] = useQueryPart('fails')
  const chosen = board.items.find(({ policyVersionId }) => policyVersionId === asked) ?? board.items[0]
  if (!chosen) return null
  return (
    <Card
      title={t('failures.title')}
      aside={
        <span class="table-selects">
          <Select
            value={chosen.policyVersionId}
            aria-label={t('policy.version')}
            onValue={setAsked}
            options={board.items.map((item) => ({ value: item.policyVersionId, label: versionName(item) }))}
          />
        </span>
      }
    >
      <Clusters key={chosen.policyVersionId} board={board} detail={detail} of={chosen.policyVersionId} />
    </Card>
  )
}

type ClustersProps = { board: Leaderboard; detail: SuiteDetail; of: string }

function Clusters({ board: { suiteId, suiteVersion, world: shown }, detail, of }: ClustersProps) {
  // Of a board of both worlds the real failures: what is filmed is to help there.
  const world = shown === 'both' ? 'real' : shown
  const { t } = useI18n()
  const [examples, setExamples] = useState<ExamplesOf | null>(null)
  const query = { policyVersionId: of, world }
  const found = useAsk('failures', failureRoutes.clusters, {
    params: { suiteId, version: suiteVersion },
    query,
  })
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <Skeleton lines={4} />
  const { items } = found.data
  if (items.length === 0) return <p class="quiet">{t('failures.none')}</p>
  return (
    <div class="stack">
      <p class="quiet prose">{t('failures.words')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus (WCAG 2.1.1) */}
      <section class="plain-scroll" aria-label={t('failures.title')} tabIndex={0}>
        <table class="plain-table" aria-label={t('failures.title')}>
          <thead>
            <tr>
              <th scope="col">{t('failures.where')}</th>
              <th scope="col">{t('rollout.failure')}</th>
              <th scope="col">{t('failures.count')}</th>
              <th scope="col">{t('board.clips')}</th>
              <th scope="col">{t('failures.next')}</th>
            </tr>
          </thead>
          <tbody>
            {items.slice(0, MOST_SHOWN).map((cluster) => (
              <ClusterRow
                key={`${cluster.factor} ${cluster.factorLevel} ${cluster.failureId}`}
                cluster={cluster}
                detail={detail}
                order={query}
                onExamples={setExamples}
              />
            ))}
          </tbody>
        </table>
      </section>
      <p>
        <a href={paths.suite(suiteId, { v: String(suiteVersion), tab: 'next' })}>{t('failures.hardCases')}</a>
      </p>
      <ExamplesDialog of={examples} onClose={() => setExamples(null)} />
    </div>
  )
}

type ClusterRowProps = {
  cluster: FailureClusterShown
  detail: SuiteDetail
  order: { policyVersionId: string; world: 'real' | 'sim' }
  onExamples: (of: ExamplesOf) => void
}

function ClusterRow({ cluster, detail, order, onExamples }: ClusterRowProps) {
  const { t, number } = useI18n()
  const localized = useLocalized()
  const termName = useTermName()
  const factor = detail.content.factors.find(({ key }) => key === cluster.factor)
  const level = factor?.levels.find(({ key }) => key === cluster.factorLevel)
  const where =
    factor && level ? `${localized(factor.label)}: ${localized(level.label)}` : cluster.factorLevel
  const reason = cluster.failureId === null ? t('failures.noReason') : termName(cluster.failureId)
  const { failureId, exampleIds } = cluster
  return (
    <tr>
      <td dir="auto">{where}</td>
      <td dir="auto">{reason}</td>
      <td class="figure">
        {t('failures.of', { n: number(cluster.failureCount), all: number(cluster.rolloutCount) })}
      </td>
      <td>
        <Button
          icon="play"
          onClick={() => onExamples({ title: `${isolated(where)} · ${isolated(reason)}`, ids: exampleIds })}
        >
          {t('example.show')}
        </Button>
      </td>
      <td>
        <CollectButton
          suiteId={detail.suiteId}
          version={detail.version}
          order={{ ...order, failureId, factor: cluster.factor, factorLevel: cluster.factorLevel }}
        />
      </td>
    </tr>
  )
}
