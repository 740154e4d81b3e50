import { type Model, writable } from './model.ts'

/** Two things that touched: by geom, or by body where the geom has no name. */
export type Contact = {
  readonly one: string
  readonly other: string
  /** The spans in which they did, in milliseconds from the beginning. */
  readonly spans: readonly { readonly startMs: number; readonly endMs: number; readonly peakForceN: number }[]
  /** The force between them at each sample of the run, in newton; 0 where they did not touch. */
  readonly forcesN: Float64Array
}

/** Spans nearer than this are one: a foot that chatters stands. */
const GAP_MS = 50
/** What touches more lightly is not told. */
const LEAST_FORCE_N = 0.01

type Span = { startMs: number; endMs: number; peakForceN: number }
type Pair = { one: string; other: string; spans: Span[]; forces: Map<number, number> }

/** Watches what touches what, at every step. */
export function watchContacts(model: Model) {
  const { physics, data } = model
  const buffer = new physics.DoubleBuffer(6)
  const pairs = new Map<string, Pair>()
  const now = new Map<string, number>()

  const pairOf = (one: string, other: string): string => {
    const [first, second] = one < other ? [one, other] : [other, one]
    const name = `${first}\n${second}`
    if (!pairs.has(name)) pairs.set(name, { one: first, other: second, spans: [], forces: new Map() })
    return name
  }

  return {
    /** After a step that ended at `atMs`. */
    look(atMs: number): void {
      now.clear()
      if (data.ncon > 0)
        collect(model, buffer, (one, other, force) => {
          const name = pairOf(one, other)
          now.set(name, (now.get(name) ?? 0) + force)
        })
      for (const [name, force] of now) if (force >= LEAST_FORCE_N) extend(pairs.get(name), atMs, force)
    },
    /** The forces of the last step belong to the sample of this index. */
    sample(index: number): void {
      for (const [name, force] of now) if (force >= LEAST_FORCE_N) pairs.get(name)?.forces.set(index, force)
    },
    contacts(sampleCount: number): Contact[] {
      return [...pairs.entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .filter(([, { spans }]) => spans.length > 0)
        .map(([, { one, other, spans, forces }]) => {
          const forcesN = new Float64Array(sampleCount)
          for (const [index, force] of forces) forcesN[index] = force
          return { one, other, spans, forcesN }
        })
    },
    close: () => buffer.delete(),
  }
}

function collect(
  { physics, model, data, geoms }: Model,
  buffer: InstanceType<Model['physics']['DoubleBuffer']>,
  tell: (one: string, other: string, force: number) => void,
): void {
  const list = data.contact
  for (let at = 0; at < data.ncon; at += 1) {
    const contact = list.get(at)
    if (!contact) continue
    physics.mj_contactForce(model, data, at, buffer)
    const [normal = 0, across = 0, along = 0] = writable(buffer.GetView())
    tell(
      geoms[contact.geom1]?.name ?? '',
      geoms[contact.geom2]?.name ?? '',
      Math.hypot(normal, across, along),
    )
    contact.delete()
  }
  list.delete()
}

function extend(pair: Pair | undefined, atMs: number, force: number): void {
  const last = pair?.spans.at(-1)
  if (last && atMs - last.endMs <= GAP_MS) {
    last.endMs = atMs
    last.peakForceN = Math.max(last.peakForceN, force)
  } else pair?.spans.push({ startMs: atMs, endMs: atMs, peakForceN: force })
}
