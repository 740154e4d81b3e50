#!/usr/bin/env node
// Checks one record's proof offline, without Chiron and without packages: Node 20 or newer is enough.
//   node verify-record.mjs proof.json [VERIFIER_KEY]
// proof.json is what the worker app saves under "Download the proof", or GET /api/log/proof/RECORD_ID:
// { "proof": C2SP tlog-proof, "entry": the exact text that was hashed, "verifierKey": the log's key }.
// VERIFIER_KEY is the log's key as you know it from elsewhere. Without it the key in the file is believed, which
// shows only that file, entry and signature fit together. Exit code 0: it holds. 1: it does not. 2: wrong use.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest()
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** Stops with the reason; nothing after it is believed. */
function wrong(why) {
  console.error(`It does NOT hold: ${why}.`)
  process.exit(1)
}

/** name+hash+base64(1, public key), C2SP signed-note. The hash ties the name to the key. */
function readKey(text) {
  const [, name, hash, encoded] = /^(.+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim()) ?? []
  const bytes = Buffer.from(encoded ?? '', 'base64')
  if (!name || bytes[0] !== 1 || bytes.length !== 33) wrong('the verifier key is not an Ed25519 key of a log')
  const id = sha256(Buffer.from(`${name}\n`), bytes).subarray(0, 4)
  if (id.toString('hex') !== hash) wrong('the verifier key is damaged')
  const key = createPublicKey({
    key: Buffer.concat([ED25519_SPKI, bytes.subarray(1)]),
    format: 'der',
    type: 'spki',
  })
  return { name, id, key }
}

/** Opens the signed state of the log: its name, how many entries it had, and their root. */
function openCheckpoint(note, { name, id, key }) {
  const end = note.indexOf('\n\n') + 1
  const [text, signatures] = [note.slice(0, end), note.slice(end + 1).split('\n')]
  const line = signatures.find((each) => each.startsWith(`— ${name} `)) ?? wrong('no signature of this key')
  const signature = Buffer.from(line.slice(`— ${name} `.length), 'base64')
  if (!signature.subarray(0, 4).equals(id)) wrong('the signature was made with another key')
  if (!verify(null, Buffer.from(text), key, signature.subarray(4))) wrong('the signature does not fit')
  const [origin, size, root] = text.split('\n')
  if (origin !== name) wrong('the checkpoint is of another log')
  return { size: Number(size), root: Buffer.from(root, 'base64') }
}

/** The root that a leaf at `index` of `size` gives with these hashes (RFC 9162, 2.1.3.2). */
function rootOf(leaf, index, size, hashes) {
  let [node, at, last] = [leaf, index, size - 1]
  const join = (left, right) => sha256(Buffer.from([1]), left, right)
  for (const hash of hashes) {
    if (last === 0) wrong('the proof is too long')
    if (at % 2 === 1 || at === last) {
      node = join(hash, node)
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
    } else node = join(node, hash)
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 ? node : wrong('the proof is too short')
}

const [file, pinned] = process.argv.slice(2)
if (!file) {
  console.error('Use: node verify-record.mjs proof.json [VERIFIER_KEY]')
  process.exit(2)
}
const { proof, entry, verifierKey } = JSON.parse(readFileSync(file, 'utf8'))
const key = readKey(pinned ?? verifierKey)
const split = proof.indexOf('\n\n')
const [header, indexLine, ...hashLines] = proof
  .slice(0, split)
  .split('\n')
  .filter((l) => !l.startsWith('extra '))
if (header !== 'c2sp.org/tlog-proof@v1') wrong('this is no tlog-proof')
const index = Number(/^index (\d+)$/.exec(indexLine)?.[1] ?? wrong('the proof names no place'))
const { size, root } = openCheckpoint(proof.slice(split + 2), key)
if (index >= size) wrong('the place lies outside of the log')
const leaf = sha256(Buffer.from([0]), Buffer.from(entry))
const hashes = hashLines.map((line) => Buffer.from(line, 'base64'))
if (!rootOf(leaf, index, size, hashes).equals(root)) wrong('the entry is not at that place of the log')

const { at, action, actor, subject } = JSON.parse(entry)
console.log(`It holds: entry ${index} of ${size} in the log ${key.name}.`)
console.log(`${at}  ${action}  about ${subject}  by ${actor}`)
console.log(
  pinned ? 'Believed: the key you gave.' : 'Believed: the key in the file. Compare it with the one you know.',
)
