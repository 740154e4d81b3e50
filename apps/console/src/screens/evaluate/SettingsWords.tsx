import { useLocalized } from '@chiron/ui'
import { type Factor, LevelName } from './LevelName.tsx'

type SettingsWordsProps = { settings: Readonly<Record<string, string>>; factors: readonly Factor[] }

/** 'object: cup · light: dim', in the order of the factors. */
export function SettingsWords({ settings, factors }: SettingsWordsProps) {
  const localized = useLocalized()
  return (
    <span class="settings-words">
      {factors
        .filter(({ key }) => settings[key] !== undefined)
        .map((factor) => (
          <span key={factor.key} class="setting">
            <span class="quiet" dir="auto">
              {localized(factor.label)}
            </span>{' '}
            <LevelName factor={factor} levelKey={settings[factor.key]} />
          </span>
        ))}
    </span>
  )
}
