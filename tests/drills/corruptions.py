#!/usr/bin/env python3
"""Thirty kinds of damage to a data folder, and what the server says of each.

    corruptions.py --binary target/release/binhyen [--rows 120000]

Each kind is done to a copy of its own. A server on the copy must refuse with a sentence and an exit code, say that it is
not ready and why, or give the very answers of the undamaged folder. An answer that differs from a ready server is a
fault, and so is a server that ends without a sentence. Exit code 1 when there is one.
"""

import argparse
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import harness
from harness import EDITION, SAMPLE, Server, copy_folder, program, succeed

DATABASE, LOG, INDEX = "binhyen.sqlite", "binhyen.sqlite-wal", "binhyen.sqlite-shm"
NOBODY = 65534
PROBES = (
    ("/ratings", "planner"),
    (f"/ratings?edition={EDITION}&from=2019-01-01&to=2024-01-01", "commander"),
    (f"/areas?edition={EDITION}&level=commune&geometry=label", "planner"),
    (f"/tiles/map/9/409/232?edition={EDITION}", "planner"),
    (f"/incidents?edition={EDITION}&limit=500&from=2021-03-01&to=2021-04-01", "commander"),
    ("/models/kinds", "planner"),
)
# Names of a state, which differ between two folders of the same content.
NAMES_OF_STATE = ("epoch", "revision", "next", "self", "links")


def without_names(value):
    if isinstance(value, dict):
        return {name: without_names(member) for name, member in value.items() if name not in NAMES_OF_STATE}
    return [without_names(member) for member in value] if isinstance(value, list) else value


def answers(server):
    """What the probes are answered, without what names the state."""
    found = []
    for path, role in PROBES:
        status, headers, body = server.get(path, role)
        is_json = "json" in headers.get("content-type", "")
        found.append((path, status, without_names(json.loads(body)) if is_json and status == 200 else body))
    return found


def flip(path, offset, count=1):
    with path.open("r+b") as file:
        file.seek(offset)
        bytes_there = file.read(count)
        file.seek(offset)
        file.write(bytes(byte ^ 0x55 for byte in bytes_there))


def size(path):
    return path.stat().st_size


def truncate(path, share):
    os.truncate(path, int(size(path) * share))


def page_size(folder):
    with (folder / DATABASE).open("rb") as file:
        file.seek(16)
        return int.from_bytes(file.read(2), "big") or 65_536


def flip_pages(folder, seed, count):
    draw = random.Random(seed)
    path = folder / DATABASE
    for _ in range(count):
        page = draw.randrange(1, size(path) // page_size(folder))
        flip(path, page * page_size(folder) + draw.randrange(page_size(folder) - 16), 16)


def flip_cell(folder, needle, distance):
    """One bit inside a row, which no structure of the database shows."""
    path = folder / DATABASE
    at = path.read_bytes().find(needle)
    if at < 0:
        raise RuntimeError(f"{needle!r} is not in the database")
    flip(path, at + distance)


def alter_row(folder, statement):
    store = sqlite3.connect(folder / DATABASE)
    store.execute(statement)
    store.commit()
    store.close()


def copies(folder):
    """The files that are derived from the database: the copy of the incidents and the shapes."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and DATABASE not in path.name]
    return [path for path in found if path.suffix not in {".toml", ".lock"} and size(path) > 1000]


def incident_copy(folder):
    return max((path for path in copies(folder) if "shape" not in str(path)), key=size)


def shape_file(folder):
    return max((path for path in copies(folder) if "shape" in str(path)), key=size)


def foreign(folder, older, name):
    shutil.copy2(older / name, folder / name)


def rules_file(folder, name, text):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def owned_by_other(folder):
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, 0, 0)


def as_nobody(folder):
    """Runs the server as somebody who owns nothing of the folder."""
    owned_by_other(folder)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def read_only_folder(folder):
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, NOBODY, NOBODY)
        path.chmod(0o500 if path.is_dir() else 0o400)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def emptied(folder):
    shutil.rmtree(folder)
    folder.mkdir(mode=0o700)


def gone(folder):
    shutil.rmtree(folder)


def file_in_place(folder):
    shutil.rmtree(folder)
    folder.write_text("not a folder")


def database_as_folder(folder):
    (folder / DATABASE).unlink()
    (folder / DATABASE).mkdir()


def kinds(older):
    """Name, which folder (closed cleanly, or killed with an open log), what is done."""
    return [
        ("database cut to half", "closed", lambda f: truncate(f / DATABASE, 0.5)),
        ("database cut by a page", "closed", lambda f: os.truncate(f / DATABASE, size(f / DATABASE) - page_size(f))),
        ("database cut to 100 bytes", "closed", lambda f: os.truncate(f / DATABASE, 100)),
        ("database of 0 bytes", "closed", lambda f: os.truncate(f / DATABASE, 0)),
        ("database gone, the rest there", "closed", lambda f: (f / DATABASE).unlink()),
        ("database is a folder", "closed", database_as_folder),
        ("database overwritten with text", "closed", lambda f: (f / DATABASE).write_text("lorem ipsum " * 9999)),
        ("header flipped", "closed", lambda f: flip(f / DATABASE, 0, 16)),
        ("schema page flipped", "closed", lambda f: flip(f / DATABASE, 200, 400)),
        ("one page flipped", "closed", lambda f: flip_pages(f, 1, 1)),
        ("twenty pages flipped", "closed", lambda f: flip_pages(f, 2, 20)),
        ("one bit inside a row of incidents", "closed", lambda f: flip_cell(f, b"D00001234", 14)),
        ("the same without a copy", "closed", lambda f: (incident_copy(f).unlink(), flip_cell(f, b"D00001234", 14))),
        ("one bit inside the name of an area", "closed", lambda f: flip_cell(f, "Tam Kỳ".encode(), 0)),
        ("a row altered by another program", "closed", lambda f: alter_row(f, "UPDATE incident SET category = 0")),
        (
            "rows deleted by another program",
            "closed",
            lambda f: alter_row(f, "DELETE FROM incident WHERE id < 'D00000500'"),
        ),
        ("last 4,096 bytes zeroed", "closed", lambda f: flip_zero(f)),
        ("log cut to half", "killed", lambda f: truncate(f / LOG, 0.5)),
        ("log flipped in the middle", "killed", lambda f: flip(f / LOG, size(f / LOG) // 2, 64)),
        ("header of the log flipped", "killed", lambda f: flip(f / LOG, 0, 32)),
        ("log gone", "killed", lambda f: (f / LOG).unlink()),
        ("log of another database", "killed", lambda f: (f / LOG).write_bytes(os.urandom(size(f / LOG)))),
        ("index of the log flipped", "killed", lambda f: flip(f / INDEX, 0, 136) if (f / INDEX).exists() else None),
        ("index of the log gone", "killed", lambda f: (f / INDEX).unlink(missing_ok=True)),
        ("copy of the incidents cut", "closed", lambda f: truncate(incident_copy(f), 0.7)),
        ("copy of the incidents flipped", "closed", lambda f: flip(incident_copy(f), size(incident_copy(f)) // 2, 8)),
        ("copy of the incidents of older data", "closed", lambda f: foreign(f, older, incident_copy(f).name)),
        ("database of older data, newer copy", "closed", lambda f: foreign(f, older, DATABASE)),
        ("shapes cut", "closed", lambda f: truncate(shape_file(f), 0.5)),
        ("shapes flipped", "closed", lambda f: flip(shape_file(f), size(shape_file(f)) // 2, 64)),
        ("rules.toml cut off", "closed", lambda f: rules_file(f, "rules.toml", 'version = "1"\n[disclos')),
        ("taxonomy.toml empty", "closed", lambda f: rules_file(f, "taxonomy.toml", "")),
        ("a circular that is no circular", "closed", lambda f: rules_file(f, "circulars/x.toml", "a = 1\n")),
        ("folder of another user", "closed", as_nobody),
        ("folder read-only, closed cleanly", "closed", read_only_folder),
        ("folder read-only, log open", "killed", read_only_folder),
        ("disk not mounted: an empty folder", "closed", emptied),
        ("folder gone", "closed", gone),
        ("a file in place of the folder", "closed", file_in_place),
    ]


def flip_zero(folder):
    with (folder / DATABASE).open("r+b") as file:
        file.seek(-4096, os.SEEK_END)
        file.write(bytes(4096))


def outcome(binary, folder, prefix, expected, work, also):
    """Verdict and what was said."""
    with Server(binary, folder, work, prefix=prefix) as server:
        ready = server.wait_ready(40)
        if ready is not None:
            # Pages of a large store are read beside the serving; what is found then ends the program.
            time.sleep(2)
            if server.process.poll() is None:
                found = answers(server)
                alike = [found == known for known in [expected, *also]]
                differing = [one[0] for one, other in zip(found, expected) if one != other]
                told = [line for line in server.words() if "WARN" in line or "instead" in line]
                said = told[-1] if told else ""
                if alike[0]:
                    return "healed: answers of the undamaged", said
                return ("serves what the database holds" if any(alike) else f"WRONG {differing}"), said
        code = server.process.poll()
        if code is None:
            status, _, body = server.get("/readyz")
            return f"not ready ({status})", json.loads(body).get("detail", "") if body else ""
        words = server.last_words(6)
        if not words or code < 0 or any("panicked" in line for line in words):
            return f"ENDED BADLY ({code})", " ".join(words)
        return f"refuses (exit code {code})", " ".join(words)


def prepared(binary, work, rows):
    """A folder closed cleanly, one killed with an open log, and an older state of the first."""
    closed, killed, older = (Path(work) / name for name in ("closed", "killed", "older"))
    harness.import_boundaries(binary, EDITION, closed)
    incidents = harness.write_incidents(Path(work) / "in.csv", range(rows))
    succeed(binary, "import", "incidents", incidents, "--data", closed)
    succeed(binary, "import", "models", SAMPLE / "models.csv", "--data", closed)
    served(binary, closed, work)
    copy_folder(closed, older)
    more = harness.write_incidents(Path(work) / "more.csv", range(rows, rows + rows // 4), seed=2)
    succeed(binary, "import", "incidents", more, "--data", closed)
    served(binary, closed, work)
    (closed / "served").unlink(missing_ok=True)
    copy_folder(older, killed)
    # A reader that stays keeps the log from being folded into the database.
    reader = sqlite3.connect(killed / DATABASE)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM incident").fetchone()
    succeed(binary, "import", "incidents", more, "--data", killed)
    frozen = Path(work) / "frozen"
    copy_folder(killed, frozen)
    reader.close()
    return {"closed": closed, "killed": frozen}, older


def served(binary, folder, work):
    with Server(binary, folder, work) as server:
        if server.wait_ready() is None:
            raise RuntimeError(f"not ready: {server.last_words()}")
        time.sleep(3)
        return answers(server)


def backups(binary, folder, work):
    """Damage to a backup file: `restore` must refuse and leave the folder alone."""
    whole = Path(work) / "whole.backup"
    succeed(binary, "backup", whole, "--data", folder)
    rows = []
    for name, damage in (
        ("backup cut", lambda path: truncate(path, 0.6)),
        ("backup flipped, digest beside it", lambda path: flip(path, size(path) // 2, 16)),
        ("backup flipped, no digest beside it", lambda path: (flip(path, size(path) // 2, 16), beside(path).unlink())),
        ("one bit of a row flipped, no digest", lambda path: (flip_row(path), beside(path).unlink())),
        ("backup empty", lambda path: (os.truncate(path, 0), beside(path).unlink())),
        ("another file", lambda path: (path.write_text("x" * 5000), beside(path).unlink())),
    ):
        path = Path(work) / "damaged.backup"
        shutil.copy2(whole, path)
        shutil.copy2(beside(whole), beside(path))
        beside(path).write_text(beside(path).read_text().replace(whole.name, path.name))
        damage(path)
        target = Path(work) / "restored"
        shutil.rmtree(target, ignore_errors=True)
        ended = program(binary, "restore", path, "--data", target)
        refused = ended.returncode == 2 and not (target / DATABASE).exists()
        verdict = "refuses (exit code 2)" if refused else f"WRONG: restored ({ended.returncode})"
        rows.append((name, verdict, ended.stderr.strip().splitlines()[-1] if ended.stderr.strip() else ""))
    return rows


def flip_row(path):
    at = path.read_bytes().find(b"D00001234")
    flip(path, at + 14)


def beside(path):
    return Path(f"{path}.sha256")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True, type=Path)
    parser.add_argument("--rows", type=int, default=120_000)
    parser.add_argument("--only", help="kinds whose name has this in it")
    given = parser.parse_args()
    binary = given.binary.resolve()
    rows = [("damage", "outcome", "said")]
    with harness.work_folder("corruptions") as work:
        Path(work).chmod(0o755)
        folders, older = prepared(binary, work, given.rows)
        expected = {
            name: served(binary, copy_folder(folder, Path(work) / "x"), work) for name, folder in folders.items()
        }
        of_older = served(binary, copy_folder(older, Path(work) / "x"), work)
        for name, which, damage in kinds(older):
            if given.only and given.only not in name:
                continue
            folder = copy_folder(folders[which], Path(work) / "damaged")
            prefix = damage(folder)
            prefix = prefix if isinstance(prefix, list) else ()
            # An older database beside newer files, or a log that is gone, is an older state: served as that.
            verdict, said = outcome(binary, folder, prefix, expected[which], work, [of_older])
            rows.append((name, verdict, said.replace(str(work), "…")))
            print(f"{name}: {verdict}", file=sys.stderr, flush=True)
            subprocess.run(["chmod", "-R", "u+rwX", str(folder)], check=False, capture_output=True)
            shutil.rmtree(folder, ignore_errors=True)
            if folder.is_file():
                folder.unlink()
        rows += backups(binary, folders["closed"], work)
    print(harness.markdown(rows))
    bad = [row for row in rows[1:] if row[1].startswith(("WRONG", "ENDED"))]
    print(f"\n{len(rows) - 1} kinds, {len(bad)} faults")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
