import type { ModelFiles, Picture, Want } from './detector.ts'
import { type TaskRunner, taskRunner } from './run-tasks.ts'

export type DetectorAsk = { id: number } & ({ files: ModelFiles } | { picture: Picture; want: Want })

let runner: TaskRunner | undefined

addEventListener('message', ({ data }: MessageEvent<DetectorAsk>) => {
  void answer(data)
})

async function answer(ask: DetectorAsk): Promise<void> {
  try {
    if ('files' in ask) {
      runner = taskRunner(ask.files)
      postMessage({ id: ask.id })
    } else {
      postMessage({ id: ask.id, found: await runner!.look(ask.picture, ask.want) })
    }
  } catch (error) {
    postMessage({ id: ask.id, error: String(error) })
  }
}
