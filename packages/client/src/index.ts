export { CallError, type CallInput, type Client, type ClientOptions, createClient } from './call.ts'
export { type LiveHandlers, listen } from './events.ts'
export { newId } from './new-id.ts'
