"""Writes reference-values.json: a study of rankings and what scipy and statsmodels say of it.

python -m venv venv && venv/bin/pip install scipy statsmodels numpy
venv/bin/python src/ranking/panel/reference-values.py
"""

import itertools
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

MODELS = ["a", "b", "c", "d"]
JUDGES = ["a", "b", "d", "expert"]
rng = np.random.default_rng(16)

# Rankings with ties and gaps, of 12 prompts in 2 rounds; in round 2 all is shown the other way round.
verdicts = []
for prompt in range(12):
    order = list(rng.permutation(MODELS))
    quality = dict(zip(MODELS, rng.normal([0.9, 0.3, 0, -0.4], 0.8)))
    for round_ in (1, 2):
        shown = order if round_ == 1 else order[::-1]
        for judge in JUDGES:
            if rng.random() < 0.08:
                verdicts.append(dict(prompt=f"p{prompt}", round=round_, judge=judge, shown=shown, ranking=None))
                continue
            score = {m: round(quality[m] + rng.normal(0, 0.7) + 0.6 * (m == judge) - 0.15 * shown.index(m), 0)
                     for m in MODELS}
            groups = [[m for m in MODELS if score[m] == s] for s in sorted(set(score.values()), reverse=True)]
            verdicts.append(dict(prompt=f"p{prompt}", round=round_, judge=judge, shown=shown, ranking=groups))


def ranks(verdict):
    place = {m: k for k, group in enumerate(verdict["ranking"]) for m in group}
    return dict(zip(MODELS, stats.rankdata([place[m] for m in MODELS])))


def interval(by_prompt):
    means = np.array([np.mean(values) for values in by_prompt.values()])
    low, high = stats.t.interval(0.95, len(means) - 1, loc=means.mean(), scale=stats.sem(means))
    return dict(value=float(means.mean()), low=float(low), high=float(high), prompts=len(means))


ranked = [(v, ranks(v)) for v in verdicts if v["ranking"] is not None]


def gather(values):
    by_prompt = defaultdict(list)
    for prompt, value in values:
        by_prompt[prompt].append(value)
    return interval(by_prompt)


def top(verdict, model, places):
    """Share of the orders of tied models, all of them listed, in which a model is among the first."""
    count = total = 0
    for orders in itertools.product(*(itertools.permutations(g) for g in verdict["ranking"])):
        row = [m for group in orders for m in group]
        total += 1
        count += model in row[:places]
    return 100 * count / total


responders = {
    m: dict(gather((v["prompt"], r[m]) for v, r in ranked),
            top1=gather((v["prompt"], top(v, m, 1)) for v, _ in ranked)["value"],
            top2=gather((v["prompt"], top(v, m, 2)) for v, _ in ranked)["value"],
            withoutSelf=gather((v["prompt"], r[m]) for v, r in ranked if v["judge"] != m)["value"])
    for m in MODELS
}
matrix = {j: {m: gather((v["prompt"], r[m]) for v, r in ranked if v["judge"] == j)["value"] for m in MODELS}
          for j in JUDGES}

# Friedman's statistic, corrected for ties, is m (n - 1) W.
w, chance, correlation, own = [], [], [], defaultdict(list)
for prompt, round_ in sorted({(v["prompt"], v["round"]) for v, _ in ranked}):
    row = [(v["judge"], r) for v, r in ranked if (v["prompt"], v["round"]) == (prompt, round_)]
    for judge, r in row:
        if judge in MODELS and len(row) > 1:
            others = np.mean([o[judge] for j, o in row if j != judge])
            own[judge].append((prompt, others - r[judge]))
    if len(row) < 2 or all(len(set(r.values())) == 1 for _, r in row):
        continue
    chi = stats.friedmanchisquare(*[[r[m] for _, r in row] for m in MODELS]).statistic
    value = chi / (len(row) * (len(MODELS) - 1))
    w.append((prompt, value))
    chance.append((prompt, 1 / len(row)))
    correlation.append((prompt, (len(row) * value - 1) / (len(row) - 1)))

# Both orders: the verdicts of a judge on a pair in round 1 and in round 2.
counts = defaultdict(lambda: dict(pairs=0, consistent=0, firstTwice=0, secondTwice=0))
for judge, prompt in itertools.product(JUDGES, sorted({v["prompt"] for v, _ in ranked})):
    seen = {v["round"]: (v, r) for v, r in ranked if (v["judge"], v["prompt"]) == (judge, prompt)}
    if len(seen) < 2:
        continue
    for x, y in itertools.combinations(seen[1][0]["shown"], 2):  # x is shown first in round 1, y in round 2
        one, two = (np.sign(r[y] - r[x]) for _, r in (seen[1], seen[2]))
        tally = counts[prompt]
        tally["pairs"] += 1
        tally["consistent"] += int(one == two)
        tally["firstTwice"] += int(one > 0 > two)
        tally["secondTwice"] += int(one < 0 < two)
net = np.array([t["firstTwice"] - t["secondTwice"] for t in counts.values()])
flips = {key: sum(t[key] for t in counts.values()) for key in ("pairs", "consistent", "firstTwice", "secondTwice")}
test = stats.permutation_test((net.astype(float),), np.sum, permutation_type="samples",
                              n_resamples=np.inf, alternative="two-sided")


def two_sided(values):
    """All signs, one after the other."""
    values = [v for v in values if v != 0]
    seen = abs(sum(values))
    sums = [abs(sum(s * abs(v) for s, v in zip(signs, values)))
            for signs in itertools.product((-1, 1), repeat=len(values))]
    return float(np.mean([s >= seen for s in sums]))


SIGNED = [[1, 1, 1, -1, 0], [3, -1, 2, 2], [5, 5, -1, -2, 1, 1, 0, 4], [2, -2], [1, 2, 3, 4, 5, 6, -7]]
values = {
    "verdicts": verdicts,
    "responders": responders,
    "matrix": matrix,
    "agreement": dict(gather(w), nullW=gather(chance)["value"], meanCorrelation=gather(correlation)["value"]),
    "selfPreference": {"overall": gather([pair for rows in own.values() for pair in rows]),
                       "judges": {judge: gather(rows) for judge, rows in own.items()}},
    "flips": flips,
    "netPValue": two_sided(net.tolist()),
    "netPValueOfScipy": float(test.pvalue),
    "signFlips": [[v, two_sided(v)] for v in SIGNED],
    "mcnemar": [[b, c, float(mcnemar([[0, b], [c, 0]], exact=True).pvalue)]
                for b, c in [(1, 0), (9, 2), (2, 9), (12, 25), (120, 80), (0, 40)]],
    "wilson": [[k, n, *map(float, proportion_confint(k, n, method="wilson"))] for k, n in [(0, 12), (5, 12), (12, 12)]],
}
Path(__file__).with_suffix(".json").write_text(json.dumps(values, indent=1) + "\n")
