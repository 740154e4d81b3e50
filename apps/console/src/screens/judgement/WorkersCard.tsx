import { type JudgedWorker, type Judgement, qualityRoutes } from '@chiron/contract'
import { Button, Card, Tag, useI18n } from '@chiron/ui'
import { ConfusionGrid, DotPlot } from '@chiron/ui/charts'
import { usePages } from '../../data/pages.ts'
import { useTermName } from '../../parts/term-name.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'

const SHARES = { min: 0, max: 1 }

/** Who answers how well, by pseudonym; one of them with what they said when which was true. */
export function WorkersCard({ judgement }: { judgement: Judgement }) {
  const { t, dateTime } = useI18n()
  const { campaignId, fittedAt, copiers } = judgement
  const pages = usePages<JudgedWorker>('judgement', qualityRoutes.judgedWorkers, {}, { campaignId })
  const [workerId] = useQueryPart('worker')
  const shown = pages.rows.find((row) => row.workerId === workerId) ?? pages.rows[0]
  if (pages.error) return <Trouble error={pages.error} onRetry={pages.refetch} />
  return (
    <Card
      title={t('judgement.workers')}
      aside={fittedAt && <span class="quiet">{t('judgement.fitted', { at: dateTime(fittedAt) })}</span>}
    >
      {pages.rows.length === 0 ? (
        <p class="quiet">{t(pages.isLoading ? 'app.loading' : 'judgement.workersNone')}</p>
      ) : (
        <div class="stack">
          <p class="quiet">{t('judgement.workersWords')}</p>
          <DotPlot
            label={t('judgement.workers')}
            axis={SHARES}
            rows={pages.rows.map((row) => ({
              id: row.workerId,
              label: row.pseudonym,
              measured: row.right,
              href: paths.judgement(campaignId, { worker: row.workerId }),
            }))}
          />
          {pages.hasMore && <Button onClick={pages.onNeed}>{t('judgement.moreWorkers')}</Button>}
          {copiers.length > 0 && (
            <p>
              <Tag icon="people">{t('judgement.copiers')}</Tag>{' '}
              {copiers.map((group) => group.join(' = ')).join('; ')}. {t('judgement.copiersWords')}
            </p>
          )}
          {shown && <OneWorker worker={shown} judgement={judgement} />}
        </div>
      )}
    </Card>
  )
}

function OneWorker({ worker, judgement }: { worker: JudgedWorker; judgement: Judgement }) {
  const { t, percent } = useI18n()
  const nameOf = useTermName()
  const { pseudonym, onKnown, answerCount, confusion, isCopier } = worker
  return (
    <section class="stack stack-tight" aria-live="polite">
      <h3 class="small-title">
        <bdi>{pseudonym}</bdi> {isCopier && <Tag icon="people">{t('judgement.copier')}</Tag>}
      </h3>
      <p>
        {t('judgement.workerAnswers', { n: answerCount })}{' '}
        {onKnown
          ? t('judgement.onKnown', {
              share: percent(onKnown.value),
              low: percent(onKnown.low),
              high: percent(onKnown.high),
              n: onKnown.n,
            })
          : t('judgement.onKnownNone')}
      </p>
      <ConfusionGrid
        label={t('judgement.confusionOf', { who: pseudonym })}
        labels={judgement.labels.map(nameOf)}
        counts={confusion}
        saidLabel={t('judgement.said')}
        trueLabel={t('judgement.true')}
      />
    </section>
  )
}
