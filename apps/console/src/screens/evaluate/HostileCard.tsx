import type { Leaderboard } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'
import { isolated, namesOn } from './version-name.ts'

/** How many made-up votes would turn a rank over, the weakest rank first. */
export function HostileCard({ board }: { board: Leaderboard }) {
  const { t } = useI18n()
  const nameOf = namesOn(board)
  const most = Number.POSITIVE_INFINITY
  const ordered = [...board.hostile].sort((a, b) => (a.voteCount ?? most) - (b.voteCount ?? most))
  return (
    <Card title={t('board.hostile')}>
      <div class="stack">
        <p class="quiet">{t('board.hostileWords')}</p>
        {ordered.length === 0 ? (
          <p>{t('board.hostileNone')}</p>
        ) : (
          <ul class="hole-list">
            {ordered.map(({ policyVersionId, aboveId, voteCount }) => (
              <li key={`${policyVersionId} ${aboveId}`}>
                {t(voteCount === null ? 'board.hostileNever' : 'board.hostileVotes', {
                  n: voteCount ?? 0,
                  name: isolated(nameOf(policyVersionId)),
                  above: isolated(nameOf(aboveId)),
                })}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  )
}
