import { type Ontology, ontologyRoutes, type Term } from '@chiron/contract'
import { TERM_KINDS } from '@chiron/core/ontology'
import { Button, Card, EmptyState, Select, Skeleton, useI18n, useLocalized } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { useAsk } from '../../data/queries.ts'
import { StarterVocabulary } from '../../parts/StarterVocabulary.tsx'
import { useMay } from '../../shell/me.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import { OntologyEditor } from './OntologyEditor.tsx'

/** The words every answer refers to; a new version leaves the earlier ones as they are. */
export function OntologyTab() {
  const { t } = useI18n()
  const [chosen, setChosen] = useQueryPart('ontology')
  const list = useAsk('ontologies', ontologyRoutes.list)
  if (!list.data) {
    return list.error ? (
      <Trouble error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <Skeleton height={160} />
    )
  }
  const ontology = list.data.items.find(({ id }) => id === chosen) ?? list.data.items[0]
  if (!ontology)
    return (
      <EmptyState icon="dataset" title={t('ontology.none')} action={<StarterVocabulary />}>
        <p>{t('ontology.noneText')}</p>
      </EmptyState>
    )
  return (
    <div class="stack">
      {list.data.items.length > 1 && (
        <Select
          value={ontology.id}
          aria-label={t('settings.ontology')}
          onValue={setChosen}
          options={list.data.items.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <OneOntology key={`${ontology.id} ${ontology.latestVersion}`} ontology={ontology} />
    </div>
  )
}

function OneOntology({ ontology }: { ontology: Ontology }) {
  const { t } = useI18n()
  const may = useMay()
  const [editing, setEditing] = useState(false)
  const [version, setVersion] = useState(ontology.latestVersion)
  const read = useAsk('ontology', ontologyRoutes.read, { params: { ontologyId: ontology.id, version } })
  if (!read.data) {
    return read.error ? (
      <Trouble error={read.error} onRetry={() => void read.refetch()} />
    ) : (
      <Skeleton lines={8} />
    )
  }
  if (editing) {
    return (
      <OntologyEditor
        ontologyId={ontology.id}
        before={read.data.terms}
        version={ontology.latestVersion}
        onDone={() => setEditing(false)}
      />
    )
  }
  const isLatest = version === ontology.latestVersion
  return (
    <>
      <div class="row row-apart">
        <p class="page-lead">
          {t('ontology.lead', { name: ontology.name, version, n: read.data.terms.length })}
        </p>
        <span class="row">
          {ontology.latestVersion > 1 && (
            <Select
              value={String(version)}
              aria-label={t('ontology.version')}
              onValue={(value) => setVersion(Number(value))}
              options={Array.from({ length: ontology.latestVersion }, (_, at) => ({
                value: String(at + 1),
                label: t('consent.version', { n: at + 1 }),
              })).reverse()}
            />
          )}
          {may('ontology.write') && isLatest && (
            <Button icon="edit" onClick={() => setEditing(true)}>
              {t('ontology.newVersion')}
            </Button>
          )}
        </span>
      </div>
      <TermsByKind terms={read.data.terms} />
    </>
  )
}

function TermsByKind({ terms }: { terms: readonly Term[] }) {
  const { t, locale } = useI18n()
  const localized = useLocalized()
  const other = locale.startsWith('ar') ? 'en' : 'ar'
  return (
    <div class="grid">
      {TERM_KINDS.map((kind) => {
        const own = terms.filter((term) => term.kind === kind)
        return (
          <Card
            key={kind}
            title={t(`termKind.${kind}`)}
            aside={<span class="quiet figure">{t('ontology.terms', { n: own.length })}</span>}
          >
            <ul class="terms">
              {own.map((term) => (
                <li key={term.id} class={term.parent ? 'term term-inner' : 'term'}>
                  <bdi>{localized(term.label)}</bdi>
                  <span class="quiet" lang={other} dir="auto">
                    {term.label[other]}
                  </span>
                </li>
              ))}
            </ul>
          </Card>
        )
      })}
    </div>
  )
}
