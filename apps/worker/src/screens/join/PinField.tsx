import { Field, TextInput, useI18n } from '@chiron/ui'

type PinFieldProps = {
  pin: string
  onPin: (pin: string) => void
  /** It may stay empty; then only this device leads back. */
  isOptional?: boolean
  /** The form was sent: say what is missing. */
  asked: boolean
  autocomplete: 'new-password' | 'current-password'
}

const LENGTH = 6

/** Six digits, shown as they are typed: on a phone a hidden PIN is a mistyped one. */
export function PinField({ pin, onPin, isOptional = false, asked, autocomplete }: PinFieldProps) {
  const { t } = useI18n()
  const isWrong = asked && pin.length !== LENGTH && !(isOptional && pin === '')
  return (
    <Field
      label={t('join.pin')}
      hint={t(autocomplete === 'new-password' ? 'join.pinHint' : 'comeBack.pinHint')}
      optional={isOptional}
      error={isWrong ? t('join.pinWrong') : null}
    >
      <TextInput
        value={pin}
        onValue={(typed) => onPin(latinDigits(typed).replace(/\D/g, '').slice(0, LENGTH))}
        inputMode="numeric"
        autocomplete={autocomplete}
        dir="ltr"
        class="input input-code"
      />
    </Field>
  )
}

/** Arabic and Persian keyboards have digits of their own. */
function latinDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
}
