import { ontologyRoutes, suiteRoutes } from '@chiron/contract'
import { Button, ErrorNote, Field, Select, TextInput, useI18n } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { useAsk } from '../../data/queries.ts'
import { useAct } from '../../data/use-act.ts'
import { StarterVocabulary } from '../../parts/StarterVocabulary.tsx'
import { Trouble } from '../../shell/Trouble.tsx'

/** A suite by name, in the words of a vocabulary; its first version is an empty draft. */
export function NewSuiteForm({ onMade, onCancel }: { onMade: (id: string) => void; onCancel: () => void }) {
  const { t } = useI18n()
  const ontologies = useAsk('ontologies', ontologyRoutes.list)
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState('')
  const items = ontologies.data?.items ?? []
  const ontology = items.find(({ id }) => id === chosen) ?? items[0]
  const make = useAct(async () => {
    if (!ontology) return
    const body = { name: name.trim(), ontologyId: ontology.id, ontologyVersion: ontology.latestVersion }
    onMade((await client.call(suiteRoutes.create, { body })).suiteId)
  }, ['suites'])
  if (ontologies.data && items.length === 0)
    return (
      <ErrorNote
        tone="information"
        happened={t('ontology.none')}
        next={t('ontology.noneText')}
        action={<StarterVocabulary />}
      />
    )
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void make.run()
      }}
    >
      <p>{t('suite.newLead')}</p>
      <Field label={t('suite.name')} hint={t('suite.nameHint')}>
        <TextInput value={name} maxLength={120} onValue={setName} />
      </Field>
      {items.length > 1 && (
        <Field label={t('settings.ontology')}>
          <Select
            value={ontology?.id ?? ''}
            onValue={setChosen}
            options={items.map(({ id, name: label }) => ({ value: id, label }))}
          />
        </Field>
      )}
      {make.error && <Trouble error={make.error} />}
      <div class="row">
        <Button kind="primary" type="submit" busy={make.busy} disabled={!ontology || name.trim() === ''}>
          {t('suite.make')}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {t('ui.action.cancel')}
        </Button>
      </div>
    </form>
  )
}
