import type { Campaign } from '@chiron/contract'
import { Card, useI18n, useLocalized } from '@chiron/ui'
import { InviteForm } from '../people/InviteForm.tsx'

/** Workers come by a link or its QR code; made here, handed over anywhere. */
export function InviteCard({ campaign }: { campaign: Campaign }) {
  const { t } = useI18n()
  const localized = useLocalized()
  return (
    <Card title={t('invite.title')}>
      <InviteForm label={localized(campaign.title).slice(0, 80)} isShort />
    </Card>
  )
}
