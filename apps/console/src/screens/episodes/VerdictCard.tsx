import type { EpisodeDetail } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'
import { BarList } from '@chiron/ui/charts'
import { BasisWords } from '../../parts/BasisWords.tsx'
import { useTermName } from '../../parts/term-name.ts'
import { VerdictWords } from '../../parts/VerdictWords.tsx'

/** What the platform stands behind, and what that rests on. */
export function VerdictCard({ episode }: { episode: EpisodeDetail }) {
  const { t, percent } = useI18n()
  const nameOf = useTermName()
  const { verdict, posterior, basis, labels, faults, signals } = episode
  const workers = new Set(labels.map(({ workerPseudonym }) => workerPseudonym)).size
  const found = faults.filter(({ severity }) => severity !== 'notice').length
  return (
    <Card title={t('episodes.verdict')}>
      <div class="stack">
        <p class="verdict-words">
          {verdict === null && episode.state === 'accepted' ? (
            t(workers > 0 ? 'verdict.asIsOpen' : 'verdict.asIs')
          ) : (
            <VerdictWords verdict={verdict} />
          )}
        </p>
        <ul class="rests">
          {/* With the film went what the checks had seen in it. */}
          {episode.state !== 'frozen' && episode.state !== 'erased' && (
            <li>{t('verdict.restsChecks', { n: found, pictures: signals.length })}</li>
          )}
          <li>{t('verdict.restsAnswers', { n: workers })}</li>
        </ul>
        {posterior.length > 0 && (
          <div class="stack stack-tight">
            <h3 class="small-title">{t('verdict.posterior')}</h3>
            <BarList
              label={t('verdict.posterior')}
              max={1}
              rows={posterior.map(({ label, probability }) => ({
                id: label,
                label: nameOf(label),
                value: probability,
                shown: percent(probability, probability > 0.99 || probability < 0.01 ? 1 : 0),
              }))}
            />
          </div>
        )}
        {basis && <BasisWords basis={basis} />}
      </div>
    </Card>
  )
}
