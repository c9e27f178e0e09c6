import { z } from 'zod'

export const recentWorkspaceSchema = z.object({ path: z.string(), openedAtMs: z.number(), runCount: z.number() })

/** Kept in the user's configuration folder (XDG_CONFIG_HOME/ergoscope/settings.json); unknown keys of newer versions are preserved. */
export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  density: z.enum(['compact', 'comfortable']).default('compact'),
  recentWorkspaces: z.array(recentWorkspaceSchema).default([]),
  /** Changed diagnostic margins by name; missing ones have their documented default. */
  margins: z.record(z.string(), z.number()).default({}),
})
export type Settings = z.infer<typeof settingsSchema>
