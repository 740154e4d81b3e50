import { uploadFile } from '@chiron/client/upload'
import { Button, IconButton, useI18n } from '@chiron/ui'
import { useRef } from 'preact/hooks'
import { client } from '../../../data/client.ts'
import { useAct } from '../../../data/use-act.ts'
import { BriefMedia } from '../../../parts/BriefMedia.tsx'
import { Trouble } from '../../../shell/Trouble.tsx'
import { EXAMPLE_TYPES } from './ExampleSection.tsx'

type ScaleExampleProps = {
  mark: number
  mediaId: string | null
  disabled: boolean
  onMedia: (mediaId: string | null) => void
}

/** A clip or picture of what one end of a scale looks like. */
export function ScaleExample({ mark, mediaId, disabled, onMedia }: ScaleExampleProps) {
  const { t } = useI18n()
  const input = useRef<HTMLInputElement>(null)
  // What is typed while a file is on its way is not undone when it has come.
  const latest = useRef(onMedia)
  latest.current = onMedia
  const upload = useAct(async (file: File) => {
    const { signal } = new AbortController()
    const metadata = { purpose: 'brief' }
    const mediaId = await uploadFile(client, { file, metadata, signal, onProgress: () => {} })
    latest.current(mediaId)
  })
  const label = t('draft.exampleOf', { mark })
  return (
    <div class="stack stack-tight">
      {mediaId && <BriefMedia key={mediaId} mediaId={mediaId} />}
      <span class="row">
        <Button icon="upload" busy={upload.busy} disabled={disabled} onClick={() => input.current?.click()}>
          {label}
        </Button>
        {mediaId && !disabled && (
          <IconButton icon="close" label={t('draft.exampleRemove', { mark })} onClick={() => onMedia(null)} />
        )}
      </span>
      <input
        ref={input}
        class="visually-hidden"
        type="file"
        accept={EXAMPLE_TYPES}
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          if (file) void upload.run(file)
        }}
      />
      {upload.error && <Trouble error={upload.error} />}
    </div>
  )
}
