import { suiteRoutes } from '@chiron/contract'
import { suiteContentSchema } from '@chiron/core/suite'
import { Button, Dialog, Field, TextArea, useI18n } from '@chiron/ui'
import { useEffect, useRef, useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { useAct } from '../../data/use-act.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import type { SuiteDetail } from './SuiteScreen.tsx'

type DraftDialogProps = { open: boolean; onClose: () => void; detail: SuiteDetail; stale: readonly string[] }

/** The draft as the text it is kept as: what generators write and teams keep beside their code. */
export function DraftDialog({ open, onClose, detail, stale }: DraftDialogProps) {
  const { t } = useI18n()
  return (
    <Dialog open={open} onClose={onClose} title={t('suite.edit')} shape="side">
      <DraftForm key={detail.revision} detail={detail} onClose={onClose} stale={stale} />
    </Dialog>
  )
}

function DraftForm({ detail, onClose, stale }: Omit<DraftDialogProps, 'open'>) {
  const { t } = useI18n()
  const { suiteId, version, revision } = detail
  const [text, setText] = useState(() => JSON.stringify(detail.content, null, 2))
  const read = contentIn(text)
  const form = useRef<HTMLFormElement>(null)
  // A dialog gives the focus to its first field, and the caret would stand after hundreds of lines.
  useEffect(() => {
    const area = form.current?.querySelector('textarea')
    area?.setSelectionRange(0, 0)
    area?.scrollTo(0, 0)
  }, [])
  const save = useAct(async () => {
    if (!('content' in read)) return
    const body = { revision, content: read.content }
    await client.call(suiteRoutes.change, { params: { suiteId, version }, body })
    onClose()
  }, stale)
  return (
    <form
      ref={form}
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save.run()
      }}
    >
      <p>{t('suite.editLead')}</p>
      <Field label={t('suite.content')} error={'wrong' in read ? t('suite.notContent', read.wrong) : null}>
        <TextArea
          class="input input-area mono"
          value={text}
          rows={22}
          dir="ltr"
          spellcheck={false}
          onValue={setText}
        />
      </Field>
      {save.error && <Trouble error={save.error} />}
      <div class="row">
        <Button kind="primary" type="submit" busy={save.busy} disabled={'wrong' in read}>
          {t('suite.save')}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('ui.action.cancel')}
        </Button>
      </div>
    </form>
  )
}

type Read = { content: SuiteDetail['content'] } | { wrong: { at: string; why: string } }

function contentIn(text: string): Read {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { wrong: { at: 'JSON', why: (error as Error).message } }
  }
  const parsed = suiteContentSchema.safeParse(value)
  if (parsed.success) return { content: parsed.data }
  const [issue] = parsed.error.issues
  return { wrong: { at: issue?.path.join('.') || 'JSON', why: issue?.message ?? '' } }
}
