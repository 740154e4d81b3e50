import { pino } from 'pino'
import type { Config } from './config.ts'

export type Logger = ReturnType<typeof openLog>

/** Structured log lines on stderr; request bodies, names and tokens never enter them. */
export function openLog(level: Config['logLevel']) {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2))
}

/** Counters and durations of this process, in the Prometheus text format at /metrics. */
export class Metrics {
  readonly #counts = new Map<string, number>()

  count(name: string, labels: Record<string, string> = {}, by = 1): void {
    const text = Object.entries(labels)
      .map(([key, value]) => `${key}="${value.replace(/["\\\n]/g, '_')}"`)
      .sort()
      .join(',')
    const key = text ? `${name}{${text}}` : name
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + by)
  }

  text(): string {
    const lines = [...this.#counts].map(([key, value]) => `${key} ${value}`).sort()
    return `${lines.join('\n')}\n`
  }
}
