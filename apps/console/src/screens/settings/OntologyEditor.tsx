import { ontologyRoutes, type Term } from '@chiron/contract'
import { ontologyDiff, ontologyFaults, TERM_KINDS, type TermKind } from '@chiron/core/ontology'
import { Button, Card, Field, Icon, IconButton, Select, TextInput, useI18n, useToast } from '@chiron/ui'
import { useMemo, useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { useAct } from '../../data/use-act.ts'
import { Trouble } from '../../shell/Trouble.tsx'

type OntologyEditorProps = {
  ontologyId: string
  before: readonly Term[]
  version: number
  onDone: () => void
}

/** The next version in the making: terms of one kind at a time, and what differs from the version before. */
export function OntologyEditor({ ontologyId, before, version, onDone }: OntologyEditorProps) {
  const { t } = useI18n()
  const toast = useToast()
  const [terms, setTerms] = useState<Term[]>([...before])
  const [kind, setKind] = useState<TermKind>('outcome')
  const faults = useMemo(() => ontologyFaults(terms), [terms])
  const diff = useMemo(() => ontologyDiff(before, terms), [before, terms])
  const changes = diff.added.length + diff.removed.length + diff.changed.length
  const blank = terms.some(({ label }) => !Object.values(label).some((words) => words.trim()))
  const save = useAct(async () => {
    const cleanTerms = terms.map((term) => ({ ...term, label: withoutBlank(term.label) }))
    await client.call(ontologyRoutes.revise, { params: { ontologyId }, body: { terms: cleanTerms } })
    toast({ text: t('ontology.saved', { n: version + 1 }), tone: 'good' })
    onDone()
  }, ['ontologies', 'ontology'])
  const change = (id: string, label: Term['label']) =>
    setTerms((now) => now.map((term) => (term.id === id ? { ...term, label } : term)))
  return (
    <div class="columns">
      <Card
        title={t('ontology.editing', { n: version + 1 })}
        aside={
          <Select
            value={kind}
            aria-label={t('ontology.kind')}
            onValue={(value) => setKind(value as TermKind)}
            options={TERM_KINDS.map((value) => ({ value, label: t(`termKind.${value}`) }))}
          />
        }
      >
        <div class="stack">
          <ul class="term-rows">
            {terms
              .filter((term) => term.kind === kind)
              .map((term) => (
                <TermRow
                  key={term.id}
                  term={term}
                  onLabel={(label) => change(term.id, label)}
                  onRemove={() => setTerms((now) => now.filter(({ id }) => id !== term.id))}
                />
              ))}
          </ul>
          <AddTerm
            kind={kind}
            taken={terms.map(({ id }) => id)}
            onAdd={(term) => setTerms((now) => [...now, term])}
          />
        </div>
      </Card>
      <Card title={t('ontology.diff', { n: changes })}>
        <div class="stack">
          <Diff diff={diff} />
          {faults.length > 0 && (
            <ul class="faults">
              {faults.map(({ code, termId, why }) => (
                <li key={`${code} ${termId}`}>
                  <Icon name="attention" size={16} /> <span>{why}</span>
                </li>
              ))}
            </ul>
          )}
          <p class="quiet">{t('ontology.stays')}</p>
          {save.error && <Trouble error={save.error} />}
          <div class="row">
            <Button
              kind="primary"
              busy={save.busy}
              disabled={changes === 0 || faults.length > 0 || blank}
              onClick={() => void save.run()}
            >
              {t('ontology.save', { n: version + 1 })}
            </Button>
            <Button kind="quiet" onClick={onDone}>
              {t('ui.action.cancel')}
            </Button>
          </div>
        </div>
      </Card>
    </div>
  )
}

const withoutBlank = (label: Term['label']): Term['label'] =>
  Object.fromEntries(Object.entries(label).filter(([, words]) => words.trim()))

type TermRowProps = { term: Term; onLabel: (label: Term['label']) => void; onRemove: () => void }

function TermRow({ term, onLabel, onRemove }: TermRowProps) {
  const { t } = useI18n()
  return (
    <li class="term-row">
      <bdi class="mono term-id">{term.id}</bdi>
      <TextInput
        value={term.label.en ?? ''}
        maxLength={80}
        aria-label={t('ontology.labelIn', { id: term.id, language: 'English' })}
        onValue={(en) => onLabel({ ...term.label, en })}
      />
      <TextInput
        value={term.label.ar ?? ''}
        maxLength={80}
        dir="rtl"
        aria-label={t('ontology.labelIn', { id: term.id, language: 'العربية' })}
        onValue={(ar) => onLabel({ ...term.label, ar })}
      />
      <IconButton icon="trash" label={t('ontology.removeTerm', { id: term.id })} onClick={onRemove} />
    </li>
  )
}

type AddTermProps = { kind: TermKind; taken: readonly string[]; onAdd: (term: Term) => void }

function AddTerm({ kind, taken, onAdd }: AddTermProps) {
  const { t } = useI18n()
  const [words, setWords] = useState('')
  const slug = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  const id = `${kind}.${slug}`
  const isTaken = taken.includes(id)
  const add = () => {
    if (!slug || isTaken) return
    onAdd({ id, kind, label: { en: words.trim() } })
    setWords('')
  }
  return (
    <Field
      label={t('ontology.addTerm')}
      hint={slug ? <bdi class="mono">{id}</bdi> : t('ontology.addTermHint')}
      error={isTaken ? t('ontology.taken') : null}
      optional
    >
      <span class="add-term">
        <TextInput
          value={words}
          maxLength={80}
          aria-label={t('ontology.addTerm')}
          onValue={setWords}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
        <Button icon="plus" disabled={!slug || isTaken} onClick={add}>
          {t('ontology.add')}
        </Button>
      </span>
    </Field>
  )
}

/** Added, removed and changed terms, each by a sign and a word. */
function Diff({ diff }: { diff: ReturnType<typeof ontologyDiff> }) {
  const { t } = useI18n()
  const rows: [string, 'plus' | 'minus' | 'edit', string][] = [
    ...diff.added.map((id): [string, 'plus', string] => [id, 'plus', t('ontology.added')]),
    ...diff.removed.map((id): [string, 'minus', string] => [id, 'minus', t('ontology.removed')]),
    ...diff.changed.map(({ id }): [string, 'edit', string] => [id, 'edit', t('ontology.changed')]),
  ]
  if (rows.length === 0) return <p class="quiet">{t('ontology.same')}</p>
  return (
    <ul class="diff">
      {rows.map(([id, icon, word]) => (
        <li key={`${icon} ${id}`}>
          <Icon name={icon} size={14} />
          <span>{word}</span>
          <bdi class="mono">{id}</bdi>
        </li>
      ))}
    </ul>
  )
}
