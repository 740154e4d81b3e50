import { ontologyRoutes, type Term } from '@chiron/contract'
import { starterOntology } from '@chiron/core/ontology'
import { Button, useI18n } from '@chiron/ui'
import { client } from '../data/client.ts'
import { useAct } from '../data/use-act.ts'
import { useMay } from '../shell/me.ts'
import { Trouble } from '../shell/Trouble.tsx'

/** A workspace without a vocabulary takes the one for household tasks, and can ask its first question. */
export function StarterVocabulary() {
  const { t } = useI18n()
  const may = useMay()
  const act = useAct(() => {
    const { name, terms } = starterOntology
    return client.call(ontologyRoutes.create, { body: { name, terms: terms as Term[] } })
  }, ['ontologies'])
  if (!may('ontology.write')) return null
  return (
    <>
      {act.error && <Trouble error={act.error} />}
      <Button kind="primary" icon="dataset" busy={act.busy} onClick={() => void act.run()}>
        {t('ontology.begin')}
      </Button>
    </>
  )
}
