import type { DiagnosticId } from '#core/diagnostics/results/diagnosticResult.ts'
import { autocorrelation } from './autocorrelation.ts'
import { balance } from './balance.ts'
import { displacement } from './displacement.ts'
import { divergence } from './divergence.ts'
import { fluctuationDissipation } from './fluctuationDissipation.ts'
import { limitCycle } from './limitCycle.ts'
import { lossStabilisation } from './lossStabilisation.ts'
import { noiseScale } from './noiseScale.ts'
import { normEquilibrium } from './normEquilibrium.ts'
import { pflug } from './pflug.ts'
import type { Reading } from './reading.ts'
import { sampleSize } from './sampleSize.ts'
import { selfCalibration } from './selfCalibration.ts'
import { sharpness } from './sharpness.ts'
import { spectralDensity } from './spectralDensity.ts'
import { stationarityGap } from './stationarityGap.ts'
import { stationarityTests } from './stationarityTests.ts'
import { tailIndex } from './tailIndex.ts'
import { theoremBound } from './theoremBound.ts'
import { timeReversal } from './timeReversal.ts'
import { windowDistance } from './windowDistance.ts'

/** What stands behind each diagnostic that is computed. */
export const readings: { readonly [Id in DiagnosticId]?: Reading } = {
  'stationarity-gap': stationarityGap,
  'noise-scale': noiseScale,
  'loss-stabilisation': lossStabilisation,
  'window-distance': windowDistance,
  balance,
  autocorrelation,
  displacement,
  sharpness,
  'spectral-density': spectralDensity,
  'limit-cycle': limitCycle,
  'sample-size': sampleSize,
  'fluctuation-dissipation': fluctuationDissipation,
  'stationarity-tests': stationarityTests,
  pflug,
  divergence,
  'theorem-bound': theoremBound,
  'norm-equilibrium': normEquilibrium,
  'tail-index': tailIndex,
  'time-reversal': timeReversal,
  'self-calibration': selfCalibration,
}
