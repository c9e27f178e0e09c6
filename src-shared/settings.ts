import { z } from 'zod'

export const recentWorkspaceSchema = z.object({ path: z.string(), openedAtMs: z.number(), runCount: z.number() })

const settingFields = {
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'comfortable']),
  recentWorkspaces: z.array(recentWorkspaceSchema),
  /** Changed diagnostic margins by name; missing ones have their documented default. */
  margins: z.record(z.string(), z.number()),
}

/** Kept in the user's configuration folder (XDG_CONFIG_HOME/ergoscope/settings.json); unknown keys of newer versions are preserved. */
export const settingsSchema = z.object({
  theme: settingFields.theme.default('system'),
  density: settingFields.density.default('compact'),
  recentWorkspaces: settingFields.recentWorkspaces.default([]),
  margins: settingFields.margins.default({}),
})
export type Settings = z.infer<typeof settingsSchema>

/** The keys to change. Made from the fields without their defaults: a default would overwrite what the patch leaves out. */
export const settingsPatchSchema = z.object(settingFields).partial()
export type SettingsPatch = z.infer<typeof settingsPatchSchema>
