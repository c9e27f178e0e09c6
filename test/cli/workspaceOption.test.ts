import { resolve } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { namedWorkspace, workspacePath } from '#engine/cli/context.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('the workspace of a command', () => {
  it('is that of the option, else that of the environment', () => {
    vi.stubEnv('ERGOSCOPE_WORKSPACE', '/env')
    expect([namedWorkspace({ workspace: 'here' }), namedWorkspace({})]).toEqual([resolve('here'), resolve('/env')])
    expect(workspacePath({})).toBe(resolve('/env'))
  })

  it('has no name where neither says one, and an empty name is refused', () => {
    vi.stubEnv('ERGOSCOPE_WORKSPACE', '')
    expect(namedWorkspace({})).toBeNull()
    expect(() => namedWorkspace({ workspace: '' })).toThrow('the path of a folder is needed')
  })
})
