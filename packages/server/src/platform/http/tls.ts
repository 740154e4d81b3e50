import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { generate } from 'selfsigned'

/** Addresses under which a phone on the same network reaches this machine. */
export function lanAddresses(): string[] {
  return Object.values(os.networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((net) => net.family === 'IPv4' && !net.internal)
    .map((net) => net.address)
    .sort()
}

/**
 * A self-signed certificate for this machine's names and addresses, made once and again when the addresses change:
 * browsers give a page its camera only over https (or on localhost).
 */
export async function openTls(folder: string): Promise<{ key: string; cert: string }> {
  const names = ['localhost', os.hostname()]
  const addresses = ['127.0.0.1', ...lanAddresses()]
  const subject = JSON.stringify([names, addresses])
  const file = path.join(folder, 'self-signed.json')
  const kept = await fs.readFile(file, 'utf8').then(JSON.parse, () => null)
  if (kept?.subject === subject && new Date(kept.until).getTime() > Date.now() + 86_400_000) return kept
  const made = await generate([{ name: 'commonName', value: 'Chiron on this machine' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 365 * 86_400_000),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...addresses.map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  })
  const pair = { subject, key: made.private, cert: made.cert, until: new Date(Date.now() + 364 * 86_400_000) }
  await fs.mkdir(folder, { recursive: true })
  await fs.writeFile(file, JSON.stringify(pair), { mode: 0o600 })
  return pair
}
