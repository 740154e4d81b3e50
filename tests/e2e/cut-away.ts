import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { toldPlace } from '@chiron/formats/video'
import type { Page } from 'playwright-core'

/** The take as it was filmed, from the browser's private storage; what is sent is another, made of it. */
export async function filmedTake(page: Page): Promise<Buffer> {
  const text = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle('chiron-takes')
    const open = async (name: string) => await (await folder.getFileHandle(name)).getFile()
    for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) {
      if (!name.endsWith('.take.json')) continue
      const facts = JSON.parse(await (await open(name)).text()) as { name: string; context: object }
      if ('resultOf' in facts.context) continue
      const bytes = new Uint8Array(await (await open(facts.name)).arrayBuffer())
      return bytes.reduce((text, byte) => text + String.fromCharCode(byte), '')
    }
    return ''
  })
  return Buffer.from(text, 'latin1')
}

/** The end of the pictures in an MP4: of a take whose end was cut away, bytes that must be nowhere else. */
function endOfPictures(film: Buffer): Buffer {
  for (let at = 0; at + 8 <= film.length; at += Math.max(8, film.readUInt32BE(at))) {
    if (film.subarray(at + 4, at + 8).toString('latin1') !== 'mdat') continue
    const end = at + film.readUInt32BE(at)
    return film.subarray(end - 64, end)
  }
  throw new Error('there are no pictures in it')
}

/**
 * Where the server holds what it must not: bytes that were cut away on the phone, in any of its files or in the film
 * as it gives it out, decrypted; a place, in that film; pictures of that film, in a file as they are. `page` shows the
 * film that was made of `raw`.
 */
export async function placesOf(raw: Buffer, { page, home }: { page: Page; home: string }): Promise<string[]> {
  const cutAway = endOfPictures(raw)
  const src = await page.evaluate(
    () => (document.querySelector('video') as { src?: string } | null)?.src ?? '',
  )
  const sent = await (await page.request.get(src)).body()
  const inFilm = [
    ...(sent.includes(cutAway) ? ['the film: what was cut away'] : []),
    ...((await toldPlace(sourceOf(sent))) === null ? [] : ['the film: a place']),
  ]
  const marks = [cutAway, endOfPictures(sent)]
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' }).map((name) => path.join(home, name))
  const holding = files.filter((file) => {
    // The database renames and removes files of its own as it goes.
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return false
    const bytes = readFileSync(file)
    return marks.some((mark) => bytes.includes(mark))
  })
  return [...inFilm, ...holding]
}

const sourceOf = (bytes: Buffer) => ({
  sizeBytes: bytes.length,
  read: async (from: number, to: number) => Uint8Array.from(bytes.subarray(from, to)),
})
