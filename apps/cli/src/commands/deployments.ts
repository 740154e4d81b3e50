import { Command } from 'commander'
import type { DeploymentsOptions } from './import-deployments.ts'

/** `chiron deployments import` */
export function deploymentsCommand(): Command {
  const root = new Command('deployments').description('how policies did in use')
  root
    .command('import <file>')
    .description(
      'bring in outcomes from use, a line of a CSV file each: task, at, and success (yes or no) or success_count and failure_count; perhaps id, policy, place, failure, note',
    )
    .option('--policy <name@version>', 'which version ran, where the file does not say')
    .option('--dry-run', 'read everything and send nothing')
    .action(async (file: string, _options, command: Command) => {
      const { importDeployments } = await import('./import-deployments.ts')
      await importDeployments({ file, ...command.optsWithGlobals<DeploymentsOptions>() })
    })
  return root
}
