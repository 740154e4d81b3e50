import { openTakes } from '@chiron/capture'
import { createClient } from '@chiron/client'
import { createOutbox, indexedDbStorage, type NewOutboxItem, type Outbox } from '@chiron/client/outbox'
import { mediaPaths, submissionRoutes } from '@chiron/contract'

/** Drives the device's outbox over a bad line: takes from the private file system, answers to the real server. */
const page = {
  open: (): Outbox => {
    const client = createClient({ baseUrl: '', app: 'worker' })
    return createOutbox({
      api: { submit: (body) => client.call(submissionRoutes.submit, { body: body as never }) },
      uploadUrl: mediaPaths.uploads,
      headers: client.headers,
      now: () => Date.now(),
      storage: indexedDbStorage(),
      openTake: async (name) => (await openTakes()).open(name),
    })
  },
  /** Puts a film where the camera would have written it; the same name again changes nothing. */
  keep: async (name: string, url: string): Promise<void> => {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle('chiron-takes', { create: true })
    const writable = await (await folder.getFileHandle(name, { create: true })).createWritable()
    await writable.write(await (await fetch(url)).blob())
    await writable.close()
  },
  add: async (outbox: Outbox, items: NewOutboxItem[]): Promise<void> => {
    for (const item of items) await outbox.add(item)
  },
}
export type LinePage = typeof page
Object.assign(window, { linePage: page, outbox: page.open() })
