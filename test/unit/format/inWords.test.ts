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
