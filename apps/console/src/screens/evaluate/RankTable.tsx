import type { Leaderboard } from '@chiron/contract'
import { Button, Card, useI18n } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { paths } from '../../shell/paths.ts'
import { ExamplesDialog, type ExamplesOf } from './ExamplesDialog.tsx'
import { SuccessShare } from './SuccessShare.tsx'
import { versionName } from './version-name.ts'

type RankTableProps = { board: Leaderboard; beside: Leaderboard | undefined }
type Item = Leaderboard['items'][number]

/** Ranks with what the votes leave open, and everything a rank rests on; each leads to its clips. */
export function RankTable({ board, beside }: RankTableProps) {
  const { t, number } = useI18n()
  const { items, suiteId, suiteVersion, world, voteCount } = board
  // Without a vote nobody stands before another: what is known of the runs is shown all the same.
  const title = t(voteCount === 0 ? 'rollout.success' : 'board.ranks')
  const [examples, setExamples] = useState<ExamplesOf | null>(null)
  const earlier = new Map(beside?.items.map((item) => [item.policyVersionId, item]))
  const rolloutsOf = (item: Item, outcome?: string) =>
    paths.evaluate({
      tab: 'rollouts',
      suiteId,
      suiteVersion: String(suiteVersion),
      world: world === 'both' ? null : world,
      policyId: item.policyId,
      policyVersionId: item.policyVersionId,
      outcome,
    })
  return (
    <Card title={title} flush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus (WCAG 2.1.1) */}
      <section class="plain-scroll" aria-label={title} tabIndex={0}>
        <table class="plain-table" aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{t('board.rank')}</th>
              {beside && <th scope="col">{t('board.rankIn', { version: number(beside.suiteVersion) })}</th>}
              <th scope="col">{t('policy.version')}</th>
              <th scope="col" class="cell-numeric">
                {t('board.votes')}
              </th>
              <th scope="col">{t('board.winTieLoss')}</th>
              <th scope="col">{t('rollout.success')}</th>
              <th scope="col" class="cell-numeric">
                {t('board.progress')}
              </th>
              <th scope="col">{t('board.clips')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.policyVersionId}>
                <td>
                  <Rank item={voteCount === 0 ? undefined : item} />
                </td>
                {beside && (
                  <td>
                    <Rank item={earlier.get(item.policyVersionId)} />
                  </td>
                )}
                <td>
                  <a class="row-link" href={paths.policy(item.policyId)} dir="auto">
                    {versionName(item)}
                  </a>
                </td>
                <td class="cell-numeric">{number(item.voteCount)}</td>
                <td class="figure">
                  {number(item.winCount)} · {number(item.tieCount)} · {number(item.lossCount)}
                </td>
                <td>
                  <Success item={item} />
                </td>
                <td class="cell-numeric">
                  {item.progressMean === null
                    ? '–'
                    : t('board.meanOf', {
                        mean: number(item.progressMean, { maximumFractionDigits: 0 }),
                        n: item.progressCount,
                      })}
                </td>
                <td>
                  <span class="row">
                    <Button
                      icon="play"
                      aria-label={t('example.showOf', { name: versionName(item) })}
                      onClick={() => setExamples(examplesOf(board, item))}
                    >
                      {t('example.show')}
                    </Button>{' '}
                    <a href={rolloutsOf(item, 'success')}>{t('board.good')}</a>{' '}
                    <a href={rolloutsOf(item, 'failure')}>{t('board.bad')}</a>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <ExamplesDialog of={examples} onClose={() => setExamples(null)} />
    </Card>
  )
}

/** One run that went well and one that did not. */
const examplesOf = ({ suiteId, suiteVersion, world }: Leaderboard, item: Item): ExamplesOf => ({
  title: versionName(item),
  filters: (['success', 'failure'] as const).map((outcome) => ({
    ...{ suiteId, suiteVersion, world, outcome },
    policyId: item.policyId,
    policyVersionId: item.policyVersionId,
  })),
})

function Rank({ item }: { item: Item | undefined }) {
  const { t, number } = useI18n()
  if (!item) return <span class="quiet">–</span>
  const isCertain = item.bestRank === item.worstRank
  return (
    <span class="figure">
      <strong>{number(item.rank)}</strong>{' '}
      <span class="quiet">
        {isCertain
          ? t('board.certain')
          : t('board.rankBetween', { best: number(item.bestRank), worst: number(item.worstRank) })}
      </span>
    </span>
  )
}

function Success({ item: { success, judgedCount } }: { item: Item }) {
  const { t } = useI18n()
  const successCount = success ? Math.round(success.value * success.n) : 0
  return (
    <>
      <SuccessShare successCount={successCount} failureCount={(success?.n ?? 0) - successCount} />
      {judgedCount > 0 && <span class="quiet"> · {t('board.judged', { n: judgedCount })}</span>}
    </>
  )
}
