#!/usr/bin/env python3
"""How long roles wait while others ask for what costs most.

    abuse.py --binary target/release/binhyen [--seconds 12] [--repeats 3] [--data FOLDER] [--only TEXT]

A planner and a commander ask in turn for numbers, areas, a tile and incidents, one question at a time, first alone and
then beside the clients of a kind of abuse, back to back, and this again and again. The table gives the median over the
repeats of p50 and p99, and what the abusers got. Tokens stand in the configuration, as an operator has them. Exit code 1
when a p99 is more than three times that of the quiet run before it (by the medians), and more than --least-ms above it.
"""

import argparse
import collections
import http.client
import multiprocessing
import random
import statistics
import sys
import threading
import time
from pathlib import Path

import harness
from harness import EDITION, Server
from memory import attributes_and_windows, days, picture, planner_filter, properties, tile

MOST_TIMES = 3.0
PUBLIC_SIZE = "width=1200&height=800"
ROLE_SIZE = "width=1000&height=1000&scale=3"


def probes():
    return (
        ("/ratings", f"/ratings?edition={EDITION}&window=3N-2025", "planner"),
        ("/areas", f"/areas?edition={EDITION}&window=3N-2025", "planner"),
        ("tile", f"/tiles/map/9/409/232?edition={EDITION}&window=3N-2025", "commander"),
        ("/incidents", f"/incidents?edition={EDITION}&window=TK-2024&limit=500", "commander"),
        ("/ratings, new filter", None, "commander"),
    )


def measured(port, seconds, seed, results):
    """Asks in turn for so long; a process of its own, so that the abusers take no time of its interpreter."""
    draw, times = random.Random(seed), collections.defaultdict(list)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        for name, path, role in probes():
            path = path or f"/ratings?edition={EDITION}&{planner_filter(draw)}"
            begun = time.perf_counter()
            try:
                status = harness.ask(connection, path, role)[0]
            except (OSError, http.client.HTTPException):
                connection, status = http.client.HTTPConnection("127.0.0.1", port, timeout=60), 0
            times[name].append((time.perf_counter() - begun, status))
            time.sleep(0.005)
    results.put(dict(times))


def png(draw, asked, size):
    return (
        picture(draw, asked).split("&width=")[0]
        + f"&{size}&layer={draw.choice(('grade', 'rate', 'count'))}"
        + (f"&theme={draw.choice(('light', 'dark', 'print', 'contrast'))}")
    )


def unseen_public_picture(draw, known, windows):
    # Level, layer, look and words make every one a different picture.
    look = f"level={draw.choice(('commune', 'district', 'province'))}&lang={draw.choice(('vi', 'en'))}"
    legend = draw.choice(("full", "none"))
    return png(draw, f"window={draw.choice(windows)}&{look}&legend={legend}", PUBLIC_SIZE), None


def unseen_picture_of_planner(draw, known, windows):
    return png(draw, planner_filter(draw), ROLE_SIZE), "planner"


def workbook(draw, known, windows):
    return f"/ratings?edition={EDITION}&f=xlsx&window={draw.choice(windows)}&lang={draw.choice(('vi', 'en'))}", None


def full_geometry(draw, known, windows):
    return f"/areas?edition={EDITION}&geometry=full&window={draw.choice(windows)}", None


def unique_filter(draw, known, windows):
    return f"/ratings?edition={EDITION}&{planner_filter(draw)}", "planner"


def drawn_tile(draw, known, windows):
    return (
        f"{tile(draw)}?edition={EDITION}&window={draw.choice(windows)}&properties={properties(draw, known[None])}",
        None,
    )


def long_series(draw, known, windows):
    return f"/series?edition={EDITION}&areas=20335,20341,20344&by=week&{days(draw)}", "planner"


ABUSES = (
    ("8 anonymous, unseen pictures 1200×800", 8, unseen_public_picture),
    ("24 anonymous, unseen pictures 1200×800", 24, unseen_public_picture),
    ("8 planners, unseen pictures of 9 megapixels", 8, unseen_picture_of_planner),
    ("8 anonymous, workbooks", 8, workbook),
    ("8 anonymous, full geometry", 8, full_geometry),
    ("8 anonymous, tiles with drawn properties", 8, drawn_tile),
    ("8 planners, filters nobody asked for", 8, unique_filter),
    ("8 planners, series by week", 8, long_series),
)


class Abusers:
    """Clients that ask again as soon as they are answered; after a refusal they wait a little, as a crawler does."""

    def __init__(self, port, count, question, known, windows, seed):
        self.statuses, self.over, self.lock = collections.Counter(), threading.Event(), threading.Lock()
        arguments = [(port, question, known, windows, seed * 1000 + number) for number in range(count)]
        self.threads = [threading.Thread(target=self.ask, args=given, daemon=True) for given in arguments]
        for thread in self.threads:
            thread.start()

    def ask(self, port, question, known, windows, seed):
        draw = random.Random(seed)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while not self.over.is_set():
            path, role = question(draw, known, windows)
            try:
                status = harness.ask(connection, path, role)[0]
            except (OSError, http.client.HTTPException):
                connection, status = http.client.HTTPConnection("127.0.0.1", port, timeout=120), 0
            with self.lock:
                self.statuses[status] += 1
            if status not in (200, 204):
                self.over.wait(0.25)

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join(60)


def abused(port, count, question, known, windows, seconds, seed):
    """The abuse goes on in a process of its own until it is ended."""
    over, told = multiprocessing.Event(), multiprocessing.Queue()

    def run():
        abusers = Abusers(port, count, question, known, windows, seed)
        over.wait(seconds + 30)
        abusers.end()
        told.put(dict(abusers.statuses))

    process = multiprocessing.Process(target=run)
    process.start()
    return process, over, told


def run_of(server, seconds, seed):
    results = multiprocessing.Queue()
    process = multiprocessing.Process(target=measured, args=(server.port, seconds, seed, results))
    process.start()
    times = results.get(timeout=seconds + 120)
    process.join()
    return times


def figures(times):
    """p50 and p99 in milliseconds and the failures of each probe."""
    found = {}
    for name, asked in times.items():
        took = [seconds * 1000 for seconds, status in asked if status == 200]
        failed = sum(1 for _, status in asked if status != 200)
        found[name] = (harness.percentile(took, 0.5), harness.percentile(took, 0.99), failed, len(asked))
    return found


def middle(runs, name, place):
    return statistics.median(run[name][place] for run in runs)


def pair(server, abuse, given, known, windows):
    """Quiet and abused runs in turn. Gives the figures of both, and what the abusers got."""
    _, count, question = abuse
    quiet, loud, got, load = [], [], collections.Counter(), []
    for repeat in range(given.repeats):
        quiet.append(figures(run_of(server, given.seconds, repeat)))
        load.append(harness.load_average())
        process, over, told = abused(server.port, count, question, known, windows, given.seconds, repeat)
        time.sleep(1.5)
        loud.append(figures(run_of(server, given.seconds, repeat + 50)))
        over.set()
        got.update(told.get(timeout=120))
        process.join()
        time.sleep(1)
    return quiet, loud, got, statistics.mean(load)


def table(abuses, server, given, known, windows):
    rows = [("beside", "asked for", "quiet p50", "p99", "beside p50", "p99", "p99 ×", "failed", "abusers got", "load")]
    beyond = []
    for abuse in abuses:
        quiet, loud, got, load = pair(server, abuse, given, known, windows)
        for name, _, _ in probes():
            before, after = middle(quiet, name, 1), middle(loud, name, 1)
            times = after / before
            failed = sum(run[name][2] for run in loud)
            cells = [f"{middle(runs, name, place):.1f}" for runs in (quiet, loud) for place in (0, 1)]
            rows.append((abuse[0], name, *cells, f"{times:.1f}", failed, dict(got), f"{load:.1f}"))
            if failed or (times > MOST_TIMES and after - before > given.least_ms):
                beyond.append(f"{abuse[0]}: {name} {before:.1f} → {after:.1f} ms, {failed} failed")
        print(f"{abuse[0]}: done", file=sys.stderr, flush=True)
    return rows, beyond


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True, type=Path)
    parser.add_argument("--seconds", type=float, default=12)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--least-ms", type=float, default=5, help="what a p99 may rise whatever it was")
    parser.add_argument("--data", type=Path, help="a data folder; the sample where it is not given")
    parser.add_argument("--only", help="abuses whose name has this in it")
    given = parser.parse_args()
    with harness.work_folder("abuse") as work:
        data = given.data or Path(work) / "data"
        with Server(given.binary.resolve(), data, work, sample=not given.data) as server:
            if server.wait_ready() is None:
                sys.exit(f"not ready: {server.last_words()}")
            known, windows = attributes_and_windows(server)
            chosen = [abuse for abuse in ABUSES if not given.only or given.only in abuse[0]]
            run_of(server, 2, 99)
            rows, beyond = table(chosen, server, given, known, windows)
    print(harness.markdown(rows))
    print("\n" + ("\n".join(beyond) if beyond else "no p99 beyond three times the quiet one"))
    sys.exit(1 if beyond else 0)


if __name__ == "__main__":
    main()
