import { z } from 'zod'
import { settingsPatchSchema, settingsSchema } from '../settings.ts'
import { method } from './method.ts'

export const doctorCheckSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** `works`; `limited`: the program works without it, less well; `missing`: something cannot be done. */
  status: z.enum(['works', 'limited', 'missing']),
  /** One line: what was found, with versions. */
  detail: z.string(),
  /** What to do; empty when nothing is to be done. */
  advice: z.string(),
  /** A command to copy, or null. */
  command: z.string().nullable(),
})
export type DoctorCheck = z.infer<typeof doctorCheckSchema>

export const engineContract = {
  'engine.hello': method(
    z.object({ protocolVersion: z.number() }),
    z.object({ protocolVersion: z.number(), version: z.string(), node: z.string(), pid: z.number() }),
    { timeoutMs: 10_000 },
  ),
  /** Answered at once, unless the engine hangs. How long to wait for it is up to the supervisor. */
  'engine.ping': method(z.object({}), z.object({}), { timeoutMs: null }),
  'engine.doctor': method(z.object({}), z.object({ checks: z.array(doctorCheckSchema) }), { timeoutMs: 60_000 }),
  'settings.read': method(z.object({}), settingsSchema),
  'settings.update': method(z.object({ patch: settingsPatchSchema }), settingsSchema),
}
