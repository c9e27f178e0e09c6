import { CircleCheck, CircleX, TriangleAlert } from '@lucide/vue'
import type { Component } from 'vue'
import type { DoctorCheck } from '#shared/contract/engine.ts'

/** Glyph and word of a check: never colour alone. */
export const doctorLooks: Record<DoctorCheck['status'], { icon: Component; label: string }> = {
  works: { icon: CircleCheck, label: 'works' },
  limited: { icon: TriangleAlert, label: 'works less well' },
  missing: { icon: CircleX, label: 'missing' },
}

/** On the start page: what trains and what is wrong; the rest is a press away. */
const alwaysShown = /tensor|gpu|cuda|nvidia/

export function isWorthShowing(check: DoctorCheck): boolean {
  return check.status !== 'works' || alwaysShown.test(check.id)
}
