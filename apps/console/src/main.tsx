import '@chiron/ui/tokens.css'
import '@chiron/ui/controls.css'
import '@chiron/ui/console.css'
import './styles/app.css'
import { applyTheme, createI18n, loadLanguage, preferredLanguage } from '@chiron/ui'
import { render } from 'preact'
import { App } from './App.tsx'
import { LANGUAGES } from './languages.ts'

applyTheme()
const locale = preferredLanguage(LANGUAGES)
const i18n = createI18n({ locale, messages: await loadLanguage(LANGUAGES, locale) })
render(<App i18n={i18n} />, document.getElementById('app') as HTMLElement)
