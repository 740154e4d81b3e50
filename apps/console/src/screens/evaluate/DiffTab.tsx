import { type Reply, type Suite, suiteRoutes } from '@chiron/contract'
import { Card, Icon, RelativeTime, Select, Skeleton, useI18n } from '@chiron/ui'
import { useAsk } from '../../data/queries.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import type { SuiteDetail } from './SuiteScreen.tsx'
import { SuiteState } from './SuiteState.tsx'

type SuiteDiff = Reply<typeof suiteRoutes.diff>

/** All versions, and what the one shown has more, less and otherwise than an earlier one. */
export function DiffTab({ suite, detail }: { suite: Suite; detail: SuiteDetail }) {
  const { t, number } = useI18n()
  const [asked, setFrom] = useQueryPart('from')
  const others = suite.versions.filter(({ version }) => version !== detail.version)
  const before = others.find(({ version }) => version < detail.version) ?? others[0]
  const from = asked ? Number(asked) : before?.version
  return (
    <div class="stack">
      <Versions suite={suite} />
      {from === undefined ? (
        <p class="quiet">{t('diff.onlyOne')}</p>
      ) : (
        <Card
          title={t('diff.title', { version: detail.version })}
          aside={
            <Select
              value={String(from)}
              aria-label={t('diff.against')}
              onValue={(value) => setFrom(value)}
              options={others.map(({ version, state }) => ({
                value: String(version),
                label: t(`suite.state.${state}`, { version: number(version) }),
              }))}
            />
          }
        >
          <Difference suiteId={suite.id} from={from} to={detail.version} />
        </Card>
      )}
    </div>
  )
}

function Versions({ suite: { id, versions } }: { suite: Suite }) {
  const { t, number } = useI18n()
  return (
    <div class="plain-scroll framed">
      <table class="plain-table" aria-label={t('suite.tab.versions')}>
        <thead>
          <tr>
            <th scope="col">{t('suite.version')}</th>
            <th scope="col" class="cell-numeric">
              {t('suite.scenarios')}
            </th>
            <th scope="col" class="cell-numeric">
              {t('suite.factors')}
            </th>
            <th scope="col" class="cell-numeric">
              {t('evaluate.rollouts')}
            </th>
            <th scope="col">{t('suite.frozenAt')}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((each) => (
            <tr key={each.version}>
              <td>
                <a class="row-link" href={paths.suite(id, { v: String(each.version), tab: 'versions' })}>
                  <SuiteState version={each} />
                </a>
              </td>
              <td class="cell-numeric">{number(each.scenarioCount)}</td>
              <td class="cell-numeric">{number(each.factorCount)}</td>
              <td class="cell-numeric">
                <a
                  href={paths.evaluate({ tab: 'rollouts', suiteId: id, suiteVersion: String(each.version) })}
                >
                  {number(each.rolloutCount)}
                </a>
              </td>
              <td>{each.frozenAt ? <RelativeTime at={each.frozenAt} /> : <span class="quiet">–</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Difference({ suiteId, from, to }: { suiteId: string; from: number; to: number }) {
  const { t } = useI18n()
  const diff = useAsk('suite-diff', suiteRoutes.diff, { params: { suiteId }, query: { from, to } })
  if (diff.error && !diff.data) return <Trouble error={diff.error} onRetry={() => void diff.refetch()} />
  if (!diff.data) return <Skeleton lines={4} />
  const lines = linesOf(diff.data)
  return (
    <div class="stack">
      {lines.length === 0 && <p>{t('diff.same')}</p>}
      <ul class="diff">
        {lines.map(({ part, change, name, fields }) => (
          <li key={`${part} ${change} ${name}`}>
            <Icon name={ICONS[change]} size={16} label={t(`diff.${change}`)} />
            <span>
              <span class="quiet">{t(`diff.part.${part}`)}</span> <bdi>{name}</bdi>
              {fields.length > 0 && <span class="quiet"> · {fields.join(', ')}</span>}
            </span>
          </li>
        ))}
      </ul>
      <p class="quiet">{t('diff.comparable', { n: diff.data.comparable.length })}</p>
    </div>
  )
}

const ICONS = { added: 'plus', removed: 'minus', changed: 'edit' } as const
type Line = {
  part: 'criteria' | 'factors' | 'scenarios' | 'outcomes' | 'failures'
  change: keyof typeof ICONS
  name: string
  fields: readonly string[]
}

function linesOf(diff: SuiteDiff): Line[] {
  const parts = ['factors', 'scenarios', 'outcomes', 'failures'] as const
  return [
    ...diff.criteria.map((name): Line => ({ part: 'criteria', change: 'changed', name, fields: [] })),
    ...parts.flatMap((part): Line[] => {
      const { added, removed } = diff[part]
      const changed = part === 'factors' || part === 'scenarios' ? diff[part].changed : []
      return [
        ...added.map((name): Line => ({ part, change: 'added', name, fields: [] })),
        ...removed.map((name): Line => ({ part, change: 'removed', name, fields: [] })),
        ...changed.map(({ key, fields }): Line => ({ part, change: 'changed', name: key, fields })),
      ]
    }),
  ]
}
