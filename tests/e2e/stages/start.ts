import { accept, alter, FILM_TITLE, goTo, joinHere, refuse, type Stage } from './stage.ts'

/** What those see who are not in yet, and typed something wrong. */
export async function walkDoors(stage: Stage): Promise<void> {
  const { page, words, look, instance } = stage
  const button = (key: string) => page.getByRole('button', { name: words(key) })
  await page.goto(`${instance.url}/join/ABCD-9999`)
  await page.getByText(words('trouble.invite-unknown')).waitFor()
  await look('join-unknown')
  await page.goto(`${instance.url}/in#nothing`)
  await page.locator('.note').waitFor()
  await look('link-old')
  await goTo(stage, '/come-back', 'comeBack.title')
  await button('comeBack.enter').click()
  await page.getByText(words('comeBack.handleMissing')).waitFor()
  await look('come-back-missing')
  await page.getByLabel(words('comeBack.handle')).fill('amber-heron-42')
  await page.getByLabel(words('join.pin')).fill('111111')
  await button('comeBack.enter').click()
  await page.getByText(words('trouble.bad-credentials')).waitFor()
  await look('come-back-wrong')
  await page.goto(instance.inviteLink)
  await page.getByLabel(words('join.name')).waitFor()
  await page.getByLabel(words('join.pin')).fill('12')
  await button('join.join').click()
  await page.getByText(words('join.nameMissing')).waitFor()
  await look('join-missing')
  await joinHere(stage)
  await page.goto(instance.inviteLink)
  await button('join.join').waitFor()
  await look('join-further')
}

/** Nothing there, something broken, no live line, a wrong clock. */
export async function walkTroubles(stage: Stage): Promise<void> {
  const { page, words, look, instance } = stage
  await joinHere(stage)
  const inbox = /\/api\/worker\/inbox/
  await alter(page, inbox, () => ({ offers: [], leases: [] }))
  await goTo(stage, '/', 'inbox.title')
  await page.getByText(words('inbox.empty')).waitFor()
  await look('inbox-empty')
  await page.unroute(inbox)
  await alter(page, inbox, ({ offers }: { offers: object[] }) => ({
    offers: offers.map((offer) => ({ ...offer, availableCount: 0, doneCount: 2 })),
    leases: [],
  }))
  await goTo(stage, '/', 'inbox.title')
  await page.getByText(words('inbox.allDone')).waitFor()
  await look('inbox-all-done')
  await page.unroute(inbox)
  await refuse(page, inbox, 500, 'server-fault')
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.includes('kept')) localStorage.removeItem(key)
  })
  await page.goto(`${instance.url}/`)
  await page.locator('.note').or(page.locator('.offer')).first().waitFor({ timeout: 60_000 })
  await look('inbox-trouble')
  await page.unroute(inbox)
  const hangs = /\/api\/(worker\/(earnings|submissions|consents|episodes|appeals)|events)/
  await page.route(hangs, () => undefined)
  await page.goto(`${instance.url}/earnings`)
  await page.getByRole('heading', { level: 1, name: words('earnings.title') }).waitFor()
  await look('earnings-loading')
  await page.unroute(hangs)
  await page.route(/\/api\/(worker\/)?events/, (route) => route.abort())
  const lateDate = new Date(Date.now() - 50 * 60_000).toUTCString()
  await page.route(inbox, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), date: lateDate } })
  })
  await page.goto(`${instance.url}/`)
  await page.locator('p.notice').first().waitFor()
  await page.waitForTimeout(3000)
  await look('inbox-stale-and-clock')
  await page.unroute(inbox)
  await refuse(page, /\/api\/me/, 500, 'server-fault')
  await page.evaluate(() => localStorage.clear())
  await page.goto(`${instance.url}/`)
  await page.locator('.note').waitFor({ timeout: 60_000 })
  await look('start-trouble')
}

/** A task before it is done: nothing left, terms that changed, the notice refused, the camera not allowed. */
export async function walkTask(stage: Stage): Promise<void> {
  const { page, context, words, look, instance } = stage
  const button = (key: string) => page.getByRole('button', { name: words(key) })
  await joinHere(stage)
  const offer = /\/api\/worker\/offers\//
  await page.goto(instance.url)
  await page.locator('a.offer').filter({ hasText: FILM_TITLE }).click()
  await button('brief.accept').waitFor()
  const brief = page.url()
  const asOffered = async (change: object, screen: string, text: string) => {
    await alter(page, offer, (reply: object) => ({ ...reply, ...change }))
    await page.goto(brief)
    await page.getByText(words(text)).waitFor()
    await look(screen)
    await page.unroute(offer)
  }
  await asOffered({ availableCount: 0 }, 'brief-nothing-left', 'brief.nothingLeft')
  await asOffered({ perWorkerMax: 2, doneCount: 2 }, 'brief-done-all', 'brief.doneAll')
  await refuse(page, /\/api\/worker\/consents/, 500, 'server-fault')
  await page.goto(brief)
  await button('brief.accept').click()
  await button('consent.yes').click()
  await page.locator('.note').waitFor()
  await look('consent-trouble')
  await page.unroute(/\/api\/worker\/consents/)
  await context.clearPermissions()
  await page.evaluate(() => localStorage.setItem('chiron-data-use', 'save'))
  await accept(stage, FILM_TITLE)
  await page.locator('.phone-picture').waitFor()
  await page.locator('.eyes-note').waitFor()
  await page.waitForTimeout(1000)
  await look('ready')
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException('no', 'NotAllowedError')
    }
  })
  await button('ready.open').click()
  await page.getByText(words('camera.no-permission')).waitFor()
  await look('camera-refused')
  await goTo(stage, '/', 'inbox.title')
  await page.locator('a.held').waitFor()
  await look('inbox-held')
  await page.goto(brief)
  await page.getByRole('link', { name: words('inbox.goOn') }).waitFor()
  await look('brief-held')
}
