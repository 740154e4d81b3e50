import { Icon, type IconName, useI18n, useLocalized } from '@chiron/ui'
import type { EarningLine } from './EarningsScreen.tsx'
import { type Shown, shownAs } from './shown-as.ts'

const ICONS: Record<Shown, IconName> = {
  pending: 'waiting',
  accepted: 'good',
  bonus: 'star',
  payout: 'arrow-forward',
  payoutBack: 'undo',
  void: 'minus',
}

/** The ledger in the person's words, newest first; each line leads to what it was for. */
export function EarningLines({ lines }: { lines: readonly EarningLine[] }) {
  const { t } = useI18n()
  const shown = withoutSettled(lines)
  if (shown.length === 0) return null
  return (
    <section>
      <h2 class="section-title">{t('earnings.lines')}</h2>
      <ul class="lines">
        {shown.map((line) => (
          <li key={`${line.entryId}-${line.what}`}>
            <Line line={line} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What waited and was decided since is told by its decision: what still waits adds up to the sum above. */
export function withoutSettled(lines: readonly EarningLine[]): EarningLine[] {
  const settled = new Set(
    lines
      .filter(({ what }) => what === 'accepted' || what === 'void')
      .map(({ submissionId }) => submissionId),
  )
  return lines.filter(({ what, submissionId }) => what !== 'pending' || !settled.has(submissionId))
}

function Line({ line }: { line: EarningLine }) {
  const { t, money, dateTime } = useI18n()
  const localized = useLocalized()
  const { what, amountMinor, currency, submissionId } = line
  const shown = shownAs(line)
  const sign = amountMinor > 0 && what !== 'pending' ? '+' : ''
  const content = (
    <>
      <span class={`line-icon line-${shown}`}>
        <Icon name={ICONS[shown]} />
      </span>
      <span class="grow line-words">
        <span class="line-what">{t(`earnings.what.${shown}`)}</span>
        <span class="quiet" dir="auto">
          {line.campaignTitle ? localized(line.campaignTitle) : line.workspaceName}
        </span>
        <span class="quiet figure">{dateTime(line.at)}</span>
      </span>
      <bdi class="figure line-amount">
        {what === 'void' ? (
          <s>{money(Math.abs(amountMinor), currency)}</s>
        ) : (
          sign + money(amountMinor, currency)
        )}
      </bdi>
      {submissionId && <Icon name="forward" size={16} />}
    </>
  )
  return submissionId ? (
    <a class="line" href={`/work/${submissionId}`}>
      {content}
    </a>
  ) : (
    <div class="line">{content}</div>
  )
}
