import { suiteRoutes } from '@chiron/contract'
import { verifySuite } from '@chiron/core/suite'
import { Card, CopyText, Icon, Skeleton, useI18n } from '@chiron/ui'
import { useMemo } from 'preact/hooks'
import { useAsk } from '../../data/queries.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import type { SuiteDetail } from './SuiteScreen.tsx'

/** What was signed when the version was frozen, checked here, and how anyone checks it without this server. */
export function SignatureTab({ detail }: { detail: SuiteDetail }) {
  const { t } = useI18n()
  const { suiteId, version, name, state, frozenAt, sha256 } = detail
  const isFrozen = state === 'frozen'
  const input = { params: { suiteId, version } }
  const signed = useAsk('suite-signed', suiteRoutes.signed, input, { enabled: isFrozen })
  if (!isFrozen) return <p class="quiet prose">{t('signature.notYet')}</p>
  if (signed.error && !signed.data)
    return <Trouble error={signed.error} onRetry={() => void signed.refetch()} />
  if (!signed.data) return <Skeleton lines={4} />
  const { envelope, key } = signed.data
  const file = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${version}.json`
  return (
    <div class="columns columns-even">
      <Card title={t('suite.tab.signature')}>
        <div class="stack">
          <Verdict envelope={envelope} verifierKey={key} sha256={sha256} />
          <dl class="signature-facts">
            <dt>{t('suite.frozenAt')}</dt>
            <dd>
              <FrozenAt at={frozenAt} />
            </dd>
            <dt>{t('signature.digest')}</dt>
            <dd>
              <CopyText text={sha256 ?? ''} />
            </dd>
            <dt>{t('signature.key')}</dt>
            <dd>
              <CopyText text={key} />
            </dd>
          </dl>
        </div>
      </Card>
      <Card title={t('signature.offline')}>
        <div class="stack">
          <p>{t('signature.offlineWords')}</p>
          <div class="commands">
            <CopyText text={`npx chiron suite get "${name}@${version}" --out ${file}`} />
            <CopyText text={`npx chiron suite verify ${file} --suite-key "${key}"`} />
          </div>
        </div>
      </Card>
    </div>
  )
}

function FrozenAt({ at }: { at: string | null }) {
  const { dateTime } = useI18n()
  return <span class="figure">{at ? dateTime(at) : '–'}</span>
}

type VerdictProps = { envelope: string; verifierKey: string; sha256: string | null }

function Verdict({ envelope, verifierKey, sha256 }: VerdictProps) {
  const { t } = useI18n()
  const verdict = useMemo(() => verifySuite(envelope, verifierKey), [envelope, verifierKey])
  const holds = verdict.holds && verdict.sha256 === sha256
  const reason = verdict.holds ? t('signature.otherDigest') : verdict.reason
  return (
    <p class={holds ? 'verified verified-good' : 'verified verified-bad'} role="status">
      <Icon name={holds ? 'good' : 'bad'} size={18} />
      <span>{holds ? t('signature.holds') : t('signature.broken', { reason })}</span>
    </p>
  )
}
