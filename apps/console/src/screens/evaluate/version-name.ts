import type { Leaderboard } from '@chiron/contract'

type Named = { policyName: string; policyLabel: string }

export const versionName = ({ policyName, policyLabel }: Named): string => `${policyName} ${policyLabel}`

/** The name of a version on one of the boards by its id. */
export function namesOn(...boards: readonly Leaderboard[]): (policyVersionId: string) => string {
  const items = boards.flatMap((board) => board.items)
  const names = new Map(items.map((item) => [item.policyVersionId, versionName(item)]))
  return (policyVersionId) => names.get(policyVersionId) ?? policyVersionId.slice(-6)
}

/** A name of the team’s inside a sentence of any language: it keeps its own direction, and the sentence its. */
export const isolated = (name: string): string => `\u2068${name}\u2069`
