import { homedir } from 'node:os'
import { join } from 'node:path'

/** The user's configuration folder of this program: XDG_CONFIG_HOME/ergoscope, or the platform's own place. */
export function settingsFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = environment['XDG_CONFIG_HOME']
  if (chosen) return join(chosen, 'ergoscope')
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Ergoscope')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Ergoscope')
  return join(homedir(), '.config', 'ergoscope')
}
