import type { Release } from '../lerobot/index.ts'
import { MCAP_FOLDER } from '../mcap/index.ts'
import { countBases } from './check-consent.ts'
import type { ReleaseContents } from './contents.ts'
import type { EpisodeBasis, EpisodeProvenance, ReleaseFacts } from './manifest.ts'

const CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  extract: 'cr:extract',
  field: 'cr:field',
  fileObject: 'cr:fileObject',
  fileSet: 'cr:fileSet',
  includes: 'cr:includes',
  recordSet: 'cr:recordSet',
  sc: 'https://schema.org/',
  source: 'cr:source',
}
const DATA_TYPES: Record<string, string> = { float32: 'sc:Float', float64: 'sc:Float', int64: 'sc:Integer' }

/** What a search finds the dataset by: no human demonstrations where nobody demonstrated. */
export function keywordsOf(episodes: readonly EpisodeProvenance[]): string[] {
  return countBases(episodes)
    .map(([basis]) => (basis === 'simulated' ? 'simulated' : 'human-demonstrations'))
    .filter((word, at, words) => words.indexOf(word) === at)
}

const COLLECTED: Readonly<Record<EpisodeBasis, string>> = {
  consent: 'filmed by people on phones, with their consent',
  attested: 'recordings brought by the team, on its own statement that it holds the rights',
  simulated: 'computed in simulation, nobody filmed',
}

type CroissantFacts = {
  facts: ReleaseFacts
  contents: ReleaseContents
  episodes: readonly EpisodeProvenance[]
}

/** Croissant 1.1 metadata with its Responsible AI words: what a search engine for datasets reads. */
export function croissant({ facts, contents, episodes }: CroissantFacts): object {
  const collected = countBases(episodes).map(([basis, count]) => `${count} ${COLLECTED[basis]}`)
  const isOfPeople = episodes.some(({ basis }) => basis !== 'simulated')
  const { dataset, recordings } = contents
  return {
    '@context': CONTEXT,
    '@type': 'sc:Dataset',
    conformsTo: ['http://mlcommons.org/croissant/1.1', 'http://mlcommons.org/croissant/RAI/1.0'],
    name: facts.title,
    description: facts.description,
    license: facts.licence,
    creator: { '@type': 'sc:Organization', name: facts.team },
    datePublished: facts.createdAt.slice(0, 10),
    version: '1.0.0',
    identifier: facts.releaseId,
    keywords: [
      'robotics',
      ...(dataset ? ['LeRobot'] : []),
      ...(recordings ? ['MCAP'] : []),
      ...keywordsOf(episodes),
    ],
    'rai:dataCollection': `For the campaign “${facts.campaign.title}”. Episodes: ${collected.join('; ')}.`,
    'rai:dataAnnotationProtocol':
      'Answers of several people joined by consensus; disputed ones decided by a reviewer.',
    'rai:personalSensitiveInformation': isOfPeople
      ? 'Videos of people at work; names and places are not included.'
      : 'None: nobody is in it.',
    'rai:dataUseCases': facts.purposes.join(', '),
    distribution: [
      ...(dataset
        ? [
            fileSet('data', 'data/*/*.parquet', 'application/x-parquet'),
            fileSet('videos', 'videos/*/*/*.mp4', 'video/mp4'),
          ]
        : []),
      ...(recordings ? [fileSet('recordings', `${MCAP_FOLDER}/*/*.mcap`, 'application/x-mcap')] : []),
    ],
    ...(dataset ? { recordSet: [frameRecords(dataset)] } : {}),
  }
}

function frameRecords({ info }: Release): object {
  const numbers = Object.entries(info.features).filter(([, { dtype }]) => dtype in DATA_TYPES)
  return {
    '@type': 'cr:RecordSet',
    '@id': 'frames',
    name: 'frames',
    field: numbers.map(([name, { dtype, shape }]) => ({
      '@type': 'cr:Field',
      '@id': `frames/${name}`,
      name,
      dataType: DATA_TYPES[dtype],
      ...((shape[0] ?? 1) > 1 ? { 'cr:isArray': true, 'cr:arrayShape': String(shape[0]) } : {}),
      source: { fileSet: { '@id': 'data' }, extract: { column: name } },
    })),
  }
}

function fileSet(id: string, includes: string, encodingFormat: string): object {
  return { '@type': 'cr:FileSet', '@id': id, name: id, encodingFormat, includes }
}
