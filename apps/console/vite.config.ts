import { slimContract } from '@chiron/client/slim-contract'
import { compiledMessages } from '@chiron/ui/compiled-messages'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/console/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: 'es2022', modulePreload: { polyfill: false }, reportCompressedSize: false },
  worker: { format: 'es' },
  plugins: [slimContract(), compiledMessages()],
})
