import { type Reply, suiteRoutes } from '@chiron/contract'
import { Card, Meter, Select, Skeleton, Tag, useI18n, useLocalized } from '@chiron/ui'
import { useAsk } from '../../data/queries.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import { PairGrid } from './PairGrid.tsx'
import { SettingsWords } from './SettingsWords.tsx'
import type { SuiteDetail } from './SuiteScreen.tsx'

type Coverage = Reply<typeof suiteRoutes.coverage>
const STRENGTHS = [1, 2, 3, 4] as const
/** Cells drawn at most: a suite of twelve factors has sixty-six pairs of them. */
const MOST_CELLS = 3000

/** Which combinations of levels the scenarios set up: as a picture, in figures, and the holes by name. */
export function CoverageTab({ detail }: { detail: SuiteDetail }) {
  const { t, number, percent } = useI18n()
  const [asked, setStrength] = useQueryPart('strength')
  const { suiteId, version, content } = detail
  const strength = Number(asked) || 2
  const coverage = useAsk('coverage', suiteRoutes.coverage, {
    params: { suiteId, version },
    query: { strength },
  })
  if (content.factors.length === 0) return <p class="quiet">{t('suite.noFactors')}</p>
  if (coverage.error && !coverage.data)
    return <Trouble error={coverage.error} onRetry={() => void coverage.refetch()} />
  if (!coverage.data) return <Skeleton lines={6} />
  const { coveredCount, possibleCount } = coverage.data
  return (
    <div class="stack">
      <div class="row">
        <span class="table-selects">
          <Select
            value={String(Math.min(strength, content.factors.length))}
            aria-label={t('coverage.strength')}
            onValue={(value) => setStrength(value === '2' ? null : value)}
            options={STRENGTHS.map((each) => ({
              value: String(each),
              label: t('coverage.strengthOf', { n: each }),
              disabled: each > content.factors.length,
            }))}
          />
        </span>
      </div>
      <Meter
        label={t('coverage.covered', { covered: number(coveredCount), possible: number(possibleCount) })}
        ratio={shareOf(coverage.data)}
        valueText={percent(shareOf(coverage.data))}
        tone={coveredCount === possibleCount ? 'good' : 'attention'}
      />
      {coverage.data.strength === 2 ? (
        <Pairs detail={detail} coverage={coverage.data} />
      ) : (
        <ByFactors coverage={coverage.data} detail={detail} />
      )}
      <Holes detail={detail} coverage={coverage.data} />
    </div>
  )
}

const shareOf = (of: { coveredCount: number; possibleCount: number }): number =>
  of.possibleCount === 0 ? 1 : of.coveredCount / of.possibleCount

type PartProps = { detail: SuiteDetail; coverage: Coverage }

function Pairs({ detail: { content }, coverage: { byFactors } }: PartProps) {
  const { t } = useI18n()
  // Pairs with most holes first: they are what there is to do.
  const pairs = [...byFactors]
    .sort((a, b) => b.possibleCount - b.coveredCount - (a.possibleCount - a.coveredCount))
    .flatMap(({ factors: [down, across], ...counts }) => {
      const rows = content.factors.find(({ key }) => key === down)
      const columns = content.factors.find(({ key }) => key === across)
      return rows && columns ? [{ rows, columns, counts }] : []
    })
  let cells = 0
  const shown = pairs.filter(({ rows, columns }, at) => {
    cells += rows.levels.length * columns.levels.length
    return at === 0 || cells <= MOST_CELLS
  })
  return (
    <section class="stack stack-tight" aria-label={t('coverage.picture')}>
      <p class="quiet">{t('coverage.key')}</p>
      <div class="pair-grids">
        {shown.map((pair) => (
          <PairGrid key={`${pair.rows.key} ${pair.columns.key}`} {...pair} content={content} />
        ))}
      </div>
      {pairs.length > shown.length && (
        <p class="quiet">{t('coverage.morePairs', { n: pairs.length - shown.length })}</p>
      )}
    </section>
  )
}

function ByFactors({ detail, coverage: { byFactors } }: PartProps) {
  const localized = useLocalized()
  const nameOf = (factorKey: string) => {
    const factor = detail.content.factors.find(({ key }) => key === factorKey)
    return factor ? localized(factor.label) : factorKey
  }
  const { t, number, percent } = useI18n()
  return (
    <Card title={t('coverage.byFactors')}>
      <ul class="coverage-groups">
        {byFactors.map((group) => (
          <li key={group.factors.join(' ')}>
            <Meter
              label={group.factors.map(nameOf).join(' × ')}
              ratio={shareOf(group)}
              valueText={`${number(group.coveredCount)} / ${number(group.possibleCount)} · ${percent(shareOf(group))}`}
              tone={group.coveredCount === group.possibleCount ? 'good' : 'attention'}
            />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Holes({ detail, coverage: { holes, holeCount, proposed } }: PartProps) {
  const { t } = useI18n()
  if (holeCount === 0)
    return (
      <p>
        <Tag tone="good">{t('coverage.noHoles')}</Tag>
      </p>
    )
  return (
    <div class="columns columns-even">
      <Card title={t('coverage.holes', { n: holeCount })}>
        <ul class="hole-list">
          {holes.map((settings) => (
            <li key={JSON.stringify(settings)}>
              <SettingsWords settings={settings} factors={detail.content.factors} />
            </li>
          ))}
        </ul>
        {holeCount > holes.length && (
          <p class="quiet">{t('coverage.moreHoles', { n: holeCount - holes.length })}</p>
        )}
      </Card>
      <Card title={t('coverage.proposed', { n: proposed.length })}>
        <p class="quiet hole-words">{t('coverage.proposedWords')}</p>
        <ol class="hole-list">
          {proposed.map((settings) => (
            <li key={JSON.stringify(settings)}>
              <SettingsWords settings={settings} factors={detail.content.factors} />
            </li>
          ))}
        </ol>
      </Card>
    </div>
  )
}
