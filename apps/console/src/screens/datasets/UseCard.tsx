import { Card, CopyText, useI18n } from '@chiron/ui'
import type { ReleaseDetail } from './DatasetScreen.tsx'

/** The exact commands that fetch and check it, and the digest that stands for all of it. */
export function UseCard({ release: { campaignId, name, attestationSha256 } }: { release: ReleaseDetail }) {
  const { t } = useI18n()
  return (
    <Card title={t('datasets.use')}>
      <ol class="commands">
        <li>
          <p>{t('datasets.fetch')}</p>
          <CopyText
            text={`npx chiron export ${campaignId} --name ${name} --out ${name} --server ${location.origin}`}
          />
        </li>
        <li>
          <p>{t('datasets.verify')}</p>
          <CopyText text={`npx chiron verify ${name}`} />
        </li>
      </ol>
      <p class="quiet">{t('datasets.keyHint')}</p>
      {attestationSha256 && (
        <div class="digest">
          <p class="small-title">{t('datasets.attestation')}</p>
          <CopyText text={attestationSha256} />
        </div>
      )}
    </Card>
  )
}
