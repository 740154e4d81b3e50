import '../../styles/account.css'
import type { Appeal } from '@chiron/contract'
import { Button, Icon, Tag, useI18n, useLocalized } from '@chiron/ui'
import { useAppeals, useMe } from '../../data/queries.ts'
import { Screen } from '../../shell/Screen.tsx'

const QUESTIONS = ['how', 'pay', 'returned', 'rejected', 'data', 'offline', 'camera', 'stop'] as const

/** What one may ask, and what became of one's appeals. */
export function HelpScreen() {
  const { t } = useI18n()
  const appeals = useAppeals().data?.items ?? []
  const me = useMe().data
  const teams = me?.as === 'worker' ? me.workspaces : []
  return (
    <Screen title={t('help.title')}>
      <div class="stack">
        {appeals.length > 0 && (
          <section>
            <h2 class="section-title">{t('help.appeals')}</h2>
            <ul class="stack">
              {appeals.map((appeal) => (
                <AppealCard key={appeal.id} appeal={appeal} />
              ))}
            </ul>
          </section>
        )}
        <section>
          <h2 class="section-title">{t('help.questions')}</h2>
          <div class="questions">
            {QUESTIONS.map((id) => (
              <details key={id} class="question">
                <summary>
                  {t(`help.${id}`)}
                  <Icon name="down" />
                </summary>
                <p>{t(`help.${id}Text`)}</p>
              </details>
            ))}
          </div>
        </section>
        <section class="hint">
          <p>{t('help.appealText')}</p>
          <Button size="touch" icon="flag" href="/data/decisions">
            {t('help.toDecisions')}
          </Button>
        </section>
        {teams.length > 0 && (
          <p class="quiet">{t('help.human', { teams: teams.map(({ name }) => name).join(', ') })}</p>
        )}
      </div>
    </Screen>
  )
}

const TONES = { open: 'information', upheld: 'good', dismissed: 'attention' } as const

function AppealCard({ appeal }: { appeal: Appeal }) {
  const { t, dateTime } = useI18n()
  const localized = useLocalized()
  return (
    <li class="card">
      <div class="card-body stack stack-tight">
        <div class="row row-apart">
          <h3 class="offer-title" dir="auto">
            {localized(appeal.campaignTitle)}
          </h3>
          <Tag tone={TONES[appeal.state]}>{t(`appeal.${appeal.state}`)}</Tag>
        </div>
        <p dir="auto">{appeal.text}</p>
        {appeal.state === 'open' && (
          <p class="quiet">{t('appeal.due', { date: dateTime(appeal.dueAt, 'date') })}</p>
        )}
        {appeal.answer && (
          <blockquote class="answer" dir="auto">
            {appeal.answer}
          </blockquote>
        )}
        <div>
          <Button size="touch" kind="quiet" href={`/work/${appeal.submissionId}`} iconAtEnd="forward">
            {t('data.seeDecision')}
          </Button>
        </div>
      </div>
    </li>
  )
}
