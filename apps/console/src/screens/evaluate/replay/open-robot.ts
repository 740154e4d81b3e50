import type { Answer, Ask, Opened, Push, Recorded, Rerun } from './protocol.ts'

/** A rollout's robot in a worker of its own: where its parts stood, and what a push would have done. */
export type Robot = {
  readonly opened: Opened
  push: (push: Push) => Promise<Rerun>
  close: () => void
}

type Waiting = { resolve: (answer: Answer) => void; reject: (why: Error) => void }

/**
 * Opens it. MuJoCo makes functions at run time, which our pages forbid: it lives in a worker, whose script the server sends
 * with a policy that allows it there and nowhere else.
 * @throws Error with MuJoCo's words when it cannot load the model
 */
export async function openRobot(recorded: Recorded): Promise<Robot> {
  const worker = new Worker(new URL('./physics.worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  const end = (why: string): void => {
    worker.terminate()
    for (const { reject } of waiting.values()) reject(new Error(why))
    waiting.clear()
  }
  worker.onerror = ({ message }) => end(message || 'the simulator could not be loaded')
  worker.onmessage = ({ data }: MessageEvent<{ id: number; answer?: Answer; error?: string }>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.answer) asked?.resolve(data.answer)
    else asked?.reject(new Error(data.error))
  }
  const tell = (ask: Ask): Promise<Answer> =>
    new Promise((resolve, reject) => {
      lastId += 1
      waiting.set(lastId, { resolve, reject })
      worker.postMessage({ id: lastId, ask })
    })
  try {
    const { opened } = (await tell({ open: recorded })) as { opened: Opened }
    return {
      opened,
      push: async (push) => ((await tell(push)) as { rerun: Rerun }).rerun,
      close: () => end('closed'),
    }
  } catch (cause) {
    end('closed')
    throw cause
  }
}
