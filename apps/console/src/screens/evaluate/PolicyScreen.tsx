import { type PolicyVersion, policyRoutes, type Reply } from '@chiron/contract'
import { wilsonShare } from '@chiron/core/quality'
import { Button, Card, CopyText, RelativeTime, useI18n } from '@chiron/ui'
import { DotPlot } from '@chiron/ui/charts'
import '@chiron/ui/player.css'
import { useAsk } from '../../data/queries.ts'
import { LoadingPage, Page } from '../../shell/Page.tsx'
import { paths } from '../../shell/paths.ts'

type PolicyDetail = Reply<typeof policyRoutes.read>
const SHARES = { min: 0, max: 1 }

/** One policy: its versions side by side, and the way to the rollouts behind each figure. */
export function PolicyScreen({ policyId }: { policyId: string }) {
  const { t } = useI18n()
  const policy = useAsk('policy', policyRoutes.read, { params: { policyId } })
  const above = { label: t('evaluate.policies'), href: paths.evaluate({ tab: 'policies' }) }
  if (!policy.data)
    return <LoadingPage above={above} error={policy.error} onRetry={() => void policy.refetch()} />
  const rollouts = paths.evaluate({ tab: 'rollouts', policyId })
  return (
    <Page
      title={policy.data.name}
      above={above}
      aside={<CopyText text={policyId} shown={t('evaluate.copyId')} />}
      actions={
        <Button icon="video" href={rollouts}>
          {t('policy.itsRollouts', { n: policy.data.rolloutCount })}
        </Button>
      }
    >
      <div class="stack">
        <SuccessByVersion policy={policy.data} />
        <Versions policy={policy.data} />
      </div>
    </Page>
  )
}

/** Raw shares: what was run differs from version to version, so they rank nothing by themselves. */
function SuccessByVersion({ policy: { id, versions } }: { policy: PolicyDetail }) {
  const { t } = useI18n()
  return (
    <Card title={t('policy.successTitle')}>
      <div class="stack">
        <DotPlot
          label={t('policy.successTitle')}
          axis={SHARES}
          rows={versions.map(({ id: policyVersionId, label, successCount, failureCount }) => ({
            id: policyVersionId,
            label,
            measured: wilsonShare(successCount, successCount + failureCount),
            href: paths.evaluate({ tab: 'rollouts', policyId: id, policyVersionId }),
          }))}
        />
        <p class="quiet">{t('policy.successWords')}</p>
      </div>
    </Card>
  )
}

function Versions({ policy: { id, versions } }: { policy: PolicyDetail }) {
  const { t, number } = useI18n()
  return (
    <Card title={t('policy.versions')} flush>
      <div class="plain-scroll">
        <table class="plain-table" aria-label={t('policy.versions')}>
          <thead>
            <tr>
              <th scope="col">{t('policy.version')}</th>
              <th scope="col" class="cell-numeric">
                {t('evaluate.rollouts')}
              </th>
              <th scope="col" class="cell-numeric">
                {t('rollout.outcome.success')}
              </th>
              <th scope="col" class="cell-numeric">
                {t('rollout.outcome.failure')}
              </th>
              <th scope="col">{t('policy.weights')}</th>
              <th scope="col">{t('campaigns.made')}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr key={version.id}>
                <th scope="row" class="cell-version">
                  <a
                    class="row-link"
                    href={paths.evaluate({ tab: 'rollouts', policyId: id, policyVersionId: version.id })}
                    dir="auto"
                  >
                    {version.label}
                  </a>
                  <Note version={version} />
                </th>
                <td class="cell-numeric">{number(version.rolloutCount)}</td>
                <td class="cell-numeric">{number(version.successCount)}</td>
                <td class="cell-numeric">{number(version.failureCount)}</td>
                <td>
                  {version.weightsSha256 ? (
                    <CopyText text={version.weightsSha256} shown={`${version.weightsSha256.slice(0, 12)}…`} />
                  ) : (
                    <span class="quiet">–</span>
                  )}
                </td>
                <td>
                  <RelativeTime at={version.createdAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

function Note({ version: { note } }: { version: PolicyVersion }) {
  if (!note) return null
  return (
    <p class="quiet version-note" dir="auto">
      {note}
    </p>
  )
}
