import { releaseFilePath } from '@chiron/contract'
import { CopyText, IconButton, Table, useI18n } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { fold } from '../campaigns/fold.ts'
import type { ReleaseDetail } from './DatasetScreen.tsx'

/** Every file with its size and digest; one press downloads it. */
export function FileTable({ release: { id, files, state } }: { release: ReleaseDetail }) {
  const { t, bytes } = useI18n()
  const [filter, setFilter] = useState('')
  const shown = files.filter(({ path }) => fold(path).includes(fold(filter)))
  return (
    <Table<ReleaseDetail['files'][number]>
      label={t('datasets.files')}
      height={files.length > 9 ? '440px' : 'auto'}
      rowCount={shown.length}
      rowAt={(index) => shown[index]}
      rowKey={({ path }) => path}
      filter={{ text: filter, onText: setFilter }}
      empty={t(state === 'building' ? 'datasets.notYet' : 'datasets.noFiles')}
      columns={[
        { key: 'path', title: t('datasets.file'), cell: ({ path }) => <bdi class="mono">{path}</bdi> },
        {
          key: 'bytes',
          title: t('datasets.size'),
          width: '116px',
          numeric: true,
          cell: (row) => bytes(row.bytes),
        },
        {
          key: 'sha256',
          title: 'SHA-256',
          width: '150px',
          cell: ({ sha256 }) => <CopyText text={sha256} shown={`${sha256.slice(0, 10)}…`} />,
        },
        {
          key: 'get',
          title: t('datasets.download'),
          width: '92px',
          cell: ({ path }) => (
            <IconButton
              icon="download"
              label={t('datasets.downloadFile', { path })}
              href={releaseFilePath(id, path)}
              {...({ download: path.split('/').at(-1) } as object)}
            />
          ),
        },
      ]}
    />
  )
}
