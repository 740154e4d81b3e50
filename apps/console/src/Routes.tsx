import { CallError } from '@chiron/client'
import { useEffect } from 'preact/hooks'
import { lazy, Route, Router, useLocation } from 'preact-iso'
import { useLive } from './data/live.ts'
import { useMe } from './data/queries.ts'
import { CampaignsScreen } from './screens/campaigns/CampaignsScreen.tsx'
import { NotFoundScreen } from './screens/NotFoundScreen.tsx'
import { LinkScreen } from './screens/sign-in/LinkScreen.tsx'
import { SignInScreen } from './screens/sign-in/SignInScreen.tsx'
import { MeContext } from './shell/me.ts'
import { firstPath, paths } from './shell/paths.ts'
import { Shell } from './shell/Shell.tsx'
import { StartScreen } from './shell/StartScreen.tsx'

const NewCampaignScreen = lazy(
  async () => (await import('./screens/campaigns/NewCampaignScreen.tsx')).NewCampaignScreen,
)
const DraftScreen = lazy(async () => (await import('./screens/campaigns/DraftScreen.tsx')).DraftScreen)
const CampaignScreen = lazy(
  async () => (await import('./screens/campaigns/CampaignScreen.tsx')).CampaignScreen,
)
const JudgementScreen = lazy(
  async () => (await import('./screens/judgement/JudgementScreen.tsx')).JudgementScreen,
)
const EpisodesScreen = lazy(
  async () => (await import('./screens/episodes/EpisodesScreen.tsx')).EpisodesScreen,
)
const EpisodeScreen = lazy(async () => (await import('./screens/episodes/EpisodeScreen.tsx')).EpisodeScreen)
const ReviewScreen = lazy(async () => (await import('./screens/review/ReviewScreen.tsx')).ReviewScreen)
const DatasetsScreen = lazy(
  async () => (await import('./screens/datasets/DatasetsScreen.tsx')).DatasetsScreen,
)
const DatasetScreen = lazy(async () => (await import('./screens/datasets/DatasetScreen.tsx')).DatasetScreen)
const EvaluateScreen = lazy(
  async () => (await import('./screens/evaluate/EvaluateScreen.tsx')).EvaluateScreen,
)
const SuiteScreen = lazy(async () => (await import('./screens/evaluate/SuiteScreen.tsx')).SuiteScreen)
const PolicyScreen = lazy(async () => (await import('./screens/evaluate/PolicyScreen.tsx')).PolicyScreen)
const RolloutScreen = lazy(async () => (await import('./screens/evaluate/RolloutScreen.tsx')).RolloutScreen)
const PeopleScreen = lazy(async () => (await import('./screens/people/PeopleScreen.tsx')).PeopleScreen)
const PayScreen = lazy(async () => (await import('./screens/pay/PayScreen.tsx')).PayScreen)
const LogScreen = lazy(async () => (await import('./screens/log/LogScreen.tsx')).LogScreen)
const SettingsScreen = lazy(
  async () => (await import('./screens/settings/SettingsScreen.tsx')).SettingsScreen,
)

const OUTSIDE: readonly string[] = [paths.link, paths.signIn]

/** Which screen an address shows. Without a session only the ways in are open. */
export function Routes() {
  const { path, route } = useLocation()
  const me = useMe()
  const isOutside = OUTSIDE.includes(path)
  const isOut = (me.error instanceof CallError && me.error.status === 401) || me.data?.as === 'worker'
  useEffect(() => {
    if (isOut && !isOutside) route(paths.signIn, true)
    // The link's own screen goes on by itself, once its token is used.
    if (me.data?.as === 'member' && path === paths.signIn) route(firstPath(me.data.role), true)
  }, [isOut, isOutside, me.data, path])
  const member = me.data?.as === 'member' ? me.data : null
  const live = useLive(member !== null && !isOut)
  if (path === paths.link) return <LinkScreen />
  if (path === paths.signIn) return <SignInScreen />
  if (!member || isOut)
    return <StartScreen error={isOut ? null : me.error} onRetry={() => void me.refetch()} />
  return (
    <MeContext.Provider value={member}>
      <Shell live={live}>
        <Router>
          <Route path="/console" component={CampaignsScreen} />
          <Route path="/console/campaigns" component={CampaignsScreen} />
          <Route path="/console/campaigns/new" component={NewCampaignScreen} />
          <Route path="/console/campaigns/new/:templateId" component={DraftScreen} />
          <Route path="/console/campaigns/:campaignId" component={CampaignScreen} />
          <Route path="/console/campaigns/:campaignId/edit" component={DraftScreen} />
          <Route path="/console/campaigns/:campaignId/judgement" component={JudgementScreen} />
          <Route path="/console/episodes" component={EpisodesScreen} />
          <Route path="/console/episodes/:episodeId" component={EpisodeScreen} />
          <Route path="/console/review/:reviewId?" component={ReviewScreen} />
          <Route path="/console/evaluate" component={EvaluateScreen} />
          <Route path="/console/evaluate/suites/:suiteId" component={SuiteScreen} />
          <Route path="/console/evaluate/policies/:policyId" component={PolicyScreen} />
          <Route path="/console/evaluate/rollouts/:rolloutId" component={RolloutScreen} />
          <Route path="/console/datasets" component={DatasetsScreen} />
          <Route path="/console/datasets/:releaseId" component={DatasetScreen} />
          <Route path="/console/people" component={PeopleScreen} />
          <Route path="/console/pay" component={PayScreen} />
          <Route path="/console/log" component={LogScreen} />
          <Route path="/console/settings" component={SettingsScreen} />
          <Route default component={NotFoundScreen} />
        </Router>
      </Shell>
    </MeContext.Provider>
  )
}
