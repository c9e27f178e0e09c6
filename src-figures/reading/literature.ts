/** Papers that several diagnostics rest on, cited in the same words. */
export const zhang2022 =
  'Zhang, Li, Sra, Jadbabaie, Neural Network Weights Do Not Converge to Stationary Points, ICML 2022 (PMLR 162:26330)'
