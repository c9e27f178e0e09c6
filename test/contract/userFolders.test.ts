import { expect, test } from 'vitest'
import { userFolders } from '#shared/userFolders.ts'

const home = '/home/user'

test('by the defaults of the XDG specification', () => {
  expect(userFolders({ environment: {}, platform: 'linux', home })).toEqual({
    config: '/home/user/.config/ergoscope',
    data: '/home/user/.local/share/ergoscope',
    state: '/home/user/.local/state/ergoscope',
    cache: '/home/user/.cache/ergoscope',
  })
})

test('each variable moves its own folder', () => {
  const environment = {
    XDG_CONFIG_HOME: '/a',
    XDG_DATA_HOME: '/b/',
    XDG_STATE_HOME: '/c',
    XDG_CACHE_HOME: '/d',
  }
  expect(userFolders({ environment, platform: 'linux', home })).toEqual({
    config: '/a/ergoscope',
    data: '/b/ergoscope',
    state: '/c/ergoscope',
    cache: '/d/ergoscope',
  })
})

test.each(['', 'relative/path', './x'])('XDG_DATA_HOME=%j is ignored, as the specification asks', (value) => {
  expect(userFolders({ environment: { XDG_DATA_HOME: value }, platform: 'linux', home }).data).toBe(
    '/home/user/.local/share/ergoscope',
  )
})

test('Windows and macOS have their own places', () => {
  const windows = userFolders({
    environment: { APPDATA: 'C:\\R', LOCALAPPDATA: 'C:\\L' },
    platform: 'win32',
    home: 'C:\\U',
  })
  expect(windows.config).toBe('C:\\R\\Ergoscope')
  expect(windows.cache).toBe('C:\\L\\Ergoscope\\cache')
  const mac = userFolders({ environment: {}, platform: 'darwin', home: '/Users/user' })
  expect(mac.cache).toBe('/Users/user/Library/Caches/Ergoscope')
  expect(new Set(Object.values(mac)).size).toBe(4)
})
