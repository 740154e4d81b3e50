import type { WireFault } from '@chiron/contract'
import type { TakeLimits } from '@chiron/core/episode'
import { checkFaces, faceFault, judgeFile } from '../features/media/index.ts'

/** Everything the server finds wrong with a phone's film, as at its arrival; throws where it cannot look for faces. */
export async function judgeFilm(file: string, limits: TakeLimits): Promise<WireFault[]> {
  const judged = await judgeFile({ file, limits, isImport: false, clockSkewMs: undefined })
  if (!judged.passes || !judged.probe) return judged.faults
  const unable: object[] = []
  const faceCheck = await checkFaces({ log: { error: (facts) => unable.push(facts) } }, file, judged.probe)
  if (!faceCheck) throw new Error(`faces could not be looked for: ${JSON.stringify(unable)}`)
  return [...judged.faults, ...faceFault(faceCheck)]
}
