import { afterEach, expect, test, vi } from 'vitest'
import { runDoctor } from '../../../src-engine/doctor/runDoctor.ts'

// An installed program on a machine where nothing works: whatever the doctor advises must be there to be done.

vi.mock('../../../src-engine/installation/installation.ts', () => ({
  installation: {
    window: '/opt/ergoscope/ergoscope',
    electron: { kind: 'declared', version: '1.0.0', declaredVersion: '1.0.0' },
  },
}))
vi.mock('../../../src-engine/doctor/runProgram.ts', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  runProgram: async () => ({ isOk: false, stdout: '', stderr: '' }),
}))
vi.mock('../../../src-engine/runfile/sqliteVersion.ts', () => ({
  sqliteVersion: () => {
    throw new Error('no such file')
  },
}))
afterEach(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})

test('an installed program advises no command of a checkout', async () => {
  vi.stubEnv('DISPLAY', undefined)
  vi.stubEnv('WAYLAND_DISPLAY', undefined)
  vi.stubGlobal('process', Object.create(process, { versions: { value: { ...process.versions, node: '22.0.0' } } }))
  const checks = await runDoctor()
  const advised = new Map(checks.map((check) => [check.id, check]))
  const failing = checks.filter(({ status }) => status !== 'works').map(({ id }) => id)
  expect(failing).toEqual(expect.arrayContaining(['node', 'sqlite', 'tensor', 'display', 'pip', 'nvidia']))
  for (const { advice, command } of checks) expect(`${advice} ${command ?? ''}`).not.toMatch(/npm|set-up|npx/)
  expect(advised.get('node')).toMatchObject({
    advice: expect.stringContaining('install Ergoscope again'),
    command: null,
  })
  expect(advised.get('sqlite')).toMatchObject({ advice: expect.stringContaining('install Ergoscope again') })
  expect(advised.get('tensor')?.command).toBe('ergoscope doctor --install-engine')
  expect(advised.get('display')?.command).toBe('ergoscope --help')
})
