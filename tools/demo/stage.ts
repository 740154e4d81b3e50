import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import type { Books, Moved } from './books.ts'
import { DemoUse } from './options.ts'
import { troublesOf } from './people.ts'

export interface Step {
  what: string
  seconds: number
  moved: Moved[]
}

/** The demo as it is played: each step is timed, said, and charged with the money that moved during it. */
export interface Stage {
  readonly steps: readonly Step[]
  /** From here on the ledger is watched. */
  watch(books: Books): void
  /** Plays one step. When it fails, what `page` shows then is kept as a picture, and the reason names both. */
  step<T>(what: string, page: Page | undefined, play: () => Promise<T>): Promise<T>
  /** Keeps a picture of a screen; gives its path. */
  shot(page: Page, name: string): Promise<string>
}

/** Why the demo ended early: the step, what was wrong, the picture of the screen. */
export class StepFailed extends Error {}

const WIDTH = 74
const PICTURE_PATIENCE_MS = 5000

export async function openStage(folder: string, say: (line: string) => void): Promise<Stage> {
  await mkdir(folder, { recursive: true })
  const steps: Step[] = []
  let books: Books | undefined
  const shot = async (page: Page, name: string): Promise<string> => {
    const file = path.join(folder, `${name}.png`)
    await pictured(page)
    await page.screenshot({ path: file })
    return file
  }
  return {
    steps,
    shot,
    watch: (opened) => {
      books = opened
    },
    async step(what, page, play) {
      const startedMs = performance.now()
      try {
        const result = await play()
        const seconds = (performance.now() - startedMs) / 1000
        const moved = (await books?.sinceLast()) ?? []
        steps.push({ what, seconds, moved })
        say(lineOf({ what, seconds, moved }))
        return result
      } catch (cause) {
        if (cause instanceof DemoUse) throw cause
        const picture = page && (await shot(page, 'failed').catch(() => undefined))
        throw new StepFailed(reasonOf(what, cause, page, picture), { cause })
      }
    },
  }
}

export function lineOf({ what, seconds, moved }: Step): string {
  const money = moved.map(({ words }) => words).join(', ')
  return `${seconds.toFixed(1).padStart(6)} s  ${money ? `${what.padEnd(WIDTH)} ${money}` : what}`
}

function reasonOf(what: string, cause: unknown, page: Page | undefined, picture: string | undefined): string {
  const said = cause instanceof Error ? cause.message : String(cause)
  const lines = [`It failed at: ${what}`, said.replace(/^/gm, '  ')]
  if (page) lines.push(`  at ${page.url()}`, ...troublesOf(page).map((line) => `  ${line}`))
  if (picture) lines.push(`  What the screen showed: ${picture}`)
  return lines.join('\n')
}

/** Waits until the videos and pictures in sight have something to show. */
async function pictured(page: Page): Promise<void> {
  const isReady = (): boolean => {
    const videos = [...document.querySelectorAll('video')].filter(
      (video) => video.currentSrc || video.srcObject,
    )
    const images = [...document.querySelectorAll('img')]
    return videos.every(({ readyState }) => readyState >= 2) && images.every(({ complete }) => complete)
  }
  await page.waitForFunction(isReady, undefined, { timeout: PICTURE_PATIENCE_MS }).catch(() => undefined)
  // The element has its frame; this is the moment until it is painted.
  await page.evaluate(
    () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
  )
}
