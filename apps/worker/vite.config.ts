import { slimContract } from '@chiron/client/slim-contract'
import { compiledMessages } from '@chiron/ui/compiled-messages'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/** Kept by the service worker from the start, so that every screen opens without a network: all but these. */
const KEPT_WHEN_USED = [
  '**/reader-*',
  '**/film-writer-*',
  '**/browser-*',
  '**/ChooseDo-*.js',
  '**/language-*.js',
  '**/detector.worker-*',
  '**/run-tasks-*',
  '**/board.worker-*',
]

/** The app's and the components' words of one language come in one file: `language-CODE`. Some screens bring their own. */
const languageOf = (id: string): string | null => {
  const [, own = '', code] = /\/messages[/-](calibrate\/|task\/)?([a-z]+)\.ts$/.exec(id) ?? []
  return code === undefined ? null : `language-${code}${own && `-${own.slice(0, -1)}`}`
}

const NOTHING = '\0chiron-nothing'

/** Under Node OpenCV would read its files itself; it asks for what that takes before it looks where it is. */
const openCvInBrowsers = (): Plugin => ({
  name: 'chiron-opencv-in-browsers',
  enforce: 'pre',
  resolveId: (id, importer) =>
    importer?.includes('@techstark/opencv-js') && /^(fs|path|crypto)$/.test(id) ? NOTHING : undefined,
  load: (id) => (id === NOTHING ? 'export default {}' : undefined),
})

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What the first screen needs comes in one file: twenty small ones take twenty turns on a slow link.
    rolldownOptions: {
      // The service worker's list and the packing take their seconds; that is known.
      checks: { bundlerTimings: false },
      output: {
        codeSplitting: {
          groups: [
            { name: languageOf, debugName: 'language' },
            { name: 'shell', tags: ['$initial'] },
          ],
        },
      },
    },
  },
  worker: { format: 'es', plugins: () => [openCvInBrowsers()] },
  plugins: [
    slimContract(),
    // The phone has no tables, charts, lanes, keyboard and palette.
    compiledMessages({
      without: /^ui\.(chart|choice|keys|palette|percent|qr|quality|table|take|timeline)\./,
    }),
    VitePWA({
      strategies: 'generateSW',
      registerType: 'autoUpdate',
      injectRegister: false,
      manifest: {
        id: '/',
        name: 'Chiron',
        short_name: 'Chiron',
        description: 'Film and judge small tasks that teach robots. Paid, and your data stays yours.',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#f6f4f0',
        theme_color: '#f6f4f0',
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['index.html', 'assets/*.{js,css}'],
        globIgnores: KEPT_WHEN_USED,
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/api\//, /^\/console(\/|$)/, /^\/healthz$/, /^\/openapi\.json$/],
        skipWaiting: true,
        clientsClaim: true,
        cleanupOutdatedCaches: true,
        inlineWorkboxRuntime: true,
        sourcemap: false,
        runtimeCaching: [
          {
            // Put there by the app itself once a task is accepted (capture's keep-models).
            urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/models/'),
            handler: 'CacheFirst',
            options: { cacheName: 'models' },
          },
          {
            urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
            handler: 'CacheFirst',
            options: { cacheName: 'parts', expiration: { maxEntries: 80 } },
          },
        ],
      },
    }),
  ],
})
