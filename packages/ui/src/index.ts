export { Duration, Money, Percent, RelativeTime } from './controls/Amounts.tsx'
export { ActionBar, AppBar, BottomBar, type BottomBarItem } from './controls/AppBar.tsx'
export { Button, type ButtonKind, type ButtonProps } from './controls/Button.tsx'
export { Card } from './controls/Card.tsx'
export { Checkbox } from './controls/Checkbox.tsx'
export { type Choice, ChoiceList } from './controls/ChoiceList.tsx'
export { CommandPalette, type PaletteCommand } from './controls/CommandPalette.tsx'
export { CopyText } from './controls/CopyText.tsx'
export { classNames } from './controls/class-names.ts'
export { Dialog } from './controls/Dialog.tsx'
export { EmptyState } from './controls/EmptyState.tsx'
export { ErrorNote } from './controls/ErrorNote.tsx'
export { Field } from './controls/Field.tsx'
export { Icon } from './controls/Icon.tsx'
export { IconButton } from './controls/IconButton.tsx'
export { type IconName, iconShapes } from './controls/icon-shapes.ts'
export { KeyHelp } from './controls/KeyHelp.tsx'
export { KeyHint } from './controls/KeyHint.tsx'
export { Meter } from './controls/Meter.tsx'
export { MoneyInput } from './controls/MoneyInput.tsx'
export { NumberInput } from './controls/NumberInput.tsx'
export { PageHeader } from './controls/PageHeader.tsx'
export { Qr } from './controls/Qr.tsx'
export { RadioGroup, type RadioOption } from './controls/RadioGroup.tsx'
export { Rail, type RailItem } from './controls/Rail.tsx'
export { type Command, rankCommands } from './controls/rank-commands.ts'
export { Select, type SelectOption } from './controls/Select.tsx'
export { Skeleton } from './controls/Skeleton.tsx'
export { Slider } from './controls/Slider.tsx'
export { Status, type StatusName } from './controls/Status.tsx'
export { type Column, Table, type TableProps, type TableSort } from './controls/Table.tsx'
export { type TabItem, Tabs } from './controls/Tabs.tsx'
export { Tag } from './controls/Tag.tsx'
export { TextArea } from './controls/TextArea.tsx'
export { TextInput } from './controls/TextInput.tsx'
export { Timeline, type TimelineEntry } from './controls/Timeline.tsx'
export { type ToastMessage, ToastProvider, useToast } from './controls/Toasts.tsx'
export { MAX_TABLE_ROWS, type RowRange } from './controls/table-window.ts'
export { useTimeLeft } from './controls/time-left.ts'
export { type Tone, toneIcons } from './controls/tone.ts'
export { activeKeys, type KeyBinding, matchesKey, useKeys } from './controls/use-keys.ts'
export { I18nProvider, pickLocalized, useI18n, useLocalized } from './i18n/context.tsx'
export {
  createI18n,
  type DateStyle,
  type I18n,
  type Messages,
  type MessageValues,
} from './i18n/create-i18n.ts'
export { directionOf } from './i18n/direction.ts'
export {
  formatBytes,
  formatClipTime,
  formatDateTime,
  formatDuration,
  formatMoney,
  formatNumber,
  formatPercent,
  formatRelativeTime,
  minorDigitsOf,
  minorToDecimal,
} from './i18n/formats.ts'
export { LanguageContext, useLanguage } from './i18n/language-context.ts'
export { keepLanguage, type Language, loadLanguage, preferredLanguage } from './i18n/languages.ts'
export { COMPONENT_LOCALES, loadComponentMessages } from './i18n/load-component-messages.ts'
export { missingKeys, wrongPluralForms } from './i18n/missing-keys.ts'
export { applyTheme, chosenTheme, keepTheme, THEMES, type Theme } from './theme.ts'
