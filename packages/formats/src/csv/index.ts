export { type CsvRow, csvRows } from './csv-rows.ts'
export { csvText } from './csv-text.ts'
export { type Headers, numberOf, type RowFault, type Rows, readRows, Trouble } from './read-rows.ts'
