import { uploadFile } from '@chiron/client/upload'
import { Button, Meter, useI18n } from '@chiron/ui'
import { useRef, useState } from 'preact/hooks'
import { client } from '../../../data/client.ts'
import { useAct } from '../../../data/use-act.ts'
import { BriefMedia } from '../../../parts/BriefMedia.tsx'
import { Trouble } from '../../../shell/Trouble.tsx'
import type { DraftHandle } from './draft-state.ts'
import { Section } from './Section.tsx'

export const EXAMPLE_TYPES = 'image/jpeg,image/png,image/webp,video/mp4,video/webm,video/quicktime'

/** What success looks like: a picture or a short clip, dropped here or chosen. */
export function ExampleSection({ handle }: { handle: DraftHandle }) {
  const { t } = useI18n()
  const { draft, set } = handle
  const input = useRef<HTMLInputElement>(null)
  const [sent, setSent] = useState<number | null>(null)
  const [over, setOver] = useState(false)
  const upload = useAct(async (file: File) => {
    const signal = new AbortController().signal
    const onProgress = (sentBytes: number) => setSent(sentBytes / Math.max(1, file.size))
    const id = await uploadFile(client, { file, metadata: { purpose: 'brief' }, signal, onProgress })
    set({ exampleMediaId: id })
  })
  const take = (file: File | undefined) => {
    if (!file) return
    setSent(0)
    void upload.run(file)
  }
  return (
    <Section id="example" title={t('draft.example')} lead={t('draft.exampleLead')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first */}
      <div
        class={over ? 'drop drop-over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer?.files[0])
        }}
      >
        {draft.exampleMediaId && <BriefMedia key={draft.exampleMediaId} mediaId={draft.exampleMediaId} />}
        <div class="drop-words">
          <Button icon="upload" busy={upload.busy} onClick={() => input.current?.click()}>
            {t(draft.exampleMediaId ? 'draft.exampleOther' : 'draft.exampleChoose')}
          </Button>
          <p class="quiet">{t('draft.exampleKinds')}</p>
        </div>
        <input
          ref={input}
          class="visually-hidden"
          type="file"
          accept={EXAMPLE_TYPES}
          tabIndex={-1}
          aria-label={t('draft.exampleChoose')}
          onChange={(event) => take(event.currentTarget.files?.[0])}
        />
      </div>
      {upload.busy && <Meter label={t('draft.exampleSending')} ratio={sent} />}
      {upload.error && <Trouble error={upload.error} />}
    </Section>
  )
}
