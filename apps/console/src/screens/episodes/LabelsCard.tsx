import type { EpisodeDetail } from '@chiron/contract'
import type { ChooseConfig } from '@chiron/core/kinds'
import { Card, Skeleton, useI18n } from '@chiron/ui'
import { type GivenAnswer, Show } from '@chiron/ui/choose'
import { useMemo } from 'preact/hooks'
import { useTermName, useVocabulary } from '../../parts/term-name.ts'
import { type Labelled, useQuestions } from './use-questions.ts'

type LabelsCardProps = {
  episode: Labelled
  onMoment?: ((momentMs: number) => void) | undefined
}

/** Who said what, question by question. */
export function LabelsCard({ episode, onMoment }: LabelsCardProps) {
  const { t } = useI18n()
  const { terms, isComing } = useVocabulary()
  const { labels } = episode
  const { config, isKnown } = useQuestions(episode)
  const answers = useMemo(
    () =>
      labels.map(
        ({ submissionId, workerPseudonym, choices, momentMs, note }): GivenAnswer => ({
          id: submissionId,
          who: workerPseudonym,
          answer: { choices, ...(momentMs === null ? {} : { momentMs }), ...(note === null ? {} : { note }) },
        }),
      ),
    [labels],
  )
  return (
    <Card
      title={t('labels.title')}
      aside={<span class="quiet figure">{t('ui.choose.answers', { n: labels.length })}</span>}
    >
      {labels.length === 0 ? (
        <p class="quiet">{t('labels.none')}</p>
      ) : isComing || !isKnown ? (
        // Ids that become words a moment later would only startle.
        <Skeleton lines={4} />
      ) : (
        <div class="stack">
          <Show config={config} terms={terms} answers={answers} {...(onMoment ? { onMoment } : {})} />
          <WhoSaidWhat labels={labels} config={config} />
        </div>
      )}
    </Card>
  )
}

type WhoSaidWhatProps = { labels: EpisodeDetail['labels']; config: ChooseConfig }

function WhoSaidWhat({ labels, config }: WhoSaidWhatProps) {
  const { t, relativeTime } = useI18n()
  const nameOf = useTermName()
  return (
    <details>
      <summary>{t('labels.each')}</summary>
      <ul class="label-list">
        {labels.map(({ submissionId, workerPseudonym, choices, createdAt }) => (
          <li key={submissionId}>
            <strong>{workerPseudonym}</strong>{' '}
            <span>
              {config.questions
                .flatMap(({ id }) => choices[id] ?? [])
                .map(nameOf)
                .join(', ')}
            </span>{' '}
            <span class="quiet">{relativeTime(createdAt, Date.now())}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
