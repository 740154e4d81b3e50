import { Refusal } from '@chiron/core/kit'
import type { FastifyError, FastifyInstance } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { REFUSAL_STATUS } from '../refuse.ts'

/** SQLSTATE `disk_full`. */
const NO_ROOM_IN_DATABASE = '53100'

/** The only place where an error becomes a reply. Refusals speak for themselves; everything else is our bug. */
export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler((cause: FastifyError | Refusal, request, reply) => {
    if (cause instanceof Refusal) {
      const status = REFUSAL_STATUS[cause.code] ?? 400
      return reply.status(status).send({ code: cause.code, message: cause.message, facts: cause.facts })
    }
    if (hasZodFastifySchemaValidationErrors(cause)) {
      const faults = cause.validation.map((v) => ({
        field: v.instancePath.slice(1) || '(whole)',
        why: v.message ?? '',
      }))
      const message = `Some fields are not right: ${faults.map((f) => `${f.field}: ${f.why}`).join('; ')}`
      return reply.status(400).send({ code: 'bad-input', message, facts: { faults } })
    }
    if (NOT_A_VALUE.has(cause.code)) {
      request.log.warn({ cause: cause.message, url: request.routeOptions.url }, 'a value that is none')
      const message =
        'Something in this address or request is not what it should be: an id, a number or a text.'
      return reply.status(400).send({ code: 'bad-input', message })
    }
    if ('code' in cause && cause.code === NO_ROOM_IN_DATABASE) {
      request.log.error({ cause: cause.message }, 'the disk of the database is full')
      const message = 'The server’s disk is full. Nothing you sent before is lost; please try again later.'
      return reply.status(507).send({ code: 'disk-full', message })
    }
    const status = 'statusCode' in cause ? (cause.statusCode ?? 500) : 500
    if (status < 500) return reply.status(status).send({ code: codeOf(status), message: cause.message })
    request.log.error({ cause: cause.stack, url: request.routeOptions.url }, 'request failed')
    return reply.status(500).send({
      code: 'server-fault',
      message: 'Something broke on the server. Nothing you sent was lost half-way; please try again.',
    })
  })
  app.setNotFoundHandler((request, reply) =>
    reply
      .status(404)
      .send({ code: 'not-found', message: `There is nothing at ${request.url.split('?')[0]}.` }),
  )
}

/** What PostgreSQL says of a value that it cannot read: no id, a number out of range, a text with a zero byte. */
const NOT_A_VALUE = new Set(['22P02', '22003', '22021'])

const codeOf = (status: number): string =>
  ({ 404: 'not-found', 413: 'too-large', 415: 'bad-input', 429: 'too-many' })[status] ?? 'bad-input'
