import type { Release } from '../lerobot/index.ts'
import { MCAP_FOLDER, type Recording } from '../mcap/index.ts'
import { countBases } from './check-consent.ts'
import { type ReleaseContents, tasksIn } from './contents.ts'
import { keywordsOf } from './croissant.ts'
import type { ReleasedEpisode, ReleaseFacts } from './manifest.ts'

const MAX_TASKS_SHOWN = 50

type CardFacts = {
  facts: ReleaseFacts
  contents: ReleaseContents
  episodes: readonly ReleasedEpisode[]
  releaseKey: string
}

/** The README of a dataset: what it is, who made it under which terms, what it lacks, how to load and check it. */
export function datasetCard(card: CardFacts): string {
  const { facts } = card
  return [
    ...frontMatter(card),
    `# ${line(facts.title)}`,
    '',
    facts.description.trim(),
    '',
    '## What is in it',
    '',
    ...contentLines(card),
    '',
    '## How it came to be',
    '',
    ...origin(card),
    '',
    '## What it lacks',
    '',
    ...lacks(card),
    '- `task` is the instruction of the brief, in its words.',
    '',
    '## Load it',
    '',
    ...loading(card),
    '',
    '## Check it',
    '',
    '`npx chiron verify PATH_TO_THIS_FOLDER` works offline. It names every file that was changed, removed or',
    'added since the release was signed, and checks what each episode rests on and its log entry. Ask the team for',
    'its key by another way than this folder, and give it with `--release-key`:',
    '',
    '```',
    card.releaseKey,
    '```',
    '',
    '## When somebody withdraws',
    '',
    'People may withdraw their consent after a release. Each episode has files of its own, listed in',
    '`chiron/episodes/`, so that it can be deleted by itself. A recall names episodes by `episodeId`.',
    '',
  ].join('\n')
}

function frontMatter({ facts, episodes, contents }: CardFacts): string[] {
  return [
    '---',
    `pretty_name: ${JSON.stringify(facts.title)}`,
    'license: other',
    `license_name: ${JSON.stringify(facts.licence)}`,
    'task_categories:',
    '- robotics',
    'tags:',
    ...(contents.dataset ? ['- LeRobot'] : []),
    ...(contents.recordings ? ['- MCAP'] : []),
    '- chiron',
    ...keywordsOf(episodes).map((word) => `- ${word}`),
    ...(contents.dataset ? ['configs:', '- config_name: default', '  data_files: data/*/*.parquet'] : []),
    '---',
    '',
  ]
}

function loading({ contents }: CardFacts): string[] {
  const python = (lines: string[]) => ['```python', ...lines, '```']
  const lerobot = python([
    'from lerobot.datasets.lerobot_dataset import LeRobotDataset',
    'dataset = LeRobotDataset("local/release", root="PATH_TO_THIS_FOLDER")',
    'good = LeRobotDataset("local/release", root="PATH_TO_THIS_FOLDER",',
    '                      episode_filter=lambda episode: episode["label.probability"] >= 0.95)',
  ])
  const mcap = python([
    'import json',
    'from mcap.reader import make_reader',
    'with open("PATH_TO_THIS_FOLDER/mcap/chunk-000/episode-000.mcap", "rb") as file:',
    '    for schema, channel, message in make_reader(file).iter_messages(topics=["/phone/video"]):',
    '        print(message.log_time, json.loads(message.data)["format"])',
  ])
  return [...(contents.dataset ? lerobot : []), ...(contents.recordings ? mcap : [])]
}

function contentLines({ contents }: CardFacts): string[] {
  const tasks = tasksIn(contents)
  const shown = tasks.slice(0, MAX_TASKS_SHOWN)
  const hidden = tasks.length - shown.length
  return [
    ...(contents.dataset ? datasetLines(contents.dataset) : []),
    ...(contents.recordings ? recordingLines(contents.recordings) : []),
    `- tasks: ${shown.map((task) => `“${line(task)}”`).join(', ')}${hidden > 0 ? ` and ${hidden} more` : ''}`,
  ]
}

function recordingLines(recordings: readonly Recording[]): string[] {
  const seconds = recordings.reduce((sum, { durationMs }) => sum + durationMs / 1000, 0)
  const frameCount = recordings.reduce((sum, one) => sum + one.frameCount, 0)
  const topics = [...new Set(recordings.flatMap((one) => one.topics.map(({ topic }) => topic)))].sort()
  return [
    `- MCAP under \`${MCAP_FOLDER}/\`, one file an episode: ${recordings.length} episodes, ${frameCount} pictures at the times they were filmed (${duration(seconds)}), nothing resampled`,
    `- MCAP topics: ${topics.map((topic) => `\`${topic}\``).join(', ')}; time 0 is the first picture`,
  ]
}

function datasetLines(release: Release): string[] {
  const { info } = release
  const cameras = Object.entries(info.features).filter(([, feature]) => feature.dtype === 'video')
  const seconds = info.frameCount / info.fps
  return [
    `- LeRobotDataset v3.0, ${info.episodeCount} episodes, ${info.frameCount} frames at ${info.fps} a second (${duration(seconds)})`,
    ...cameras.map(([name, { shape }]) => `- camera \`${name}\`: ${shape[1]}×${shape[0]}, H.264, no sound`),
    `- numbers per frame: ${Object.keys(info.features)
      .filter((name) => !cameras.some(([camera]) => camera === name))
      .map((name) => `\`${name}\``)
      .join(', ')}`,
  ]
}

function lacks({ contents: { dataset } }: CardFacts): string[] {
  if (dataset === undefined) return ['- No robot took part: pictures, tasks and labels only.']
  const { features } = dataset.info
  return [
    ...('action' in features ? [] : ['- No robot took part: frames, tasks and labels only, no `action`.']),
    ...('observation.state' in features ? [] : ['- There is no `observation.state`.']),
    ...('capture.native_seconds' in features
      ? ['- Frame rate and picture size are made equal; `capture.native_seconds` keeps the true times.']
      : ['- Frame rate and picture size are made equal; the times are those of the even rate.']),
  ]
}

function origin({ facts, episodes }: CardFacts): string[] {
  return [
    `- made by ${line(facts.team)}, campaign “${line(facts.campaign.title)}” (${facts.campaign.kind}), ${facts.createdAt.slice(0, 10)}`,
    ...countBases(episodes).map(([basis]) => came(episodes.filter((episode) => episode.basis === basis))),
    `- for these purposes alone: ${facts.purposes.map(line).join(', ')}. Other uses are not covered.`,
    redacted(episodes),
    ...seenHands(episodes),
    ...seenBody(episodes),
    ...correctedHands(episodes),
    ...calibrated(episodes),
    ...scaled(episodes),
    `- labels refer to ontology ${facts.ontology.id}, version ${facts.ontology.version}`,
    `- licence: ${line(facts.licence)}`,
  ]
}

/** What was taken out before it left the phones, in how many episodes. */
function redacted(episodes: readonly ReleasedEpisode[]): string {
  const kinds = [...new Set(episodes.flatMap(({ redactions }) => redactions.map(({ kind }) => kind)))].sort()
  if (kinds.length === 0) return '- redacted before release: nothing'
  const counted = kinds.map((kind) => {
    const count = episodes.filter(({ redactions }) => redactions.some((one) => one.kind === kind)).length
    return `${kind} (${count} of ${episodes.length})`
  })
  return `- redacted before release: ${counted.join(', ')}; when, where and by which tool in \`chiron/episodes/\``
}

/** What saw the hands; nothing where nothing did. */
function seenHands(episodes: readonly ReleasedEpisode[]): string[] {
  const seen = episodes.flatMap(({ hands }) => (hands ? [hands] : []))
  if (seen.length === 0) return []
  const tools = [...new Set(seen.map(({ tool, version, model }) => `${tool} ${version}, ${model}`))].sort()
  return [
    `- hands as a detector on the phone believed to see them, in ${seen.length} of ${episodes.length} episodes (${tools.join('; ')}): \`annotation.hands.*\` in LeRobot, on the straight line between looks at most half a second apart and NaN elsewhere; \`/phone/hands\` in MCAP, look by look. Never the truth.`,
  ]
}

/** What saw the body; nothing where no campaign asked for it. */
function seenBody(episodes: readonly ReleasedEpisode[]): string[] {
  const asked = episodes.flatMap(({ body }) => (body ? [body] : []))
  if (asked.length === 0) return []
  const seen = asked.flatMap((body) => ('tool' in body ? [body] : []))
  const tools = [...new Set(seen.map(({ tool, version, model }) => `${tool} ${version}, ${model}`))].sort()
  const by = tools.length > 0 ? ` (${tools.join('; ')})` : ''
  return [
    `- the body (33 landmarks) as a detector on the phone believed to see it, asked for in ${asked.length} of ${episodes.length} episodes and looked for in ${seen.length}${by}: \`annotation.body.*\` in LeRobot, as with hands; \`/phone/body\` in MCAP; why not elsewhere in \`body.absent\`. Points of the face are among it, whose picture is covered. Never the truth.`,
  ]
}

/** How far people corrected what saw the hands; nothing where nobody was asked. */
function correctedHands(episodes: readonly ReleasedEpisode[]): string[] {
  const corrected = episodes.flatMap((episode) => episode.correctedHands ?? [])
  if (corrected.length === 0) return []
  const momentCount = corrected.reduce((sum, each) => sum + each.momentCount, 0)
  const most = Math.max(...corrected.map(({ answerCount }) => answerCount))
  return [
    `- hands as people corrected them, at ${momentCount} moments of ${corrected.length} of ${episodes.length} episodes, by at most ${most} people each who began with the detector’s points: \`annotation.hands_corrected.*\` in LeRobot, at those frames alone and NaN elsewhere (\`answers\` above 0 without points: no such hand; \`state\` 0 seen, 1 hidden and guessed, 2 not in the picture; \`error\` in shares of the picture’s width); \`/people/hands\` in MCAP. Beside the detector’s stream, which stays as it was.`,
  ]
}

/** How many cameras are known, and where; nothing where none is. */
function calibrated(episodes: readonly ReleasedEpisode[]): string[] {
  const errors = episodes.flatMap(({ camera }) => (camera ? [camera.rmsPx] : []))
  if (errors.length === 0) return []
  return [
    `- camera calibrated in ${errors.length} of ${episodes.length} episodes, reprojection error at most ${Math.max(...errors).toFixed(2)} px: \`camera.*\` of \`chiron/episodes/\` and \`meta/episodes\`, for a picture of \`camera.width\` × \`camera.height\`; \`/phone/calibration\` in MCAP`,
  ]
}

/** In how many a bank card told the scale; nothing where it did in none. */
function scaled(episodes: readonly ReleasedEpisode[]): string[] {
  const errors = episodes.flatMap(({ scale }) => (scale ? [scale.errorRatio] : []))
  if (errors.length === 0) return []
  const worst = (Math.max(...errors) * 100).toFixed(1)
  return [
    `- scale of the plane worked on by a bank card in ${errors.length} of ${episodes.length} episodes, standard error at most ${worst} %: \`scale.*\`, millimetres a pixel in that plane alone, as long as the phone was not moved. No intrinsics`,
  ]
}

/** One line about the episodes that rest on the same: who made them, on what they rest, when. */
function came(episodes: readonly ReleasedEpisode[]): string {
  const n = `${episodes.length} ${episodes.length === 1 ? 'episode' : 'episodes'}`
  const days = episodes.map(({ recordedDay }) => recordedDay).sort()
  const when = days[0] === days.at(-1) ? days[0] : `${days[0]} to ${days.at(-1)}`
  switch (episodes[0]?.basis) {
    case 'attested':
      return `- ${n} brought by the team, ${when}, on its own statement that it holds the rights: no consent of the people in it was asked through Chiron`
    case 'simulated':
      return `- ${n} simulated, ${when}: computed, nobody filmed and nobody is in it`
    default: {
      const workers = new Set(episodes.map(({ workerPseudonym }) => workerPseudonym)).size
      const countries = [...new Set(episodes.map(({ country }) => country ?? 'not told'))].sort()
      return `- ${n} filmed by ${workers} ${workers === 1 ? 'person' : 'people'}, ${when}, each with their consent to these purposes; countries: ${countries.join(', ')}`
    }
  }
}

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(1)} s`
  return seconds < 7200 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3600).toFixed(1)} h`
}

function line(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
