"""Writes reference-values.json: answers of a panel, and what scipy and statsmodels say of them.

python -m venv venv && venv/bin/pip install scipy statsmodels numpy scikit-learn
venv/bin/python src/ranking/calibration/reference-values.py
"""

import itertools
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import optimize, stats
from sklearn.metrics import brier_score_loss, roc_auc_score
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

MEMBERS, CHOICES = 5, "ABCD"
rng = np.random.default_rng(17)
questions = []
for _ in range(120):
    ease = rng.normal()
    truth = rng.choice(list(CHOICES))
    members = []
    for skill in (0.9, 0.4, 0.2, 0.0, -0.3):
        right = rng.random() < stats.norm.cdf(skill + ease)
        answer = truth if right else rng.choice([c for c in CHOICES if c != truth])
        answer = None if rng.random() < 0.05 else str(answer)
        members.append(dict(answer=answer, right=answer == truth))
    votes = Counter(m["answer"] for m in members if m["answer"] is not None)
    first = sorted(a for a, n in votes.items() if n == max(votes.values()))
    right = bool(first[0] == truth)
    questions.append(dict(members=members, right=right, confidence=votes[first[0]] / MEMBERS,
                          rounds=int(rng.integers(1, 4)), costUsd=0.001, durationMs=float(rng.integers(500, 5000))))

own = np.array([[m["right"] for m in q["members"]] for q in questions], float)
all_ = np.array([q["right"] for q in questions], float)
confidence = np.array([q["confidence"] for q in questions])


def share(count):
    return [float(count / len(questions)), *map(float, proportion_confint(int(count), len(questions), method="wilson"))]


differences = []
for k in range(MEMBERS):
    low, high = DescrStatsW(all_ - own[:, k]).tconfint_mean()
    table = [[0, int(((all_ == 1) & (own[:, k] == 0)).sum())], [int(((all_ == 0) & (own[:, k] == 1)).sum()), 0]]
    differences.append([float((all_ - own[:, k]).mean()), float(low), float(high),
                        float(mcnemar(table, exact=True).pvalue)])
phi = float(np.mean([np.corrcoef(own[:, a], own[:, b])[0, 1] for a, b in itertools.combinations(range(MEMBERS), 2)]))

plurality = []
for q in questions:
    votes = Counter(m["answer"] for m in q["members"] if m["answer"] is not None)
    first = [a for a, n in votes.items() if n == max(votes.values(), default=0)]
    good = {m["answer"] for m in q["members"] if m["right"]}
    plurality.append(sum(a in good for a in first) / len(first) if first else 0.0)
low, high = DescrStatsW(np.array(plurality)).tconfint_mean()


def roc_interval(right, wrong):
    """The variance is that of Brunner and Munzel's statistic; R's pROC has the same: var(roc(...), method="delong")."""
    area = roc_auc_score([1] * len(right) + [0] * len(wrong), [*right, *wrong])
    test = stats.brunnermunzel(wrong, right)
    variance = ((area - 0.5) / test.statistic) ** 2
    place = lambda own, other: np.array([(np.mean(other < x) + np.mean(other <= x)) / 2 for x in own])
    parts = [place(own, other).var(ddof=1) / len(own) for own, other in ((right, wrong), (wrong, right))]
    assert np.isclose(sum(parts), variance)
    degrees = variance**2 / sum(part**2 / (len(own) - 1) for part, own in zip(parts, (right, wrong)))
    assert np.isclose(2 * stats.t.sf(abs(test.statistic), degrees), test.pvalue)
    # Wilson's bounds are the shares whose distance from the one seen is t errors.
    worth, t = area * (1 - area) / variance, stats.t.ppf(0.975, degrees)
    gap = lambda share: abs(share - area) - t * np.sqrt(share * (1 - share) / worth)
    bounds = [optimize.brentq(gap, 0, area, xtol=1e-14), optimize.brentq(gap, area, 1, xtol=1e-14)]
    return [float(area), float(variance), *map(float, bounds)]


values = {
    "questions": questions,
    "members": [share(own[:, k].sum()) for k in range(MEMBERS)],
    "consortium": share(all_.sum()),
    "durations": [float(x) for x in np.quantile([q["durationMs"] for q in questions], [0.5, 0.95])],
    "differences": differences,
    "oracle": float(own.any(axis=1).mean()),
    "phi": phi,
    "plurality": [float(np.mean(plurality)), float(low), float(high)],
    "brier": float(brier_score_loss(all_, confidence)),
    "auroc": roc_interval(confidence[all_ == 1], confidence[all_ == 0]),
}
Path(__file__).with_suffix(".json").write_text(json.dumps(values, indent=1) + "\n")
