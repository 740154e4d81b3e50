import { models } from 'virtual:capture-models'
import { BODY_PARTS, type BodyOrder, keepModels, missingModelBytes } from '@chiron/capture'
import { bodyEvery } from '@chiron/core/sight'
import { useEffect } from 'preact/hooks'
import { savesData } from '../../shell/data-use.ts'
import { theEyes, useEyes } from './eyes.ts'
import { watched } from './watched.ts'

/**
 * What sees the body, for tasks that ask for it: fetched apart from the rest of the detector, only by phones that are fast enough,
 * never needed. `asks`: who saves data says yes or no. `decided`: how, or why not.
 */
export type BodyEyes =
  | { state: 'shut' }
  | { state: 'deciding' }
  | { state: 'asks'; bytes: number }
  | { state: 'fetching'; share: number; bytes: number }
  | { state: 'decided'; order: BodyOrder }

export const BODY_BYTES = models.body.downloadBytes

const body = watched<BodyEyes>({ state: 'shut' })

/** Fetches what sees the body where the phone can use it; with `mayFetch` also where that costs data. */
export async function openBodyEyes({ mayFetch = false } = {}): Promise<void> {
  const eyes = theEyes()
  if (eyes.state !== 'open') return
  const every = bodyEvery(eyes.tier)
  if (every === 0) return decide({ absent: 'device' })
  body.set({ state: 'deciding' })
  try {
    const bytes = await missingModelBytes(models, BODY_PARTS)
    if (bytes > 0 && savesData() && !mayFetch) return body.set({ state: 'asks', bytes })
    if (bytes > 0) body.set({ state: 'fetching', share: 0, bytes })
    await keepModels(models, BODY_PARTS, (share) => {
      if (body.now().state === 'fetching') body.set({ state: 'fetching', share, bytes })
    })
    decide({ every, sha256: models.body.sha256 })
  } catch {
    goWithoutBody()
  }
}

/** Also while it is being fetched: it is then there for the next take. */
export const goWithoutBody = (): void => decide({ absent: 'not-fetched' })

const decide = (order: BodyOrder): void => body.set({ state: 'decided', order })

/** As it is now; where a task asks for the body, it is opened once the rest of the detector is. */
export function useBodyEyes(isAsked: boolean): BodyEyes {
  const eyes = useEyes()
  const now = body.use()
  useEffect(() => {
    if (isAsked && eyes.state === 'open' && body.now().state === 'shut') void openBodyEyes()
  }, [isAsked, eyes.state])
  return now
}

/** What a second pass that begins now does about the body. */
export function bodyOrder(): BodyOrder {
  const now = body.now()
  return now.state === 'decided' ? now.order : { absent: 'not-fetched' }
}
