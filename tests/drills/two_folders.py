#!/usr/bin/env python3
"""A backup under a running import, put back elsewhere; and two folders that must share no entity tag.

    two_folders.py --binary target/release/binhyen

First: `backup` while `import` writes and a server serves; the backup is restored into another folder, whose rows must be
those of a whole number of batches, whose check must be sound, and whose answers must be those of the source once both
hold the same. Then: every route of the OpenAPI document is asked of two servers, whose folders differ by one row, with
examples for its parameters, for every role; where two bodies differ, the tags must differ. Exit code 1 otherwise.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import harness
from harness import EDITION, SAMPLE, Server, copy_folder, succeed

ROWS, BATCH = 60_000, 2_000
ROLES = (None, "planner", "commander", "operator")
# What a route is asked for, beside nothing: values for its parameters that exist in the sample.
EXAMPLES = {
    "/areas": ("level=commune", "level=district", "geometry=full", "geometry=label"),
    "/ratings": ("level=commune", "level=province", "f=csv", "f=xlsx", "window=TK-2023"),
    "/series": ("areas=20335&by=year", "areas=20335,20341&by=month&f=csv"),
    "/comparison": ("areas=20335,20341", "areas=20335&with=district", "areas=20335&periods=TK-2022,TK-2023"),
    "/clusters": ("level=commune", "level=district&shape=circle"),
    "/export/png": ("width=400&height=300", "width=400&height=300&layer=rate"),
    "/export/svg": ("", "layer=count"),
    "/incidents": ("limit=50", ""),
    "/tiles/{tileset}": ("", "properties=incidents"),
    "/tiles/{tileset}/{z}/{x}/{y}": ("", "properties=incidents,rate", "window=TK-2023"),
    "/oembed": ("url={public}/",),
}
PATH_VALUES = {
    "tileset": ("communes", "map", "incidents", "models", "districts"),
    "z": ("9",),
    "x": ("409",),
    "y": ("232",),
    "edition": (EDITION,),
    "code": ("20335",),
    "kind": ("busy",),
}
VALUES_OF = {
    "/styles/{id}": ("light", "dark"),
    "/models/{id}": ("MH-00002",),
    "/models/{id}/effect": ("MH-00002",),
    "/share/{id}": ("bGF5ZXI9Z3JhZGU",),
}
# What tells the state of a process rather than of the data, and has no tag.
UNTAGGED = {"/metrics", "/healthz", "/readyz", "/problems/{kind}"}


def addresses(document):
    """Every route with its examples."""
    for route in document["paths"]:
        found = [route]
        for name in [part[1:-1] for part in route.split("/") if part.startswith("{")]:
            values = VALUES_OF.get(route, ()) if name == "id" else PATH_VALUES[name]
            found = [address.replace(f"{{{name}}}", value) for address in found for value in values]
        for address in found:
            for query in EXAMPLES.get(route, ("",)):
                yield route, f"{address}?{query}" if query else address


def compared(one, other, public):
    """Asks both servers for everything. Gives counts, and the addresses of which two bodies share a tag."""
    counts = {"asked": 0, "bodies differ": 0, "tags differ": 0, "without a tag": 0, "both refuse": 0}
    shared, untagged = [], set()
    for route, address in addresses(one.json("/api")):
        address = address.replace("{public}", public)
        for role in ROLES:
            for coding in ("identity", "gzip"):
                answers = [server.get(address, role, {"Accept-Encoding": coding}) for server in (one, other)]
                counts["asked"] += 1
                if answers[0][0] != 200 and answers[1][0] != 200:
                    counts["both refuse"] += 1
                    continue
                tags = [headers.get("etag") for _, headers, _ in answers]
                differ = answers[0][2] != answers[1][2] or answers[0][0] != answers[1][0]
                counts["bodies differ"] += differ
                counts["tags differ"] += tags[0] != tags[1]
                if tags[0] is None or tags[1] is None:
                    counts["without a tag"] += 1
                    if route not in UNTAGGED:
                        untagged.add(route)
                elif differ and tags[0] == tags[1]:
                    shared.append(f"{address} as {role or 'public'}, {coding}")
    return counts, shared, sorted(untagged)


def filled_with_all(binary, data):
    """The files of the sample as own data, so that nothing is replaced later."""
    for edition in (EDITION, "2025-07"):
        harness.import_boundaries(binary, edition, data)
    for kind, name in (
        ("population", "population"),
        ("residential-areas", "residential_areas"),
        ("institutions", "institutions"),
        ("models", "models"),
        ("model-events", "model-events"),
        ("certifications", "certifications"),
        ("decisions", "decisions"),
        ("declarations", "declarations"),
        ("movement-grades", "movement_grades"),
    ):
        succeed(binary, "import", kind, SAMPLE / f"{name}.csv", "--data", data)
    covers = (SAMPLE / "covers.txt").read_text().split("\n")[1].strip()
    succeed(binary, "import", "incidents", SAMPLE / "incidents.csv", "--data", data, "--covers", covers)


def one_more_row(kind):
    """A file with a single row that changes something."""
    if kind == "incidents":
        return "id,time,lon,lat,category,severity\nEINE-1,2024-05-05T10:00:00+07:00,108.4875,15.5736,trom_cap,nghiem_trong\n"
    if kind == "models":
        head, row = (SAMPLE / "models.csv").read_text().splitlines()[:2]
        return f"{head}\n{row.replace('MH-00001', 'MH-99999')}\n"
    return "area_code,edition,year,population\n20335,2025-01,2024,23456\n"


def tags(binary, work):
    """Two folders that differ by one row of a kind, from the same beginning."""
    rows, faults = [("what differs", "asked", "bodies differ", "tags differ", "no tag", "tags shared")], []
    one = Path(work) / "one"
    filled_with_all(binary, one)
    with Server(binary, one, work) as server:  # makes the release that is due
        server.wait_ready()
    for kind in ("incidents", "models", "population", "nothing, from the same backup", "nothing, imported apart"):
        other = Path(work) / "other"
        copy_folder(one, other)
        if kind.startswith("nothing, imported"):
            copy_folder(one, other)
            filled_elsewhere(binary, other)
        elif not kind.startswith("nothing"):
            path = Path(work) / "row.csv"
            path.write_text(one_more_row(kind))
            succeed(binary, "import", kind, path, "--data", other)
            if kind == "incidents":
                # The public is shown incidents by release; here the next one, so that its answers differ too.
                harness.program(binary, "release", "make", "--revise", "--data", other)
        public = "https://maps.example.vn"
        with Server(binary, one, work, public_url=public) as first:
            first.wait_ready()
            with Server(binary, other, work, public_url=public) as second:
                second.wait_ready()
                counts, shared, untagged = compared(first, second, public)
        rows.append(
            (
                kind,
                counts["asked"],
                counts["bodies differ"],
                counts["tags differ"],
                counts["without a tag"],
                len(shared),
            )
        )
        faults += [f"{kind}: one tag for two bodies: {address}" for address in shared]
        faults += [f"{kind}: no tag: {route}" for route in untagged]
    return rows, faults


def filled_elsewhere(binary, folder):
    shutil.rmtree(folder)
    filled_with_all(binary, folder)


def answers_of(binary, folder, work):
    # Under one public address, which answers name.
    with Server(binary, folder, work, public_url="https://maps.example.vn") as server:
        if server.wait_ready() is None:
            raise RuntimeError(f"not ready: {server.last_words()}")
        found = {}
        for path, role in (("/ratings", "planner"), ("/incidents?limit=1000", "commander"), ("/areas", None)):
            found[path] = server.get(path, role)[2]
        found["account"] = json.dumps(server.json("/meta", "operator")["editions"])
        return found


def checked(binary, folder):
    ended = harness.program(binary, "check", folder, "--format", "json")
    return ended.returncode, json.loads(ended.stdout)


def restore_drill(binary, work):
    """A backup under a running import; a backup of a store at rest; both put back elsewhere."""
    source, faults, said = Path(work) / "source", [], []
    filled_with_all(binary, source)
    file = harness.write_incidents(Path(work) / "in.csv", range(ROWS))
    before = checked(binary, source)[1]["rows"]["incidents"]
    backups = []
    with Server(binary, source, work) as server:
        server.wait_ready()
        command = [str(part) for part in (binary, "import", "incidents", file, "--batch", BATCH, "--data", source)]
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=harness.environment())
        while running.poll() is None:
            backups.append(Path(work) / f"under-{len(backups)}.backup")
            succeed(binary, "backup", backups[-1], "--data", source)
            time.sleep(0.2)
        if running.returncode != 0:
            faults.append(f"the import beside the backup failed: {running.returncode}")
    at_rest = Path(work) / "at-rest.backup"
    succeed(binary, "backup", at_rest, "--data", source)
    for number, backup in enumerate([*backups, at_rest]):
        target = Path(work) / f"restored-{number}"
        succeed(binary, "restore", backup, "--data", target)
        code, report = checked(binary, target)
        rows = report["rows"]["incidents"] - before
        said.append(rows)
        if code != 0 or rows % BATCH:
            faults.append(f"{backup.name}: code {code}, {rows} rows of the import")
    if answers_of(binary, source, work) != answers_of(binary, target, work):
        faults.append("the restored folder answers otherwise than the source")
    if checked(binary, source)[1]["rows"] != checked(binary, target)[1]["rows"]:
        faults.append("the restored folder holds other rows than the source")
    with Server(binary, source, work) as one:
        one.wait_ready()
        with Server(binary, target, work) as other:
            other.wait_ready()
            revisions = [server.json("/version", "operator")["revision"] for server in (one, other)]
    if revisions[0] != revisions[1]:
        faults.append(f"the restored folder has another revision: {revisions}")
    text = f"{len(backups)} backups while {ROWS} rows were imported in batches of {BATCH} held {said[:-1]} of them; at rest {said[-1]}"
    return text, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True, type=Path)
    given = parser.parse_args()
    binary = given.binary.resolve()
    with harness.work_folder("restore") as work:
        text, faults = restore_drill(binary, work)
    print(text)
    with harness.work_folder("folders") as work:
        rows, more = tags(binary, work)
    print("\n" + harness.markdown(rows))
    for fault in (faults := faults + more):
        print(fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
