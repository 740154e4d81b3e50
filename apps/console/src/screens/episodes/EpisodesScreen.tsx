import { campaignRoutes } from '@chiron/contract'
import { Select, useI18n, useLocalized } from '@chiron/ui'
import { useAsk } from '../../data/queries.ts'
import { Page } from '../../shell/Page.tsx'
import { paths } from '../../shell/paths.ts'
import { useQueryPart } from '../../shell/use-query.ts'
import { EpisodeTable } from './EpisodeTable.tsx'

const STATES = ['arrived', 'checked', 'refused', 'accepted', 'returned', 'rejected', 'frozen', 'erased']

/** All recordings, by campaign and state. */
export function EpisodesScreen() {
  const { t } = useI18n()
  const localized = useLocalized()
  const [campaignId, setCampaign] = useQueryPart('campaignId')
  const [state, setState] = useQueryPart('state')
  const campaigns = useAsk('campaigns', campaignRoutes.list)
  const chosen = campaigns.data?.items.find(({ id }) => id === campaignId)
  const above = chosen
    ? { label: localized(chosen.title), href: paths.campaign(chosen.id) }
    : { label: t('ways.campaigns'), href: paths.campaigns }
  return (
    <Page title={t('ways.episodes')} above={above} lead={t('episodes.lead')} fill>
      <EpisodeTable
        campaignId={campaignId}
        state={state}
        pageKeys
        actions={
          <span class="table-selects">
            <Select
              value={campaignId || 'all'}
              aria-label={t('episodes.campaign')}
              onValue={(value) => setCampaign(value === 'all' ? null : value)}
              options={[
                { value: 'all', label: t('episodes.allCampaigns') },
                ...(campaigns.data?.items ?? []).map(({ id, title }) => ({
                  value: id,
                  label: localized(title),
                })),
              ]}
            />
            <Select
              value={state || 'all'}
              aria-label={t('campaigns.state')}
              onValue={(value) => setState(value === 'all' ? null : value)}
              options={[
                { value: 'all', label: t('episodes.allStates') },
                ...STATES.map((value) => ({ value, label: t(`ui.status.${value}`) })),
              ]}
            />
          </span>
        }
      />
    </Page>
  )
}
