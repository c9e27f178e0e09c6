/** How to start npm: under `npm start` and `npm test` the very npm that is running, else the one on PATH. */
export function npmProgram(env = process.env) {
  const script = env['npm_execpath']
  if (script?.endsWith('.js')) return { command: process.execPath, args: [script] }
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] }
}
