import { type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import type { ByteSource } from '../io.ts'

/** A row as read: int64 comes as a safe number. */
export type ParquetRow = Record<string, unknown>
export type ParquetTable = {
  rows: ParquetRow[]
  columnNames: string[]
  rowGroupCount: number
  metadata: FileMetaData
}

/** Larger files are not ours: data files hold one episode. */
export const MAX_PARQUET_BYTES = 512 * 1024 * 1024

/**
 * Reads a Parquet file whole, but for the columns `isWanted` refuses.
 * @throws Error of the parser on a damaged file
 */
export async function readParquet(
  source: ByteSource,
  isWanted: (name: string) => boolean = () => true,
): Promise<ParquetTable> {
  if (source.sizeBytes > MAX_PARQUET_BYTES)
    throw new Error(`a Parquet file of ${source.sizeBytes} bytes is too large`)
  const bytes = await source.read(0, source.sizeBytes)
  const file = {
    byteLength: bytes.length,
    slice: (start: number, end?: number) => bytes.slice(start, end).buffer,
  }
  const metadata = await parquetMetadataAsync(file)
  const columnNames = topLevelNames(metadata).filter(isWanted)
  const rows = await parquetReadObjects({ file, metadata, columns: columnNames })
  const rowGroupCount = metadata.row_groups.length
  return { rows: rows.map((row) => toNumbers(row) as ParquetRow), columnNames, rowGroupCount, metadata }
}

function topLevelNames(metadata: FileMetaData): string[] {
  const names: string[] = []
  let at = 1
  const skip = (): void => {
    const children = metadata.schema[at++]?.num_children ?? 0
    for (let child = 0; child < children; child++) skip()
  }
  while (at < metadata.schema.length) {
    names.push(metadata.schema[at]?.name ?? '')
    skip()
  }
  return names
}

function toNumbers(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(toNumbers)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toNumbers(item)]))
}
