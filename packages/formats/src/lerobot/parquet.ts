import { assert } from '@chiron/core/kit'
import type { KeyValue, SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'

/** What a cell may hold; `lists` deep, so 3 is a list of lists of lists. */
export type CellType = { base: 'int64' | 'float32' | 'float64' | 'string' | 'bool'; lists: 0 | 1 | 3 }
export type Column = { name: string; type: CellType }
export type Cell = null | string | number | bigint | boolean | readonly Cell[]

const CREATED_BY = 'chiron'
const LEAVES: Record<CellType['base'], Omit<SchemaElement, 'name'>> = {
  int64: { type: 'INT64' },
  float32: { type: 'FLOAT' },
  float64: { type: 'DOUBLE' },
  bool: { type: 'BOOLEAN' },
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
}

/**
 * A Parquet file in memory, snappy, one row group per call of `addRowGroup`. Whole numbers may be given as
 * numbers or bigints. Every column may hold null, as Arrow writes them.
 */
export function parquetFile(columns: readonly Column[], keyValues: KeyValue[] = []) {
  const writer = new ByteWriter()
  const schema: SchemaElement[] = [{ name: 'schema', num_children: columns.length }]
  for (const { name, type } of columns) schema.push(...schemaOf(name, type, type.lists))
  const parquet = new ParquetWriter({ writer, schema, kvMetadata: keyValues, createdBy: CREATED_BY })
  return {
    /** Adds rows given as one array of cells per column, in the order of the columns. */
    addRowGroup(cells: readonly (readonly Cell[])[]): void {
      assert(cells.length === columns.length, 'one array of cells per column')
      const rowCount = cells[0]?.length ?? 0
      assert(rowCount > 0, 'a row group has rows')
      const columnData = columns.map(({ name, type }, at) => ({
        name,
        data:
          type.base === 'int64' ? (cells[at] as readonly Cell[]).map(toBigInt) : [...(cells[at] as Cell[])],
      }))
      void parquet.write({ columnData, rowGroupSize: rowCount }) // synchronous: a ByteWriter never flushes
    },
    finish(): Uint8Array<ArrayBuffer> {
      void parquet.finish()
      return new Uint8Array(writer.getBuffer())
    },
  }
}

function toBigInt(cell: Cell): Cell {
  if (typeof cell === 'number') return BigInt(cell)
  return Array.isArray(cell) ? cell.map(toBigInt) : cell
}

function schemaOf(name: string, type: CellType, lists: number): SchemaElement[] {
  if (lists === 0) return [{ name, repetition_type: 'OPTIONAL', ...LEAVES[type.base] }]
  return [
    { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...schemaOf('element', type, lists - 1),
  ]
}
