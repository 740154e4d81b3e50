import { type LogRow, logRoutes } from '@chiron/contract'
import { CopyText, Dialog, ErrorNote, Skeleton, useI18n } from '@chiron/ui'
import { useAsk } from '../../data/queries.ts'
import { actionWords, subjectWords } from '../../parts/action-words.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { ProofCheck } from './ProofCheck.tsx'
import { useRecord } from './record-by-id.ts'

type RecordDialogProps = { recordId: string; known: LogRow | undefined; onClose: () => void }

/** One record: what it says, where in the tree it is, and the proof to take away. */
export function RecordDialog({ recordId, known, onClose }: RecordDialogProps) {
  const i18n = useI18n()
  const { t } = i18n
  const { record, isMissing, error } = useRecord(recordId, known)
  return (
    <Dialog
      open
      onClose={onClose}
      shape="side"
      title={record ? actionWords(i18n, record.action) : t('log.record')}
    >
      <div class="stack">
        {error && <Trouble error={error} />}
        {isMissing && (
          <ErrorNote tone="information" happened={t('log.missing')} next={t('log.missing.next')} />
        )}
        {!record && !error && !isMissing && <Skeleton lines={6} />}
        {record && <RecordFacts record={record} />}
        {record && <Proof recordId={recordId} />}
      </div>
    </Dialog>
  )
}

/** Where a subject is looked at. */
function hrefOf({ kind, id }: LogRow['subject']): string | null {
  const places: Record<string, (id: string) => string> = {
    campaign: paths.campaign,
    episode: paths.episode,
    policy: paths.policy,
    release: paths.dataset,
    review: paths.review,
    rollout: paths.rollout,
    suite: paths.suite,
  }
  return places[kind]?.(id) ?? null
}

function RecordFacts({ record }: { record: LogRow }) {
  const i18n = useI18n()
  const { t, number, dateTime } = i18n
  const { subject, actor, facts } = record
  const href = hrefOf(subject)
  return (
    <>
      <dl class="sums">
        <div>
          <dt>{t('pay.at')}</dt>
          <dd class="figure">{dateTime(record.at)}</dd>
        </div>
        <div>
          <dt>{t('log.leaf')}</dt>
          <dd class="figure">{record.leafIndex === null ? t('log.unsealed') : number(record.leafIndex)}</dd>
        </div>
        <div>
          <dt>{t('log.action')}</dt>
          <dd class="mono">{record.action}</dd>
        </div>
        <div>
          <dt>{t('log.actor')}</dt>
          <dd>{actor.name ?? t(`actor.${actor.kind}`)}</dd>
        </div>
        <div>
          <dt>{t('log.subject')}</dt>
          <dd>
            {subjectWords(i18n, subject.kind)}{' '}
            <CopyText text={subject.id} shown={`…${subject.id.slice(-6)}`} />
          </dd>
        </div>
      </dl>
      <p class="row">
        {href && <a href={href}>{t('log.openSubject')}</a>}
        <a href={paths.log({ subject: subject.id })}>{t('log.allAbout')}</a>
      </p>
      <section class="stack stack-tight">
        <h3 class="small-title">{t('log.facts')}</h3>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus (WCAG 2.1.1) */}
        <pre class="facts-json" tabIndex={0}>
          {JSON.stringify(facts, null, 2)}
        </pre>
      </section>
    </>
  )
}

function Proof({ recordId }: { recordId: string }) {
  const { t } = useI18n()
  const proof = useAsk('proof', logRoutes.proof, { params: { recordId } })
  return (
    <section class="stack stack-tight">
      <h3 class="small-title">{t('log.proof')}</h3>
      {proof.error && <Trouble error={proof.error} />}
      {!proof.data && !proof.error && <Skeleton lines={3} />}
      {proof.data && (
        <>
          <ProofCheck {...proof.data} />
          <div class="row">
            <CopyText text={proof.data.proof} shown={t('log.copyProof')} />
            <CopyText text={proof.data.entry} shown={t('log.copyEntry')} />
            <CopyText text={proof.data.verifierKey} shown={t('log.copyKey')} />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus (WCAG 2.1.1) */}
          <pre class="facts-json" tabIndex={0}>
            {proof.data.proof}
          </pre>
        </>
      )}
    </section>
  )
}
