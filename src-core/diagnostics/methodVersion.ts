/** Raised whenever a diagnostic can give another result for the same input: stored results and verdicts of other numbers are computed anew. */
export const methodVersion = 56
