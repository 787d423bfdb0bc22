"""Writes reference-values.json: paired tests and intervals by scipy and statsmodels.

python -m venv venv && venv/bin/pip install scipy statsmodels numpy
venv/bin/python src/ranking/paired/reference-values.py
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

SPLITS = [(0, 0), (1, 0), (0, 3), (5, 5), (9, 2), (2, 9), (12, 25), (120, 80), (1500, 1400), (0, 40)]


def mid_p(b, c):
    if b + c == 0:
        return 1.0
    exact = mcnemar([[0, b], [c, 0]], exact=True).pvalue
    return 1.0 if b == c else float(exact - stats.binom.pmf(min(b, c), b + c, 0.5))


rng = np.random.default_rng(7)
a = np.round(rng.normal(0.6, 0.2, 17), 6)
b = np.round(a + rng.normal(0.05, 0.1, 17), 6)
test = stats.ttest_rel(a, b)
bounds = test.confidence_interval(0.95)
mean = stats.t.interval(0.95, len(a) - 1, loc=a.mean(), scale=stats.sem(a))
p = [0.001, 0.04, 0.03, 0.2, 0.0005, 0.9]
values = {
    "mcnemar": [[b_, c_, mid_p(b_, c_)] for b_, c_ in SPLITS],
    "a": a.tolist(),
    "b": b.tolist(),
    "paired": {"difference": float((a - b).mean()), "p": float(test.pvalue),
               "low": float(bounds.low), "high": float(bounds.high)},
    "mean": {"mean": float(a.mean()), "low": float(mean[0]), "high": float(mean[1])},
    "wilson": [[k, n, *map(float, proportion_confint(k, n, method="wilson"))]
               for k, n in [(0, 10), (3, 10), (25, 50), (50, 50), (7, 1000)]],
    "holm": {"p": p, "adjusted": multipletests(p, method="holm")[1].tolist()},
}
Path(__file__).with_suffix(".json").write_text(json.dumps(values, indent=1) + "\n")
