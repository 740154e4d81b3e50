import { type JudgedTask, type Judgement, qualityRoutes } from '@chiron/contract'
import { Button, type Column, EmptyState, Select, Status, Table, Tabs, useI18n } from '@chiron/ui'
import { client } from '../../data/client.ts'
import { usePages } from '../../data/pages.ts'
import { useAct } from '../../data/use-act.ts'
import { countText } from '../../parts/count-text.ts'
import { useTermName } from '../../parts/term-name.ts'
import { useMay } from '../../shell/me.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import { shortId } from '../episodes/EpisodeTable.tsx'

const SHOWN = ['all', 'open', 'settled', 'known', 'gold'] as const

/** The questions behind the figures; here a member states what is true. */
export function QuestionsTable({ judgement }: { judgement: Judgement }) {
  const i18n = useI18n()
  const { t } = i18n
  const { campaignId } = judgement
  const [part, setShow] = useQueryPart('show')
  const show = SHOWN.find((each) => each === part) ?? 'all'
  const pages = usePages<JudgedTask>('judgement', qualityRoutes.judgedTasks, { show }, { campaignId })
  const state = useAct(
    ({ taskId, label }: { taskId: string; label: string }) =>
      client.call(qualityRoutes.stateAnswer, { params: { campaignId, taskId }, body: { label } }),
    ['judgement', 'campaign', 'episode'],
  )
  const retire = useAct(
    (taskId: string) => client.call(qualityRoutes.retireGold, { params: { campaignId, taskId } }),
    ['judgement'],
  )
  const columns = useColumns(judgement, {
    onState: (taskId, label) => void state.run({ taskId, label }),
    onRetire: (taskId) => void retire.run(taskId),
  })
  return (
    <section class="stack stack-tight page-section" aria-labelledby="questions">
      <h2 class="section-title" id="questions">
        {t('judgement.questions')}
      </h2>
      <p class="quiet">{t('judgement.questionsLead')}</p>
      {state.error && <Trouble error={state.error} />}
      {retire.error && <Trouble error={retire.error} />}
      <Tabs
        label={t('judgement.questions')}
        current={show}
        onTab={(id) => setShow(id === 'all' ? null : id)}
        tabs={SHOWN.map((id) => ({ id, label: t(`judgement.show.${id}`) }))}
      >
        {pages.error ? (
          <Trouble error={pages.error} onRetry={pages.refetch} />
        ) : (
          <Table<JudgedTask>
            label={t('judgement.questions')}
            height="440px"
            columns={columns}
            rowCount={pages.rowCount}
            rowAt={pages.rowAt}
            rowKey={({ taskId }) => taskId}
            onNeed={pages.onNeed}
            countText={countText(i18n, pages)}
            empty={
              <EmptyState title={t(`judgement.empty.${show}`)}>
                <p>{t(`judgement.emptyText.${show}`)}</p>
              </EmptyState>
            }
          />
        )}
      </Tabs>
    </section>
  )
}

type Acts = { onState: (taskId: string, label: string) => void; onRetire: (taskId: string) => void }

function useColumns({ labels }: Judgement, { onState, onRetire }: Acts): Column<JudgedTask>[] {
  const { t, percent, number } = useI18n()
  const nameOf = useTermName()
  const may = useMay()
  return [
    {
      key: 'question',
      title: t('judgement.question'),
      width: '170px',
      cell: (row) =>
        row.episodeId ? (
          <a href={paths.episode(row.episodeId)}>{t('episodes.name', { id: shortId(row.episodeId) })}</a>
        ) : (
          shortId(row.taskId)
        ),
    },
    {
      key: 'state',
      title: t('campaigns.state'),
      width: '130px',
      cell: (row) => <Status name={row.state === 'stopped' ? 'closed' : row.state} />,
    },
    {
      key: 'leading',
      title: t('judgement.leading'),
      cell: (row) =>
        row.leading === null ? (
          <span class="quiet">–</span>
        ) : (
          <span>
            {nameOf(row.leading)}{' '}
            <span class="quiet figure">
              {percent(row.leadingProbability ?? 0)} · {t('ui.choose.answers', { n: row.answerCount })}
            </span>
          </span>
        ),
    },
    {
      key: 'gold',
      title: t('judgement.asGold'),
      width: '190px',
      numeric: true,
      cell: (row) => {
        if (row.goldUseCount === null) return <span class="quiet">–</span>
        if (row.isGoldRetired || !may('gold.retire'))
          return (
            <span title={row.isGoldRetired ? t('judgement.retired') : undefined}>
              {number(row.goldUseCount)}
            </span>
          )
        return (
          <span class="row">
            {number(row.goldUseCount)}
            <Button
              kind="quiet"
              aria-label={t('judgement.retireOf', { id: shortId(row.episodeId ?? row.taskId) })}
              onClick={() => onRetire(row.taskId)}
            >
              {t('judgement.retire')}
            </Button>
          </span>
        )
      },
    },
    {
      key: 'known',
      title: t('judgement.truth'),
      width: '220px',
      cell: (row) =>
        may('gold.state') && row.state !== 'stopped' ? (
          <Select
            aria-label={t('judgement.stateOf', { id: shortId(row.episodeId ?? row.taskId) })}
            value={row.knownLabel ?? ''}
            placeholder={t('judgement.stateIt')}
            options={labels.map((label) => ({ value: label, label: nameOf(label) }))}
            onValue={(label) => onState(row.taskId, label)}
          />
        ) : row.knownLabel ? (
          nameOf(row.knownLabel)
        ) : (
          <span class="quiet">–</span>
        ),
    },
  ]
}
