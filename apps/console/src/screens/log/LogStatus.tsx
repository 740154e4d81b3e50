import { logRoutes } from '@chiron/contract'
import { Button, CopyText, Icon, RelativeTime, Skeleton, useI18n } from '@chiron/ui'
import { useEffect } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { useAsk } from '../../data/queries.ts'
import { useAct } from '../../data/use-act.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'

/** Size and root of the tree, its signed checkpoint, the key that checks it, and the check itself. */
export function LogStatus() {
  const { t, number } = useI18n()
  const status = useAsk('log', logRoutes.status)
  const [wanted, setWanted] = useQueryPart('verify')
  const verify = useVerify()
  useEffect(() => {
    if (!wanted) return
    setWanted(null)
    void verify.run()
  }, [wanted])
  if (!status.data) {
    return status.error ? (
      <Trouble error={status.error} onRetry={() => void status.refetch()} />
    ) : (
      <Skeleton height={72} />
    )
  }
  const { size, rootHex, checkpoint, verifierKey, sealedAt, unsealedCount } = status.data
  return (
    <section class="card log-status" aria-label={t('log.status')}>
      <dl class="log-facts">
        <div>
          <dt>{t('log.size')}</dt>
          <dd class="figure">
            {number(size)}
            {unsealedCount > 0 && <span class="quiet"> · {t('log.waiting', { n: unsealedCount })}</span>}
          </dd>
        </div>
        <div>
          <dt>{t('log.sealed')}</dt>
          <dd>{sealedAt ? <RelativeTime at={sealedAt} /> : '–'}</dd>
        </div>
        <div>
          <dt>{t('log.root')}</dt>
          <dd>
            <CopyText text={rootHex} shown={`${rootHex.slice(0, 16)}…`} />
          </dd>
        </div>
        <div>
          <dt>{t('log.checkpoint')}</dt>
          <dd>
            <CopyText text={checkpoint} shown={t('log.copyCheckpoint')} />
          </dd>
        </div>
        <div class="log-key">
          <dt>{t('log.key')}</dt>
          <dd>
            <CopyText text={verifierKey} />
          </dd>
        </div>
      </dl>
      <Button icon="shield" busy={verify.busy} onClick={() => void verify.run()}>
        {t('log.verify')}
      </Button>
      <VerifyResult verify={verify} />
    </section>
  )
}

function useVerify() {
  const { t, number } = useI18n()
  return useAct<void, { holds: boolean; words: string; faults: string[] }>(async () => {
    const { holds, checkedCount, faults } = await client.call(logRoutes.verify)
    const n = number(checkedCount)
    return {
      holds,
      words: holds ? t('log.holds', { n }) : t('log.broken', { n, faults: faults.length }),
      faults: faults.map(({ recordId, why }) => (recordId ? `${why} (${recordId})` : why)),
    }
  })
}

type Verify = ReturnType<typeof useVerify>

function VerifyResult({ verify: { result, error } }: { verify: Verify }) {
  if (error) return <Trouble error={error} />
  if (!result) return null
  return (
    <div class={result.holds ? 'verified verified-good' : 'verified verified-bad'} role="status">
      <Icon name={result.holds ? 'good' : 'bad'} size={18} />
      <div>
        <p>{result.words}</p>
        {result.faults.length > 0 && (
          <ul>
            {result.faults.slice(0, 5).map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}
