import type { Episode } from '@chiron/contract'
import { useI18n } from '@chiron/ui'
import { useTermName } from './term-name.ts'

type VerdictWordsProps = { verdict: Episode['verdict']; isShort?: boolean }

/** What the platform stands behind, how sure it is, and who says so. */
export function VerdictWords({ verdict, isShort = false }: VerdictWordsProps) {
  const { t, percent } = useI18n()
  const nameOf = useTermName()
  if (!verdict) return <span class="quiet">{t('verdict.none')}</span>
  const { label, probability, by } = verdict
  const name = nameOf(label)
  if (isShort) {
    return (
      <span>
        {name}
        <span class="quiet figure">
          {' · '}
          {by === 'member' ? t('verdict.by.member') : percent(probability)}
        </span>
      </span>
    )
  }
  return <span>{t(`verdict.words.${by}`, { label: name, probability: percent(probability) })}</span>
}
