export type DataUse = 'auto' | 'save' | 'full'
export const DATA_USES: readonly DataUse[] = ['auto', 'save', 'full']

const KEY = 'chiron-data-use'
type Connection = { saveData?: boolean; effectiveType?: string; type?: string }

export function chosenDataUse(): DataUse {
  return DATA_USES.find((use) => use === localStorage.getItem(KEY)) ?? 'auto'
}

export function keepDataUse(use: DataUse): void {
  localStorage.setItem(KEY, use)
}

/** Whether clips wait for a tap: as chosen here, else as the device and its link say. */
export function savesData(): boolean {
  const chosen = chosenDataUse()
  if (chosen !== 'auto') return chosen === 'save'
  const link = connection()
  return link?.saveData === true || /2g/.test(link?.effectiveType ?? '')
}

/** Whether bytes surely cost nothing now: held recordings leave. Few browsers say; with the others a tap sends them. */
export const isFreeLink = (): boolean => /^(wifi|ethernet)$/.test(connection()?.type ?? '')

const connection = (): Connection | undefined => (navigator as { connection?: Connection }).connection
