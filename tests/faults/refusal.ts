import { CallError } from '@chiron/client'
import { UploadRefused } from './tus-sender.ts'

export interface Said {
  status: number
  code: string
  message: string
}

/** What a call was refused with; a call that is granted fails the test. */
export async function refusal(call: Promise<unknown>, what = 'this'): Promise<Said> {
  try {
    await call
  } catch (cause) {
    if (cause instanceof CallError || cause instanceof UploadRefused)
      return { status: cause.status, code: cause.code, message: cause.message }
    throw cause
  }
  throw new Error(`${what} was granted`)
}

/** The reply to a request made by hand, as a refusal. */
export async function said(reply: Response): Promise<Said> {
  const text = await reply.text()
  const body = JSON.parse(text) as Partial<Said>
  return { status: reply.status, code: body.code ?? '', message: body.message ?? text }
}

/** A sentence for a person: no code, no trace of the machinery. */
export const IN_WORDS =
  /^(?!.*(Error:|\bat \/|node_modules|relation "|syntax error|invalid byte)).*[a-z]{2,} .*[a-z]{2,}/s
