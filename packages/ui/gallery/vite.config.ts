import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** `npx vite packages/ui/gallery` shows every component; make-clip.ts makes the clips it plays. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: '.cache',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { host: '127.0.0.1' },
})
