import { accept, FILM_TITLE, joinHere, type Stage } from './stage.ts'

/** Looking for faces takes its time on a machine that does everything else as well. */
const SECOND_PASS_MS = 200_000
const INSTRUCTIONS = [
  'too-dark',
  'too-bright',
  'blurred',
  'shaking',
  'frozen',
  'low-frame-rate',
  'turn-landscape',
  'turn-portrait',
  'motion-blur',
  'face-visible',
  'several-people',
  'no-hands',
  'hand-cut-off',
  'camera-moved',
]

const button = ({ page, words }: Stage, key: string) => page.getByRole('button', { name: words(key) })

/** Films so long, and waits for the take. */
export async function film(stage: Stage, filmMs: number): Promise<void> {
  const { page, words } = stage
  await page.locator('.film').waitFor()
  await button(stage, 'film.start').click()
  const stop = button(stage, 'film.stop')
  await stop.waitFor()
  await page.waitForTimeout(filmMs)
  await stop.click({ timeout: 5000 }).catch(() => undefined)
  await page.getByRole('heading', { name: words('take.title') }).waitFor()
  await page.locator('video').waitFor()
}

/** From the take to the film that is sent. */
export async function toResult(stage: Stage): Promise<void> {
  const { page, words } = stage
  const next = new RegExp(`^(${words('pass.next')}|${words('pass.nextAnyway')})$`)
  await page.getByRole('button', { name: next }).click({ timeout: SECOND_PASS_MS })
  await page.getByRole('heading', { name: words('pass.result.title') }).waitFor({ timeout: SECOND_PASS_MS })
}

/** The viewfinder in each of its moments, and the take before it is sent. */
export async function walkFilming(stage: Stage): Promise<void> {
  const { page, words, look } = stage
  await joinHere(stage)
  await accept(stage, FILM_TITLE)
  await page.locator('.film').waitFor()
  await page.waitForTimeout(2000)
  await look('film-looking')
  // Words and icons as the coach would have them: what is looked at is whether they fit.
  for (const code of INSTRUCTIONS) {
    await page.locator('.film-say span').evaluate(
      (said, text) => {
        said.textContent = text
      },
      words(`coach.${code}`),
    )
    await look(`film-say-${code}`)
  }
  await page.reload()
  await page.locator('.film').waitFor()
  await button(stage, 'brief.steps').click()
  await page.getByRole('dialog').waitFor()
  await look('film-steps')
  await page.keyboard.press('Escape')
  await button(stage, 'film.start').click()
  await page.locator('.film-count').waitFor()
  await page.screenshot({ path: `${process.env.CHIRON_PICTURES}/${words('ways.work')}-counting.png` })
  await button(stage, 'film.stop').waitFor()
  await look('film-filming')
  await page
    .getByRole('button', { name: words('film.stop') })
    .click({ timeout: 5000 })
    .catch(() => undefined)
  await page.getByRole('heading', { name: words('take.title') }).waitFor()
  await page.locator('video').waitFor()
  await look('take-looking')
  const take = page.url()
  await page.goto(take.replace(/\/take.*/, ''))
  await page.getByText(words('found.title')).waitFor()
  await look('take-found')
  await page.goto(take.replace(/take=.*/, 'take=nothing'))
  await page.getByText(words('take.gone')).waitFor()
  await look('take-gone')
  await page.evaluate(() => localStorage.setItem('chiron-data-use', 'save'))
  await page.goto(take)
  await page.locator('video').waitFor()
  await button(stage, 'pass.next')
    .or(button(stage, 'pass.nextAnyway'))
    .and(page.locator(':not([disabled])'))
    .waitFor({ timeout: SECOND_PASS_MS })
  await look('take-done')
  await toResult(stage)
  await look('result-save-data')
}

/** A take that comes back: said live, and after it. */
export async function walkInTheDark(stage: Stage): Promise<void> {
  const { page, look } = stage
  await joinHere(stage)
  await accept(stage, FILM_TITLE)
  await page.locator('.film').waitFor()
  await page.locator('.film-sense-wrong').first().waitFor()
  await look('film-dark')
  await film(stage, 4000)
  await look('take-dark')
}
