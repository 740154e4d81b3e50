import type { EpisodeDetail } from '@chiron/contract'
import { Card, Timeline, useI18n } from '@chiron/ui'
import { actionIcon, actionTone, actionWords } from '../../parts/action-words.ts'
import { FactWords } from '../../parts/FactWords.tsx'
import { paths } from '../../shell/paths.ts'

/** Its life from consent to release, each step as the log has it, with the way to its proof. */
export function ProvenanceCard({ episode }: { episode: EpisodeDetail }) {
  const i18n = useI18n()
  const { t, number } = i18n
  return (
    <Card title={t('provenance.title')}>
      <Timeline
        label={t('provenance.title')}
        entries={episode.provenance.map(
          ({ recordId, at, action, actorKind, actorName, facts, leafIndex }) => ({
            id: recordId,
            at,
            title: actionWords(i18n, action),
            icon: actionIcon(action),
            tone: actionTone(action),
            who: actorName ?? t(`actor.${actorKind}`),
            detail: (
              <>
                <FactWords facts={facts} />
                <a class="proof-link" href={paths.log({ record: recordId })}>
                  {leafIndex === null
                    ? t('provenance.unsealed')
                    : t('provenance.leaf', { n: number(leafIndex) })}
                </a>
              </>
            ),
          }),
        )}
      />
    </Card>
  )
}
