import { installation } from './installation.ts'

/** How the command line is called where this runs. */
export function ergoscopeCommand(args: string): string {
  return installation === null ? `npm run -s ergoscope -- ${args}` : `ergoscope ${args}`
}
