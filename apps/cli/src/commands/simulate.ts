import { Command } from 'commander'
import type { SimulateOptions } from './simulate-runs.ts'

/** `chiron simulate` */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description(
      'run robots in simulation (MuJoCo) on generated scenarios; the same command goes on where it stopped',
    )
    .option(
      '--template <key>',
      'pick-place, balance-humanoid, balance-g1, or a JSON file of your own',
      'pick-place',
    )
    .option(
      '--robot <file>',
      'the robot’s MJCF file: needed by the balance templates, and named by the rollouts',
    )
    .option('--embodiment <name>', 'what the robot is called on the server (the name of its file)')
    .option('--count <n>', 'scenarios, chosen to cover combinations of factors', '12')
    .option('--seed <text>', 'the same seed gives the same scenarios and runs', '1')
    .option('--repeats <n>', 'runs of each controller on each scenario', '1')
    .option(
      '--controllers <name=skill,…>',
      'scripted controllers, each with a skill from 0 to 1',
      'good=0.9,usual=0.6,poor=0.3',
    )
    .option('--replay <name=file,…>', 'controllers that play a trajectory again (CSV: time_ms, then joints)')
    .requiredOption('--out <dir>', 'where runs go: facts, trajectory, contacts; results.csv lists them')
    .option('--video', 'draw a film of each run, too')
    .option(
      '--suite <name>',
      'send them to the server: policies, the scenarios as a suite of this name, rollouts',
    )
    .option('--freeze', 'freeze the suite when it is a draft: only then may rollouts refer to it')
    .action(async (_options, command: Command) => {
      // The physics engine is ten megabytes: other commands start without it.
      const { simulate } = await import('./simulate-runs.ts')
      await simulate(command.optsWithGlobals<SimulateOptions>())
    })
}
