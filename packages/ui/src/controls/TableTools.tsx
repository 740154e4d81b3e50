import type { ComponentChildren, Ref } from 'preact'
import { useI18n } from '../i18n/context.tsx'
import { IconButton } from './IconButton.tsx'
import { KeyHint } from './KeyHint.tsx'
import { TextInput } from './TextInput.tsx'

type TableToolsProps = {
  filter?: { text: string; onText: (text: string) => void }
  countText: string
  actions?: ComponentChildren
  inputRef: Ref<HTMLInputElement>
}

/** The line above a table: filter by typing, how many rows, actions. */
export function TableTools({ filter, countText, actions, inputRef }: TableToolsProps) {
  const { t } = useI18n()
  return (
    <div class="table-tools">
      {filter && (
        <div class="table-filter">
          <TextInput
            icon="search"
            inputRef={inputRef}
            value={filter.text}
            onValue={filter.onText}
            placeholder={t('ui.table.filter')}
            aria-label={t('ui.table.filter')}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              filter.onText('')
              event.currentTarget.blur()
            }}
          />
          {filter.text ? (
            <IconButton icon="close" label={t('ui.table.clearFilter')} onClick={() => filter.onText('')} />
          ) : (
            <span class="table-filter-end">
              <KeyHint keys="/" />
            </span>
          )}
        </div>
      )}
      <span class="table-count" role="status">
        {countText}
      </span>
      {actions && <div class="table-actions">{actions}</div>}
    </div>
  )
}
