#!/usr/bin/env python3
"""kill -9 in the middle of everything that writes, and what the store is worth afterwards.

    kills.py --binary target/release/binhyen [--rounds 200] [--seed 1]

Every round kills one process at a moment drawn from the time that it usually takes. Afterwards `binhyen check` must call
the folder sound, a server must start and be ready, every row of an import that was acknowledged (exit code 0) must be in
the database as it was written, and what the server shows must be a number of whole imports. Exit code 1 when any
round ends otherwise.
"""

import argparse
import collections
import copy
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import harness
from harness import EDITION, SAMPLE, Server, copy_folder, program, succeed

ROWS, BATCH = 2_000, 100
HELD_IDS = 100_000
NEXT_EDITION = "2025-07"


class Folder:
    """A data folder and what was acknowledged to stand in it."""

    def __init__(self, binary, work):
        self.binary, self.work, self.path = binary, Path(work), Path(work) / "data"
        self.acknowledged = {}
        self.begun = 0
        harness.import_boundaries(binary, EDITION, self.path)
        self.incidents_of(succeed)

    def new_file(self):
        self.begun += 1
        first = self.begun * HELD_IDS
        path = harness.write_incidents(self.work / f"in-{self.begun}.csv", range(first, first + ROWS), seed=self.begun)
        return self.begun, path

    def command(self, path):
        return ["import", "incidents", path, "--batch", str(BATCH), "--data", self.path]

    def incidents_of(self, run):
        """A whole import; gives how long it took."""
        number, path = self.new_file()
        begun = time.monotonic()
        run(self.binary, *self.command(path))
        self.acknowledge(number, path)
        return time.monotonic() - begun

    def acknowledge(self, number, path):
        rows = path.read_text().splitlines()[1:]
        self.acknowledged[number] = sum(round(float(row.split(",")[2]) * 10_000_000) for row in rows)
        path.unlink()

    def rows_of(self, number):
        """How many rows of an import the database has, and their sum; read by another program than ours."""
        store = sqlite3.connect(f"file:{self.path}/binhyen.sqlite?mode=ro", uri=True)
        try:
            ids = (f"D{number * HELD_IDS:08}", f"D{(number + 1) * HELD_IDS:08}")
            query = "SELECT count(*), coalesce(sum(lon_e7), 0) FROM incident WHERE id >= ? AND id < ?"
            return store.execute(query, ids).fetchone()
        finally:
            store.close()

    def as_before(self, usual):
        """A copy of the folder as it was at first."""
        before = copy.copy(self)
        before.path = copy_folder(usual["older"], self.work / "before")
        before.acknowledged = usual["older_acknowledged"]
        return before

    def lost(self):
        """The acknowledged imports of which not every row is there as it was written."""
        return [number for number, lon in self.acknowledged.items() if self.rows_of(number) != (ROWS, lon)]


class Progress:
    """The batches that an import has committed, as the epoch of the store tells."""

    QUERY = "SELECT value FROM meta WHERE key = 'epoch'"

    def __init__(self, folder):
        self.store = sqlite3.connect(f"file:{folder.path}/binhyen.sqlite?mode=ro", uri=True)
        self.before = self.store.execute(self.QUERY).fetchone()[0]

    def reached(self, process, batches):
        while process.poll() is None and self.store.execute(self.QUERY).fetchone()[0] < self.before + batches:
            time.sleep(0.0005)
        self.store.close()


def killed_midway(command, usual_s, draw, progress=None):
    """Starts a process and kills it at a random moment of the time that it usually takes, or, where its progress can be
    seen, half of the times when it has come so far. Gives its exit code: -9, or what it ended with before."""
    process = subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=harness.environment(),
    )
    try:
        if progress and draw.random() < 0.5:
            progress.reached(process, draw.randint(1, ROWS // BATCH))
            return process.wait(0.001)
        return process.wait(draw.uniform(0, 1.1 * usual_s))
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        return process.wait()


def shown_incidents(server):
    editions = server.json("/meta", "commander")["editions"]
    return next(edition["account"]["incidents"] for edition in editions if edition["id"] == EDITION)


def judged(folder, faults, left=None):
    """What `check` and a start say of a folder. `left` is an import that was not acknowledged."""
    checked = program(folder.binary, "check", folder.path)
    if checked.returncode != 0:
        faults.append(f"check: {checked.stdout[-300:]}{checked.stderr[-300:]}")
    lost = folder.lost()
    if lost:
        faults.append(f"acknowledged imports lost: {lost}")
    with Server(folder.binary, folder.path, folder.work) as server:
        ready = server.wait_ready(300)
        if ready is None:
            faults.append(f"not ready: {server.process.poll()} {server.get('/readyz')[2][:300]!r}")
            return
        shown = shown_incidents(server)
    if shown % ROWS:
        faults.append(f"half an import is shown: {shown} incidents")
    if shown < len(folder.acknowledged) * ROWS:
        faults.append(f"shown {shown}, acknowledged {len(folder.acknowledged) * ROWS}")
    if left is not None:
        written = folder.rows_of(left)[0]
        if written % BATCH:
            faults.append(f"half a batch: {written} rows")


def import_killed(folder, usual, draw, faults):
    """An import of incidents is killed; then it is run again, and all of it must be there."""
    number, path = folder.new_file()
    code = killed_midway([folder.binary, *folder.command(path)], usual["incidents"], draw, Progress(folder))
    if code == 0:
        folder.acknowledge(number, path)
        judged(folder, faults)
        return "ended before"
    judged(folder, faults, number)
    run_again(folder, usual, number, path)
    return "killed"


def run_again(folder, usual, number, path):
    begun = time.monotonic()
    succeed(folder.binary, *folder.command(path))
    # How long it takes now: the machine may have other work.
    usual["incidents"] = time.monotonic() - begun
    folder.acknowledge(number, path)


def import_killed_beside_server(folder, usual, draw, faults):
    """The same while a server serves: it must go on showing whole imports."""
    number, path = folder.new_file()
    with Server(folder.binary, folder.path, folder.work) as server:
        if server.wait_ready() is None:
            faults.append("not ready before")
            return "not begun"
        code = killed_midway([folder.binary, *folder.command(path)], usual["incidents"], draw, Progress(folder))
        time.sleep(1.5)
        shown = shown_incidents(server)
        if shown % ROWS:
            faults.append(f"half an import is shown by the running server: {shown}")
        if server.readiness() != 200:
            faults.append("the running server is not ready")
    judged(folder, faults, number)
    run_again(folder, usual, number, path)
    return "ended before" if code == 0 else "killed"


def models_killed(folder, usual, draw, faults):
    folder = folder.as_before(usual)
    store = folder.path / "binhyen.sqlite"
    command = [folder.binary, "import", "models", SAMPLE / "models.csv", "--data", folder.path]
    code = killed_midway(command, usual["models"], draw)
    held = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    count = held.execute("SELECT count(*) FROM community_model").fetchone()[0]
    held.close()
    whole = sum(1 for _ in (SAMPLE / "models.csv").open()) - 1
    if count not in (0, whole) or (code == 0 and count != whole):
        faults.append(f"{count} of {whole} models")
    judged(folder, faults)
    return "ended before" if code == 0 else "killed"


def boundaries_killed(folder, usual, draw, faults):
    folder = folder.as_before(usual)
    communes = SAMPLE / NEXT_EDITION / "communes.geojson"
    code = killed_midway(
        [folder.binary, "import", "boundaries", communes, "--edition", NEXT_EDITION, "--data", folder.path],
        usual["boundaries"],
        draw,
    )
    held = sqlite3.connect(f"file:{folder.path}/binhyen.sqlite?mode=ro", uri=True)
    count = held.execute("SELECT count(*) FROM area WHERE edition = ?", (NEXT_EDITION,)).fetchone()[0]
    held.close()
    if count not in (0, usual["areas"]) or (code == 0 and count == 0):
        faults.append(f"{count} of {usual['areas']} areas")
    judged(folder, faults)
    return "ended before" if code == 0 else "killed"


def server_killed(folder, usual, draw, faults):
    """The server dies while an import writes and clients ask; the import must come to its end."""
    number, path = folder.new_file()
    server = Server(folder.binary, folder.path, folder.work)
    if draw.random() < 0.7:
        server.wait_ready()
    running = subprocess.Popen(
        [str(part) for part in [folder.binary, *folder.command(path)]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=harness.environment(),
    )
    ends = time.monotonic() + draw.uniform(0, 1.1 * usual["incidents"])
    while time.monotonic() < ends:
        try:
            server.get("/ratings", "planner", timeout=1)
        except OSError:
            time.sleep(0.01)
    server.kill()
    if running.wait(120) != 0:
        faults.append("the import beside it failed")
        return "killed"
    folder.acknowledge(number, path)
    judged(folder, faults)
    return "killed"


def backup_killed(folder, usual, draw, faults):
    """A backup has its name only when it is whole."""
    target = folder.work / "killed.backup"
    for ending in ("", ".part", ".sha256", ".part-journal"):
        Path(f"{target}{ending}").unlink(missing_ok=True)
    command = [folder.binary, "backup", target, "--data", folder.path]
    code = killed_midway(command, usual["backup"], draw)
    if target.exists():
        again = copy_into_new(folder, target)
        if again.returncode != 0:
            faults.append(f"a named backup does not restore: {again.stderr[-300:]}")
    judged(folder, faults)
    again = program(*command) if not target.exists() else None
    if again and again.returncode != 0:
        faults.append(f"the backup after it failed: {again.stderr[-300:]}")
    return "ended before" if code == 0 else "killed"


def copy_into_new(folder, backup):
    new = folder.work / "restored"
    shutil.rmtree(new, ignore_errors=True)
    return program(folder.binary, "restore", backup, "--data", new)


def restore_killed(folder, usual, draw, faults):
    """A restore into a new folder or over an old one: afterwards the folder is the old one, the new one, or none."""
    backup = folder.work / "good.backup"
    target = folder.work / "target"
    shutil.rmtree(target, ignore_errors=True)
    replaces = draw.random() < 0.5
    if replaces:
        copy_folder(usual["older"], target)
    command = [folder.binary, "restore", backup, "--data", target, *(["--replace"] if replaces else [])]
    code = killed_midway(command, usual["restore"], draw)
    said = program(folder.binary, "check", target) if target.exists() else None
    if said and (target / "binhyen.sqlite").exists() and said.returncode != 0:
        faults.append(f"after a killed restore: {said.stdout[-300:]}{said.stderr[-300:]}")
    if (target / "binhyen.sqlite").exists():
        held = sqlite3.connect(f"file:{target}/binhyen.sqlite?mode=ro", uri=True)
        count = held.execute("SELECT count(*) FROM incident").fetchone()[0]
        held.close()
        if count not in (usual["older_rows"], usual["backup_rows"]):
            faults.append(f"neither the old nor the new store: {count} rows")
    command = [*command, *([] if replaces else ["--replace"])]
    again = program(*command)
    if again.returncode != 0:
        faults.append(f"the restore after it failed: {again.stderr[-300:]}")
    return "ended before" if code == 0 else "killed"


KINDS = (
    ("import of incidents", import_killed, 60),
    ("import of incidents beside a server", import_killed_beside_server, 20),
    ("import of models", models_killed, 20),
    ("import of boundaries", boundaries_killed, 20),
    ("server beside an import", server_killed, 40),
    ("backup", backup_killed, 20),
    ("restore", restore_killed, 20),
)


def measured(folder):
    """How long each usually takes, and what the checks compare with."""
    usual = {"incidents": folder.incidents_of(succeed)}
    usual["older"] = copy_folder(folder.path, folder.work / "older")
    usual["older_acknowledged"] = dict(folder.acknowledged)
    usual["older_rows"] = len(folder.acknowledged) * ROWS
    trial = copy_folder(folder.path, folder.work / "trial")
    folder.incidents_of(succeed)
    for name, command in (
        ("models", ["import", "models", SAMPLE / "models.csv", "--data", trial]),
        (
            "boundaries",
            ["import", "boundaries", SAMPLE / NEXT_EDITION / "communes.geojson", "--edition", NEXT_EDITION]
            + ["--data", trial],
        ),
        ("backup", ["backup", folder.work / "good.backup", "--data", folder.path]),
        ("restore", ["restore", folder.work / "good.backup", "--data", folder.work / "target"]),
    ):
        begun = time.monotonic()
        succeed(folder.binary, *command)
        usual[name] = time.monotonic() - begun
    usual["backup_rows"] = len(folder.acknowledged) * ROWS
    held = sqlite3.connect(f"file:{trial}/binhyen.sqlite?mode=ro", uri=True)
    usual["areas"] = held.execute("SELECT count(*) FROM area WHERE edition = ?", (NEXT_EDITION,)).fetchone()[0]
    held.close()
    return usual


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True, type=Path)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    draw = random.Random(given.seed)
    whole = sum(share for _, _, share in KINDS)
    rows, failed = [("what was killed", "rounds", "killed midway", "ended before", "faults")], []
    with harness.work_folder("kills") as work:
        folder = Folder(given.binary.resolve(), work)
        usual = measured(folder)
        for name, round_of, share in KINDS:
            rounds = max(1, share * given.rounds // whole)
            ends, faults = collections.Counter(), []
            for _ in range(rounds):
                ends[round_of(folder, usual, draw, faults)] += 1
            rows.append((name, rounds, ends["killed"], ends["ended before"], len(faults)))
            failed += [f"{name}: {fault}" for fault in faults]
            print(f"{name}: {dict(ends)}, {len(faults)} faults", file=sys.stderr, flush=True)
    print(harness.markdown(rows))
    print(f"\nseed {given.seed}; " + ", ".join(f"{name} {usual[name]:.2f} s" for name in ("incidents", "backup")))
    for fault, count in collections.Counter(failed).most_common(40):
        print(f"{count} × {fault}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
