import { expect, test } from 'vitest'
import { entryFor, type Lock, lockGaps } from './lock.ts'

const lock: Lock = {
  packages: {
    '': {},
    'node_modules/tool': {
      version: '1.0.0',
      dev: true,
      optionalDependencies: { '@tool/linux-x64': '1.0.0', '@tool/darwin-arm64': '1.0.0' },
    },
    'node_modules/tool/node_modules/@tool/linux-x64': { version: '1.0.0', optional: true },
  },
}

test('LCK-1 platforms that a package names and the lock lacks are found', () => {
  expect(lockGaps(lock)).toEqual([{ name: '@tool/darwin-arm64', version: '1.0.0', dev: true }])
})

test('LCK-2 the entry that closes a gap says for which machines it is', () => {
  const gap = { version: '2.0.0', dev: false }
  expect(entryFor({ ...gap, name: '@tool/darwin-arm64' })).toEqual({
    version: '2.0.0',
    cpu: ['arm64'],
    optional: true,
    os: ['darwin'],
  })
  expect(entryFor({ ...gap, name: '@tool/linux-x64-musl' })).toMatchObject({ libc: ['musl'] })
  expect(() => entryFor({ ...gap, name: 'fsevents' })).toThrow('by hand')
})
