import type { Campaign } from '@chiron/contract'
import { Card, useI18n, useLocalized } from '@chiron/ui'
import { BriefMedia } from '../../parts/BriefMedia.tsx'
import { FlowWords } from './draft/FlowSection.tsx'

/** What workers read and agree to. */
export function TermsCard({ campaign }: { campaign: Campaign }) {
  const { t, money, duration, number, locale } = useI18n()
  const localized = useLocalized()
  const { terms, exampleMediaId, briefs } = campaign
  const { payMinor, currency, estimateSeconds, retentionDays } = terms
  const names = new Intl.DisplayNames(locale, { type: 'language' })
  const languages = new Intl.ListFormat(locale, { style: 'narrow' }).format(
    Object.keys(briefs)
      .sort()
      .map((code) => names.of(code) ?? code),
  )
  const rows: [string, string][] = [
    [t(`draft.payEach.${campaign.kind}`), payMinor !== null && currency ? money(payMinor, currency) : '–'],
    [t('draft.estimate'), estimateSeconds ? duration(estimateSeconds * 1000) : '–'],
    [t('draft.retention'), retentionDays ? t('terms.days', { n: retentionDays }) : '–'],
    [t('terms.version'), number(campaign.termsVersion)],
    [t('draft.languages'), languages],
  ]
  return (
    <Card title={t('terms.title')}>
      <div class="stack">
        {exampleMediaId && <BriefMedia key={exampleMediaId} mediaId={exampleMediaId} />}
        <dl class="sums">
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd class="figure">{value}</dd>
            </div>
          ))}
        </dl>
        <dl class="prose-terms">
          <dt>{t('terms.purpose')}</dt>
          <dd dir="auto">{localized(terms.purpose) || '–'}</dd>
          <dt>{t('terms.recipients')}</dt>
          <dd dir="auto">{localized(terms.recipients) || '–'}</dd>
          <dt>{t('draft.flow')}</dt>
          <dd>
            <FlowWords draft={campaign} />
          </dd>
        </dl>
      </div>
    </Card>
  )
}
