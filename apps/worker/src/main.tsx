import '@chiron/ui/tokens.css'
import '@chiron/ui/controls.css'
import './styles/app.css'
import { applyTheme, createI18n, loadLanguage, preferredLanguage } from '@chiron/ui'
import { render } from 'preact'
import { App } from './App.tsx'
import { forgetFilmedWhenDecided } from './data/forget-filmed.ts'
import { keepQueries } from './data/queries.ts'
import { LANGUAGES } from './languages.ts'
import { startServiceWorker } from './shell/service-worker.ts'

applyTheme()
keepQueries()
forgetFilmedWhenDecided()
const locale = preferredLanguage(LANGUAGES)
const i18n = createI18n({ locale, messages: await loadLanguage(LANGUAGES, locale) })
render(<App i18n={i18n} />, document.getElementById('app') as HTMLElement)
startServiceWorker()
