import { policyRoutes, suiteRoutes, type Term } from '@chiron/contract'
import { type AskedRollouts, NO_SUITE_ID } from '@chiron/core/kinds'
import { Field, Select, Skeleton, TextInput, useI18n } from '@chiron/ui'
import { client } from '../../../data/client.ts'
import { useAsk } from '../../../data/queries.ts'
import { paths } from '../../../shell/paths.ts'
import { Trouble } from '../../../shell/Trouble.tsx'
import type { DraftHandle } from './draft-state.ts'
import { Section } from './Section.tsx'
import { VersionChips } from './VersionChips.tsx'

const MOST = 100

/** Whose rollouts are judged: a frozen suite, real or simulated runs, policy versions, and which camera is shown. */
export function RolloutsSection({ handle }: { handle: DraftHandle }) {
  const { t } = useI18n()
  const { draft, isFrozen } = handle
  const config = draft.config as AskedRollouts
  const set = handle.setConfig
  const suites = useAsk('suites', suiteRoutes.list, { query: { limit: MOST } })
  const policies = useAsk('policies', policyRoutes.list, { query: { limit: MOST } })
  const frozen = (suites.data?.items ?? []).flatMap(({ id, name, versions }) =>
    versions
      .filter(({ state }) => state === 'frozen')
      .map(({ version }) => ({ value: `${id} ${version}`, label: `${name} v${version}` })),
  )
  const chooseSuite = async (value: string) => {
    const [suiteId = '', version = ''] = value.split(' ')
    const params = { suiteId, version: Number(version) }
    set({ suiteId, suiteVersion: params.version })
    const { content, ontologyId, ontologyVersion } = await client.call(suiteRoutes.readVersion, { params })
    // The words of the answers are the suite's own, so that what is judged fits what the suite counts.
    handle.set({ ontologyId, ontologyVersion })
    if (draft.kind === 'outcome') set({ failureIds: content.failureIds })
  }
  const error = suites.error ?? policies.error
  return (
    <Section id="rollouts" title={t('draft.rollouts')} lead={t('draft.rolloutsLead')}>
      {error && <Trouble error={error} />}
      {suites.data && frozen.length === 0 && (
        <p class="quiet">
          {t('draft.noSuite')} <a href={paths.evaluate({ tab: 'suites' })}>{t('draft.toSuites')}</a>
        </p>
      )}
      <div class="field-row">
        <Field label={t('suite.suite')}>
          <Select
            value={config.suiteId === NO_SUITE_ID ? '' : `${config.suiteId} ${config.suiteVersion}`}
            disabled={isFrozen}
            onValue={(value) => value && void chooseSuite(value)}
            options={[
              ...(config.suiteId === NO_SUITE_ID ? [{ value: '', label: t('draft.chooseSuite') }] : []),
              ...frozen,
            ]}
          />
        </Field>
        <Field label={t('draft.world')}>
          <Select
            value={config.world}
            disabled={isFrozen}
            // Of one world there is nothing to mix.
            onValue={(world) => set({ world, ...(world === 'both' ? {} : { mixesWorlds: undefined }) })}
            options={(['real', 'sim', 'both'] as const).map((value) => ({
              value,
              label: t(`rollout.world.${value}`),
            }))}
          />
        </Field>
        <Field label={t('draft.stream')} hint={t('draft.streamHint')} optional>
          <TextInput
            value={config.stream ?? ''}
            disabled={isFrozen}
            onValue={(stream) => set({ stream: stream.trim() === '' ? null : stream.trim() })}
          />
        </Field>
      </div>
      {policies.data ? (
        <div class="stack stack-tight">
          <span class="field-label">{t('draft.versions')}</span>
          {policies.data.items.map(({ id, name }) => (
            <VersionChips
              key={id}
              policyId={id}
              name={name}
              chosen={config.policyVersionIds}
              disabled={isFrozen}
              onChosen={(policyVersionIds) => set({ policyVersionIds })}
            />
          ))}
          {policies.data.items.length === 0 && <p class="quiet">{t('draft.noPolicy')}</p>}
        </div>
      ) : (
        <Skeleton height={80} />
      )}
    </Section>
  )
}

/** Terms to choose from, as chips. */
export function TermChips(props: {
  label: string
  terms: readonly Term[]
  chosen: readonly string[]
  disabled: boolean
  nameOf: (term: Term) => string
  onChosen: (termIds: string[]) => void
}) {
  const { label, terms, chosen, disabled, nameOf, onChosen } = props
  return (
    <fieldset class="chips" aria-label={label}>
      <legend class="field-label">{label}</legend>
      {terms.map((term) => (
        <button
          key={term.id}
          type="button"
          class="chip"
          aria-pressed={chosen.includes(term.id)}
          disabled={disabled}
          onClick={() =>
            onChosen(chosen.includes(term.id) ? chosen.filter((id) => id !== term.id) : [...chosen, term.id])
          }
        >
          {nameOf(term)}
        </button>
      ))}
    </fieldset>
  )
}
