import fs from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { sealNow } from '../features/log/index.ts'
import { openSecrets } from '../platform/secrets.ts'
import { testChiron } from '../testing.ts'
import { assertSecretFits, lacksSecret } from './secret-fits.ts'
import { StartProblem } from './storage.ts'

const chiron = await testChiron()
const { deps } = chiron
const { home } = deps.config
const file = path.join(home, 'secret')
const withSecret = async (secret: string) => ({ ...deps, secrets: await openSecrets(home, secret) })

test('a secret that does not open the keys in the database ends the start, before anything is written', async () => {
  const other = await withSecret('another secret of at least 32 characters')
  await assertSecretFits(other, { isNew: true }) // an empty database takes any secret
  const lab = await chiron.workspace()
  await sealNow(lab.as('owner'))
  await assertSecretFits(deps, { isNew: false })
  const refusal = await assertSecretFits(other, { isNew: false }).catch((cause) => cause)
  expect(refusal).toBeInstanceOf(StartProblem)
  expect(refusal.message).toContain('does not open the keys in the database')
})

test('a lost secret is not replaced silently: the new one goes again and the start says what to do', async () => {
  await (await chiron.workspace()).worker()
  await fs.rm(file, { force: true })
  const config = { home } as typeof deps.config
  expect(await lacksSecret(config)).toBe(true)
  const made = { ...deps, config: { ...deps.config, home }, secrets: await openSecrets(home) }
  expect(await lacksSecret(config)).toBe(false)
  await expect(assertSecretFits(made, { isNew: true })).rejects.toThrow(
    /There is no secret .* from your backup/,
  )
  expect(await lacksSecret(config)).toBe(true)
  expect(await lacksSecret({ ...config, secret: 'given from elsewhere, 32 characters' })).toBe(false)
})
