import type { SuiteVersion } from '@chiron/contract'
import { useLocalized } from '@chiron/ui'

export type Factor = SuiteVersion['content']['factors'][number]

/** A level in the person's words; a key that the factor has not stands as it is. */
export function LevelName({ factor, levelKey }: { factor: Factor; levelKey: string | undefined }) {
  const localized = useLocalized()
  if (levelKey === undefined) return <span class="quiet">–</span>
  const level = factor.levels.find(({ key }) => key === levelKey)
  return <span dir="auto">{level ? localized(level.label) : levelKey}</span>
}
