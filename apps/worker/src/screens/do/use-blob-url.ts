import { useEffect, useState } from 'preact/hooks'

/** An address for bytes on this device, for as long as the component shows them. */
export function useBlobUrl(file: Blob): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return url
}
