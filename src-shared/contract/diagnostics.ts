import { z } from 'zod'
import { verdictSummarySchema } from '../run.ts'
import { method } from './method.ts'
import { workspacePathSchema } from './workspace.ts'

export const diagnosticsContract = {
  /**
   * Every diagnostic that the runs' observables allow. `diagnosis` is `RunDiagnosis` of src-core/diagnostics (plain data and Float64Array);
   * `acrossRuns` is `AcrossRunsDiagnosis`: the runs compared as seeds of one experiment, or of several (one run alone is `untested`);
   * progress is reported, cancel is honoured, results are cached by (inputs, margins, version).
   */
  'diagnostics.diagnose': method(
    z.object({
      workspace: workspacePathSchema,
      runIds: z.array(z.string()).min(1).max(64),
      /** Changed margins by name (src-core/diagnostics/results/margins.ts); missing ones have their default. */
      margins: z.record(z.string(), z.number()).default({}),
    }),
    z.object({
      diagnoses: z.array(
        z.object({
          runId: z.string(),
          verdict: verdictSummarySchema,
          diagnosis: z.unknown(),
          computedAtMs: z.number(),
          isCached: z.boolean(),
        }),
      ),
      acrossRuns: z.unknown().optional(),
      elapsedMs: z.number(),
    }),
    { timeoutMs: null },
  ),
  /**
   * The same as one self-contained HTML file, several runs as seeds of one experiment; an existing file is replaced. Progress is reported, cancel is honoured
   * until the file is made. Errors: `not-found` (run, folder), `bad-request`, `disk-full`, `read-only`.
   */
  'diagnostics.report': method(
    z.object({
      workspace: workspacePathSchema,
      runIds: z.array(z.string()).min(1).max(64),
      margins: z.record(z.string(), z.number()).default({}),
      path: z.string().min(1),
    }),
    z.object({ path: z.string(), bytes: z.number() }),
    { timeoutMs: null },
  ),
}
