// Loaded before a long-running program: descriptor 3 is a pipe from the launcher. It closes when the launcher
// is killed, and then the program ends in the orderly way, as if it had been asked to.
import { Socket } from 'node:net'
import { isMainThread } from 'node:worker_threads'

// The program's threads load this as well, and one that ends would close the pipe for all.
if (isMainThread) {
  const pipe = new Socket({ fd: 3, readable: true, writable: false })
  pipe.on('error', () => undefined)
  pipe.on('close', () => process.kill(process.pid, 'SIGTERM'))
  pipe.resume()
  pipe.unref()
}
