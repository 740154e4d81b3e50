import { useEffect, useState } from 'preact/hooks'
import { useI18n } from '../i18n/context.tsx'
import { Icon } from './Icon.tsx'

const SAID_MS = 2000

type CopyTextProps = {
  text: string
  /** Shown instead of the text: a shortened hash, 'the link'. */
  shown?: string
}

/** A text to take away (hash, id, link): one press copies it whole and says so. */
export function CopyText({ text, shown }: CopyTextProps) {
  const { t } = useI18n()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SAID_MS)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <button
      type="button"
      class="copy-text"
      title={`${t('ui.action.copy')}: ${text}`}
      onClick={async () => setCopied(await copyText(text))}
    >
      <bdi class="copy-text-value">{shown ?? text}</bdi>
      <Icon name={copied ? 'check' : 'copy'} size={14} />
      <span class="visually-hidden" role="status">
        {copied ? t('ui.action.copied') : ''}
      </span>
    </button>
  )
}

/** Puts text on the clipboard; also over plain http, where navigator.clipboard is absent. */
async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
  }
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'visually-hidden'
  document.body.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  return done
}
