import { utf8 } from '@chiron/core/kit'
import { verifyTlogProof } from '@chiron/core/log'
import { Icon, useI18n } from '@chiron/ui'
import { useMemo } from 'preact/hooks'

type ProofCheckProps = { proof: string; entry: string; verifierKey: string }

/** The proof checked here, in this browser, with nothing but the key. */
export function ProofCheck({ proof, entry, verifierKey }: ProofCheckProps) {
  const { t, number } = useI18n()
  const checked = useMemo(
    () => verifyTlogProof({ proofText: proof, entryBytes: utf8(entry), verifierKey }),
    [proof, entry, verifierKey],
  )
  return (
    <p class={checked.ok ? 'verified verified-good' : 'verified verified-bad'} role="status">
      <Icon name={checked.ok ? 'good' : 'bad'} size={18} />
      <span>
        {checked.ok
          ? t('log.proofHolds', { index: number(checked.index), size: number(checked.size) })
          : t('log.proofBroken', { reason: checked.reason })}
      </span>
    </p>
  )
}
