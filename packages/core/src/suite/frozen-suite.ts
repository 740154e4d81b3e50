import { z } from 'zod'
import { fromUtf8, jcs, sha256, toHex, utf8 } from '../kit/index.ts'
import { type DsseFault, type NoteSigner, openDsse, parseDsse, signDsse } from '../log/index.ts'
import { termSchema } from '../ontology/index.ts'
import { suiteContentSchema } from './suite-content.ts'

export const SUITE_PAYLOAD_TYPE = 'application/vnd.chiron.suite+json'

const statementSchema = z.object({
  suiteId: z.uuid(),
  name: z.string(),
  version: z.int().min(1),
  frozenAt: z.iso.datetime(),
  /** The key it was signed with, so that it can be checked by itself; who holds it must be learnt elsewhere. */
  signedBy: z.string(),
  ontology: z.object({ id: z.uuid(), version: z.int() }),
  /** The terms it refers to, as they were worded. */
  terms: z.array(termSchema),
  content: suiteContentSchema,
})
/** What a frozen suite says, whole: nothing has to be looked up to run it. */
export type SuiteStatement = z.infer<typeof statementSchema>

/** Signs a frozen suite: the envelope that is handed out, and the SHA-256 (hex) of what is signed. */
export function signSuite(
  statement: SuiteStatement,
  signer: NoteSigner,
): { envelope: string; sha256: string } {
  const payload = utf8(jcs(statement))
  return { envelope: signDsse(SUITE_PAYLOAD_TYPE, payload, signer), sha256: toHex(sha256(payload)) }
}

export type SuiteVerdict =
  | {
      readonly holds: true
      readonly statement: SuiteStatement
      readonly sha256: string
      /** False: checked with the key it names itself, which says that nothing changed, not who signed. */
      readonly isPinned: boolean
    }
  | { readonly holds: false; readonly reason: DsseFault | 'not-a-suite' }

/** Checks a frozen suite offline, with the key one expects, or else with the one it names. */
export function verifySuite(envelopeText: string, expectedKey?: string): SuiteVerdict {
  const envelope = parseDsse(envelopeText)
  if (envelope === null) return { holds: false, reason: 'envelope-malformed' }
  const statement = statementOf(envelope.payloadType, envelope.payload)
  if (statement === null) return { holds: false, reason: 'not-a-suite' }
  const opened = openDsse(envelopeText, expectedKey ?? statement.signedBy)
  if (!opened.ok) return { holds: false, reason: opened.reason }
  return {
    holds: true,
    statement,
    sha256: toHex(sha256(envelope.payload)),
    isPinned: expectedKey !== undefined,
  }
}

function statementOf(payloadType: string, payload: Uint8Array): SuiteStatement | null {
  if (payloadType !== SUITE_PAYLOAD_TYPE) return null
  try {
    return statementSchema.parse(JSON.parse(fromUtf8(payload)))
  } catch {
    return null // no JSON, or not of this shape
  }
}
