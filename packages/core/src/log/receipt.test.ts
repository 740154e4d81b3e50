import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase64, sha256, toBase64, toHex, utf8 } from '../kit/index.ts'
import {
  checkpointBody,
  emptyRoot,
  encodeTlogProof,
  inclusionProof,
  integrate,
  leafHash,
  logEntry,
  openCheckpoint,
  openNote,
  parseCheckpointBody,
  parseTlogProof,
  parseVerifierKey,
  saltedCommitment,
  signCheckpoint,
  signNote,
  verifierKeyOf,
  verifierKeyText,
  verifyTlogProof,
} from './index.ts'

const ORIGIN = 'chiron.example/workspace'
const secretKey = sha256('a key for tests only')
const verifierKey = verifierKeyOf({ name: ORIGIN, secretKey })

// A checkpoint and the key of Go's checksum database, as published in September 2024.
const GO_KEY = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'
const GO_NOTE = `go.sum database tree
30055305
mXfgRcJ0bG0j3CPdKwgGWtUzBUbX67saZGRmFuJGGsM=

— sum.golang.org Az3grpgEild5qw7+5dtV13Kf1C2Xurm8q4fhdxvcsDHnqNTaxL2AFjBY+2TyGKevucFcAAlWFJJYle3EJlDCrQ+y3A8=
`

/** The receipt of one entry in a log of `size`. */
function receipt(index: number, size: number, extra?: Uint8Array) {
  const entries = Array.from({ length: size }, (_, at) => utf8(`entry ${at}`))
  const { stored, root } = integrate({
    size: 0,
    readHash: () => emptyRoot,
    leafHashes: entries.map(leafHash),
  })
  const hashes = new Map(stored.map(({ level, index, hash }) => [`${level}/${index}`, hash]))
  const proof = inclusionProof(index, size, (level, at) => hashes.get(`${level}/${at}`)!)
  const checkpoint = signCheckpoint({ origin: ORIGIN, size, root }, secretKey)
  const proofText = encodeTlogProof(
    extra ? { index, proof, checkpoint, extra } : { index, proof, checkpoint },
  )
  return { proofText, entryBytes: entries[index]!, verifierKey }
}

function flipBit(text: string, at: number, bit: number): string {
  const bytes = Buffer.from(text, 'utf8')
  bytes[at] = bytes[at]! ^ (1 << bit)
  return bytes.toString('utf8')
}

test('LOG-7 a note of an existing log opens under its key', () => {
  const opened = openNote(GO_NOTE, GO_KEY)
  expect(opened).toEqual({ ok: true, text: GO_NOTE.slice(0, GO_NOTE.indexOf('\n\n') + 1) })
  const key = parseVerifierKey(GO_KEY)!
  expect([key.name, toHex(key.keyId), key.publicKey.length]).toEqual(['sum.golang.org', '033de0ae', 32])
  expect(verifierKeyText(key.name, key.publicKey)).toBe(GO_KEY)
})

test('LOG-7 a signed text opens, an altered one does not', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 20 }), { maxLength: 4 }), fc.nat(), (lines, place) => {
      const text = `${lines.join('\n')}\n`
      const note = signNote(text, { name: ORIGIN, secretKey })
      expect(openNote(note, verifierKey)).toEqual({ ok: true, text })
      const altered = flipBit(note, place % Buffer.byteLength(note), place % 8)
      expect(openNote(altered, verifierKey).ok).toBe(false)
    }),
    { numRuns: 40 },
  )
})

test('LOG-7 other signatures are ignored, a failing one of ours spoils the note', () => {
  const note = signNote('body\n', { name: ORIGIN, secretKey })
  const otherSigner = { name: 'witness.example', secretKey: sha256('another key') }
  const otherLine = signNote('body\n', otherSigner).split('\n\n')[1]!
  expect(openNote(note + otherLine, verifierKey)).toEqual({ ok: true, text: 'body\n' })
  expect(openNote(note + otherLine, verifierKeyOf(otherSigner))).toEqual({ ok: true, text: 'body\n' })
  expect(openNote(note, verifierKeyOf(otherSigner))).toEqual({ ok: false, reason: 'signature-missing' })
  const ourOtherLine = signNote('other\n', { name: ORIGIN, secretKey }).split('\n\n')[1]!
  expect(openNote(note + ourOtherLine, verifierKey)).toEqual({ ok: false, reason: 'signature-wrong' })
})

test('LOG-7 what is not a note or a key is named', () => {
  const note = signNote('body\n', { name: ORIGIN, secretKey })
  const wrongNotes = [
    '',
    'body\n',
    note.slice(0, -1),
    `${note}\n`,
    note.replace('— ', '- '),
    note.replace('body', '\t'),
  ]
  wrongNotes.push(
    note.replace(' chiron', '  chiron'),
    `${note.slice(0, -1)} x\n`,
    `${note}— x AAAA\n`,
    `body\n\n`,
    note + 'x'.repeat(1_000_001),
  )
  for (const wrong of wrongNotes)
    expect([wrong.slice(0, 80), openNote(wrong, verifierKey)]).toEqual([
      wrong.slice(0, 80),
      { ok: false, reason: 'note-malformed' },
    ])
  const [name, keyId, encoded] = verifierKey.split('+') as [string, string, string]
  const wrongType = toBase64(fromBase64(verifierKey.slice(name.length + keyId.length + 2)).fill(4, 0, 1))
  const wrongKeys = [
    '',
    name,
    `${name}+${keyId}`,
    `${name}+00000000+${encoded}`,
    `${name}+${keyId}+${wrongType}`,
  ]
  for (const wrong of [...wrongKeys, `other+${verifierKey.slice(name.length + 1)}`])
    expect(openNote(note, wrong)).toEqual({ ok: false, reason: 'key-malformed' })
  expect(() => signNote('no newline', { name: ORIGIN, secretKey })).toThrow('newline')
  expect(() => signNote('body\n', { name: 'a b', secretKey })).toThrow('no space')
})

test('LOG-8 a checkpoint reads back and has one spelling', () => {
  const body = checkpointBody({ origin: ORIGIN, size: 0, root: emptyRoot })
  expect(body).toBe(`${ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`)
  expect(parseCheckpointBody(body)).toEqual({ origin: ORIGIN, size: 0, root: emptyRoot })
  expect(parseCheckpointBody(`${body}an extension\n`)?.size).toBe(0)
  const wrong = [
    body.slice(0, -1),
    body.replace('\n0\n', '\n00\n'),
    body.replace('\n0\n', '\n-1\n'),
    `\n${body}`,
  ]
  wrong.push(body.replace('\n0\n', '\n1e3\n'), body.replace('\n0\n', '\n9007199254740993\n'), `${body}\n`, '')
  wrong.push(body.replace('FU=', 'FV='), `${ORIGIN}\n0\nAAAA\n`, `${ORIGIN}\n0\n`)
  for (const text of wrong) expect([text, parseCheckpointBody(text)]).toEqual([text, null])
})

test('LOG-8 the origin of a checkpoint is the name of its key', () => {
  const note = signCheckpoint({ origin: ORIGIN, size: 5, root: emptyRoot }, secretKey)
  expect(openCheckpoint(note, verifierKey)).toEqual({
    ok: true,
    checkpoint: { origin: ORIGIN, size: 5, root: emptyRoot },
  })
  expect(openCheckpoint(GO_NOTE, GO_KEY)).toEqual({ ok: false, reason: 'origin-wrong' })
  const unfit = signNote('three\nodd\nlines\n', { name: ORIGIN, secretKey })
  expect(openCheckpoint(unfit, verifierKey)).toEqual({ ok: false, reason: 'checkpoint-malformed' })
})

test('LOG-9 a receipt is kept as text and verifies offline', () => {
  for (const size of [1, 2, 7, 64])
    for (const index of [0, size - 1])
      expect(verifyTlogProof(receipt(index, size))).toEqual({ ok: true, index, size })

  const lines = receipt(2, 7).proofText.split('\n')
  expect(lines.slice(0, 2)).toEqual(['c2sp.org/tlog-proof@v1', 'index 2'])
  expect([lines[5], lines[6], lines[7]]).toEqual(['', ORIGIN, '7'])
})

test('LOG-9 flipping any bit of a receipt makes it fail', () => {
  const claim = receipt(2, 5)
  const byteCount = Buffer.byteLength(claim.proofText)
  for (let at = 0; at < byteCount; at++) {
    const proofText = flipBit(claim.proofText, at, at % 8)
    expect([at, verifyTlogProof({ ...claim, proofText }).ok]).toEqual([at, false])
  }
  for (let at = 0; at < claim.verifierKey.length; at++) {
    const wrongKey = flipBit(claim.verifierKey, at, at % 7)
    expect([at, verifyTlogProof({ ...claim, verifierKey: wrongKey }).ok]).toEqual([at, false])
  }
  for (let at = 0; at < claim.entryBytes.length; at++) {
    const entryBytes = claim.entryBytes.map((byte, place) => (place === at ? byte ^ 1 : byte))
    expect(verifyTlogProof({ ...claim, entryBytes })).toEqual({ ok: false, reason: 'not-in-log' })
  }
})

test('LOG-9 any place, any size, any bit', () => {
  const place = fc
    .integer({ min: 1, max: 200 })
    .chain((size) => fc.record({ size: fc.constant(size), index: fc.nat({ max: size - 1 }) }))
  fc.assert(
    fc.property(place, fc.nat(), fc.nat({ max: 7 }), ({ size, index }, at, bit) => {
      const claim = receipt(index, size)
      expect(verifyTlogProof(claim)).toEqual({ ok: true, index, size })
      const proofText = flipBit(claim.proofText, at % Buffer.byteLength(claim.proofText), bit)
      expect(verifyTlogProof({ ...claim, proofText }).ok).toBe(false)
    }),
    { numRuns: 40 },
  )
})

test('LOG-9 what is not a receipt is named, and extra is kept but not believed', () => {
  const claim = receipt(1, 4, utf8('a note to self'))
  expect(parseTlogProof(claim.proofText)?.extra).toEqual(utf8('a note to self'))
  expect(verifyTlogProof(claim)).toEqual({ ok: true, index: 1, size: 4 })
  const { proofText } = receipt(1, 4)
  const wrong = ['', 'x', proofText.replace('index 1', 'index 01'), proofText.replace('index 1', 'index')]
  wrong.push(proofText.replace('@v1', '@v2'), proofText.replace('index 1', 'extra ?\nindex 1'))
  wrong.push(
    proofText.replace('index 1\n', `index 1\n${'A'.repeat(40)}\n`),
    proofText.replaceAll('\n', '\r\n'),
  )
  wrong.push(proofText.replace('index 1\n', `index 1\n${`${'A'.repeat(43)}=\n`.repeat(64)}`))
  for (const text of wrong)
    expect(verifyTlogProof({ ...claim, proofText: text })).toEqual({ ok: false, reason: 'proof-malformed' })
  const elsewhere = proofText.replace('index 1', 'index 2')
  expect(verifyTlogProof({ ...claim, proofText: elsewhere })).toEqual({ ok: false, reason: 'not-in-log' })
})

const entry = {
  id: '017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
  at: '2026-01-31T09:30:00.000Z',
  action: 'consent.withdraw',
  actor: 'worker:017f22e2-79b0-7cc3-98c4-dc0c0c073990',
  subject: 'a'.repeat(64),
  factsDigest: 'b'.repeat(64),
}

test('LOG-10 the same entry always has the same bytes', () => {
  const text = Buffer.from(logEntry(entry)).toString('utf8')
  expect(text).toBe(
    `{"action":"consent.withdraw","actor":"${entry.actor}","at":"${entry.at}","factsDigest":"${entry.factsDigest}","id":"${entry.id}","subject":"${entry.subject}"}`,
  )
  const turned = Object.fromEntries(Object.entries(entry).reverse()) as typeof entry
  expect(logEntry({ ...turned, name: 'Ada' } as typeof entry)).toEqual(logEntry(entry))
  expect(() => logEntry({ ...entry, actor: 'system' })).not.toThrow()
})

test('LOG-10 what could point at a person does not get in', () => {
  for (const actor of ['Ada', 'ada@example.org', 'worker:Ada', 'worker:', '', 'system '])
    expect(() => logEntry({ ...entry, actor })).toThrow('actor')
  expect(() => logEntry({ ...entry, subject: 'kitchen of Ada' })).toThrow('subject')
  expect(() => logEntry({ ...entry, factsDigest: '{"name":"Ada"}' })).toThrow('digest')
  expect(() => logEntry({ ...entry, id: '7' })).toThrow('UUID')
  for (const at of ['2026-01-31', '2026-01-31T09:30:00Z', '2026-01-31T09:30:00.000+01:00'])
    expect(() => logEntry({ ...entry, at })).toThrow('UTC')
  for (const action of ['withdraw', 'Consent.withdraw', 'consent.', 'consent.with draw'])
    expect(() => logEntry({ ...entry, action })).toThrow('noun.verb')
})

test('LOG-11 a commitment depends on salt and value alone', () => {
  const salt = sha256('salt').slice(0, 16)
  const value = { country: 'KE', birthYear: 1990 }
  expect(saltedCommitment(salt, value)).toMatch(/^[0-9a-f]{64}$/)
  expect(saltedCommitment(salt, { birthYear: 1990, country: 'KE' })).toBe(saltedCommitment(salt, value))
  expect(saltedCommitment(salt, { ...value, birthYear: 1991 })).not.toBe(saltedCommitment(salt, value))
  expect(saltedCommitment(sha256('other'), value)).not.toBe(saltedCommitment(salt, value))
  expect(() => saltedCommitment(new Uint8Array(15), value)).toThrow('16 bytes')
})
