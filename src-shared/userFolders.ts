/** Where this program keeps what is the user's: one folder per purpose, as the platform wants it. */
export interface UserFolders {
  /** Settings and the recent workspaces: worth a backup. */
  config: string
  /** What the program needs and can fetch again with effort: the tensor library. */
  data: string
  /** What it remembers between starts: place of the window, logs. */
  state: string
  /** What can be deleted at any time. */
  cache: string
}

export interface FoldersContext {
  environment: Readonly<Record<string, string | undefined>>
  platform: string
  home: string
}

/** The folders by the XDG base directory specification; on Windows and macOS by their own conventions. An XDG variable that is not an absolute path is ignored, as the specification asks. */
export function userFolders({ environment, platform, home }: FoldersContext): UserFolders {
  if (platform === 'win32') {
    const local = `${environment['LOCALAPPDATA'] || `${home}\\AppData\\Local`}\\Ergoscope`
    const config = `${environment['APPDATA'] || `${home}\\AppData\\Roaming`}\\Ergoscope`
    return { config, data: `${local}\\data`, state: `${local}\\state`, cache: `${local}\\cache` }
  }
  const own = platform === 'darwin' ? macFolders(home) : xdgDefaults(home)
  const chosen = (variable: string, otherwise: string): string => {
    const base = environment[variable]
    return base?.startsWith('/') === true ? `${base.replace(/\/+$/, '')}/ergoscope` : otherwise
  }
  return {
    config: chosen('XDG_CONFIG_HOME', own.config),
    data: chosen('XDG_DATA_HOME', own.data),
    state: chosen('XDG_STATE_HOME', own.state),
    cache: chosen('XDG_CACHE_HOME', own.cache),
  }
}

function xdgDefaults(home: string): UserFolders {
  return {
    config: `${home}/.config/ergoscope`,
    data: `${home}/.local/share/ergoscope`,
    state: `${home}/.local/state/ergoscope`,
    cache: `${home}/.cache/ergoscope`,
  }
}

function macFolders(home: string): UserFolders {
  const support = `${home}/Library/Application Support/Ergoscope`
  return {
    config: support,
    data: `${support}/data`,
    state: `${support}/state`,
    cache: `${home}/Library/Caches/Ergoscope`,
  }
}
