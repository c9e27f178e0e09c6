import type { MathNode } from './mathNode.ts'

/** What a reader needs to judge a diagnostic and its chart. Plain text; quantities are written as in the titles. */
export interface Reading {
  readonly chartTitle: string
  /** Grey, beside the title. */
  readonly definition: string
  /** One line under the chart, after the finding: how to read it. */
  readonly line: string
  readonly purpose: string
  readonly formula: MathNode
  /** What the symbols of the formula are. */
  readonly symbols: string
  readonly estimator: string
  readonly assumptions: string
  readonly misleads: string
  readonly sources: readonly string[]
}
