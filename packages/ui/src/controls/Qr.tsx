import { useI18n } from '../i18n/context.tsx'

const QUIET_ZONE = 4

type QrProps = {
  /** Rows of modules, true is dark. */
  matrix: readonly (readonly boolean[])[]
  /** Edge in pixels; default 200. */
  size?: number
  label?: string
}

/** A QR code, always dark on white so that every camera reads it. */
export function Qr({ matrix, size = 200, label }: QrProps) {
  const { t } = useI18n()
  const edge = matrix.length + 2 * QUIET_ZONE
  const path = matrix
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET_ZONE} ${y + QUIET_ZONE}h1v1h-1z` : '')))
    .join('')
  return (
    <svg
      class="qr"
      role="img"
      aria-label={label ?? t('ui.qr.label')}
      width={size}
      height={size}
      viewBox={`0 0 ${edge} ${edge}`}
      shape-rendering="crispEdges"
    >
      <path class="qr-light" d={`M0 0h${edge}v${edge}H0z`} />
      <path class="qr-dark" d={path} />
    </svg>
  )
}
