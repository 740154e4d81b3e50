import type { CaptureRefusalCode } from '@chiron/capture'
import { ActionBar, Button, EmptyState, useI18n } from '@chiron/ui'
import { Screen } from '../../shell/Screen.tsx'

type CameraRefusedProps = { code: CaptureRefusalCode | 'camera-lost'; onRetry: () => void }

/** No picture: why, and what to do about it on this phone. */
export function CameraRefused({ code, onRetry }: CameraRefusedProps) {
  const { t } = useI18n()
  const phone = /iPhone|iPad/.test(navigator.userAgent) ? 'apple' : 'other'
  const steps =
    code === 'no-permission' ? [`camera.allow.${phone}.1`, `camera.allow.${phone}.2`, 'camera.allow.3'] : []
  return (
    <Screen
      title={t('do.title')}
      back="/"
      action={
        code === 'insecure-page' || code === 'unsupported' ? undefined : (
          <ActionBar>
            <Button kind="primary" size="touch" wide icon="refresh" onClick={onRetry}>
              {t('ui.action.retry')}
            </Button>
          </ActionBar>
        )
      }
    >
      <EmptyState icon={code === 'insecure-page' ? 'lock' : 'camera'} title={t(`camera.${code}`)}>
        <p>{t('trouble.nothingLost')}</p>
        <p>{t(`camera.${code}.next`)}</p>
      </EmptyState>
      {steps.length > 0 && (
        <ol class="steps">
          {steps.map((key, at) => (
            <li key={key} class="step">
              <span class="step-number figure" aria-hidden="true">
                {at + 1}
              </span>
              <span>{t(key)}</span>
            </li>
          ))}
        </ol>
      )}
    </Screen>
  )
}
