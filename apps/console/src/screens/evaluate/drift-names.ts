import type { DriftAlarmShown } from '@chiron/contract'
import { useI18n, useLocalized } from '@chiron/ui'
import { useTermName } from '../../parts/term-name.ts'
import { isolated } from './version-name.ts'

type Named = Pick<DriftAlarmShown, 'series' | 'about'>

/** What a series is of, in words. */
export function useWatchName(): (of: Named) => string {
  const { t, number } = useI18n()
  const localized = useLocalized()
  return ({ series, about }) => {
    const { policyName, policyLabel, suiteName, suiteVersion, world, campaignTitle } = about
    const parts = [
      policyName === null ? null : `${policyName} ${policyLabel}`,
      suiteName === null ? null : `${suiteName} ${number(suiteVersion ?? 0)}`,
      campaignTitle === null ? null : localized(campaignTitle),
    ].flatMap((part) => (part === null ? [] : isolated(part)))
    const where = world === 'sim' ? [t('rollout.world.sim')] : []
    return [t(`drift.series.${series}`), ...parts, ...where].join(' · ')
  }
}

/** A category of a series in words: an outcome, a failure reason, a side, a scenario, or a bin of a measure. */
export function useCategoryName(): (series: DriftAlarmShown['series'], category: string) => string {
  const { t, has } = useI18n()
  const termName = useTermName()
  return (series, category) => {
    if (has(`drift.category.${category}`)) return t(`drift.category.${category}`)
    if (series === 'success') return isolated(termName(category))
    if (series === 'pace') return t('drift.seconds', { range: isolated(category) })
    return isolated(category)
  }
}
