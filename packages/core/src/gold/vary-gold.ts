import type { GoldItem } from './gold-item.ts'

/**
 * A way to change what is shown: mirrored, cut before its end, sides swapped. `labelOf`: the right answer
 * after the change, or null where the change leaves it open.
 */
export type GoldVariation = { readonly name: string; readonly labelOf: (label: string) => string | null }

/** The items that sources make: each as it is, and once for each variation that tells its label. */
export function varyGold(
  sources: readonly { readonly task: string; readonly label: string }[],
  variations: readonly GoldVariation[],
): GoldItem[] {
  return sources.flatMap(({ task, label }) => [
    { id: task, source: task, variation: null, label },
    ...variations.flatMap(({ name, labelOf }): GoldItem[] => {
      const changed = labelOf(label)
      return changed === null
        ? []
        : [{ id: `${task}/${name}`, source: task, variation: name, label: changed }]
    }),
  ])
}
