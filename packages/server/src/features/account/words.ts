import type { Clock } from '../../platform/clock.ts'

/** Easy to say, hear and spell in many tongues; none of them says anything about a person. */
const COLOURS =
  `amber azure bronze cedar cobalt copper coral crimson denim ebony emerald fern ginger golden granite
  hazel honey indigo ivory jade jasper lemon lilac linen lunar mango maple marble mint misty olive onyx opal orange
  pearl pebble pine plum quartz rosy ruby saffron sage sandy silver sky slate solar sunny tawny teal topaz velvet
  violet walnut willow`.split(/\s+/)
const ANIMALS =
  `alpaca badger beaver bison camel condor crane curlew dolphin eagle falcon finch fox gazelle gecko
  gibbon heron hoopoe ibex ibis jackal kestrel koala lark lemur linnet lizard llama lynx magpie marten mole moth
  newt ocelot orca oriole osprey otter owl panda pelican petrel pika plover puffin quail rabbit raven robin salmon
  seal shrew sparrow stork swallow swan tapir tern tiger toucan turtle walrus wombat wren zebra`.split(/\s+/)

/** A name to come back with, e.g. `amber-heron-42`; later tries have longer numbers. */
export function randomHandle(clock: Clock, tryCount: number): string {
  const digits = tryCount < 3 ? 2 : 4
  return [
    pick(clock, COLOURS),
    pick(clock, ANIMALS),
    String(below(clock, 10 ** digits)).padStart(digits, '0'),
  ].join('-')
}

// Crockford's base 32: no I, L, O, U, so that a code survives a phone call and bad handwriting.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_LENGTH = 8

/** Eight letters of 40 random bits in two groups, e.g. `K7QM-2XRD`. */
export function randomCode(clock: Clock): string {
  const letters = [...clock.randomBytes(CODE_LENGTH)]
    .map((byte) => LETTERS.charAt(byte % LETTERS.length))
    .join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

/** The one spelling of a typed code: spaces, dashes, case and look-alike letters do not matter. */
export function plainCode(typed: string): string {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, '')
  return letters.replace(/O/g, '0').replace(/[IL]/g, '1')
}

const pick = (clock: Clock, words: readonly string[]): string => words[below(clock, words.length)]!

/** A fair whole number below `limit` (at most 10⁶: the unevenness of 48 bits is far below one in a million). */
function below(clock: Clock, limit: number): number {
  return clock.randomBytes(6).reduce((sum, byte) => (sum * 256 + byte) % limit, 0)
}
