import {
  accept,
  alter,
  FILM_TITLE,
  forgetKept,
  goTo,
  joinHere,
  refuse,
  type Stage,
  whileHanging,
} from './stage.ts'

/** What those see who are not in yet, and typed something wrong. */
export async function walkDoors(stage: Stage): Promise<void> {
  const { page, words, look, instance } = stage
  const button = (key: string) => page.getByRole('button', { name: words(key) })
  await whileHanging(page, /\/api\/me/, async () => {
    await page.goto(instance.url)
    await page.getByLabel(words('app.loading')).waitFor()
    await look('start-loading')
  })
  await whileHanging(page, /\/api\/invites\//, async () => {
    await page.goto(instance.inviteLink)
    await page.locator('.skeleton').first().waitFor()
    await look('join-loading')
  })
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
  await refuse(page, /\/api\/sign-in\/invite/, 429, 'too-many')
  await page.getByLabel(words('join.name')).fill('Ada')
  await page.getByLabel(words('join.pin')).fill('246810')
  await button('join.join').click()
  await page.getByText(words('trouble.too-many')).waitFor()
  await look('join-trouble')
  await page.unroute(/\/api\/sign-in\/invite/)
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
  await page.evaluate(forgetKept)
  await page.goto(`${instance.url}/`)
  await page.locator('.note').or(page.locator('.offer')).first().waitFor({ timeout: 60_000 })
  await look('inbox-trouble')
  await page.unroute(inbox)
  await walkListTroubles(stage)
  const hangs = /\/api\/(worker\/(earnings|submissions|consents|episodes|appeals)|events)/
  await page.route(hangs, () => undefined)
  for (const where of ['earnings', 'data']) {
    await page.evaluate(forgetKept)
    await page.goto(`${instance.url}/${where}`)
    await page.getByRole('heading', { level: 1, name: words(`${where}.title`) }).waitFor()
    await page.locator('.skeleton').first().waitFor()
    await look(`${where}-loading`)
  }
  await page.unroute(hangs)
  await whileHanging(page, inbox, async () => {
    await page.evaluate(forgetKept)
    await page.goto(instance.url)
    await page.getByLabel(words('app.loading')).waitFor()
    await look('inbox-loading')
  })
  await page.route(/\/api\/(worker\/)?events/, (route) => route.abort())
  const lateDate = new Date(Date.now() - 50 * 60_000).toUTCString()
  const everything = /\/api\/(me|worker\/(?!events))/
  await page.route(everything, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), date: lateDate } })
  })
  await page.goto(`${instance.url}/`)
  await page.locator('p.notice').nth(1).waitFor({ timeout: 60_000 })
  await look('inbox-stale-and-clock')
  await page.unroute(everything)
  await refuse(page, /\/api\/me/, 500, 'server-fault')
  await page.evaluate(() => localStorage.clear())
  await page.goto(`${instance.url}/`)
  await page.locator('.note').waitFor({ timeout: 60_000 })
  await look('start-trouble')
}

/** Lists the server cannot give, and a page without a camera. */
async function walkListTroubles({ page, words, look, instance }: Stage): Promise<void> {
  const lists = /\/api\/worker\/(earnings|consents|episodes|submissions)/
  await refuse(page, lists, 500, 'server-fault')
  for (const where of ['earnings', 'data', 'data/recordings', 'data/decisions']) {
    await page.evaluate(forgetKept)
    await page.goto(`${instance.url}/${where}`)
    await page.locator('.note').waitFor({ timeout: 60_000 })
    await look(`${where.replace('/', '-')}-trouble`)
  }
  await page.unroute(lists)
  await page.goto(instance.url)
  await page.locator('.offer').first().waitFor()
  await page.evaluate(() => Object.defineProperty(globalThis, 'isSecureContext', { value: false }))
  await page.getByRole('link', { name: words('ways.help') }).click()
  await page.getByRole('link', { name: words('ways.work') }).click()
  await page.getByText(words('insecure.happened')).waitFor()
  await look('inbox-insecure')
}

/** A task before it is done: nothing left, terms that changed, the notice refused, the camera not allowed. */
export async function walkTask(stage: Stage): Promise<void> {
  const { page, context, words, look, glimpse, instance } = stage
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
  await asOffered({ config: WHOLE_BODY }, 'brief-body', 'ready.body')
  await walkBriefTroubles(stage, brief)
  await refuse(page, /\/api\/worker\/consents/, 500, 'server-fault')
  await page.goto(brief)
  await button('brief.accept').click()
  await button('consent.yes').click()
  await page.locator('.note').waitFor()
  await look('consent-trouble')
  await page.unroute(/\/api\/worker\/consents/)
  const claims = /\/api\/worker\/claims/
  await refuse(page, claims, 409, 'nothing-left')
  await button('consent.yes').click()
  await page.getByText(words('consent.givenNothingLeft')).waitFor()
  await look('consent-nothing-left')
  await page.unroute(claims)
  await refuse(page, claims, 409, 'terms-changed')
  await page.goto(brief)
  await button('brief.accept').click()
  await page.getByText(words('brief.termsChanged')).waitFor()
  await glimpse('brief-terms-changed')
  await page.unroute(claims)
  await context.clearPermissions()
  await page.evaluate(() => localStorage.setItem('chiron-data-use', 'save'))
  await accept(stage, FILM_TITLE)
  await page.locator('.phone-picture').waitFor()
  await page.locator('.eyes-note').waitFor()
  await page.waitForTimeout(1000)
  await look('ready')
  await walkReady(stage)
  await walkCameraRefusals(stage)
  await goTo(stage, '/', 'inbox.title')
  await page.locator('a.held').waitFor()
  await look('inbox-held')
  const ended = { leasedUntil: '2026-11-02T10:00:00Z' }
  const inbox = /\/api\/worker\/inbox/
  await alter(page, inbox, ({ offers, leases }: { offers: object[]; leases: object[] }) => ({
    offers,
    leases: leases.map((lease) => ({ ...lease, ...ended })),
  }))
  await goTo(stage, '/', 'inbox.title')
  await page.getByText(words('inbox.heldOver')).waitFor()
  await look('inbox-held-over')
  await page.unroute(inbox)
  await page.goto(brief)
  await page.getByRole('link', { name: words('inbox.goOn') }).waitFor()
  await look('brief-held')
}

/** A brief on its way, and one that is not there; the notice refused. */
async function walkBriefTroubles({ page, words, look, glimpse }: Stage, brief: string): Promise<void> {
  const offer = /\/api\/worker\/offers\//
  await whileHanging(page, offer, async () => {
    await page.evaluate(forgetKept)
    await page.goto(brief)
    await page.getByLabel(words('app.loading')).waitFor()
    await look('brief-loading')
  })
  await refuse(page, offer, 404, 'not-found')
  await page.goto(brief)
  await page.locator('.note').waitFor()
  await look('brief-not-found')
  await page.unroute(offer)
  await page.goto(brief)
  await page.getByRole('button', { name: words('brief.accept') }).click()
  await page.getByRole('button', { name: words('consent.no') }).click()
  await page.getByText(words('consent.refused')).waitFor()
  await glimpse('consent-refused')
}

/** A task that asks for all there is: sideways, how the phone moves, the body. */
const WHOLE_BODY = {
  minSeconds: 2,
  maxSeconds: 30,
  fps: 10,
  minHeight: 240,
  camera: 'environment',
  orientation: 'landscape',
  motion: true,
  keypoints: 'hands-and-body',
}

/** What sees hands comes never, or not at all: here, since a service worker's requests are seen by no test. */
function withoutModels(how: string): void {
  const own = globalThis.fetch
  globalThis.fetch = (url, init) => {
    const asked = url instanceof Request ? url.url : String(url)
    if (!asked.includes('/assets/models/')) return own(url, init)
    return how === 'not' ? Promise.reject(new TypeError('no link')) : new Promise(() => undefined)
  }
}

/** Before the camera opens: a task that asks for more, and what sees hands on its way or not to be had. */
async function walkReady({ page, words, look }: Stage): Promise<void> {
  const offer = /\/api\/worker\/offers\//
  const fetchEyes = page.locator('.eyes-note').getByRole('button').first()
  await alter(page, offer, (reply: { config: object }) => ({
    ...reply,
    config: { ...reply.config, ...WHOLE_BODY },
  }))
  await page.reload()
  await page.getByText(words('ready.motion')).waitFor()
  await fetchEyes.waitFor()
  await look('ready-body')
  await page.evaluate(withoutModels, 'never')
  await fetchEyes.click()
  await page.getByRole('progressbar').waitFor()
  await look('ready-fetching')
  await page.unroute(offer)
  await page.reload()
  await fetchEyes.waitFor()
  await page.evaluate(withoutModels, 'not')
  await fetchEyes.click()
  await page.getByText(words('eyes.unable.offline')).waitFor()
  await look('ready-eyes-offline')
  await page.reload()
  await fetchEyes.click()
  await page.locator('p.eyes-note svg').waitFor({ timeout: 60_000 })
  await look('ready-eyes-open')
  await alter(page, offer, (reply: { config: object }) => ({
    ...reply,
    config: { ...reply.config, ...WHOLE_BODY },
  }))
  await page.reload()
  await page.locator('.eyes-note [role=status] p').waitFor({ timeout: 60_000 })
  await look('ready-body-decided')
  await page.unroute(offer)
  await page.reload()
}

/** What a browser calls a camera that it does not give, and the code the screen has words for. */
const REFUSALS = {
  'no-permission': 'NotAllowedError',
  'no-camera': 'NotFoundError',
  'camera-busy': 'NotReadableError',
  unsupported: 'TypeError',
}

async function walkCameraRefusals({ page, words, look }: Stage): Promise<void> {
  const open = page.getByRole('button', { name: words('ready.open') })
  const again = page.getByRole('button', { name: words('ui.action.retry'), exact: true })
  for (const [code, name] of Object.entries(REFUSALS)) {
    await page.evaluate((refusal) => {
      navigator.mediaDevices.getUserMedia = async () => {
        throw new DOMException('no', refusal)
      }
    }, name)
    await open.or(again.last()).click()
    await page.getByText(words(`camera.${code}`)).waitFor()
    await look(code === 'no-permission' ? 'camera-refused' : `camera-${code}`)
  }
  await page.reload()
  await open.waitFor()
  await page.evaluate(() => Object.defineProperty(globalThis, 'isSecureContext', { value: false }))
  await open.click()
  await page.getByText(words('camera.insecure-page')).waitFor()
  await look('camera-insecure-page')
}
