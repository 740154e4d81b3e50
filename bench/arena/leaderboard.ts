import { seededRandom } from '@chiron/core/kit'
import { comparisonsOfCounts, hostileVotes, rankItems, rankingIntervals } from '@chiron/core/ranking'
import { heading, table, timed } from '../judgement/report.ts'

const POLICY_COUNTS = [10, 50, 100]
const VOTES = 10_000_000

/** Ranks from kept counts, as a leaderboard is read: ten million votes are at most six numbers for each two policies. */
export function judgeLeaderboard(): void {
  heading(`A leaderboard from the counts of ${VOTES.toLocaleString('en')} votes, ms of the processor`)
  const rows: string[][] = [['policies', 'ranks', 'intervals', 'hostile votes, five ranks']]
  for (const policyCount of POLICY_COUNTS) {
    const dice = seededRandom(`leaderboard ${policyCount}`)
    const names = Array.from({ length: policyCount }, (_, at) => `policy ${at}`)
    const perSide = VOTES / (policyCount * (policyCount - 1))
    const counts = names.flatMap((left, one) =>
      names.flatMap((right, other) => {
        if (one === other) return []
        const lead = 1 / (1 + Math.exp((one - other) / 10))
        const ties = Math.round(perSide * 0.3)
        const leftWins = Math.round(
          (perSide - ties) * Math.min(0.99, Math.max(0.01, lead + 0.01 * dice.next())),
        )
        return [
          { left, right, leftWins, ties, rightWins: Math.max(0, Math.round(perSide) - ties - leftWins) },
        ]
      }),
    )
    const comparisons = comparisonsOfCounts(counts)
    const ranking = timed(() => rankItems(comparisons))
    const intervals = timed(() => rankingIntervals(ranking.value, { looks: { kind: 'always', best: VOTES } }))
    const hostile = timed(() => hostileVotes(comparisons, { ranks: 5 }))
    rows.push([`${policyCount}`, ...[ranking, intervals, hostile].map(({ cpuMs }) => cpuMs.toFixed(0))])
  }
  table(rows)
}
