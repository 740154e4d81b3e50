import { type Validity, validityRoutes } from '@chiron/contract'
import { Card, EmptyState, Select, Skeleton, useI18n } from '@chiron/ui'
import { ScatterPlot } from '@chiron/ui/charts'
import { useAsk } from '../../data/queries.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import { DeploymentCommands } from './DeploymentCommands.tsx'
import type { SuiteDetail } from './SuiteScreen.tsx'
import { ValidityFigures } from './ValidityFigures.tsx'
import { ValidityOverTime } from './ValidityOverTime.tsx'
import { versionName } from './version-name.ts'

const ALL = ''
const SHARES = { min: 0, max: 1 }

/** Whether the benchmark foretells use: its figures against outcomes reported from deployments. */
export function ValidityTab({ detail: { suiteId, version, state } }: { detail: SuiteDetail }) {
  const { t } = useI18n()
  const [world] = useQueryPart('world')
  const [by] = useQueryPart('by')
  const [task] = useQueryPart('task')
  const query = {
    world: world === 'sim' ? ('sim' as const) : ('real' as const),
    by: by === 'strength' ? ('strength' as const) : ('success' as const),
    ...(task ? { task } : {}),
  }
  const input = { params: { suiteId, version }, query }
  const validity = useAsk('validity', validityRoutes.read, input, { enabled: state === 'frozen' })
  if (state === 'draft') return <p class="quiet prose">{t('validity.draft')}</p>
  if (validity.error && !validity.data)
    return <Trouble error={validity.error} onRetry={() => void validity.refetch()} />
  if (!validity.data) return <Skeleton lines={8} />
  return (
    <div class="stack">
      <p class="quiet prose">{t('validity.words')}</p>
      <ValidityChoices validity={validity.data} />
      <Found validity={validity.data} />
    </div>
  )
}

function ValidityChoices({ validity }: { validity: Validity }) {
  const { t } = useI18n()
  const [, setWorld] = useQueryPart('world')
  const [, setBy] = useQueryPart('by')
  const [, setTask] = useQueryPart('task')
  return (
    <span class="table-selects">
      <Select
        value={validity.by}
        aria-label={t('validity.by')}
        onValue={(value) => setBy(value === 'success' ? null : value)}
        options={(['success', 'strength'] as const).map((value) => ({
          value,
          label: t(`validity.by.${value}`),
        }))}
      />
      <Select
        value={validity.world}
        aria-label={t('rollout.world')}
        onValue={(value) => setWorld(value === 'real' ? null : value)}
        options={(['real', 'sim'] as const).map((value) => ({ value, label: t(`rollout.world.${value}`) }))}
      />
      {validity.tasks.length > 1 && (
        <Select
          value={validity.task ?? ALL}
          aria-label={t('validity.task')}
          onValue={(value) => setTask(value || null)}
          options={[
            { value: ALL, label: t('validity.allTasks') },
            ...validity.tasks.map((value) => ({ value, label: value })),
          ]}
        />
      )}
    </span>
  )
}

function Found({ validity }: { validity: Validity }) {
  const { t } = useI18n()
  const { items, onlyMeasuredCount, onlyUsedCount } = validity
  if (items.length === 0)
    return (
      <EmptyState
        icon="chart"
        title={t(onlyUsedCount > 0 ? 'validity.noneBoth' : 'validity.none')}
        action={<DeploymentCommands />}
      >
        <p>{t('validity.noneText')}</p>
        {onlyUsedCount > 0 && <p>{t('validity.onlyUsed', { n: onlyUsedCount })}</p>}
      </EmptyState>
    )
  return (
    <>
      <div class="columns columns-even">
        <Scatter validity={validity} />
        <ValidityFigures validity={validity} />
      </div>
      <ValidityOverTime validity={validity} />
      <Versions validity={validity} />
      {onlyMeasuredCount + onlyUsedCount > 0 && (
        <p class="quiet prose">
          {onlyMeasuredCount > 0 && t('validity.onlyMeasured', { n: onlyMeasuredCount })}{' '}
          {onlyUsedCount > 0 && t('validity.onlyUsed', { n: onlyUsedCount })}
        </p>
      )}
      <DeploymentCommands />
    </>
  )
}

function Scatter({ validity: { items, by } }: { validity: Validity }) {
  const { t } = useI18n()
  const reach = Math.ceil(Math.max(1, ...items.map(({ benchmark }) => Math.abs(benchmark.value)))) + 1
  return (
    <Card title={t('validity.scatter')}>
      <ScatterPlot
        label={t('validity.scatter')}
        xLabel={t(`validity.by.${by}`)}
        yLabel={t('validity.inUse')}
        xAxis={by === 'success' ? SHARES : { min: -reach, max: reach }}
        yAxis={SHARES}
        xFormat={by === 'success' ? 'percent' : 'number'}
        points={items.map((item) => ({
          id: item.policyVersionId,
          label: versionName(item),
          x: item.benchmark,
          y: item.inUse,
        }))}
      />
    </Card>
  )
}

/** The points of the picture by their numbers, as figures; each leads to the rollouts behind it. */
function Versions({ validity }: { validity: Validity }) {
  const { t, number, percent } = useI18n()
  const { items, by, suiteId, suiteVersion, world } = validity
  const write = (value: number) =>
    by === 'success' ? percent(value) : number(value, { maximumFractionDigits: 2 })
  return (
    <Card title={t('validity.versions')} flush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus (WCAG 2.1.1) */}
      <section class="plain-scroll" aria-label={t('validity.versions')} tabIndex={0}>
        <table class="plain-table" aria-label={t('validity.versions')}>
          <thead>
            <tr>
              <th scope="col" class="cell-numeric">
                {t('validity.number')}
              </th>
              <th scope="col">{t('policy.version')}</th>
              <th scope="col">{t(`validity.by.${by}`)}</th>
              <th scope="col">{t('validity.inUse')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ benchmark, inUse, ...item }, at) => (
              <tr key={item.policyVersionId}>
                <td class="cell-numeric">{number(at + 1)}</td>
                <td>
                  <a
                    class="row-link"
                    dir="auto"
                    href={paths.evaluate({
                      tab: 'rollouts',
                      suiteId,
                      suiteVersion: String(suiteVersion),
                      world,
                      policyId: item.policyId,
                      policyVersionId: item.policyVersionId,
                    })}
                  >
                    {versionName(item)}
                  </a>
                </td>
                <td class="figure">
                  <bdi>{write(benchmark.value)}</bdi>{' '}
                  <span class="quiet">
                    {t('evaluate.between', {
                      low: write(benchmark.low),
                      high: write(benchmark.high),
                      n: benchmark.n,
                    })}
                  </span>
                </td>
                <td class="figure">
                  <bdi>{percent(inUse.value)}</bdi>{' '}
                  <span class="quiet">
                    {t('evaluate.between', {
                      low: percent(inUse.low),
                      high: percent(inUse.high),
                      n: inUse.n,
                    })}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  )
}
