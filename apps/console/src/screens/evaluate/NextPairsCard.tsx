import type { Leaderboard } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'
import { isolated, namesOn } from './version-name.ts'

const MOST_SHOWN = 8

/** Whom to compare next: the pairs whose vote would tell most. */
export function NextPairsCard({ board }: { board: Leaderboard }) {
  const { t } = useI18n()
  const nameOf = namesOn(board)
  return (
    <Card title={t('board.next')}>
      {board.next.length === 0 ? (
        <p>{t('board.nextNone')}</p>
      ) : (
        <ol class="plain-list">
          {pairsOf(board.next)
            .slice(0, MOST_SHOWN)
            .map(([one, other]) => (
              <li key={`${one} ${other}`}>
                {t('board.pair', { left: isolated(nameOf(one)), right: isolated(nameOf(other)) })}
              </li>
            ))}
        </ol>
      )}
    </Card>
  )
}

/** Each pair once, whichever side; a pair that is worth several votes comes several times, from both sides. */
function pairsOf(next: Leaderboard['next']): [string, string][] {
  const pairs = new Map<string, [string, string]>()
  for (const { leftId, rightId } of next) {
    const key = [leftId, rightId].sort().join(' ')
    if (!pairs.has(key)) pairs.set(key, [leftId, rightId])
  }
  return [...pairs.values()]
}
