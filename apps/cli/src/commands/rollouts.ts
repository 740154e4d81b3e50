import { Command } from 'commander'
import type { RolloutsFormat, RolloutsOptions } from './import-rollouts.ts'

/** `chiron rollouts import lerobot|mcap|csv` */
export function rolloutsCommand(): Command {
  const root = new Command('rollouts').description('runs of policies')
  const into = new Command('import').description(
    'bring in rollouts you have recorded; given again, nothing comes in twice',
  )
  root.addCommand(into)
  formatCommand(into, 'lerobot', 'a LeRobot v3.0 data set: a rollout per episode')
  formatCommand(into, 'mcap', 'one MCAP file, or every one of a folder: a rollout per file')
  formatCommand(into, 'csv', 'videos and trajectories listed in a CSV file: a rollout per line')
  return root
}

function formatCommand(parent: Command, format: RolloutsFormat, description: string): void {
  parent
    .command(`${format} <path>`)
    .description(description)
    .requiredOption('--policy <name@version>', 'whose runs they are; made when it is not there yet')
    .option('--world <world>', 'real or sim, where the data does not say', 'real')
    .option('--suite <name@version>', 'the frozen suite their scenarios are of')
    .option('--scenario <key>', 'the scenario, where the data does not say')
    .option('--embodiment <name>', 'the robot body')
    .option('--dry-run', 'read everything and send nothing')
    .action(async (path: string, _options, command: Command) => {
      // The readers are loaded when they are needed: every command would start later for them.
      const { importRollouts } = await import('./import-rollouts.ts')
      await importRollouts({ format, path, ...command.optsWithGlobals<RolloutsOptions>() })
    })
}
