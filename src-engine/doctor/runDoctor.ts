import type { DoctorCheck } from '#shared/contract/engine.ts'

export async function runDoctor(_options: { signal: AbortSignal }): Promise<DoctorCheck[]> {
  return []
}
