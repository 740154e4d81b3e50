import type { Validity } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'

const FIGURES = ['pearson', 'spearman', 'mmrv'] as const
/** With fewer versions than this a high correlation may well be luck, whatever its interval. */
const MANY_VERSIONS = 8

/** How well the benchmark foretells use: three figures, and what each says in words. */
export function ValidityFigures({ validity }: { validity: Validity }) {
  const { t, number } = useI18n()
  const { policyCount } = validity
  return (
    <Card title={t('validity.figures')}>
      <div class="stack">
        {FIGURES.map((name) => {
          const { value, interval } = validity[name]
          // A figure below 0 keeps its sign in front, also between words that read from right to left.
          const write = (figure: number) => `\u2066${number(figure, { maximumFractionDigits: 2 })}\u2069`
          return (
            <div key={name} class="stack stack-tight">
              <h3 class="small-title">{t(`validity.${name}`)}</h3>
              <p>
                {value === null ? (
                  <span class="quiet">{t('validity.cannotSay')}</span>
                ) : (
                  <span class="figure">
                    <strong>{write(value)}</strong>{' '}
                    {interval && (
                      <span class="quiet">
                        {t('validity.between', {
                          low: write(interval.low),
                          high: write(interval.high),
                          n: policyCount,
                        })}
                      </span>
                    )}
                  </span>
                )}
              </p>
              <p class="quiet prose">{t(`validity.${name}Words`)}</p>
            </div>
          )
        })}
        {policyCount < MANY_VERSIONS && <p class="prose">{t('validity.few', { n: policyCount })}</p>}
      </div>
    </Card>
  )
}
