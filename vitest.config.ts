import { defineConfig } from 'vitest/config'

const unit = {
  name: 'unit',
  include: [
    'packages/{core,contract,formats,client,capture,ui,sim}/src/**/*.test.{ts,tsx}',
    'apps/*/src/**/*.test.{ts,tsx}',
    'tools/**/*.test.ts',
  ],
}

const server = {
  name: 'server',
  include: ['packages/server/**/*.test.ts'],
  globalSetup: ['packages/server/src/platform/postgres/vitest-setup.ts'],
}

const endToEnd = {
  name: 'e2e',
  include: ['tests/e2e/**/*.test.ts'],
  // A browser on a busy machine may be late for once; the report names whatever needed its second try.
  retry: process.env.CI ? 1 : 0,
  testTimeout: 120_000,
  hookTimeout: 120_000,
  fileParallelism: false,
}

// Real servers, killed and mistreated; beside the other tests, one file after the other.
const faults = {
  name: 'faults',
  include: ['tests/faults/**/*.test.ts'],
  testTimeout: 120_000,
  hookTimeout: 120_000,
  fileParallelism: false,
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    // Generous, for slow and busy machines: a test that hangs is found either way.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [{ test: unit }, { test: server }, { test: endToEnd }, { test: faults }].map((project) => ({
      ...project,
      extends: true as const,
    })),
  },
})
