import { campaignRoutes, releaseRoutes, suiteRoutes } from '@chiron/contract'
import { CommandPalette, type IconName, type PaletteCommand, useI18n, useLocalized } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useAsk } from '../data/queries.ts'
import { useMay } from './me.ts'
import { paths } from './paths.ts'

const MANY = 100
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Go to anything, start anything: Ctrl/⌘-K. A pasted id leads to what it names. */
export function Palette({ open, onOpen }: { open: boolean; onOpen: (open: boolean) => void }) {
  const [query, setQuery] = useState('')
  const things = useThings(open)
  const commands = [...useActions(), ...usePlaces(), ...things.commands]
  const byId = useById(query)
  return (
    <CommandPalette
      commands={commands}
      found={byId}
      busy={things.areComing}
      onQuery={setQuery}
      open={open}
      onOpen={onOpen}
    />
  )
}

function usePlaces(): PaletteCommand[] {
  const { t } = useI18n()
  const { route } = useLocation()
  const may = useMay()
  const places: [string, IconName, string][] = [
    ['campaigns', 'campaign', paths.campaigns],
    ['episodes', 'video', paths.episodes()],
    ['review', 'review', paths.reviews()],
    ['evaluate', 'chart', paths.evaluate()],
    ['datasets', 'dataset', paths.datasets],
    ['people', 'people', paths.people()],
    ...(may('pay.read') ? ([['pay', 'money', paths.pay()]] as [string, IconName, string][]) : []),
    ['log', 'log', paths.log()],
    ['settings', 'settings', paths.settings()],
  ]
  return places.map(([name, icon, href]) => ({
    id: `go-${name}`,
    label: t(`ways.${name}`),
    group: t('palette.go'),
    icon,
    run: () => route(href),
  }))
}

function useActions(): PaletteCommand[] {
  const { t } = useI18n()
  const { route } = useLocation()
  const may = useMay()
  const acts: [string, IconName, string, boolean][] = [
    ['newCampaign', 'plus', paths.newCampaign, may('campaign.write')],
    ['invite', 'link', paths.people({ tab: 'invites', new: '1' }), may('invite.make')],
    ['newRelease', 'dataset', `${paths.datasets}?new=1`, may('release.create')],
    ['newSuite', 'chart', paths.evaluate({ new: '1' }), may('suite.write')],
    ['fund', 'money', paths.pay({ fund: '1' }), may('pay.write')],
    ['verify', 'shield', paths.log({ verify: '1' }), true],
    ['language', 'language', paths.settings({ tab: 'you' }), true],
  ]
  return acts
    .filter(([, , , allowed]) => allowed)
    .map(([name, icon, href]) => ({
      id: `do-${name}`,
      label: t(`palette.${name}`),
      group: t('palette.do'),
      icon,
      run: () => route(href),
    }))
}

/** Campaigns, datasets and suites by name, as far as the server has answered. */
function useThings(open: boolean): { commands: PaletteCommand[]; areComing: boolean } {
  const { t } = useI18n()
  const { route } = useLocation()
  const localized = useLocalized()
  const campaigns = useAsk('campaigns', campaignRoutes.list, undefined, { enabled: open })
  const releases = useAsk('releases', releaseRoutes.list, undefined, { enabled: open })
  const suites = useAsk('suites', suiteRoutes.list, { query: { limit: MANY } }, { enabled: open })
  const commands = [
    ...(campaigns.data?.items ?? []).map((campaign) => ({
      id: campaign.id,
      label: localized(campaign.title),
      group: t('ways.campaigns'),
      icon: 'campaign' as const,
      run: () => route(paths.campaign(campaign.id)),
    })),
    ...(releases.data?.items ?? []).map((release) => ({
      id: release.id,
      label: release.name,
      group: t('ways.datasets'),
      icon: 'dataset' as const,
      run: () => route(paths.dataset(release.id)),
    })),
    ...(suites.data?.items ?? []).map((suite) => ({
      id: suite.id,
      label: suite.name,
      group: t('evaluate.suites'),
      icon: 'chart' as const,
      run: () => route(paths.suite(suite.id)),
    })),
  ]
  return { commands, areComing: [campaigns, releases, suites].some((asked) => asked.isLoading) }
}

function useById(query: string): PaletteCommand[] {
  const { t } = useI18n()
  const { route } = useLocation()
  const id = query.trim()
  if (!ID.test(id)) return []
  const leads: [string, IconName, string][] = [
    ['openEpisode', 'video', paths.episode(id)],
    ['openCampaign', 'campaign', paths.campaign(id)],
    ['openRollout', 'video', paths.rollout(id)],
    ['openLog', 'log', paths.log({ subject: id })],
  ]
  return leads.map(([name, icon, href]) => ({
    id: `${name}-${id}`,
    label: t(`palette.${name}`),
    group: t('palette.id'),
    icon,
    run: () => route(href),
  }))
}
