#!/usr/bin/env python3
"""Holds the answers of two binaries on the sample against each other, for every role.

    same_answers.py OLD_BINARY NEW_BINARY

Each binary serves its own embedded sample on a free port of the loopback interface. Tables and images are asked for in
both languages, refusals and listings too. JSON is compared as a value (the order of members does not matter), a workbook
by its sheets, cells and formats (its properties hold the time at which it was made), text line by line, everything else
byte for byte; ports, revisions and the version of the program are left out of it. Prints each address that differs with
the first places where it does, and leaves with 1 if any did.
"""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

HERE = Path(__file__).resolve().parent
CLIENTS = HERE.parent / "clients"
MOST_SHOWN = 4
SHEET = "spreadsheetml"
TEXT = re.compile(rb"text/|svg")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
VOLATILE = re.compile(rb"http://127\.0\.0\.1:\d+|revision=[0-9a-f]+")


def addresses(meta, models):
    """What is asked for of every role; what a role may not have is compared as the refusal that it is."""
    editions = [edition["id"] for edition in meta["editions"]]
    windows = [window["id"] for window in meta["windows"]]
    newest, oldest = editions[-1], editions[0]
    out = ["meta", "gazetteer", "tiles", "styles", "version", "healthz", "problems/not-found", "nowhere"]
    for window in windows:
        out += [f"ratings?edition={newest}&window={window}", f"certifications?edition={oldest}&window={window}"]
    for edition in editions:
        for level in ("commune", "district", "province"):
            base = f"edition={edition}&level={level}"
            out += [f"ratings?{base}&f={form}" for form in ("json", "csv")]
            out += [f"areas?{base}&geometry={shape}" for shape in ("none", "label", "simplified")]
        out += [f"disagreements?edition={edition}", f"models?edition={edition}", f"models/kinds?edition={edition}"]
        out += [f"ratings?edition={edition}&from=2024-03-05&to=2024-08-17&categories=trom_cap"]
    for name in ("communes", "districts", "province", "labels", "models", "incidents", "map"):
        out += [f"tiles/{name}", f"tiles/{name}?edition={oldest}"]
        out += [f"tiles/{name}/{z}/{x}/{y}?edition={edition}" for edition in editions for z, x, y in TILES]
    for style in ("light", "dark", "print", "contrast"):
        out += [f"styles/{style}"]
    for edition, code in AREAS:
        if edition in editions:
            base = f"areas/{edition}/{code}"
            out += [base, f"{base}/explanation", f"{base}/explanation?f=csv"]
            out += [f"series?edition={edition}&areas={code}&by={by}" for by in ("month", "quarter", "year")]
    out += [f"models/{model}" for model in models] + [f"models/{model}/effect" for model in models]
    out += [
        "comparison?edition=2025-01&areas=20335,20341,20350",
        "comparison?edition=2025-01&areas=20335&with=district",
    ]
    out += ["comparison?edition=2025-01&areas=20335,20341&f=csv", "comparison?edition=2025-01&periods=TK-2023,TK-2024"]
    out += ["incidents?bbox=108.2,15.8,108.5,16.0", "incidents?bbox=108.2,15.8,108.5,16.0&window=TK-2024"]
    out += [
        "ratings?wrong=1",
        "ratings?level=nowhere",
        "areas/2025-01/99999",
        "incidents?limit=0",
        "export/svg?width=1",
    ]
    return out + [f"{address}&lang={language}" for address in exports(editions) for language in ("vi", "en")]


def exports(editions):
    """Tables and images: what carries most words."""
    out = []
    for edition in editions:
        for level in ("commune", "district", "province"):
            out += [f"ratings?edition={edition}&level={level}&f={form}" for form in ("csv", "xlsx")]
    for form in ("csv", "xlsx"):
        out += [f"areas/2025-01/20335/explanation?f={form}", f"areas/2025-07/20335/explanation?f={form}"]
        out += [f"series?edition=2025-01&areas=20335,20341&by={by}&f={form}" for by in ("week", "month", "year")]
        out += [f"comparison?edition=2025-01&areas=20335,20341,20350&f={form}"]
        out += [f"comparison?edition=2025-01&areas=20335&with={group}&f={form}" for group in ("district", "province")]
        out += [f"comparison?edition=2025-01&areas=20335,20341&periods=TK-2023,TK-2024&f={form}"]
    for layer in LAYERS:
        out += [f"export/svg?theme={style}&layer={layer}" for style in ("light", "print")]
    out += ["export/svg?level=district&width=600&height=600", "export/svg?edition=2025-01&area=20335&fit=area"]
    out += ["export/svg?text=paths&width=600", "export/svg?legend=none&width=600", "export/png?width=400&height=400"]
    return out


TILES = [(z, round(0.8007 * 2**z), round(0.4545 * 2**z)) for z in (6, 7, 8, 9, 10, 12, 14)]
LAYERS = ("grade", "rate", "density", "coverage", "certified", "statutory", "movement", "count", "none")
AREAS = [("2025-01", "20335"), ("2025-01", "20341"), ("2020-02", "20335"), ("2020-02", "503"), ("2025-07", "20335")]


# What is also asked for by somebody whose browser prefers English.
IN_ENGLISH = ["ratings?wrong=1", "ratings?level=nowhere", "areas/2025-01/99999", "incidents", "nowhere"]
IN_ENGLISH += ["ratings?edition=2025-01&f=csv", "areas/2025-01/20335/explanation?f=xlsx", "export/svg?width=600"]


def record(folder):
    """Inside `with_server.py`: every answer of every role, one file each."""
    sys.path.insert(0, str(CLIENTS))
    import urllib.error
    import urllib.request

    base = os.environ["BINHYEN_URL"].rstrip("/")
    tokens = {role: os.environ.get(f"BINHYEN_{role.upper()}_TOKEN") for role in ("planner", "commander")}

    def answer(path, token, language="vi"):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= {"Accept-Encoding": "identity", "Accept-Language": language}
        try:
            with urllib.request.urlopen(urllib.request.Request(f"{base}/{path}", headers=headers), timeout=60) as got:
                return got.status, got.headers.get("Content-Type", ""), got.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.headers.get("Content-Type", ""), refused.read()

    for role, token in {"public": None, **tokens}.items():
        meta = json.loads(answer("meta", token)[2])
        listed = json.loads(answer("models?edition=2025-01", tokens["commander"])[2])
        models = [feature.get("id") for feature in listed.get("features", [])][:4]
        asked = [(path, "vi") for path in addresses(meta, models)] + [(path, "en") for path in IN_ENGLISH]
        for path, language in asked:
            status, kind, body = answer(path, token, language)
            head = f"{status} {kind}\n".encode()
            name = re.sub(r"[^A-Za-z0-9.,=-]", "_", f"{role} {language} {path}")
            (Path(folder) / name).write_bytes(head + (body if SHEET in kind else VOLATILE.sub(b"", body)))


def differences(old, new, at="$"):
    """The places at which two JSON values differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            if key in ("revision", "version", "commit"):
                continue
            if key not in old or key not in new:
                yield f"{at}.{key} only in the {'new' if key in new else 'old'}"
            else:
                yield from differences(old[key], new[key], f"{at}.{key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, pair in enumerate(zip(old, new)):
            yield from differences(*pair, f"{at}[{index}]")
    elif old != new or isinstance(old, bool) != isinstance(new, bool):
        yield f"{at}: {str(old)[:90]} → {str(new)[:90]}"


def workbook(body):
    """The sheets of a workbook, cell by cell, and a digest of its formats."""
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        shared = []
        if "xl/sharedStrings.xml" in parts.namelist():
            shared = ["".join(entry.itertext()) for entry in xml(parts, "xl/sharedStrings.xml").findall(f"{MAIN}si")]
        targets = {link.get("Id"): link.get("Target") for link in xml(parts, "xl/_rels/workbook.xml.rels")}
        sheets = {}
        for sheet in xml(parts, "xl/workbook.xml").iter(f"{MAIN}sheet"):
            cells = xml(parts, f"xl/{targets[sheet.get(LINK)]}").iter(f"{MAIN}c")
            sheets[sheet.get("name")] = {cell.get("r"): [said(cell, shared), cell.get("s")] for cell in cells}
        return {"sheets": sheets, "order": list(sheets), "formats": sha256(parts.read("xl/styles.xml")).hexdigest()}


def xml(parts, name):
    return ElementTree.fromstring(parts.read(name))


def said(cell, shared):
    """What a cell says: its text, or its number as it is written."""
    value = cell.findtext(f"{MAIN}v")
    if cell.get("t") == "s":
        return shared[int(value)]
    return "".join(cell.itertext()) if cell.get("t") == "inlineStr" else value


def unlike_lines(old, new):
    """The lines at which two texts differ, from the first letter that does."""
    for number, (one, other) in enumerate(zip_longest(old.splitlines(), new.splitlines(), fillvalue=""), 1):
        if one != other:
            at = max(len(os.path.commonprefix([one, other])) - 20, 0)
            yield f"line {number}: {one[at : at + 90]} → {other[at : at + 90]}"


def compared(old, new):
    """The differences of two recorded answers, none where they say the same."""
    (old_head, old_body), (new_head, new_body) = old.split(b"\n", 1), new.split(b"\n", 1)
    found = [] if old_head == new_head else [f"{old_head.decode()} → {new_head.decode()}"]
    if b"json" in old_head and b"json" in new_head:
        return found + list(differences(json.loads(old_body or b"null"), json.loads(new_body or b"null")))
    if SHEET.encode() in old_head and SHEET.encode() in new_head:
        return found + list(differences(workbook(old_body), workbook(new_body)))
    if TEXT.search(old_head) and TEXT.search(new_head):
        return found + list(unlike_lines(old_body.decode(), new_body.decode()))
    return found + ([] if old_body == new_body else [f"{len(old_body)} and {len(new_body)} bytes that differ"])


def main(old_binary, new_binary):
    with tempfile.TemporaryDirectory() as scratch:
        folders = []
        for name, binary in (("old", old_binary), ("new", new_binary)):
            folder = Path(scratch) / name
            folder.mkdir()
            folders.append(folder)
            command = [sys.executable, str(CLIENTS / "with_server.py"), "--binary", binary, "--"]
            subprocess.run([*command, sys.executable, __file__, "--record", str(folder)], check=True)
        names = sorted({path.name for folder in folders for path in folder.iterdir()})
        unlike = 0
        for name in names:
            pair = [folder / name for folder in folders]
            if not all(path.exists() for path in pair):
                found = ["asked of one binary only"]
            else:
                found = compared(*(path.read_bytes() for path in pair))
            if found:
                unlike += 1
                rest = [f"and {len(found) - MOST_SHOWN} more"] if len(found) > MOST_SHOWN else []
                print("\n  ".join([name, *found[:MOST_SHOWN], *rest]))
        print(f"{len(names)} answers compared, {unlike} differ")
        return 1 if unlike else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--record"]:
        record(sys.argv[2])
    elif len(sys.argv) == 3:
        sys.exit(main(*sys.argv[1:]))
    else:
        sys.exit(__doc__)
