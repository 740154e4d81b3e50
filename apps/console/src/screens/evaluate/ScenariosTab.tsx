import type { SuiteVersion } from '@chiron/contract'
import { Card, Table, useI18n, useLocalized } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { paths } from '../../shell/paths.ts'
import { fold } from '../campaigns/fold.ts'
import { LevelName } from './LevelName.tsx'
import type { SuiteDetail } from './SuiteScreen.tsx'

type Scenario = SuiteVersion['content']['scenarios'][number]
const HEIGHT = '480px'

/** Every situation with its instruction and a level for each factor; and the factors themselves. */
export function ScenariosTab({ detail }: { detail: SuiteDetail }) {
  const { t } = useI18n()
  return (
    <div class="stack">
      <ScenarioTable detail={detail} />
      <section class="stack stack-tight">
        <h2 class="section-title">{t('suite.factorsTitle')}</h2>
        <Factors detail={detail} />
      </section>
    </div>
  )
}

function ScenarioTable({ detail }: { detail: SuiteDetail }) {
  const { t } = useI18n()
  const localized = useLocalized()
  const [filter, setFilter] = useState('')
  const { suiteId, version, content, state } = detail
  const textOf = ({ key, instruction, settings }: Scenario) =>
    fold([key, localized(instruction), ...Object.values(settings)].join(' '))
  const shown = content.scenarios.filter((each) => textOf(each).includes(fold(filter)))
  const rolloutsOf = (scenarioKey: string) =>
    paths.evaluate({ tab: 'rollouts', suiteId, suiteVersion: String(version), scenarioKey })
  return (
    <Table<Scenario>
      label={t('suite.scenarios')}
      height={shown.length > 10 ? HEIGHT : 'auto'}
      rowCount={shown.length}
      rowAt={(index) => shown[index]}
      rowKey={({ key }) => key}
      filter={{ text: filter, onText: setFilter }}
      empty={t('suite.noScenarios')}
      columns={[
        {
          key: 'key',
          title: t('suite.scenario'),
          width: '200px',
          cell: ({ key }) => (state === 'frozen' ? <a href={rolloutsOf(key)}>{key}</a> : <bdi>{key}</bdi>),
        },
        {
          key: 'instruction',
          title: t('suite.instruction'),
          cell: ({ instruction, note }) => (
            <span dir="auto" title={note ?? localized(instruction)}>
              {localized(instruction)}
            </span>
          ),
        },
        ...content.factors.map((factor) => ({
          key: `factor ${factor.key}`,
          title: localized(factor.label),
          width: '130px',
          cell: ({ settings }: Scenario) => <LevelName factor={factor} levelKey={settings[factor.key]} />,
        })),
      ]}
    />
  )
}

function Factors({ detail: { content } }: { detail: SuiteDetail }) {
  const { t } = useI18n()
  const localized = useLocalized()
  if (content.factors.length === 0) return <p class="quiet">{t('suite.noFactors')}</p>
  return (
    <div class="factor-cards">
      {content.factors.map((factor) => (
        <Card
          key={factor.key}
          title={<span dir="auto">{localized(factor.label)}</span>}
          aside={<span class="quiet">{t(`suite.factorKind.${factor.kind}`)}</span>}
        >
          <ul class="levels">
            {factor.levels.map((level) => (
              <li key={level.key} class="tag tag-neutral" dir="auto" title={level.key}>
                {localized(level.label)}
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </div>
  )
}
