"""Adds scipy's values, and those that others printed, to what make-published-values.R hands over; the command is there."""

import json
import math
import sys

import scipy
from scipy import stats

table = json.load(sys.stdin)
tool = f"scipy {scipy.__version__}"
for row in table["series"]:
    x, y = row["x"], row["y"]
    line = stats.theilslopes(y, x, 0.95, method="joint")
    untied = len(set(x)) == len(x) and len(set(y)) == len(y)
    row["theilSen"] = {
        "slope": float(line.slope),
        "intercept": float(line.intercept),
        # By the normal approximation, whatever the number of points.
        "low": float(line.low_slope),
        "high": float(line.high_slope),
    }
    if row["mannKendall"]:
        exact = len(x) <= 10 and untied
        tau = stats.kendalltau(x, y, method="exact" if exact else "asymptotic")
        row["scipyTau"] = float(tau.statistic if hasattr(tau, "statistic") else tau.correlation)
        row["scipyExactP"] = float(tau.pvalue) if exact else None

cited = {
    "sen1968": {
        "source": "Sen (1968), doi:10.1080/01621459.1968.10480934, example; as in scipy 1.10.1, test_mstats_basic.py, test_theilslopes",
        "x": [1, 2, 3, 4, 10, 12, 18],
        "y": [9, 15, 19, 20, 45, 55, 78],
        "slope": 4,
        "intercept": 6,
        "low": 3.71,
        "high": 4.38,
    },
    "pymannkendall": {
        "source": "output of pymannkendall original_test in a script on GitHub; the values are the example of the crate mann_kendall 0.1",
        "y": [202.175842, 222.266602, 250.772827, 300.741455, 350.643982, 369.749268, 400.998474, 479.279663, 486.61731, 487.517456, 491.321625],
        "s": 55,
        "variance": 165,
        "z": 4.203894298472224,
        "p": 2.623614939456509e-05,
        "tau": 1,
        "slope": 33.419006333333336,
    },
    "wisconsin": {
        "source": "Wisconsin Administrative Code, chapter NR 746, appendix A: table A, and table B (greatest S that shows a fall at 0.2)",
        "y": [100, 50, 85, 75, 50],
        "s": -5,
        "atLevel": 0.2,
        "critical": [[4, -4], [5, -5], [6, -6], [7, -7], [8, -8], [9, -10], [10, -11]],
    },
}
json.dump(
    {
        "source": f"make-published-values.R and .py; {table['r']} (cor.test, data sets, pnorm), {tool} (theilslopes, kendalltau)",
        "series": table["series"],
        "exact": table["exact"],
        "normalTail": table["normalTail"],
        "cited": cited,
    },
    sys.stdout,
    indent=2,
)
assert math.isfinite(table["series"][0]["theilSen"]["slope"])
