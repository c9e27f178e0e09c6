import packageJson from '../../package.json' with { type: 'json' }

/** The version of the program, e.g. `0.1.0`. */
export const ergoscopeVersion: string = packageJson.version
