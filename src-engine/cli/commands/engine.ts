import type { Command } from 'commander'
import { manual } from '#engine/installation/manual.ts'

export function addEngine(program: Command): void {
  program
    .command('engine')
    .description(
      `Speak the engine protocol on stdin and stdout (${manual('architecture.md')}); this is how the window, here or over ssh, reaches a workspace.`,
    )
    .requiredOption('--stdio', 'the only transport')
    .action(async () => {
      const { startEngine } = await import('#engine/host/startEngine.ts')
      process.exit(await startEngine())
    })
}
