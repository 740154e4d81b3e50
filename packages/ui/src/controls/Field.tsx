import { type ComponentChildren, createContext } from 'preact'
import { useContext, useId } from 'preact/hooks'
import { useI18n } from '../i18n/context.tsx'
import { Icon } from './Icon.tsx'

type FieldNames = { id?: string; 'aria-describedby'?: string; 'aria-invalid'?: 'true'; required?: boolean }

const FieldContext = createContext<FieldNames>({})

/** The attributes that tie a control to the Field around it. */
export function useFieldNames(): FieldNames {
  return useContext(FieldContext)
}

type FieldProps = {
  label: string
  /** One line on what to write and why. */
  hint?: ComponentChildren
  /** What is wrong and how to mend it. */
  error?: string | null
  /** Fields are required unless said otherwise; an optional one says so. */
  optional?: boolean
  /** A unit or key beside the label. */
  aside?: ComponentChildren
  children: ComponentChildren
}

/** Label, hint and error around one control; the control inside picks its ids up by itself. */
export function Field({ label, hint, error, optional, aside, children }: FieldProps) {
  const id = useId()
  const { t } = useI18n()
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  const names: FieldNames = { id, required: !optional }
  if (describedBy) names['aria-describedby'] = describedBy
  if (error) names['aria-invalid'] = 'true'
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <div class="field-head">
        <label class="field-label" for={id}>
          {label}
          {optional && <span class="field-optional"> · {t('ui.field.optional')}</span>}
        </label>
        {aside}
      </div>
      {hint && (
        <div class="field-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <FieldContext.Provider value={names}>{children}</FieldContext.Provider>
      {error && (
        <div class="field-error" id={`${id}-error`} role="alert">
          <Icon name="bad" size={16} />
          <span>{error}</span>
        </div>
      )}
    </div>
  )
}
