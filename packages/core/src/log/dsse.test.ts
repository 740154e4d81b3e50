import { expect, test } from 'vitest'
import { seededRandom, utf8 } from '../kit/index.ts'
import { openDsse, signDsse } from './dsse.ts'
import { verifierKeyOf } from './signed-note.ts'

const signer = { name: 'robots.example/release', secretKey: new Uint8Array(32).fill(7) }
const other = { name: 'robots.example/release', secretKey: new Uint8Array(32).fill(8) }
const payload = utf8('{"subject":[]}')
const envelope = signDsse('application/vnd.in-toto+json', payload, signer)

test('LOG-12 an envelope gives back what was signed, to the key that signed it', () => {
  expect(openDsse(envelope, verifierKeyOf(signer))).toEqual({
    ok: true,
    payloadType: 'application/vnd.in-toto+json',
    payload,
  })
  expect(openDsse(envelope, verifierKeyOf(other))).toEqual({ ok: false, reason: 'signature-missing' })
  expect(openDsse(envelope, 'nonsense')).toEqual({ ok: false, reason: 'key-malformed' })
})

test('LOG-12 no byte of an envelope can change', () => {
  const bytes = utf8(envelope)
  const dice = seededRandom('dsse')
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice()
    changed[at]! ^= 1 << dice.int(7)
    const text = new TextDecoder().decode(changed)
    expect(openDsse(text, verifierKeyOf(signer)).ok, `byte ${at}`).toBe(false)
  }
})

test('LOG-12 another spelling of the same envelope is refused', () => {
  const spaced = `${JSON.stringify(JSON.parse(envelope), null, 1)}\n`
  expect(openDsse(spaced, verifierKeyOf(signer))).toEqual({ ok: false, reason: 'envelope-malformed' })
  expect(openDsse('null', verifierKeyOf(signer))).toEqual({ ok: false, reason: 'envelope-malformed' })
  expect(openDsse('{', verifierKeyOf(signer))).toEqual({ ok: false, reason: 'envelope-malformed' })
})
