import { campaignRoutes, type EpisodeDetail } from '@chiron/contract'
import { type ChooseConfig, type OutcomeConfig, outcomeQuestions } from '@chiron/core/kinds'
import { useMemo } from 'preact/hooks'
import { useAsk } from '../../data/queries.ts'

export type Labelled = Pick<EpisodeDetail, 'campaignId' | 'labels'>

/** The questions that were asked: those of the campaign about this one's recordings, else as the answers name them. */
export function useQuestions({ campaignId, labels }: Labelled): { config: ChooseConfig; isKnown: boolean } {
  const campaigns = useAsk('campaigns', campaignRoutes.list)
  const config = useMemo(() => {
    const asking = campaigns.data?.items.find(
      ({ kind, sourceCampaignId, id }) =>
        kind === 'choose' && (sourceCampaignId === campaignId || id === campaignId),
    )
    if (asking) return asking.config as ChooseConfig
    const judging = campaigns.data?.items.find(({ kind, id }) => kind === 'outcome' && id === campaignId)
    if (judging) return outcomeQuestions(judging.config as OutcomeConfig)
    const ids = [...new Set(labels.flatMap(({ choices }) => Object.keys(choices)))].sort()
    return {
      verdictQuestion: ids[0] ?? '',
      questions: ids.map((id) => ({
        id,
        prompt: { en: id },
        termKind: 'outcome' as const,
        termIds: [...new Set(labels.flatMap(({ choices }) => choices[id] ?? []))].sort(),
        required: true,
      })),
    }
  }, [campaigns.data, campaignId, labels])
  return { config, isKnown: !campaigns.isLoading }
}
