import { parquetFile } from './parquet.ts'

const NO_TYPE = { name: null, field_name: null, pandas_type: 'unicode', numpy_type: 'object' }
const PANDAS = {
  index_columns: ['task'],
  column_indexes: [{ ...NO_TYPE, metadata: { encoding: 'UTF-8' } }],
  columns: [
    {
      name: 'task_index',
      field_name: 'task_index',
      pandas_type: 'int64',
      numpy_type: 'int64',
      metadata: null,
    },
    { name: 'task', field_name: 'task', pandas_type: 'unicode', numpy_type: 'object', metadata: null },
  ],
  creator: { library: 'chiron', version: '1' },
  pandas_version: '2.2.0',
}

/** `meta/tasks.parquet`: the task is the pandas index. Without that note the loader reads numbers for tasks. */
export function tasksFile(tasks: readonly string[]): Uint8Array<ArrayBuffer> {
  const file = parquetFile(
    [
      { name: 'task_index', type: { base: 'int64', lists: 0 } },
      { name: 'task', type: { base: 'string', lists: 0 } },
    ],
    [{ key: 'pandas', value: JSON.stringify(PANDAS) }],
  )
  file.addRowGroup([tasks.map((_, at) => at), tasks])
  return file.finish()
}
