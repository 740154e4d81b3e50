import type { ChooseAnswer } from '@chiron/core/kinds'
import { useState } from 'preact/hooks'
import { AppBar, BottomBar, Button, Card, Icon, Meter, Money, Status, useI18n } from '../src/index.ts'
import { Ask } from '../src/kinds/choose/index.ts'
import { chooseConfig, chooseTerms } from './choose-sample.ts'
import { timing } from './sample.ts'

const pictures = {
  'outcome.success': 'good',
  'outcome.partial': 'attention',
  'outcome.failure': 'bad',
} as const

export function PhonePage() {
  const inbox = new URLSearchParams(location.search).has('inbox')
  return <main>{inbox ? <Inbox /> : <Task />}</main>
}

function Task() {
  const { money, duration } = useI18n()
  const [answer, setAnswer] = useState<ChooseAnswer>({ choices: {} })
  return (
    <div class="phone">
      <AppBar
        title="Fold a towel"
        back={{ href: '#', label: 'Inbox' }}
        end={<Money amountMinor={1250} currency="USD" />}
      />
      <div class="phone-body">
        <Ask
          config={chooseConfig}
          terms={chooseTerms}
          clip={{
            src: new URLSearchParams(location.search).has('portrait') ? '/portrait.mp4' : '/landscape.mp4',
          }}
          timing={timing}
          answer={answer}
          onAnswer={setAnswer}
          onSend={() => {}}
          note={`${money(12, 'USD')} · ${duration(40_000)}`}
          pictureOf={(id) => {
            const name = pictures[id as keyof typeof pictures]
            return name && <Icon name={name} size={28} />
          }}
        />
      </div>
    </div>
  )
}

function Inbox() {
  const { t } = useI18n()
  return (
    <div class="phone" style={{ display: 'flex', flexDirection: 'column', minBlockSize: '100dvh' }}>
      <AppBar
        title="Chiron"
        end={
          <Button kind="quiet" icon="money" href="#earnings">
            <Money amountMinor={1250} currency="USD" />
          </Button>
        }
      />
      <div class="phone-body stack grow">
        <Meter label={t('ui.status.saved')} ratio={0.4} leftMs={42_000} />
        {['Fold a towel in half', 'Put the cup on the shelf'].map((title, at) => (
          <Card
            key={title}
            title={title}
            aside={<Money amountMinor={120 + at * 30} currency="USD" />}
            href="#task"
          >
            <div class="row row-apart">
              <span class="quiet">2 min · 36 left</span>
              {at === 1 && <Status name="returned" />}
            </div>
          </Card>
        ))}
      </div>
      <BottomBar
        label="Chiron"
        items={[
          { href: '#inbox', label: 'Work', icon: 'inbox', current: true, count: 2 },
          { href: '#earnings', label: 'Pay', icon: 'money' },
          { href: '#data', label: 'My data', icon: 'shield' },
          { href: '#help', label: 'Help', icon: 'help' },
        ]}
      />
    </div>
  )
}
