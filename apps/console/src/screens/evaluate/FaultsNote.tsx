import { ErrorNote, useI18n } from '@chiron/ui'
import type { SuiteDetail } from './SuiteScreen.tsx'

const MOST_SHOWN = 8

/** What keeps a draft from being frozen, in the server's words, each with its place. */
export function FaultsNote({ detail: { state, faults } }: { detail: SuiteDetail }) {
  const { t } = useI18n()
  if (state === 'frozen' || faults.length === 0) return null
  const more = faults.length - MOST_SHOWN
  return (
    <ErrorNote
      tone="attention"
      happened={t('suite.faulty', { n: faults.length })}
      action={
        <ul class="suite-faults">
          {faults.slice(0, MOST_SHOWN).map(({ at, code, why }) => (
            <li key={`${at} ${code} ${why}`}>
              <span dir="auto">{why}</span> <bdi class="mono quiet">{at}</bdi>
            </li>
          ))}
          {more > 0 && <li>{t('suite.moreFaults', { n: more })}</li>}
        </ul>
      }
    />
  )
}
