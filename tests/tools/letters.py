#!/usr/bin/env python3
"""Prints how many areas have a letter, a range or none, for every edition, level and window of a running server.

    letters.py URL [TOKEN] [--scheme ID]

Asked with a token, or on this machine where the server says so, it prints what a planner sees; without one what the
public sees. "letter" is the share of rated areas whose letter is likely enough; "clear" the share that clearly differs
from the common level, so that the map colours it; the rest is muted. Rated is what has a ratio.
"""

import argparse
import json
import urllib.parse
import urllib.request

COLUMNS = ["letter", "range", "unreliable", "no information", "suppressed", "no residents"]


def asked(url, token, path, query=None):
    address = f"{url.rstrip('/')}{path}" + (f"?{urllib.parse.urlencode(query)}" if query else "")
    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=120) as answer:
        return json.load(answer)


def kind(row):
    grade = row["grade"]
    if len(grade) == 1:
        return "letter"
    if grade == "insufficient":
        return "unreliable" if row["withheld"] == "reliability_below_min_reliability" else "no information"
    return {"range": "range", "suppressed": "suppressed", "none": "no residents"}[grade]


def line(rows):
    counts = {column: sum(kind(row) == column for row in rows) for column in COLUMNS}
    rated = [row for row in rows if row["ratio"] is not None]
    clear = sum(row["difference"] in ("higher", "lower") for row in rated)

    def share(part):
        return f"{100 * part / len(rated):5.1f} %" if rated else "      –"

    return counts, share(counts["letter"]), share(clear)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url")
    parser.add_argument("token", nargs="?")
    parser.add_argument("--scheme")
    options = parser.parse_args()
    meta = asked(options.url, options.token, "/meta")
    print(f"role {meta['role']}, scheme {options.scheme or meta['default_scheme']}")
    heading = "".join(f"{column:>15}" for column in COLUMNS)
    print(f"{'edition':<9}{'level':<10}{'window':<16}{'areas':>6}{heading}  letter    clear")
    for edition in meta["editions"]:
        for level in edition["levels"]:
            for window in meta["windows"]:
                query = {"edition": edition["id"], "level": level, "window": window["id"]}
                if options.scheme:
                    query["scheme"] = options.scheme
                rows = asked(options.url, options.token, "/ratings", query)["areas"]
                counts, letters, clear = line(rows)
                numbers = "".join(f"{counts[column]:>15}" for column in COLUMNS)
                print(f"{edition['id']:<9}{level:<10}{window['id']:<16}{len(rows):>6}{numbers}  {letters}  {clear}")


if __name__ == "__main__":
    main()
