import { Tag, useI18n } from '@chiron/ui'

type SuiteStateProps = { version: { version: number; state: 'draft' | 'frozen' } }

/** 'v2 · frozen', with a lock where it never changes again. */
export function SuiteState({ version: { version, state } }: SuiteStateProps) {
  const { t, number } = useI18n()
  return (
    <Tag tone={state === 'frozen' ? 'good' : 'neutral'} icon={state === 'frozen' ? 'lock' : 'edit'}>
      {t(`suite.state.${state}`, { version: number(version) })}
    </Tag>
  )
}
