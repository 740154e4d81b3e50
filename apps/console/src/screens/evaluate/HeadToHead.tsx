import type { Leaderboard } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { ExamplesDialog, type ExamplesOf } from './ExamplesDialog.tsx'
import { isolated, versionName } from './version-name.ts'

type Met = { winCount: number; tieCount: number; lossCount: number; expectedWin: number; expectedTie: number }

/** Each against each: how often the row won, and how often its strength would have it win. */
export function HeadToHead({ board }: { board: Leaderboard }) {
  const { t } = useI18n()
  const [examples, setExamples] = useState<ExamplesOf | null>(null)
  const { items, suiteId, suiteVersion, world } = board
  const met = metOf(board)
  return (
    <Card title={t('board.headToHead')}>
      <div class="stack">
        <p class="quiet prose">{t('board.headToHeadWords')}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus (WCAG 2.1.1) */}
        <section class="plain-scroll" aria-label={t('board.headToHead')} tabIndex={0}>
          <table class="matrix" aria-label={t('board.headToHead')}>
            <thead>
              <tr>
                <td />
                {items.map((item) => (
                  <th key={item.policyVersionId} scope="col" dir="auto">
                    {versionName(item)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((row) => (
                <tr key={row.policyVersionId}>
                  <th scope="row" dir="auto">
                    {versionName(row)}
                  </th>
                  {items.map((column) => (
                    <MatrixCell
                      key={column.policyVersionId}
                      met={met.get(`${row.policyVersionId} ${column.policyVersionId}`)}
                      isSelf={row === column}
                      name={t('board.pair', {
                        left: isolated(versionName(row)),
                        right: isolated(versionName(column)),
                      })}
                      onExamples={(title) =>
                        setExamples({
                          title,
                          filters: [row, column].map(({ policyId, policyVersionId }) => ({
                            ...{ suiteId, suiteVersion, world, policyId, policyVersionId },
                          })),
                        })
                      }
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <ExamplesDialog of={examples} onClose={() => setExamples(null)} />
      </div>
    </Card>
  )
}

type MatrixCellProps = {
  met: Met | undefined
  isSelf: boolean
  /** Who against whom. */
  name: string
  onExamples: (name: string) => void
}

function MatrixCell({ met, isSelf, name, onExamples }: MatrixCellProps) {
  const { t, percent, number } = useI18n()
  if (isSelf) return <td class="matrix-self" />
  if (!met) return <td class="matrix-cell quiet">{t('board.neverMet')}</td>
  const n = met.winCount + met.tieCount + met.lossCount
  // A tie is half a win, as everywhere in the strengths.
  const share = (met.winCount + met.tieCount / 2) / n
  const expected = met.expectedWin + met.expectedTie / 2
  return (
    <td class="matrix-cell">
      <span class="matrix-fill" style={{ opacity: share * 0.4 }} aria-hidden="true" />
      <span class="figure matrix-share">
        {percent(share)} <span class="matrix-count">{t('ui.chart.n', { n: number(n) })}</span>
      </span>
      <span class="figure matrix-expected">{t('board.expected', { share: percent(expected) })}</span>
      <button
        type="button"
        class="matrix-clips"
        aria-label={t('example.showOf', { name })}
        onClick={() => onExamples(name)}
      >
        {t('example.show')}
      </button>
    </td>
  )
}

/** Both ways round: the server names each two once. */
function metOf({ headToHead }: Leaderboard): Map<string, Met> {
  return new Map(
    headToHead.flatMap((pair): [string, Met][] => [
      [`${pair.policyVersionId} ${pair.againstId}`, pair],
      [
        `${pair.againstId} ${pair.policyVersionId}`,
        {
          winCount: pair.lossCount,
          tieCount: pair.tieCount,
          lossCount: pair.winCount,
          expectedWin: pair.expectedLoss,
          expectedTie: pair.expectedTie,
        },
      ],
    ]),
  )
}
