import { scalarRoles, vectorRoles } from '#core/diagnostics/observables/observables.ts'
import type { ObservableRole } from '#core/diagnostics/observables/observables.ts'
import type { ImportPreview } from '#shared/contract/imports.ts'

export const noRole = 'none'

/** Roles in words; the symbol says which quantity is meant. */
const roleLabels: Record<ObservableRole, string> = {
  loss: 'Loss',
  accuracy: 'Accuracy',
  gradient_norm: 'Gradient norm ‖∇f‖',
  gradient_norm_squared: 'Gradient norm squared ‖∇f‖²',
  decayed_gradient_norm_squared: 'Gradient norm squared with weight decay',
  gradient_norm_squared_standard_error: 'Standard error of ‖∇f‖²',
  stochastic_gradient_norm_squared: 'Batch gradient norm squared ‖g‖²',
  half_gradients_dot: 'Half batches: g₁ · g₂',
  first_half_gradient_norm_squared: 'Half batches: ‖g₁‖²',
  second_half_gradient_norm_squared: 'Half batches: ‖g₂‖²',
  weight_norm_squared: 'Weight norm squared ‖θ‖²',
  weights_dot_gradient: 'Weights · gradient',
  weights_dot_loss_gradient: 'Weights · gradient without weight decay',
  buffer_norm_squared: 'Momentum buffer squared ‖v‖²',
  gradient_dot_buffer: 'Gradient · buffer',
  weights_dot_update: 'Weights · update',
  update_norm_squared: 'Update squared ‖Δ‖²',
  direction_norm_squared: 'Step direction squared ‖u‖²',
  direction_dot_next_buffer: 'Step direction · next buffer',
  gradient_dot_next_buffer: 'Gradient · next buffer',
  next_buffer_hessian_form: 'Next buffer: vᵀHv',
  learning_rate: 'Learning rate η',
  sharpness: 'Sharpness λmax',
  sharpness_residual: 'Residual of λmax',
  preconditioned_sharpness: 'Sharpness under Adam, preconditioned',
  lambda_min: 'Smallest eigenvalue λmin',
  hessian_trace: 'Trace of the Hessian',
  hessian_trace_standard_error: 'Standard error of the trace',
  directional_sharpness: 'Directional sharpness',
  batch_sharpness: 'Batch sharpness',
  noise_trace: 'Gradient noise tr Σ',
  gradient_hessian_form: 'Gradient: ∇fᵀH∇f',
  stochastic_gradient_hessian_form: 'Batch gradient: gᵀHg',
  gradient: 'Component of the gradient',
  stochastic_gradient: 'Component of a batch gradient',
  weights: 'Component of the weights',
  function_outputs: 'Output on a fixed input',
  ritz_values: 'Ritz value of the Hessian',
  ritz_weights: 'Weight of a Ritz value',
}

export const roleOptions: readonly { value: string; label: string }[] = [
  { value: noRole, label: 'A metric without a role' },
  ...[...scalarRoles, ...vectorRoles].map((role) => ({ value: role, label: roleLabels[role] })),
]

const vector: ReadonlySet<string> = new Set(vectorRoles)

/** What the preview suggests, by column; a role of one column goes to the first column that it suggests. */
export function suggestedRoles(preview: ImportPreview): Record<string, string> {
  const taken = new Set<string>()
  const roles: Record<string, string> = {}
  for (const { name, suggestedRole } of preview.columns) {
    if (suggestedRole === null || (taken.has(suggestedRole) && !vector.has(suggestedRole))) continue
    taken.add(suggestedRole)
    roles[name] = suggestedRole
  }
  return roles
}

/** The role of a column, whatever it is named: `constructor` is no role. */
export function roleOf(roles: Readonly<Record<string, string>>, column: string): string | undefined {
  return Object.hasOwn(roles, column) ? roles[column] : undefined
}

/** Gives a column a role; a column that had a role of one column only loses it. */
export function withRole(
  roles: Readonly<Record<string, string>>,
  column: string,
  role: string,
): Record<string, string> {
  const others = Object.entries(roles).filter(
    ([name, played]) => name !== column && (played !== role || vector.has(role)),
  )
  return Object.fromEntries(role === noRole ? others : [...others, [column, role]])
}

/** From column -> role to role -> columns, as the engine takes it, in the order of the file. */
export function columnsByRole(
  columns: readonly string[],
  roles: Readonly<Record<string, string>>,
): Record<string, string[]> {
  const byRole: Record<string, string[]> = {}
  for (const name of columns) {
    const role = roleOf(roles, name)
    if (role !== undefined) (byRole[role] ??= []).push(name)
  }
  return byRole
}

/** The hyper-parameters that the diagnostics use, as typed; empty ones are left out. Null with a number that is none. */
export function configFromTexts(texts: Readonly<Record<string, string>>): Record<string, number> | null {
  const entries = Object.entries(texts).flatMap(([key, text]) =>
    text.trim() === '' ? [] : [[key, Number(text)] as const],
  )
  return entries.every(([, value]) => Number.isFinite(value)) ? Object.fromEntries(entries) : null
}
