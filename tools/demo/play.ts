import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Client } from '@chiron/client'
import { extractFrame } from '@chiron/formats/node'
import type { Browser } from 'playwright-core'
import type { Instance } from '../../tests/instance.ts'
import { chiron } from './dataset.ts'
import { atDesk, onPhone, type Person } from './people.ts'
import type { Stage } from './stage.ts'
import * as team from './team.ts'
import { untilSettledOrAsked } from './watch.ts'
import { DATASET, FILMING, JUDGING } from './words.ts'
import * as worker from './worker.ts'

export interface Scene {
  stage: Stage
  instance: Instance
  browser: Browser
  /** For looking only; everything is done on the screens. */
  client: Client
  /** What Chromium plays as the camera. */
  camera: string
}

export interface Campaigns {
  filming: string
  judging: string
}

/** The manager: money, the two campaigns. */
export async function orderWork({
  stage,
  instance,
  browser,
  camera,
}: Scene): Promise<{ mona: Person; campaigns: Campaigns }> {
  const mona = await atDesk(browser, 'Mona', instance.url)
  const { page } = mona
  await stage.step('Mona, a manager, signs in to the console with the printed link', page, () =>
    team.signInByLink(mona, instance.consoleLink('manager')),
  )
  await stage.step('She puts in funds', page, () => team.putInFunds(mona, '20', 'Order 2026-114'))
  const example = path.join(instance.home, 'example.jpg')
  await writeFile(example, await extractFrame(camera, 1000))
  const order = (template: string, title: string, fill: team.Order['fill']) =>
    team.orderCampaign(mona, { template, title, example, fill })
  const filming = await stage.step('She orders two recordings, from a template, and publishes', page, () =>
    order('Film a task at home', FILMING, async (form) => {
      await team.fillFilming(form)
      await stage.shot(form, 'console-new-campaign')
    }),
  )
  const judging = await stage.step('She orders judgements of them by three people, and publishes', page, () =>
    order('Judge the outcome of clips', JUDGING, (form) => team.fillJudging(form, FILMING)),
  )
  await stage.shot(page, 'console-campaign-new')
  return { mona, campaigns: { filming, judging } }
}

/** The filming worker: joins, reads, consents, films, sends. Gives how many takes others shall judge. */
export async function filmWork({
  stage,
  instance,
  browser,
}: Scene): Promise<{ filip: Person; judged: number }> {
  const filip = await onPhone(browser, 'Filip', instance.url)
  const { page } = filip
  await stage.step('Filip, a worker, joins with the invite on his phone', page, async () => {
    await worker.joinByInvite(filip, instance.inviteLink)
    await page.getByRole('link', { name: FILMING }).waitFor()
  })
  await stage.shot(page, 'phone-inbox')
  await stage.step('He reads the brief: what to do, what it pays, what it is for', page, () =>
    worker.openTask(filip, FILMING),
  )
  await stage.shot(page, 'phone-brief')
  await stage.step('He agrees to what becomes of the recordings', page, () =>
    worker.consent(filip, () => stage.shot(page, 'phone-consent')),
  )
  let judged = 0
  for (const take of ['first', 'second'] as const) {
    if (take === 'second') await stage.step('He takes up another one', page, () => worker.doAnother(filip))
    judged += (await oneTake({ stage, filip, take })) ? 1 : 0
  }
  return { filip, judged }
}

/** True when others shall judge it; else it waits for a member, because the checks found a fault twice. */
async function oneTake({
  stage,
  filip,
  take,
}: {
  stage: Stage
  filip: Person
  take: string
}): Promise<boolean> {
  const play = (what: string, isFirst: boolean) =>
    stage.step(what, filip.page, () => worker.filmAndSend(filip, stage, isFirst))
  let became = await play(`He films the ${take} take and sends it; the server checks it`, take === 'first')
  if (became === worker.CAME_BACK) {
    await stage.shot(filip.page, `phone-${take}-came-back`)
    await stage.step(`It came back with a reason; he takes it up again`, filip.page, () =>
      worker.takeUpAgain(filip),
    )
    became = await play(`He films the ${take} take anew and sends it`, false)
  }
  await stage.shot(filip.page, `phone-${take}-sent`)
  return became === worker.WAITS
}

/** What each judge says about each take: agreed about the first, disputed about the second. */
const JUDGES: readonly { name: string; says: readonly worker.Answer[] }[] = [
  { name: 'Ana', says: [{ outcome: 'Success' }, { outcome: 'Success' }] },
  { name: 'Bo', says: [{ outcome: 'Success' }, { outcome: 'Failure', why: 'Stopped before the end' }] },
  { name: 'Chi', says: [{ outcome: 'Success' }, { outcome: 'Cannot tell' }] },
]

/** Three judges answer on their phones; about the second take they do not agree. */
export async function judgeWork({ stage, instance, browser }: Scene, takes: number): Promise<void> {
  for (const [at, { name, says }] of JUDGES.entries()) {
    const judge = await onPhone(browser, name, instance.url)
    const { page } = judge
    const said = says.slice(0, takes)
    const words = said.map(({ outcome }) => `“${outcome}”`).join(', ')
    await stage.step(`${name}, another worker, joins, watches and answers: ${words}`, page, async () => {
      await worker.joinByInvite(judge, instance.inviteLink)
      await worker.openTask(judge, JUDGING)
      await worker.begin(judge)
      for (const [k, answer] of said.entries())
        await worker.answer(judge, answer, async () => {
          if (at === 0 && k === 0) await stage.shot(page, 'phone-choose')
        })
    })
    await judge.close()
  }
}

/** The reviewer: whatever is disputed, by keyboard, until all that was ordered is accepted. */
export async function reviewWork(
  { stage, instance, browser, client }: Scene,
  campaigns: Campaigns,
): Promise<void> {
  const decide = (what: string) => stage.step(what, undefined, () => untilSettledOrAsked(client, campaigns))
  let { waiting } = await decide('The flow decides: consensus accepts, or asks a member; pay follows')
  const rita = await atDesk(browser, 'Rita', instance.url)
  const { page } = rita
  if (waiting > 0)
    await stage.step('Rita, a reviewer, signs in', page, () =>
      team.signInByLink(rita, instance.consoleLink('reviewer'), 'Review'),
    )
  for (let count = 1; waiting > 0; count += 1) {
    await stage.step('She settles what is disputed by keyboard (with five seconds to undo)', page, () =>
      team.settleByKeyboard(rita, async () => count === 1 && (await stage.shot(page, 'console-review'))),
    )
    waiting = (await decide('The flow goes on; pay follows')).waiting
  }
  await rita.close()
}

/** The manager again: a dataset, out of the server and verified away from it. */
export async function takeOut(
  { stage, instance }: Scene,
  mona: Person,
  order: { filming: string; out: string },
): Promise<string> {
  const { page } = mona
  await stage.step('Mona builds a dataset in the console', page, () =>
    team.buildDataset(mona, FILMING, DATASET),
  )
  await stage.shot(page, 'console-dataset')
  await stage.step('chiron export brings it into a folder', undefined, () =>
    chiron(instance.home, ['export', order.filming, '--name', DATASET, '--out', order.out]),
  )
  // Without a home: what verifies it knows nothing of the server.
  return stage.step('chiron verify checks it offline', undefined, () =>
    chiron('/nowhere', ['verify', order.out]),
  )
}

/** What everybody has of it, in pictures. */
export async function lookAround(
  { stage, instance }: Scene,
  { mona, filip, campaigns }: { mona: Person; filip: Person; campaigns: Campaigns },
): Promise<void> {
  await stage.step('Filip looks at what he earned', filip.page, () => worker.openEarnings(filip))
  await stage.shot(filip.page, 'phone-earnings')
  await stage.step('Mona looks at the campaign and at one recording', mona.page, async () => {
    await team.goTo(mona, 'Campaigns')
    await mona.page.getByRole('link', { name: FILMING }).waitFor()
    await stage.shot(mona.page, 'console-campaigns')
    await mona.page.goto(`${instance.url}/console/campaigns/${campaigns.filming}`)
    await mona.page.getByRole('heading', { name: FILMING, level: 1 }).waitFor()
    await mona.page.getByText('Quality').waitFor()
    await stage.shot(mona.page, 'console-campaign')
    await mona.page.goto(`${instance.url}/console/episodes?campaignId=${campaigns.filming}`)
    await mona.page
      .getByRole('link', { name: /^Recording/ })
      .first()
      .click()
    await mona.page.getByText('From consent to dataset').waitFor()
    await stage.shot(mona.page, 'console-episode')
  })
}
