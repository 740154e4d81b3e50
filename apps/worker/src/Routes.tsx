import { CallError } from '@chiron/client'
import { useEffect } from 'preact/hooks'
import { lazy, Route, Router, useLocation } from 'preact-iso'
import { useLive } from './data/live.ts'
import { useMe } from './data/queries.ts'
import { InboxScreen } from './screens/inbox/InboxScreen.tsx'
import { NotFoundScreen } from './screens/NotFoundScreen.tsx'
import { StartSkeleton } from './shell/StartSkeleton.tsx'
import { StaleContext } from './shell/stale-context.ts'
import { TroubleScreen } from './shell/TroubleScreen.tsx'
import { useMovedLinks } from './shell/use-moved-links.ts'

const JoinScreen = lazy(async () => (await import('./screens/join/JoinScreen.tsx')).JoinScreen)
const LinkScreen = lazy(async () => (await import('./screens/join/LinkScreen.tsx')).LinkScreen)
const ComeBackScreen = lazy(async () => (await import('./screens/join/ComeBackScreen.tsx')).ComeBackScreen)
const WelcomeScreen = lazy(async () => (await import('./screens/join/WelcomeScreen.tsx')).WelcomeScreen)
const BriefScreen = lazy(async () => (await import('./screens/task/BriefScreen.tsx')).BriefScreen)
const ConsentScreen = lazy(async () => (await import('./screens/task/ConsentScreen.tsx')).ConsentScreen)
const DoScreen = lazy(async () => (await import('./screens/do/DoScreen.tsx')).DoScreen)
const SentScreen = lazy(async () => (await import('./screens/task/SentScreen.tsx')).SentScreen)
const SubmissionScreen = lazy(
  async () => (await import('./screens/task/SubmissionScreen.tsx')).SubmissionScreen,
)
const EarningsScreen = lazy(
  async () => (await import('./screens/earnings/EarningsScreen.tsx')).EarningsScreen,
)
const DataScreen = lazy(async () => (await import('./screens/data/DataScreen.tsx')).DataScreen)
const HelpScreen = lazy(async () => (await import('./screens/help/HelpScreen.tsx')).HelpScreen)
const AppealScreen = lazy(async () => (await import('./screens/help/AppealScreen.tsx')).AppealScreen)
const OutboxScreen = lazy(async () => (await import('./screens/outbox/OutboxScreen.tsx')).OutboxScreen)
const CalibrateScreen = lazy(
  async () => (await import('./screens/calibrate/CalibrateScreen.tsx')).CalibrateScreen,
)
const BoardScreen = lazy(async () => (await import('./screens/calibrate/BoardScreen.tsx')).BoardScreen)
const SettingsScreen = lazy(
  async () => (await import('./screens/settings/SettingsScreen.tsx')).SettingsScreen,
)

const PUBLIC = /^\/(join|in|come-back|board)(\/|$)/

/** Which screen an address shows. Without a session only the ways in are open. */
export function Routes() {
  const { path, route } = useLocation()
  const me = useMe()
  const isPublic = PUBLIC.test(path)
  const isOut = me.error instanceof CallError && me.error.status === 401
  useMovedLinks()
  useEffect(() => {
    if (isOut && !isPublic) route('/join', true)
  }, [isOut, isPublic])
  const live = useLive(me.data !== undefined && !isOut)
  if (!isPublic && (isOut || me.data === undefined)) {
    if (me.error !== null && !isOut)
      return <TroubleScreen error={me.error} onRetry={() => void me.refetch()} />
    return <StartSkeleton />
  }
  return (
    <StaleContext.Provider value={!live}>
      <Router>
        <Route path="/" component={InboxScreen} />
        <Route path="/join/:code?" component={JoinScreen} />
        <Route path="/in" component={LinkScreen} />
        <Route path="/come-back" component={ComeBackScreen} />
        <Route path="/welcome" component={WelcomeScreen} />
        <Route path="/task/:campaignId" component={BriefScreen} />
        <Route path="/task/:campaignId/consent" component={ConsentScreen} />
        <Route path="/do/:leaseId/:part?" component={DoScreen} />
        <Route path="/sent/:submissionId" component={SentScreen} />
        <Route path="/work/:submissionId" component={SubmissionScreen} />
        <Route path="/earnings" component={EarningsScreen} />
        <Route path="/data/:part?" component={DataScreen} />
        <Route path="/help" component={HelpScreen} />
        <Route path="/help/appeal/:submissionId" component={AppealScreen} />
        <Route path="/unsent" component={OutboxScreen} />
        <Route path="/calibrate" component={CalibrateScreen} />
        <Route path="/board" component={BoardScreen} />
        <Route path="/settings" component={SettingsScreen} />
        <Route default component={NotFoundScreen} />
      </Router>
    </StaleContext.Provider>
  )
}
