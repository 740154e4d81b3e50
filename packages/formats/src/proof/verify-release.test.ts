import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom, toHex } from '@chiron/core/kit'
import { verifierKeyOf } from '@chiron/core/log'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runFfmpeg } from '../node/run-ffmpeg.ts'
import {
  FACTS,
  handsClip,
  LOG_SIGNER,
  makeClip,
  makeSealedRelease,
  PHONE,
  RELEASE_SIGNER,
} from '../node/testing/index.ts'
import { memoryFolder } from '../web/index.ts'
import type { ReleaseFormat } from './contents.ts'
import { sealRelease, verifyRelease } from './index.ts'
import { type EpisodeProvenance, PATHS, type ReleaseManifest } from './manifest.ts'

type Files = Map<string, Uint8Array<ArrayBuffer>>
let work = ''
let clips: string[] = []
const files: Files = new Map()

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'chiron-proof-'))
  const hands = handsClip() // where the clip of a hand is absent, test pictures serve
  const first = join(work, 'first.mp4')
  if (hands !== undefined) {
    await runFfmpeg(['-t', '1', '-i', hands, '-vf', 'scale=320:240,setsar=1', ...PHONE, '-an', '-y', first])
  } else await makeClip(first)
  clips = [first, await makeClip(join(work, 'second.mp4'), { seconds: 0.5 })]
  await makeSealedRelease(memoryFolder(files), clips)
}, 60_000)

afterAll(() => rm(work, { recursive: true, force: true }))

function copy(): Files {
  return new Map([...files].map(([path, bytes]) => [path, bytes.slice()]))
}

const faultsOf = async (changed: Files, pinned = {}) => {
  const verdict = await verifyRelease(memoryFolder(changed), pinned)
  return { holds: verdict.holds, trust: verdict.trust, faults: verdict.checks.filter(({ holds }) => !holds) }
}

test('PRF-1 an untouched release holds, and each kind of check says so once', async () => {
  const { holds, checks, trust } = await verifyRelease(memoryFolder(copy()))
  expect(checks.filter((check) => !check.holds)).toEqual([])
  expect(checks.map(({ id }) => id)).toEqual([
    'signature',
    'files',
    'manifest',
    'log',
    'consent',
    'structure',
    'structure',
  ])
  expect(holds).toBe(true)
  expect(trust).toContain('not who signed it')
})

test('PRF-2 any flipped bit is found and its file named', async () => {
  const dice = seededRandom('flip')
  expect(files.size).toBeGreaterThan(15)
  for (const path of files.keys()) {
    for (let round = 0; round < 3; round++) {
      const changed = copy()
      const bytes = changed.get(path)!
      const at = dice.int(bytes.length)
      bytes[at]! ^= 1 << dice.int(8)
      const { holds, faults } = await faultsOf(changed)
      expect(holds, `${path} byte ${at}`).toBe(false)
      expect(
        faults.map(({ file }) => file),
        `${path} byte ${at}`,
      ).toContain(path)
    }
  }
}, 120_000)

test('PRF-2 any missing and any added file is named', async () => {
  for (const path of files.keys()) {
    const changed = copy()
    changed.delete(path)
    const { holds, faults } = await faultsOf(changed)
    expect(holds, path).toBe(false)
    expect(
      faults.map(({ file }) => file),
      path,
    ).toContain(path)
  }
  const changed = copy()
  changed.set('data/chunk-000/file-099.parquet', new Uint8Array([1]))
  const { faults } = await faultsOf(changed)
  expect(faults.map(({ what }) => what)).toContain('data/chunk-000/file-099.parquet was added after signing.')
})

test('PRF-3 a pinned key is the only one believed', async () => {
  const right = { releaseKey: verifierKeyOf(RELEASE_SIGNER), logKey: verifierKeyOf(LOG_SIGNER) }
  const trusted = await faultsOf(copy(), right)
  expect(trusted.holds).toBe(true)
  expect(trusted.trust).toMatch(/^Trusted: the key you gave/)

  const stranger = verifierKeyOf({ name: RELEASE_SIGNER.name, secretKey: new Uint8Array(32).fill(77) })
  const other = await faultsOf(copy(), { releaseKey: stranger })
  expect(other.faults.map(({ id }) => id)).toEqual(['signature'])
  const otherLog = await faultsOf(copy(), { ...right, logKey: stranger })
  expect(otherLog.faults.map(({ id }) => id)).toEqual(['log'])
})

test('PRF-4 a release of episodes without a valid consent does not hold, well signed as it may be', async () => {
  const spoiled: [
    string,
    (consent: EpisodeProvenance['consent']) => Partial<EpisodeProvenance['consent']>,
  ][] = [
    ['there is no consent receipt', () => ({ receiptSha256: '' })],
    ['does not cover: train-robot-policies', () => ({ purposes: ['advertising'] })],
    ['had expired', () => ({ expiresAt: '2026-11-22T11:59:59.000Z' })],
    ['had expired', () => ({ expiresAt: 'one day' })],
  ]
  for (const [words, change] of spoiled) {
    const made: Files = new Map()
    await makeSealedRelease(memoryFolder(made), clips.slice(1), (provenance) => ({
      ...provenance,
      consent: { ...provenance.consent, ...change(provenance.consent) },
    }))
    const { holds, faults } = await faultsOf(made)
    expect(holds).toBe(false)
    expect(faults.map(({ id, what }) => `${id}: ${what}`).join()).toContain(words)
    expect(faults.every(({ id }) => id === 'consent')).toBe(true)
  }
}, 60_000)

test('PRF-5 a log entry that is about something else, or opens to other facts, is found', async () => {
  for (const change of [
    (log: EpisodeProvenance['log']) => ({ ...log, facts: { outcome: 'failure' } }),
    (log: EpisodeProvenance['log']) => ({ ...log, saltHex: toHex(new Uint8Array(16)) }),
    (log: EpisodeProvenance['log']) => ({ ...log, index: log.index + 1 }),
    (log: EpisodeProvenance['log']) => ({ ...log, entry: { ...log.entry, action: 'episode.reject' } }),
  ]) {
    const made: Files = new Map()
    await makeSealedRelease(memoryFolder(made), clips.slice(1), (it) => ({ ...it, log: change(it.log) }))
    const { faults } = await faultsOf(made)
    expect(faults.map(({ id }) => id)).toContain('log')
  }
  const made: Files = new Map()
  const foreign = '01938f00-0000-7000-8000-e0e099999999'
  await makeSealedRelease(memoryFolder(made), clips.slice(1), (it) => ({ ...it, episodeId: foreign }))
  expect((await faultsOf(made)).faults.map(({ what }) => what).join()).toContain('about something else')
}, 60_000)

test('PRF-6 nonsense in place of a release is refused in words, never by a crash', async () => {
  for (const text of ['', 'null', '{}', '[]', '{"episodes":[null]}', '{"episodes":[{"episodeId":7}]}']) {
    const changed = copy()
    for (const path of ['chiron/manifest.json', 'meta/info.json', 'chiron/attestation.dsse.json']) {
      changed.set(path, new TextEncoder().encode(text))
    }
    expect((await faultsOf(changed)).holds).toBe(false)
  }
  expect((await faultsOf(new Map())).holds).toBe(false)
})

test('PRF-7 sealing refuses what verifying would, and any place or time finer than country and day', async () => {
  const order = { facts: FACTS, checkpoint: '', logKey: '', signer: RELEASE_SIGNER }
  const provenance = parsed<EpisodeProvenance>(
    [...files.keys()].find((path) => path.startsWith('chiron/episodes/')),
  )
  const seal = (change: Partial<EpisodeProvenance>) =>
    sealRelease(memoryFolder(), {
      ...order,
      episodes: [{ provenance: { ...provenance, ...change }, logProof: '' }],
    })
  const { consent } = provenance
  await expect(seal({ consent: { ...consent, receiptSha256: '' } })).rejects.toMatchObject({
    code: 'consent-missing',
  })
  await expect(seal({ consent: { ...consent, purposes: [] } })).rejects.toMatchObject({
    code: 'consent-missing',
  })
  await expect(seal({ country: 'Lisboa' })).rejects.toMatchObject({ code: 'provenance-invalid' })
  await expect(seal({ recordedDay: '2026-11-20T09:31' })).rejects.toMatchObject({
    code: 'provenance-invalid',
  })
})

test('PRF-8 the card says what is in the release, for what it may be used, and what it lacks', () => {
  const card = new TextDecoder().decode(files.get('README.md'))
  for (const words of [
    '2 episodes',
    'train-robot-policies',
    'no `action`',
    'wave the hand',
    'filmed by 1 person',
  ]) {
    expect(card).toContain(words)
  }
  expect(parsed<{ '@type': string }>('croissant.json')['@type']).toBe('sc:Dataset')
})

test('PRF-9 consented, attested and simulated episodes are told apart in card, manifest and verdict', async () => {
  const bases = [
    { origin: 'import', basis: 'attested', country: null },
    { origin: 'simulated', basis: 'simulated', country: null },
  ] as const
  const made: Files = new Map()
  let at = 0
  await makeSealedRelease(memoryFolder(made), clips, (told) => ({ ...told, ...bases[at++ % 2] }))
  const { holds, checks } = await verifyRelease(memoryFolder(made))
  expect(holds).toBe(true)
  const words = checks.find(({ id }) => id === 'consent')?.what ?? ''
  expect(words).toContain('the team’s own statement that it holds the rights (1)')
  expect(words).toContain('a simulation, with nobody in it (1)')
  expect(words).not.toContain('the consent of whoever')
  const text = (path: string) => new TextDecoder().decode(made.get(path))
  const manifest = JSON.parse(text('chiron/manifest.json'))
  expect(manifest.episodes).toMatchObject([
    { origin: 'import', basis: 'attested' },
    { origin: 'simulated', basis: 'simulated' },
  ])
  expect(text('README.md')).toContain('1 episode simulated')
  expect(text('README.md')).toContain('1 episode brought by the team')

  const computed: Files = new Map()
  await makeSealedRelease(memoryFolder(computed), clips.slice(1), (told) => ({ ...told, ...bases[1] }))
  for (const path of ['README.md', 'croissant.json']) {
    const all = new TextDecoder().decode(computed.get(path))
    expect(all).not.toMatch(/human.demonstrations|filmed by|with their consent/i)
    expect(all).toContain('simulated')
  }
}, 60_000)

test('PRF-9 an episode that claims a consent it cannot have does not hold', async () => {
  const claims = [{ origin: 'simulated' }, { origin: 'import' }, { basis: 'attested' }, { basis: undefined }]
  for (const claim of claims) {
    const made: Files = new Map()
    await makeSealedRelease(
      memoryFolder(made),
      clips.slice(1),
      (told) => ({ ...told, ...claim }) as typeof told,
    )
    const { faults } = await faultsOf(made)
    expect(faults.map(({ id }) => id)).toContain('consent')
  }
}, 60_000)

function parsed<T>(path: string | undefined): T {
  return JSON.parse(new TextDecoder().decode(files.get(path ?? '')))
}

test('PRF-10 LeRobot, MCAP or both: each format alone holds, and says what it is', async () => {
  for (const [format, other] of [
    ['lerobot', 'mcap/'],
    ['mcap', 'meta/'],
  ] as [ReleaseFormat, string][]) {
    const alone: Files = new Map()
    await makeSealedRelease(memoryFolder(alone), clips, (told) => told, [format])
    expect([...alone.keys()].filter((path) => path.startsWith(other))).toEqual([])
    const { checks, holds } = await verifyRelease(memoryFolder(alone))
    expect(checks.filter((check) => !check.holds)).toEqual([])
    expect(holds).toBe(true)
    const manifest: ReleaseManifest = JSON.parse(new TextDecoder().decode(alone.get(PATHS.manifest)))
    expect(manifest.formats).toEqual([format])
    const card = new TextDecoder().decode(alone.get(PATHS.card))
    expect(card.includes('LeRobotDataset')).toBe(format === 'lerobot')
    expect(card.includes('mcap.reader')).toBe(format === 'mcap')
  }
}, 30_000)

test('PRF-10 an MCAP file that carries another episode’s provenance does not hold, however well it is signed', async () => {
  const swapped: Files = new Map()
  const folder = memoryFolder(swapped)
  const [first, second] = ['mcap/chunk-000/episode-000.mcap', 'mcap/chunk-000/episode-001.mcap']
  // Written in each other's place, before the seal goes over them.
  const swapping = {
    ...folder,
    write: (path: string, bytes: Uint8Array) =>
      folder.write(path === first ? second : path === second ? first : path, bytes),
  }
  await makeSealedRelease(swapping, clips, (told) => told, ['mcap'])
  const { holds, faults } = await faultsOf(swapped)
  expect(holds).toBe(false)
  expect(faults.map(({ id }) => id)).toContain('structure')
  expect(faults.map(({ file }) => file)).toEqual(expect.arrayContaining([first, second]))
}, 30_000)
