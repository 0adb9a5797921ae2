"""Measured load: wrk on its own core, several short runs, the median of each figure."""

import math
import re
import statistics
import subprocess
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import timedelta

from processes import LOAD_CORE, pinned
from workload import FIRST_DAY, LAST_DAY, every_day, month_starts, periods

CONNECTIONS = 16
PROBED = 8
VISIT_S = 6
MAX_PERIODS = 100_000
# Between runs: requests that were on their way when the former run ended.
SPARE = 1_000


@dataclass
class Case:
    """What is asked of a server. The parts of the address stand around tile, first day, last day and categories."""

    before_tile: str
    before_first: str = ""
    before_last: str = ""
    before_categories: str = ""
    after: str = ""
    days: str = ""  # "months", "days", or none: one fixed address per tile
    categories: tuple = ()
    per_filter: int = 1
    coding: str = "gzip"
    token: str = ""

    def address(self, tile, first="", last="", categories=()):
        words = ",".join(categories)
        return f"{self.before_tile}{tile}{self.before_first}{first}{self.before_last}{last}{self.before_categories}{words}{self.after}"


@dataclass
class Load:
    """What one server did under one case."""

    per_s: float
    p50_ms: float
    p99_ms: float
    bytes: float
    memory_mib: float
    runs: list


def write_case(case, tiles, path):
    """The case as a file for filters.lua."""
    lines = [
        f"{name} {value}" for name, value in asdict(case).items() if isinstance(value, str) and name != "days" and value
    ]
    if not case.before_first:
        lines.append("before_first ")
    lines += [f"per_filter {case.per_filter}", *(f"tile {tile}" for tile in tiles)]
    filters = 1
    if case.days:
        days = month_starts() if case.days == "months" else every_day()
        pairs = periods(days, MAX_PERIODS)
        lines += [f"day {day}" for day in days] + [f"pair {first} {last}" for first, last in pairs]
        lines += [f"category {name}" for name in case.categories]
        filters = len(pairs) * (2 ** len(case.categories) - 1)
    lines.append(f"step {coprime_step(filters)}")
    path.write_text("\n".join(lines) + "\n")
    return filters


def coprime_step(count):
    """A step near the golden section of the count that meets every place once before any place twice."""
    step = max(1, int(count * 0.6180339887))
    while math.gcd(step, count) != 1:
        step += 1
    return step


def answer(server, case, tile):
    """Coding and length of one answer, under a period that no measured request has."""
    days = (FIRST_DAY, LAST_DAY + timedelta(1)) if case.days else ("", "")
    headers = {"Accept-Encoding": case.coding}
    if case.token:
        headers["Authorization"] = f"Bearer {case.token}"
    address = server.base + case.address(tile, *days, case.categories)
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=60) as found:
        return found.headers.get("Content-Encoding", "identity"), len(found.read())


def probe(server, case, tiles):
    """Some answers looked at: they are tiles, in the coding that was asked for (the smallest may be left as they are)."""
    answers = [answer(server, case, tile) for tile in tiles[:PROBED]]
    codings = {coding for coding, _ in answers}
    if not all(length for _, length in answers):
        raise RuntimeError(f"{server.name} gives no tile for some of {tiles[:PROBED]}")
    if case.coding not in codings or not codings <= {case.coding, "identity"}:
        raise RuntimeError(f"{server.name} answers in {codings} when asked for {case.coding}")


def visit(server, case, tiles):
    """Asks for every tile once, so that what a server does once for a tile is done; slow servers get some of them."""
    until = time.monotonic() + VISIT_S

    def ask(tile):
        if time.monotonic() < until:
            answer(server, case, tile)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, dict.fromkeys(tiles)))


def measured(server, case, tiles, effort, script, work, memory):
    """Warms the server up, then runs the case several times. Any answer of failure stops it."""
    probe(server, case, tiles)
    visit(server, case, tiles)
    path = work / f"{server.name}.case"
    filters = write_case(case, tiles, path)
    # A later case of the same server goes on where the one before it ended: it has no filter of that one's.
    first = server.filters_asked * case.per_filter
    runs = []
    for turn in range(effort.runs + 1):
        seconds = effort.seconds if turn else effort.warm_up_s
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "-s", script, server.base]
        answer = subprocess.run(
            pinned([*command, "--", path, first], LOAD_CORE), capture_output=True, text=True, check=False
        )
        found = re.search(r"RESULT (.*)", answer.stdout)
        if not found:
            raise RuntimeError(f"wrk said nothing: {(answer.stderr or answer.stdout).strip()[-200:]}")
        run = {name: int(value) for name, value in (pair.split("=") for pair in found[1].split())}
        if run["refused"] or run["broken"] or not run["requests"]:
            raise RuntimeError(f"{run['refused']} refused and {run['broken']} broken of {run['requests']} requests")
        first += run["requests"] + SPARE * case.per_filter
        if case.days and first / case.per_filter > filters:
            raise RuntimeError(f"all {filters:,} filters were used up, shorten the runs")
        server.filters_asked = math.ceil(first / case.per_filter)
        if turn:
            runs.append(run)
    return summary(runs, memory())


def summary(runs, memory_mib):
    def median(of):
        return statistics.median(of(run) for run in runs)

    return Load(
        per_s=median(lambda run: run["requests"] / run["microseconds"] * 1e6),
        p50_ms=median(lambda run: run["p50_us"] / 1e3),
        p99_ms=median(lambda run: run["p99_us"] / 1e3),
        bytes=median(lambda run: run["bytes"] / run["requests"]),
        memory_mib=memory_mib,
        runs=runs,
    )
