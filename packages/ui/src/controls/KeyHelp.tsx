import { useState } from 'preact/hooks'
import { useI18n } from '../i18n/context.tsx'
import { Dialog } from './Dialog.tsx'
import { KeyHint } from './KeyHint.tsx'
import { activeKeys, type KeyBinding, useKeys } from './use-keys.ts'

/** '?' lists every key that works on this page. One near the root of the console. */
export function KeyHelp() {
  const { t } = useI18n()
  const [shown, setShown] = useState<KeyBinding[] | null>(null)
  useKeys([{ keys: '?', label: t('ui.keys.title'), run: () => setShown(activeKeys()) }])
  return (
    <Dialog open={shown !== null} onClose={() => setShown(null)} title={t('ui.keys.title')}>
      {shown && shown.length > 0 ? (
        <dl class="key-help">
          {shown.map((binding) => (
            <div key={binding.keys} class="key-help-line">
              <dt>{binding.label}</dt>
              <dd>
                <KeyHint keys={binding.keys} />
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p>{t('ui.keys.none')}</p>
      )}
    </Dialog>
  )
}
