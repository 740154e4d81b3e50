import { type LogRow, logRoutes } from '@chiron/contract'
import { Button, type Column, Table, useI18n } from '@chiron/ui'
import { usePages } from '../../data/pages.ts'
import { actionWords, subjectWords } from '../../parts/action-words.ts'
import { countText } from '../../parts/count-text.ts'
import { FactWords } from '../../parts/FactWords.tsx'
import { useLater } from '../../parts/use-later.ts'
import { Page } from '../../shell/Page.tsx'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import { LogStatus } from './LogStatus.tsx'
import { RecordDialog } from './RecordDialog.tsx'

/** Every write ever made, in the order of the tree, each with its proof. */
export function LogScreen() {
  const i18n = useI18n()
  const { t } = i18n
  const [search, setSearch] = useQueryPart('search')
  const [subject, setSubject] = useQueryPart('subject')
  const [record, setRecord] = useQueryPart('record')
  const pages = usePages<LogRow>('log', logRoutes.list, { search: useLater(search), subjectId: subject })
  return (
    <Page title={t('ways.log')} lead={t('log.lead')} fill>
      <LogStatus />
      {pages.error ? (
        <Trouble error={pages.error} onRetry={pages.refetch} />
      ) : (
        <div class="grow">
          <Table<LogRow>
            label={t('ways.log')}
            columns={useColumns()}
            rowCount={pages.rowCount}
            rowAt={pages.rowAt}
            rowKey={({ id }) => id}
            onNeed={pages.onNeed}
            onOpen={({ id }) => setRecord(id)}
            filter={{ text: search, onText: (text) => setSearch(text || null) }}
            countText={countText(i18n, pages)}
            empty={t('log.empty')}
            pageKeys
            actions={
              subject ? (
                <Button icon="close" onClick={() => setSubject(null)}>
                  {t('log.oneThing', { id: subject.slice(-6) })}
                </Button>
              ) : undefined
            }
          />
        </div>
      )}
      {record && (
        <RecordDialog
          key={record}
          recordId={record}
          known={pages.rows.find(({ id }) => id === record)}
          onClose={() => setRecord(null)}
        />
      )}
    </Page>
  )
}

function useColumns(): Column<LogRow>[] {
  const i18n = useI18n()
  const { t, number, dateTime } = i18n
  return [
    {
      key: 'leaf',
      title: t('log.leaf'),
      width: '88px',
      numeric: true,
      cell: ({ leafIndex }) =>
        leafIndex === null ? <span class="quiet">{t('log.unsealed')}</span> : number(leafIndex),
    },
    {
      key: 'at',
      title: t('pay.at'),
      width: '200px',
      cell: ({ at }) => <span class="figure">{dateTime(at)}</span>,
    },
    {
      key: 'action',
      title: t('log.action'),
      width: '200px',
      cell: ({ action }) => <span title={action}>{actionWords(i18n, action)}</span>,
    },
    {
      key: 'actor',
      title: t('log.actor'),
      width: '150px',
      cell: ({ actor }) => actor.name ?? t(`actor.${actor.kind}`),
    },
    {
      key: 'subject',
      title: t('log.subject'),
      width: '172px',
      cell: ({ subject }) => (
        <span>
          {subjectWords(i18n, subject.kind)} <bdi class="mono">{subject.id.slice(-6)}</bdi>
        </span>
      ),
    },
    { key: 'facts', title: t('log.facts'), cell: ({ facts }) => <FactWords facts={facts} /> },
  ]
}
