import type { SuiteVersion } from '@chiron/contract'
import { useI18n, useLocalized } from '@chiron/ui'
import { useMemo } from 'preact/hooks'
import type { Factor } from './LevelName.tsx'

type PairGridProps = {
  rows: Factor
  columns: Factor
  content: SuiteVersion['content']
  counts: { coveredCount: number; possibleCount: number }
}

type Cell = { state: 'covered' | 'hole' | 'impossible'; count: number }

/** Two factors against each other: how many scenarios set up each pair of levels, and which pairs none does. */
export function PairGrid({ rows, columns, content, counts }: PairGridProps) {
  const { t, number } = useI18n()
  const localized = useLocalized()
  const [down, across] = [localized(rows.label), localized(columns.label)]
  const name = `${down} × ${across}`
  const cellOf = useCells(content, rows.key, columns.key)
  return (
    <figure class="pair-grid">
      <figcaption>
        <bdi>{name}</bdi> <span class="quiet figure">{t('coverage.ofPossible', counts)}</span>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus (WCAG 2.1.1) */}
      <section class="plain-scroll" aria-label={name} tabIndex={0}>
        <table aria-label={name}>
          <thead>
            <tr>
              <td />
              {columns.levels.map(({ key, label }) => (
                <th key={key} scope="col" dir="auto" title={localized(label)}>
                  <span class="clip-text">{localized(label)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.levels.map((level) => (
              <tr key={level.key}>
                <th scope="row" dir="auto" title={localized(level.label)}>
                  <span class="clip-text">{localized(level.label)}</span>
                </th>
                {columns.levels.map(({ key }) => {
                  const { state, count } = cellOf({ [rows.key]: level.key, [columns.key]: key })
                  return (
                    <td
                      key={key}
                      class={`pair-cell pair-${state}`}
                      title={t(`coverage.cell.${state}`, { n: count })}
                    >
                      <span aria-hidden="true">{state === 'covered' ? number(count) : MARKS[state]}</span>
                      <span class="visually-hidden">{t(`coverage.cell.${state}`, { n: count })}</span>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </figure>
  )
}

const MARKS = { hole: '○', impossible: '·' } as const

/** How many scenarios set up a pair of levels, counted once for all pairs. */
function useCells({ scenarios, impossible }: SuiteVersion['content'], down: string, across: string) {
  return useMemo(() => {
    const nameOf = (settings: Record<string, string>) => `${settings[down]} ${settings[across]}`
    const counts = new Map<string, number>()
    for (const { settings } of scenarios)
      counts.set(nameOf(settings), (counts.get(nameOf(settings)) ?? 0) + 1)
    return (pair: Record<string, string>): Cell => {
      const count = counts.get(nameOf(pair)) ?? 0
      if (count > 0) return { state: 'covered', count }
      const cannotBe = impossible.some((part) =>
        Object.entries(part).every(([factor, level]) => pair[factor] === level),
      )
      return { state: cannotBe ? 'impossible' : 'hole', count }
    }
  }, [scenarios, impossible, down, across])
}
