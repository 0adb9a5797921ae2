"""A plain second reading of the statistical grade, only to see that the sample shows all letters.

Follows the design's method in its simplest form: every rated category of the window, residents as exposure,
severity weights, a gamma prior by moments (Marshall 1991), a gamma posterior, bands on its median.
"""


def gamma_median(shape, rate):
    """The median by the Wilson–Hilferty cube, good to three digits for the shapes that occur here."""
    return shape / rate * (1 - 1 / (9 * shape)) ** 3


def weighted_counts(taxonomy, rules, window, rows, at):
    """Per unit the sum of weights, and over the province the weights of all counted rows."""
    component = {c["id"]: c["component"] for c in taxonomy["category"]}
    weights = {c["id"]: c["weight"] for c in rules["component"] if c["rated"]}
    observed, used = {}, []
    for row in rows:
        inside = window["from"] <= row["time"][:10] < window["to"]
        kind = component[row["category"]]
        if not inside or kind not in weights or row["status"] == "unfounded" or not at.get(row["id"]):
            continue
        weight = weights[kind][row["severity"]]
        observed[at[row["id"]]] = observed.get(at[row["id"]], 0) + weight
        used.append(weight)
    return observed, used


def grades(taxonomy, rules, window, rows, at, residents):
    """Unit → letter or "insufficient", and the prior's (mean, variance)."""
    observed, used = weighted_counts(taxonomy, rules, window, rows, at)
    phi = sum(w * w for w in used) / sum(used)
    people = sum(residents.values())
    o = {c: observed.get(c, 0) / phi for c in residents}
    e = {c: n / people * sum(used) / phi for c, n in residents.items()}
    b = sum(o.values()) / sum(e.values())
    s2 = sum(e[c] * (o[c] / e[c] - b) ** 2 for c in e) / sum(e.values())
    a = max(0.0, s2 - b / (sum(e.values()) / len(e)))
    letters = {}
    for c in residents:
        reliability = a / (a + b / e[c]) if a > 0 else 0.0
        if reliability < rules["grade"]["min_reliability"]:
            letters[c] = "insufficient"
            continue
        median = gamma_median(b * b / a + o[c], b / a + e[c])
        letters[c] = "ABCDE"[sum(median > band for band in rules["grade"]["bands"])]
    return letters, (b, a)
