import { slimContract } from '@chiron/client/slim-contract'
import { compiledMessages } from '@chiron/ui/compiled-messages'
import { defineConfig, type Plugin } from 'vite'

const NOTHING = '\0chiron-nothing'

/** Under Node MuJoCo would find its files by `module`; it asks for that where it is not needed, too. */
const mujocoInBrowsers = (): Plugin => ({
  name: 'chiron-mujoco-in-browsers',
  enforce: 'pre',
  resolveId: (id, importer) =>
    importer?.includes('@mujoco/mujoco') && id === 'module' ? NOTHING : undefined,
  load: (id) => (id === NOTHING ? 'export default {}' : undefined),
})

export default defineConfig({
  base: '/console/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The stage on which a robot moves is three.js, 560 kB that only its own button fetches. Nothing else comes near.
    chunkSizeWarningLimit: 600,
    // The physics engine takes its seconds to read and to pack; that is known.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  worker: { format: 'es', plugins: () => [mujocoInBrowsers()] },
  plugins: [slimContract(), compiledMessages()],
})
