export { openChiron } from './app.ts'
export { readConfig } from './platform/config.ts'
export { migrate } from './platform/db/migrate.ts'
export { startPostgres } from './platform/postgres/index.ts'
