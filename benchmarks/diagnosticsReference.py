"""The Python side of benchmarks/diagnostics.ts: answers each line `NAME` on stdin with the milliseconds of processor time that the
library took on the same data, and its value, so that equal work is compared. Started by the benchmark; the folder with the data is its argument."""

import json
import sys
import time
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
import arviz
import hyppo.ksample
import numpy as np
import ot
import scipy
import statsmodels
from scipy import signal, spatial, stats
from scipy.sparse.linalg import LinearOperator, eigsh
from statsmodels.regression.linear_model import OLS
from statsmodels.tsa.stattools import adfuller, kpss

folder = Path(sys.argv[1])


def load(name, columns=None):
    values = np.fromfile(folder / f"{name}.f64")
    return values if columns is None else values.reshape(-1, columns)


series, chains = load("series"), load("chains", 5000)
cloud_a, cloud_b, directions = load("cloudA", 16), load("cloudB", 16), load("directions", 16)
small_a, small_b = cloud_a[:1000], cloud_b[:1000]
matrix, walk = load("matrix", 400), load("walk", 16)
first, second = series[: len(series) // 2], series[len(series) // 2 :]
lags = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]


def newey_west():
    time_index = np.column_stack([np.ones(len(series)), np.arange(len(series))])
    return OLS(series, time_index).fit(cov_type="HAC", cov_kwds={"maxlags": 40}).bse[1]


def mmd():
    def kernel(a, b):
        return np.exp(-spatial.distance.cdist(a, b, "sqeuclidean") / 2 / 16)

    m, n = len(small_a), len(small_b)
    within = (kernel(small_a, small_a).sum() - m) / m / (m - 1) + (kernel(small_b, small_b).sum() - n) / n / (n - 1)
    return within - 2 * kernel(small_a, small_b).mean()


def block_permutation():
    block, rng = 200, np.random.default_rng(1)
    blocks = series.reshape(-1, block)
    half = len(blocks) // 2

    def statistic(order):
        return stats.wasserstein_distance(blocks[order[:half]].ravel(), blocks[order[half:]].ravel())

    observed = statistic(np.arange(len(blocks)))
    return np.mean([statistic(rng.permutation(len(blocks))) >= observed for _ in range(99)])


def displacement():
    return [float(np.mean(((walk[lag:] - walk[:-lag]) ** 2).sum(axis=1))) for lag in lags][-1]


def largest_eigenvalue():
    operator = LinearOperator(matrix.shape, matvec=lambda v: matrix @ v)
    return eigsh(operator, k=1, which="LA", ncv=30, tol=1e-6)[0][0]


def autocorrelation_time():
    n = len(series)
    spectrum = np.fft.rfft(series - series.mean(), 2 ** int(np.ceil(np.log2(2 * n))))
    rho = np.fft.irfft(np.abs(spectrum) ** 2)[:n]
    rho /= rho[0]
    tau = 2 * np.cumsum(rho) - 1
    return tau[np.argmax(np.arange(n) >= 5 * tau)]


cases = {
    "Kolmogorov-Smirnov": lambda: stats.ks_2samp(first, second, method="asymp").statistic,
    "Wasserstein-1": lambda: stats.wasserstein_distance(first, second),
    "energy distance": lambda: stats.energy_distance(first, second),
    "sliced Wasserstein-2": lambda: ot.sliced_wasserstein_distance(cloud_a, cloud_b, projections=directions.T, p=2),
    "MMD": mmd,
    "MMD, hyppo": lambda: hyppo.ksample.MMD(bias=False, gamma=1 / 2 / 16).statistic(small_a, small_b),
    "block permutation": block_permutation,
    "KS, W1 and energy together": lambda: stats.ks_2samp(first, second, method="asymp").statistic
    + stats.wasserstein_distance(first, second)
    + stats.energy_distance(first, second),
    "Sokal and Geyer together": lambda: autocorrelation_time()
    + len(series) / float(arviz.ess(series[None, :], method="mean")),
    "autocorrelation time, Sokal": autocorrelation_time,
    "autocorrelation time, Geyer": lambda: len(series) / float(arviz.ess(series[None, :], method="mean")),
    "split R-hat": lambda: float(arviz.rhat(chains, method="rank")),
    "KPSS": lambda: kpss(series, nlags=40)[0],
    "ADF": lambda: adfuller(series, maxlag=10, autolag=None)[0],
    "trend, Newey-West": newey_west,
    "periodogram": lambda: float(signal.periodogram(series[-65536:], detrend="linear")[1].max()),
    "displacement": displacement,
    "largest eigenvalue": largest_eigenvalue,
}

print(json.dumps({"numpy": np.__version__, "scipy": scipy.__version__, "arviz": arviz.__version__, "POT": ot.__version__, "hyppo": hyppo.__version__, "statsmodels": statsmodels.__version__}), flush=True)
for line in sys.stdin:
    started = time.process_time()
    value = cases[line.strip()]()
    print(json.dumps({"ms": 1000 * (time.process_time() - started), "value": float(value)}), flush=True)
