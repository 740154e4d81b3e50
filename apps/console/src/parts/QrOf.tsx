import { Qr, Skeleton } from '@chiron/ui'
import { useEffect, useState } from 'preact/hooks'

/** A text as a QR code; the encoder comes when the first one is shown. */
export function QrOf({ text, size = 176 }: { text: string; size?: number }) {
  const [matrix, setMatrix] = useState<boolean[][] | null>(null)
  useEffect(() => {
    let isCurrent = true
    void import('uqr').then(({ encode }) => {
      if (isCurrent) setMatrix(encode(text, { ecc: 'M', border: 0 }).data)
    })
    return () => {
      isCurrent = false
    }
  }, [text])
  if (!matrix) return <Skeleton width={`${size}px`} height={size} />
  return <Qr matrix={matrix} size={size} />
}
