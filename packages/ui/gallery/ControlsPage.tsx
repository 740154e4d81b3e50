import { useState } from 'preact/hooks'
import {
  BarList,
  DotPlot,
  IntervalBar,
  QualityBars,
  Sparkline,
  StackedProgress,
} from '../src/charts/index.ts'
import {
  Button,
  Card,
  Checkbox,
  ChoiceList,
  CopyText,
  Dialog,
  Duration,
  EmptyState,
  ErrorNote,
  Field,
  Icon,
  IconButton,
  type IconName,
  iconShapes,
  Meter,
  Money,
  MoneyInput,
  NumberInput,
  Percent,
  Qr,
  RadioGroup,
  RelativeTime,
  Select,
  Skeleton,
  Status,
  type StatusName,
  Tabs,
  Tag,
  TextArea,
  TextInput,
  Timeline,
  useToast,
} from '../src/index.ts'
import { qrMatrix } from './sample.ts'

const NOW = Date.now()

export function ControlsPage() {
  return (
    <main class="gallery">
      <h1 class="visually-hidden">Controls</h1>
      <Buttons />
      <Fields />
      <Choices />
      <States />
      <Notes />
      <Numbers />
      <Charts />
      <Provenance />
      <Icons />
    </main>
  )
}

function Buttons() {
  const toast = useToast()
  const [sheet, setSheet] = useState<'dialog' | 'sheet' | 'side' | null>(null)
  return (
    <Card title="Buttons">
      <div class="stack">
        <div class="row">
          <Button kind="primary">Publish</Button>
          <Button>Save draft</Button>
          <Button kind="quiet">Discard</Button>
          <Button kind="danger">Recall release</Button>
        </div>
        <div class="row">
          <Button kind="primary" busy>
            Publish
          </Button>
          <Button icon="download">Export</Button>
          <Button iconAtEnd="arrow-forward" href="#next">
            Next
          </Button>
          <Button disabled>Not now</Button>
          <IconButton icon="more" label="More" />
        </div>
        <Button kind="primary" size="touch" wide icon="camera">
          Start filming
        </Button>
        <div class="row">
          <Button onClick={() => toast({ text: 'Returned for another take', tone: 'good', undo: () => {} })}>
            Toast
          </Button>
          <Button onClick={() => setSheet('dialog')}>Dialog</Button>
          <Button onClick={() => setSheet('sheet')}>Sheet</Button>
          <Button onClick={() => setSheet('side')}>Side</Button>
        </div>
        <Tabs
          label="Campaign"
          current="progress"
          onTab={() => {}}
          tabs={[
            { id: 'progress', label: 'Progress' },
            { id: 'brief', label: 'Brief' },
            { id: 'episodes', label: 'Episodes', count: 128 },
          ]}
        />
      </div>
      <Dialog
        open={sheet !== null}
        shape={sheet ?? 'dialog'}
        onClose={() => setSheet(null)}
        title="Return this take?"
        actions={
          <>
            <Button onClick={() => setSheet(null)}>Cancel</Button>
            <Button kind="primary" onClick={() => setSheet(null)}>
              Return
            </Button>
          </>
        }
      >
        The worker is paid for the first take and gets your hint.
      </Dialog>
    </Card>
  )
}

function Fields() {
  const [title, setTitle] = useState('Fold a towel in half')
  const [amount, setAmount] = useState<number | null>(125)
  const [count, setCount] = useState<number | null>(3)
  const [kind, setKind] = useState('demonstrate')
  const [camera, setCamera] = useState<string | null>('environment')
  const [agreed, setAgreed] = useState(true)
  return (
    <Card title="Fields">
      <div class="stack">
        <Field label="Title" hint="What a worker sees first.">
          <TextInput value={title} onValue={setTitle} />
        </Field>
        <Field
          label="Pay for one take"
          error="Below the floor of 1.40 USD for this region. Raise it to publish."
        >
          <MoneyInput amountMinor={amount} onAmount={setAmount} currency="USD" />
        </Field>
        <Field label="Answers per clip" optional>
          <NumberInput value={count} onValue={setCount} min={1} max={25} unit="people" />
        </Field>
        <Field label="Kind">
          <Select
            value={kind}
            onValue={setKind}
            options={[
              { value: 'demonstrate', label: 'Demonstrate' },
              { value: 'choose', label: 'Choose' },
            ]}
          />
        </Field>
        <Field label="Brief">
          <TextArea value="Stand so that both hands can be seen." onValue={() => {}} />
        </Field>
        <RadioGroup
          label="Camera"
          value={camera}
          onValue={setCamera}
          options={[
            { value: 'environment', label: 'Back camera', hint: 'Looks away from the person' },
            { value: 'user', label: 'Front camera' },
          ]}
        />
        <Checkbox
          checked={agreed}
          onChecked={setAgreed}
          label="Escrow pay plus 20%"
          hint="150.00 USD are set aside."
        />
      </div>
    </Card>
  )
}

function Choices() {
  const [value, setValue] = useState(['failure'])
  return (
    <Card title="Choices">
      <ChoiceList
        label="Did it work?"
        numberKeys
        value={value}
        onValue={setValue}
        choices={[
          { value: 'success', label: 'It worked', picture: <Icon name="good" size={24} /> },
          {
            value: 'partial',
            label: 'Partly',
            hint: 'The goal was nearly reached',
            picture: <Icon name="attention" size={24} />,
          },
          { value: 'failure', label: 'It failed', picture: <Icon name="bad" size={24} /> },
        ]}
      />
    </Card>
  )
}

const statuses: StatusName[] = [
  'draft',
  'live',
  'paused',
  'pending',
  'checking',
  'review',
  'accepted',
  'returned',
  'rejected',
  'paid',
  'saved',
  'sent',
  'frozen',
  'recalled',
]

function States() {
  return (
    <Card title="States">
      <div class="stack">
        <div class="row">
          {statuses.map((name) => (
            <Status key={name} name={name} />
          ))}
          <Tag>LeRobot v3</Tag>
        </div>
        <Meter label="Sending the take" ratio={0.62} leftMs={14_000} />
        <Meter label="Making the release" ratio={null} tone="information" />
        <Skeleton lines={3} />
        <EmptyState
          icon="campaign"
          title="No campaigns yet"
          action={<Button kind="primary">New campaign</Button>}
        >
          A campaign says what people should film, what it pays, and how good it must be.
        </EmptyState>
      </div>
    </Card>
  )
}

function Notes() {
  return (
    <Card title="Notes">
      <div class="stack">
        <ErrorNote
          happened="The take did not arrive."
          lost="It is safe on this phone."
          next="It goes by itself when the connection is back."
          action={<Button>Try again</Button>}
          code="upload-interrupted"
        />
        <ErrorNote
          tone="attention"
          happened="You work without a connection."
          lost="2 takes are saved here."
        />
        <ErrorNote
          tone="information"
          happened="This list is 5 minutes old."
          next="It refreshes when the server answers."
        />
      </div>
    </Card>
  )
}

function Numbers() {
  return (
    <Card title="Numbers">
      <div class="stack stack-tight">
        <div>
          <Money amountMinor={123_456} currency="USD" /> · <Money amountMinor={-250} currency="KES" signed />{' '}
          · <Money amountMinor={1500} currency="JPY" />
        </div>
        <div>
          <Duration ms={125_000} /> · <RelativeTime at={NOW - 190_000} /> ·{' '}
          <RelativeTime at={NOW + 86_400_000} />
        </div>
        <div>
          <Percent ratio={0.934} n={120} interval={[0.87, 0.965]} />
        </div>
        <div>
          <CopyText
            text="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
            shown="9f86d081…0a08"
          />
        </div>
        <Qr matrix={qrMatrix} size={140} />
      </div>
    </Card>
  )
}

function Charts() {
  return (
    <Card title="Charts">
      <div class="stack">
        <QualityBars
          hrefOf={(measure) => `#${measure}`}
          targets={{ accuracy: 0.9, consistency: 0.8 }}
          measures={{
            accuracy: { value: 0.94, low: 0.89, high: 0.97, n: 120 },
            consistency: { value: 0.81, low: 0.74, high: 0.87, n: 96 },
            coverage: { value: 0.55, n: 18 },
            replayability: { value: 0.99, low: 0.96, high: 1, n: 128 },
            provenance: null,
          }}
        />
        <StackedProgress
          label="Takes"
          whole={200}
          parts={[
            { id: 'accepted', label: 'accepted', count: 96, tone: 'good', href: '#accepted' },
            { id: 'review', label: 'in review', count: 14, tone: 'information' },
            { id: 'returned', label: 'returned', count: 9, tone: 'attention' },
            { id: 'rejected', label: 'not accepted', count: 2, tone: 'bad' },
          ]}
        />
        <DotPlot
          label="Policies"
          axis={{ min: 0, max: 1 }}
          reference={{ value: 0.7, label: 'goal' }}
          rows={[
            { id: 'a', label: 'act-v3', measured: { value: 0.78, low: 0.66, high: 0.87, n: 60 }, href: '#a' },
            { id: 'b', label: 'diffusion-v1', measured: { value: 0.61, low: 0.48, high: 0.73, n: 60 } },
            { id: 'c', label: 'baseline', measured: { value: 0.34, low: 0.23, high: 0.47, n: 59 } },
          ]}
        />
        <BarList
          label="Why takes came back"
          rows={[
            { id: 'dark', label: 'It is too dark', value: 14, href: '#dark' },
            { id: 'shake', label: 'The phone shakes', value: 9 },
            { id: 'late', label: 'No review in 7 days', value: 1, tone: 'attention' },
          ]}
        />
        <div class="row row-apart">
          <span>Accepted each day</span>
          <Sparkline label="Accepted each day" format="number" values={[4, 7, 6, null, 12, 15, 11, 18, 21]} />
        </div>
        <IntervalBar label="Gold" measured={{ value: 0.91, low: 0.8, high: 0.96, n: 45 }} target={0.85} />
      </div>
    </Card>
  )
}

function Provenance() {
  return (
    <Card title="Provenance" aside={<Status name="accepted" />}>
      <Timeline
        label="Provenance"
        entries={[
          {
            id: '1',
            at: NOW - 9e6,
            icon: 'shield',
            tone: 'information',
            title: 'Consent given',
            who: 'worker 7f3a',
          },
          {
            id: '2',
            at: NOW - 8e6,
            icon: 'camera',
            title: 'Filmed on a phone',
            who: 'worker 7f3a',
            detail: <CopyText text="sha256:4e1c…" />,
          },
          {
            id: '3',
            at: NOW - 7e6,
            icon: 'attention',
            tone: 'attention',
            title: 'Returned: the phone shakes',
            who: 'checks',
          },
          {
            id: '4',
            at: NOW - 6e6,
            icon: 'good',
            tone: 'good',
            title: 'Accepted, sure to 97%',
            who: '3 people, 1 machine',
          },
          { id: '5', at: NOW - 1e6, icon: 'dataset', title: 'Released in towels-1' },
        ]}
      />
    </Card>
  )
}

function Icons() {
  return (
    <Card title="Icons">
      <div class="row">
        {(Object.keys(iconShapes) as IconName[]).map((name) => (
          <span key={name} title={name}>
            <Icon name={name} size={24} />
          </span>
        ))}
      </div>
    </Card>
  )
}
