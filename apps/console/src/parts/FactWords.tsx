import { useI18n } from '@chiron/ui'
import { useTermName } from './term-name.ts'

/** Facts that say something to a person; ids stand in the record itself. */
const TOLD = [
  'decision',
  'state',
  'label',
  'probability',
  'reasonCode',
  'kind',
  'attempt',
  'faultCodes',
  'passes',
]

/** The telling facts of a record in one line. */
export function FactWords({ facts }: { facts: Record<string, unknown> }) {
  const { t, has, percent } = useI18n()
  const nameOf = useTermName()
  const say = (name: string, value: unknown): string => {
    if (name === 'probability' && typeof value === 'number') return percent(value)
    if (Array.isArray(value))
      return value.map((code) => (has(`ui.fault.${code}`) ? t(`ui.fault.${code}`) : String(code))).join(', ')
    const own = `factValue.${String(value)}`
    return has(own) ? t(own) : typeof value === 'string' ? nameOf(value) : String(value)
  }
  const told = TOLD.filter((name) => {
    const value = facts[name]
    return (
      value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
    )
  })
  if (told.length === 0) return null
  return (
    <span class="fact-words">
      {told.map((name) => (
        <span key={name}>
          <span class="quiet">{t(`fact.${name}`)}</span> {say(name, facts[name])}
        </span>
      ))}
    </span>
  )
}
