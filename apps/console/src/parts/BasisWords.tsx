import type { VerdictBasis } from '@chiron/contract'
import { useI18n } from '@chiron/ui'
import { useTermName } from './term-name.ts'

/** Likelihood ratios as words: 8 and 2 are where one answer of a good and of a middling worker lie. */
const STRONG = 8
const SOME = 2

const wordOf = (odds: number) =>
  odds >= STRONG ? 'strongFor' : odds >= SOME ? 'for' : odds > 1 / SOME ? 'little' : 'against'

/** What a verdict rests on: how many answers, how sure, and what each of them did. */
export function BasisWords({ basis }: { basis: VerdictBasis }) {
  const { t, percent, number } = useI18n()
  const nameOf = useTermName()
  const { answerCount, knownCount, sureness, sureAt, answers } = basis
  const shown = (odds: number) => number(odds, { maximumSignificantDigits: 2 })
  return (
    <section class="stack stack-tight">
      <h3 class="small-title">{t('basis.title')}</h3>
      <p>
        {t('basis.answers', { n: answerCount, known: knownCount })}{' '}
        {sureness !== null &&
          sureAt !== null &&
          t('basis.sure', { sureness: percent(sureness), sureAt: percent(sureAt) })}
      </p>
      <ul class="label-list">
        {[...answers]
          .sort((a, b) => b.odds - a.odds)
          .map(({ workerPseudonym, label, odds }) => (
            <li key={`${workerPseudonym} ${label}`}>
              <strong>
                <bdi>{workerPseudonym}</bdi>
              </strong>{' '}
              {nameOf(label)}{' '}
              <span class="quiet" title={t('basis.timesWords', { odds: shown(odds) })}>
                {t(`basis.${wordOf(odds)}`)}{' '}
                <span class="figure">{t('basis.times', { odds: shown(odds) })}</span>
              </span>
            </li>
          ))}
      </ul>
    </section>
  )
}
