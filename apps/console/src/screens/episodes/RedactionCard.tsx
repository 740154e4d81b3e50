import type { EpisodeDetail } from '@chiron/contract'
import { Card, formatClipTime, Icon, useI18n } from '@chiron/ui'
import { MomentButton } from './MomentButton.tsx'

type Redaction = NonNullable<EpisodeDetail['redaction']>
type RedactionCardProps = { redaction: Redaction; onMoment?: ((momentMs: number) => void) | undefined }

/** What was taken out before the film left the phone, by what, and what its maker said of screens and papers. */
export function RedactionCard({ redaction, onMoment }: RedactionCardProps) {
  const { t, dateTime } = useI18n()
  const { tool, covers, sheets, background, approvedAt } = redaction
  const coveredMs = covers.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
  return (
    <Card title={t('redaction.title')}>
      <div class="stack">
        <dl class="sums">
          <div>
            <dt>{t('redaction.faces')}</dt>
            <dd>
              {covers.length > 0
                ? t('redaction.covered', { time: formatClipTime(coveredMs, 1) })
                : t('redaction.noFace')}
            </dd>
          </div>
          <div>
            <dt>{t('redaction.background')}</dt>
            <dd>{t(`redaction.background.${background}`)}</dd>
          </div>
          <div>
            <dt>{t('redaction.approved')}</dt>
            <dd class="figure">{dateTime(approvedAt)}</dd>
          </div>
          <div>
            <dt>{t('redaction.tool')}</dt>
            <dd>
              <bdi>
                {[tool, ...(sheets ? [sheets.tool] : [])]
                  .map(({ name, version }) => `${name} ${version}`)
                  .join(', ')}
              </bdi>
            </dd>
          </div>
        </dl>
        <h3 class="small-title">{t('redaction.sheets')}</h3>
        <Sheets sheets={sheets} onMoment={onMoment} />
      </div>
    </Card>
  )
}

function Sheets({ sheets, onMoment }: Pick<RedactionCardProps, 'onMoment'> & Pick<Redaction, 'sheets'>) {
  const { t } = useI18n()
  if (sheets === undefined) return <p class="quiet">{t('redaction.sheets.notLooked')}</p>
  if (sheets.found.length === 0) {
    return (
      <p class="fault-none">
        <Icon name="good" size={18} /> {t('redaction.sheets.none')}
      </p>
    )
  }
  return (
    <ul class="fault-lines">
      {sheets.found.map(({ kind, fromMs, toMs, lookCount, choice }) => (
        <li key={`${kind} ${fromMs} ${toMs}`} class="fault-line fault-notice">
          <Icon name={choice === 'covered' ? 'shield' : 'eye'} size={18} />
          <div class="grow">
            <p>
              {t(`redaction.sheets.${kind}`)}
              <span class="quiet"> · {t('redaction.sheets.looks', { count: lookCount })}</span>
            </p>
            <p class="quiet">{t(`redaction.choice.${choice}`)}</p>
          </div>
          <MomentButton fromMs={fromMs} toMs={toMs} onMoment={onMoment} />
        </li>
      ))}
    </ul>
  )
}
