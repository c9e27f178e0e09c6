/** One number per recorded step. `steps` strictly increases; `values[i]` belongs to `steps[i]`; NaN and ±Infinity are data. */
export interface ScalarSeries {
  readonly steps: Float64Array
  readonly values: Float64Array
}

/** A vector of length `dimension` per recorded step; `values` is row-major, `[steps.length, dimension]`. */
export interface VectorSeries {
  readonly steps: Float64Array
  readonly dimension: number
  readonly values: Float64Array
}

/** A recorded series that has no role; it is judged by its law alone. */
export interface NamedSeries {
  readonly name: string
  readonly series: ScalarSeries
}

/** Roles of scalar series: what a column means to the diagnostics. θ weights, f full loss, g stochastic gradient as fed to the optimiser, v momentum buffer. */
export const scalarRoles = [
  /** f(θ_t), on the training set or on a fixed probe set. */
  'loss',
  /** Share of examples that are classified rightly, on the set of the loss. */
  'accuracy',
  /** ‖∇f(θ_t)‖ from an exact pass. */
  'gradient_norm',
  /** ‖∇f(θ_t)‖², exact or unbiased (an unbiased estimate may be negative). */
  'gradient_norm_squared',
  /** ‖∇f(θ_t) + λθ_t‖², exact: of the objective with weight decay. */
  'decayed_gradient_norm_squared',
  /** Standard error of one `gradient_norm_squared` value. */
  'gradient_norm_squared_standard_error',
  /** ‖g_t‖². */
  'stochastic_gradient_norm_squared',
  /** ⟨g₁, g₂⟩ of the gradients of the two halves of one training batch. */
  'half_gradients_dot',
  /** ‖g₁‖² and ‖g₂‖² of those halves. */
  'first_half_gradient_norm_squared',
  'second_half_gradient_norm_squared',
  /** ‖θ_t‖². */
  'weight_norm_squared',
  /** ⟨θ_t, g_t⟩, g_t including coupled weight decay. */
  'weights_dot_gradient',
  /** ⟨θ_t, g_t⟩ of a g without the weight decay that the optimiser adds. */
  'weights_dot_loss_gradient',
  /** ‖v_t‖², before the step. */
  'buffer_norm_squared',
  /** ⟨g_t, v_t⟩, before the step; without momentum v_t = g_{t−1}, and this is Pflug's product of consecutive gradients (0 at the first step, where v = 0). */
  'gradient_dot_buffer',
  /** ⟨θ_t, Δ_t⟩, Δ_t = θ_{t+1} − θ_t as made, by any optimiser. */
  'weights_dot_update',
  /** ‖Δ_t‖². */
  'update_norm_squared',
  /** ‖u_t‖² of the direction that the step subtracts, θ_{t+1} = θ_t − ηu_t; for Nesterov u = g + μv_{t+1}. */
  'direction_norm_squared',
  /** ⟨u_t, v_{t+1}⟩. */
  'direction_dot_next_buffer',
  /** ⟨∇f(θ_t), d⟩ of the step as made, θ_{t+1} = θ_t − ηd: d = v_{t+1}, or g_t + μv_{t+1} for Nesterov; f including weight decay where there is one. */
  'gradient_dot_next_buffer',
  /** dᵀHd of that step. */
  'next_buffer_hessian_form',
  /** η_t. */
  'learning_rate',
  /** Largest Hessian eigenvalue. */
  'sharpness',
  /** ‖Hq − λq‖ of the largest eigenpair: an eigenvalue lies within this distance. */
  'sharpness_residual',
  /** Largest eigenvalue of P^{-½}HP^{-½}, P the diagonal by which an adaptive optimiser divides its step (Adam: √v̂ + ε). */
  'preconditioned_sharpness',
  /** Smallest Hessian eigenvalue. */
  'lambda_min',
  /** tr H. */
  'hessian_trace',
  /** Standard error of one `hessian_trace` value; 0 where it is exact. */
  'hessian_trace_standard_error',
  /** ∇fᵀH∇f / ‖∇f‖². */
  'directional_sharpness',
  /** E gᵀH_b g / E‖g‖², gradient and Hessian from the same batch; f including weight decay where there is one. */
  'batch_sharpness',
  /** tr Σ_B, trace of the covariance of a batch gradient. */
  'noise_trace',
  /** ∇fᵀ H ∇f. */
  'gradient_hessian_form',
  /** E gᵀ H g, g and H from independent batches. */
  'stochastic_gradient_hessian_form',
] as const

/** Roles of vector series. */
export const vectorRoles = [
  /** Components of ∇f(θ_t). */
  'gradient',
  /** Components of g_t. */
  'stochastic_gradient',
  /** Components of θ_t, or fixed random projections of it. */
  'weights',
  /** Function-space sketch: outputs on a fixed probe set. */
  'function_outputs',
  /** Ritz values of the Hessian by Lanczos iteration, one block of equal length per random start. */
  'ritz_values',
  /** Squared first components of the Ritz vectors, laid out like `ritz_values`: each block sums to 1. */
  'ritz_weights',
] as const

export type ScalarRole = (typeof scalarRoles)[number]
export type VectorRole = (typeof vectorRoles)[number]
export type ObservableRole = ScalarRole | VectorRole

/** The hyper-parameters that the diagnostics use. A missing one is unknown, not zero, except `momentum`, `dampening` (0) and `nesterov` (false). */
export interface Hyperparameters {
  readonly learningRate?: number
  readonly momentum?: number
  readonly nesterov?: boolean
  /** d in v' = μv + (1 − d)g. */
  readonly dampening?: number
  /** β₁ of Adam and its kind: the decay of the running mean of the gradient. */
  readonly beta1?: number
  /** Name of the update rule; missing or `sgd` is SGD with the above, any other has identities of its own. */
  readonly optimizer?: string
  readonly weightDecay?: number
  readonly batchSize?: number
  /** Examples in the training set. */
  readonly exampleCount?: number
  /** `iid` (with replacement) or `reshuffled` (without, new order each epoch). */
  readonly sampling?: 'iid' | 'reshuffled'
  /** Steps of one pass through the data; lets data-order periodicity be told from a limit cycle. */
  readonly stepsPerEpoch?: number
}

/** A range of steps, both ends included, in which all hyper-parameters are constant. */
export interface SegmentRange {
  readonly from: number
  readonly to: number
  readonly hyperparameters: Hyperparameters
}

/** How the series with role `loss` was measured: on the full training or a fixed probe set, or on the training batches. */
export type LossSource = 'full' | 'batch'

/** How `gradient_norm_squared` was measured: by a pass over all examples (or unknown), unbiased on probe batches, or from the halves of training batches. */
export type GapSource = 'exact' | 'unbiased' | 'half-batches'

/** What is known of a group: ‖θ‖ and ‖∇f‖, ⟨θ, ∇f⟩, E‖g‖², of its part of the weights and gradients, without weight decay. */
export const weightGroupRoles = [
  'weight_norm',
  'gradient_norm',
  'weights_dot_gradient',
  'stochastic_gradient_norm_squared',
] as const

export type WeightGroupRole = (typeof weightGroupRoles)[number]

/** A part of the weights with a norm of its own, such as a layer. */
export interface WeightGroup {
  readonly name: string
  readonly series: { readonly [Role in WeightGroupRole]: ScalarSeries }
}

/** Everything that the diagnostics of one run read. */
export interface RunObservables {
  readonly runId: string
  readonly name: string
  readonly config: Hyperparameters
  /** Known segments; when absent they are found from the `learning_rate` series. */
  readonly segments?: readonly SegmentRange[]
  readonly scalars: { readonly [Role in ScalarRole]?: ScalarSeries }
  readonly vectors: { readonly [Role in VectorRole]?: VectorSeries }
  /** Recorded series without a role. They are judged only if no series has a role. */
  readonly others: readonly NamedSeries[]
  /** Parts of the weights, such as layers, with norms of their own. */
  readonly weightGroups?: readonly WeightGroup[]
  /** Default `full`. */
  readonly lossSource?: LossSource
  /** Default `exact`. */
  readonly gapSource?: GapSource
  /** Whether `gradient_norm_squared` is that of the loss with weight decay. Default false. */
  readonly isDecayedGap?: boolean
}
