import '../src/tokens.css'
import '../src/controls.css'
import '../src/console.css'
import '../src/player.css'
import './gallery.css'
import { render } from 'preact'
import { createI18n, I18nProvider, loadComponentMessages, ToastProvider } from '../src/index.ts'
import { ConsolePage } from './ConsolePage.tsx'
import { ControlsPage } from './ControlsPage.tsx'
import { EpisodePage } from './EpisodePage.tsx'
import { PhonePage } from './PhonePage.tsx'

/** ?page=controls|console|episode|phone &theme=light|dark &locale=en|ar &density=touch */
const query = new URLSearchParams(location.search)
const locale = query.get('locale') ?? 'en'
const pages = { controls: ControlsPage, console: ConsolePage, episode: EpisodePage, phone: PhonePage }
const name = query.get('page') ?? 'controls'
const Page = pages[name as keyof typeof pages] ?? ControlsPage
const root = document.documentElement

root.dataset.theme = query.get('theme') ?? 'light'
if (query.get('density') === 'touch' || name === 'phone') root.dataset.density = 'touch'

const i18n = createI18n({ locale, messages: await loadComponentMessages(locale) })
render(
  <I18nProvider i18n={i18n}>
    <ToastProvider>
      <Page />
    </ToastProvider>
  </I18nProvider>,
  document.getElementById('gallery') as HTMLElement,
)
