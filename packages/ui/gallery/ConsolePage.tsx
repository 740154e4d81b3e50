import { useMemo, useState } from 'preact/hooks'
import {
  Button,
  type Column,
  CommandPalette,
  type IconName,
  KeyHelp,
  KeyHint,
  PageHeader,
  Rail,
  Status,
  Table,
} from '../src/index.ts'
import { campaignNames } from './sample.ts'

type Row = { id: string; title: string; state: 'live' | 'paused' | 'draft'; takes: number; cost: string }

const ROWS = 50_000
const columns: Column<Row>[] = [
  { key: 'title', title: 'Campaign', cell: (row) => row.title, sortable: true },
  { key: 'state', title: 'State', width: '140px', cell: (row) => <Status name={row.state} /> },
  { key: 'takes', title: 'Takes', width: '100px', numeric: true, cell: (row) => row.takes, sortable: true },
  { key: 'cost', title: 'Cost', width: '120px', numeric: true, cell: (row) => row.cost },
]

const places: [string, IconName, number?][] = [
  ['Campaigns', 'campaign'],
  ['Review', 'review', 12],
  ['Evaluate', 'compare'],
  ['Datasets', 'dataset'],
  ['People', 'people'],
  ['Pay', 'money'],
  ['Log', 'log'],
  ['Settings', 'settings'],
]

function rowOf(index: number): Row {
  const state = (['live', 'paused', 'draft'] as const)[index % 3] ?? 'live'
  const title = `${campaignNames[index % campaignNames.length]} ${index + 1}`
  return { id: `c${index}`, title, state, takes: (index * 37) % 400, cost: `$${((index * 13) % 900) / 10}` }
}

export function ConsolePage() {
  const [palette, setPalette] = useState(false)
  const [opened, setOpened] = useState('')
  const items = places.map(([label, icon, count], at) => ({
    href: `#${label}`,
    label,
    icon,
    current: at === 0,
    ...(count === undefined ? {} : { count }),
  }))
  return (
    <div class="shell">
      <Rail
        label="Workspace"
        head={
          <Button kind="quiet" icon="search" wide onClick={() => setPalette(true)}>
            Find <KeyHint keys="mod+k" />
          </Button>
        }
        items={items}
        foot={<span class="quiet">Ada · manager</span>}
      />
      <main class="fill">
        <PageHeader
          title="Campaigns"
          lead="What people are asked to film and judge."
          aside={opened && <output data-opened>{opened}</output>}
          actions={<Button kind="primary">New campaign</Button>}
        />
        <div class="grow">
          <CampaignTable onOpen={setOpened} />
        </div>
      </main>
      <CommandPalette
        open={palette}
        onOpen={setPalette}
        commands={places.map(([label, icon]) => ({
          id: label,
          label: `Go to ${label.toLowerCase()}`,
          group: 'Go to',
          icon,
          run: () => setOpened(label),
        }))}
      />
      <KeyHelp />
    </div>
  )
}

function CampaignTable({ onOpen }: { onOpen: (title: string) => void }) {
  const [text, setText] = useState('')
  const [loaded, setLoaded] = useState<ReadonlyMap<number, Row>>(new Map())
  const [asked, setAsked] = useState(0)
  const rowCount = useMemo(() => (text ? 0 : ROWS), [text])
  return (
    <div style={{ blockSize: '100%' }} data-asked={asked}>
      <Table
        label="Campaigns"
        columns={columns}
        rowCount={rowCount}
        rowAt={(index) => loaded.get(index)}
        rowKey={(row) => row.id}
        pageKeys
        onOpen={(row) => onOpen(row.title)}
        filter={{ text, onText: setText }}
        sort={{ value: { key: 'takes', descending: true }, onSort: () => {} }}
        actions={<Button icon="download">Export</Button>}
        onNeed={({ from, to }) => {
          setAsked((count) => count + 1)
          setTimeout(() => {
            setLoaded((before) => {
              const next = new Map(before)
              for (let index = from; index < to; index += 1) next.set(index, rowOf(index))
              return next
            })
          }, 30)
        }}
      />
    </div>
  )
}
