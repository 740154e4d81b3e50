import { notesBox } from '@chiron/formats/notes'

/** The film with notes behind its pictures, packed where the browser can: they are encrypted and erased with it. */
export async function withNotes(film: Blob, notes: object): Promise<Blob> {
  const text = new Blob([JSON.stringify(notes)])
  const packed =
    typeof CompressionStream === 'function' ? text.stream().pipeThrough(new CompressionStream('gzip')) : text
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer())
  return new Blob([film, notesBox(bytes)], { type: film.type })
}
