import { useI18n } from '../i18n/context.tsx'

type ConfusionGridProps = {
  /** Named aloud: whose answers. */
  label: string
  labels: readonly string[]
  /** `counts[true][said]`: expected, so not whole. */
  counts: readonly (readonly number[])[]
  /** Above the columns, and above the rows. */
  saidLabel: string
  trueLabel: string
}

/** What somebody said when which was true: each row adds up to all cases of it; darker is more often. */
export function ConfusionGrid({ label, labels, counts, saidLabel, trueLabel }: ConfusionGridProps) {
  const { percent, number, direction, t } = useI18n()
  return (
    // Where it is wider than the screen it scrolls, with the keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus (WCAG 2.1.1)
    <section class="confusion-scroll" aria-label={label} tabIndex={0}>
      <table class="confusion">
        <caption class="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col" class="quiet">
              {trueLabel} ↓ {saidLabel} {direction === 'rtl' ? '←' : '→'}
            </th>
            {labels.map((said) => (
              <th key={said} scope="col">
                {said}
              </th>
            ))}
            <th scope="col" class="quiet">
              {t('ui.chart.nHead')}
            </th>
          </tr>
        </thead>
        <tbody>
          {labels.map((truth, row) => {
            const cells = counts[row] ?? []
            const total = cells.reduce((sum, count) => sum + count, 0)
            return (
              <tr key={truth}>
                <th scope="row">{truth}</th>
                {labels.map((said, at) => {
                  const isKnown = total >= 0.5
                  const share = isKnown ? (cells[at] ?? 0) / total : 0
                  return (
                    <td key={said} class={at === row ? 'confusion-cell confusion-right' : 'confusion-cell'}>
                      <span class="confusion-fill" style={{ opacity: share * 0.55 }} aria-hidden="true" />
                      <span class="figure confusion-share">{isKnown ? percent(share) : '–'}</span>
                    </td>
                  )
                })}
                <td class="figure quiet">{number(Math.round(total))}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
