import type { CampaignFault } from '@chiron/core/campaign'
import { Icon, useI18n } from '@chiron/ui'

/** Where in the form a field is. */
const PLACES: readonly [prefix: string, section: string][] = [
  ['briefs', 'words'],
  ['title', 'words'],
  ['exampleMediaId', 'example'],
  ['terms.purpose', 'promise'],
  ['terms.recipients', 'promise'],
  ['terms.retentionDays', 'promise'],
  ['terms', 'pay'],
  ['quota', 'pay'],
  ['leaseSeconds', 'pay'],
  ['flow', 'flow'],
  ['config.questions', 'questions'],
  ['config.verdictQuestion', 'questions'],
  ['config.suite', 'rollouts'],
  ['config.policyVersionIds', 'rollouts'],
  ['config.whyTermIds', 'compare'],
  ['config.mixesWorlds', 'compare'],
  ['config.outcomes', 'outcome'],
  ['config.prompt', 'outcome'],
  ['config.failure', 'outcome'],
  ['config.scales', 'rate'],
  ['config', 'take'],
]

const sectionOf = (field: string): string =>
  PLACES.find(([prefix]) => field.startsWith(prefix))?.[1] ?? 'words'

/** What still keeps a campaign from publishing, as one types; each leads to its place. */
export function FaultList({ faults }: { faults: readonly CampaignFault[] }) {
  const { t, has } = useI18n()
  if (faults.length === 0) {
    return (
      <p class="fault-none">
        <Icon name="good" /> {t('publish.ready')}
      </p>
    )
  }
  return (
    <div>
      <h2 class="card-title">{t('publish.lacks', { n: faults.length })}</h2>
      <ul class="faults" aria-live="polite">
        {faults.map(({ code, field, why }) => (
          <li key={`${field} ${code}`}>
            <Icon name="attention" size={16} />
            <a
              href={`#draft-${sectionOf(field)}`}
              onClick={(event) => {
                event.preventDefault()
                showSection(sectionOf(field))
              }}
            >
              {has(`draftFault.${code}`) ? t(`draftFault.${code}`) : why}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Brings a part of the form into view and the focus into its first field. */
function showSection(section: string): void {
  const element = document.getElementById(`draft-${section}`)
  element?.scrollIntoView({ block: 'start' })
  element?.querySelector<HTMLElement>('.draft-fields :is(button, input, textarea, select)')?.focus({
    preventScroll: true,
  })
}
