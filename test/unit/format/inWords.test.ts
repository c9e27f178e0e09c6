import { expect, it } from 'vitest'
import { inWords, withSymbols } from '#core/format/inWords.ts'

it('names the squared norms by their symbols, other roles in words, and leaves metrics and longer roles as they are', () => {
  expect(inWords('R̂ of gradient_norm_squared is 1.2; function_outputs')).toBe('R̂ of ‖∇f‖² is 1.2; function outputs')
  expect(withSymbols('weight_norm_squared, my_run')).toBe('‖θ‖², my_run')
  for (const text of [
    'probe/gradient_norm_squared',
    'stochastic_gradient_norm_squared',
    'gradient_norm_squared_standard_error',
  ])
    expect(withSymbols(text)).toBe(text)
})

it('keeps the names of runs and metrics, and what is to be typed', () => {
  for (const text of [
    'q1_sgd_quadratic_1d: not the same law',
    'R̂ of my_loss is 1.2',
    'metric probe/noise_trace_of_batch',
    'sgd-weight_decay-0.1',
    'weight_decay/s1',
    'weight_decay: the name of a metric',
    'record probe/gradient_norm, or give the role gradient_norm or those of half batches',
    'give the roles ritz_values and ritz_weights',
  ])
    expect(inWords(text)).toBe(text)
  expect(inWords('needs gradient_norm and function_outputs.')).toBe('needs gradient norm and function outputs.')
  expect(inWords('learning_rate 0.1, my_note a_b')).toBe('learning rate 0.1, my_note a_b')
})
