import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'
import { buildModels, type ModelFile } from './build-models.ts'

const NAME = 'virtual:capture-models'
const RESOLVED = `\0${NAME}`

/**
 * Puts the detector's files into the build, beside each the compressed one that the server sends, and gives the
 * app their addresses and sizes as `virtual:capture-models`.
 */
export function captureModels(): Plugin {
  const models = buildModels()
  return {
    name: 'capture-models',
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    load: (id) =>
      id === RESOLVED ? `export const models = ${JSON.stringify(described(models))}` : undefined,
    generateBundle() {
      for (const model of Object.values(models)) {
        const fileName = addressOf(model)
        this.emitFile({ type: 'asset', fileName, source: model.content })
        this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: model.brotli })
      }
    },
  }
}

/** A hash in the name: kept for good by browsers, and never an old one for a new app. */
function addressOf({ name, content }: ModelFile): string {
  const [stem, ending] = name.split('.')
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 8)
  return `assets/models/${stem}-${hash}.${ending}`
}

const described = (models: Record<string, ModelFile>) =>
  Object.fromEntries(
    Object.entries(models).map(([name, model]) => [
      name,
      {
        url: `/${addressOf(model)}`,
        bytes: model.content.length,
        downloadBytes: model.brotli.length,
        sha256: createHash('sha256').update(model.content).digest('hex'),
      },
    ]),
  )
