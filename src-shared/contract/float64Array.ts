import { z } from 'zod'

/** Numbers travel as typed arrays, NaN and infinities included. */
export const float64Array = z.custom<Float64Array>((value) => value instanceof Float64Array, 'must be a Float64Array')
