#!/usr/bin/env python3
"""How the house is built, in figures: one column per revision, as a Markdown table.

    structure.py [REVISION…] [--list]         without a revision, of the working tree as it is

    structure.py 1ecda63 HEAD                 before and after
    structure.py --list                       and what stands behind the figures: folders, names, caches, …

What is counted, and how:
  source             every .rs below src; lines are lines of the file, comments and blank ones included
  functions          from the line with `fn` to the closing brace, both counted; tests left out
  up-arrows          files that name a layer above their own (main, cli, http, export, service, tile and features,
                     assessment, snapshot and ingest and store, attributes, domain and geometry and statistics and config)
  not in the table   pairs of file and layer that tests/it/architecture/table.rs of THIS checkout does not allow
  cycles             groups of files that need one another; `pub use` is followed to where the thing stands, tests left out
  unwraps            `.unwrap()` outside tests
  folders            .rs files lying in one folder, mod.rs not counted; for the page .ts files
  type names         struct, enum, union, trait and type at any visibility, tests left out; in how many files a name is given
  public             the same for `pub` and `pub(crate)` alone
  json!              outside tests
  answers            `derive(… Serialize …)` in src/http and src/service
  hand-typed         lines of web/src/api/**/*.ts, but not of files that say in their head that they are generated
  caches             calls of `Cache::new` and `Cache::builder`, and declared fields and types that fill themselves: `OnceLock`,
                     a list or map behind a lock; tests left out; and in how many layers. A `LazyLock` is a constant and none
  budgets            constants of at least 16 MiB whose name says that something is kept (KEPT, ROOM, CACHE, BUDGET; no LOG, WAL)
  tuples             parameters of functions that take a tuple apart: `(a, b): …`; closures are none
  bare usize         parameters and fields typed exactly `usize` whose name does not say that it counts: no plural, no word of
                     count, len, length, bytes, size, limit, most, least, min, max, digits, mb, capacity, depth, width, height,
                     number, and none that says what was so many times found or done (FOUND: merged, hidden, without, …);
                     of these, those in geometry and statistics, which know areas, vertices and classes by their position
                     in the lists that are handed to them
  place              the words place and places, also within an identifier, in src
  in-body comments   lines with nothing but a comment within the body of a function; tests left out
  commits            to the revision, merges left out: subjects over 72 characters, lines of bodies that are not blank;
                     with two revisions or more also of the commits after the first
  tests : source     lines of tests/it and of `#[cfg(test)]` modules over the other lines of src
  exports            of web/src/**/*.ts: functions, constants, classes and types without a doc comment
"""

import argparse
import math
import re
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from io import BytesIO
from pathlib import Path

from measure import commits, page
from measure.imports import Crate, not_in_table
from measure.rust import RustFile

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "tests/it/architecture/table.rs"
MANY_FILES = 15
COUNTS = re.compile("count|len|length|bytes|size|limit|most|least|min|max|digits|mb|capacity|depth|width|height|number")
FOUND = re.compile(
    "closed|closing|collapsed|dropped|expected|filtered|found|hidden|inserted|insufficient|left|loaded|matched|merged|met"
    "|missing|published|read|repeated|stored|turned|unknown|unusable|without|wrong"
)
CACHES = re.compile(r"\bCache::(?:new|builder)\b")
FILLED = re.compile(r"\bOnce(?:Lock|Cell)<|\b(?:RwLock|Mutex)<\s*(?:Vec|VecDeque|\w*Map)<")
BUDGET = re.compile(r"\bconst\s+(\w*(?:KEPT|ROOM|CACHE|BUDGET)\w*)\s*:\s*\w+\s*=\s*([\d_ <*]+);")


def read(root, pattern):
    return {
        path.relative_to(root).as_posix(): path.read_text()
        for path in sorted(root.glob(pattern))
        if path.is_file() and "node_modules" not in path.parts
    }


def crowded(paths):
    folders = Counter(path.rpartition("/")[0] for path in paths if not path.endswith("/mod.rs"))
    return {folder: files for folder, files in sorted(folders.items()) if files > MANY_FILES}, len(folders)


def homes(files, public=False):
    """Files of each name of a type."""
    found = defaultdict(set)
    for file in files:
        for name in file.public_types if public else file.types:
            found[name].add(file.path)
    return found


def shared(found, least):
    return {name: sorted(paths) for name, paths in sorted(found.items()) if len(paths) >= least}


def typed(files):
    """(name, type) of every field and every parameter, tests left out."""
    for file in files:
        yield from file.fields
        for function in file.functions:
            if not function.in_test:
                for parameter in function.parameters:
                    if match := re.match(r"\s*(?:mut\s+)?(\w+)\s*:\s*(.+)$", parameter, re.DOTALL):
                        yield match[1], match[2].strip()


def is_bare_index(name, kind):
    words = name.split("_")
    counts = (name.endswith("s") and name != "class") or any(COUNTS.fullmatch(w) or FOUND.fullmatch(w) for w in words)
    return kind == "usize" and not counts


def bare_indices(files):
    return sum(is_bare_index(name, kind) for name, kind in typed(files))


def tuples(files):
    return [
        f"{file.path}:{function.line} {function.name}"
        for file in files
        for function in file.functions
        if not function.in_test
        for parameter in function.parameters
        if re.match(r"\s*(?:mut\s+|&\s*)?\(", parameter)
    ]


def matches(files, pattern):
    return [(file, match) for file in files for match in re.finditer(pattern, file.product)]


def caches(files):
    found = [(file, match) for file, match in matches(files, CACHES)]
    found += [(file, match) for file in files for match in FILLED.finditer(file.outer)]
    return [(file.layer, f"{file.path}:{file.line(match.start())} {match.group()}") for file, match in found]


def budgets(files):
    found = {}
    for file, match in matches(files, BUDGET):
        factors, _, shift = match[2].replace("_", "").partition("<<")
        size = math.prod(int(factor) for factor in factors.split("*")) << int(shift or 0)
        if size >= 16 << 20 and not re.search("LOG|WAL", match[1]):
            found[f"{file.path} {match[1]}"] = size
    return found


def percent(part, whole):
    return f"{part} of {whole}"


def measured(root):
    """(figures of a tree by their name, lists behind them)."""
    files = [RustFile(path, text) for path, text in read(root, "src/**/*.rs").items()]
    web = read(root, "web/src/**/*.ts")
    tests = read(root, "tests/it/**/*.rs")
    lengths = sorted(function.lines for file in files for function in file.functions if not function.in_test)
    crate = Crate(files)
    arrows, circles, caching, kept = crate.arrows(), crate.cycles(), caches(files), budgets(files)
    foreign = not_in_table(arrows, TABLE.read_text()) if TABLE.exists() else None
    lines, test_lines = sum(file.lines for file in files), sum(file.test_lines for file in files)
    named, public = homes(files), homes(files, public=True)
    full, folders = crowded(file.path for file in files)
    web = {path: text for path, text in web.items() if not page.is_generated(text)}
    api = {path: text for path, text in web.items() if path.startswith("web/src/api/")}
    json, taken = matches(files, r"\bjson!"), tuples(files)
    anywhere = [file for file, _ in json if not file.path.startswith("src/service/answers")]
    words = Counter(word.lower() for file in files for word in re.findall("[A-Z]?[a-z]+|[A-Z]+", file.text))
    bare, exports = page.undocumented(web.values())
    answers = [
        match for file, match in matches(files, r"derive\([^)]*\bSerialize\b") if file.layer in ("http", "service")
    ]
    budget = f"{sum(kept.values()) / (1 << 20):.0f} MiB in {len(kept)} constants" if kept else "none"
    figures = {
        "source files": len(files),
        "source lines": f"{lines:,}",
        "function length: median, p90, longest": f"{statistics.median(lengths):.0f}, "
        f"{lengths[int(0.9 * len(lengths))]}, {lengths[-1]}",
        "up-arrows": len(crate.upward()),
        "pairs of file and layer not in the table": "–" if foreign is None else len(foreign),
        "cycles": len(circles),
        "unwraps outside tests": len(matches(files, r"\.unwrap\(\)")),
        f"src folders with more than {MANY_FILES} files": percent(len(full), folders),
        f"tests/it folders with more than {MANY_FILES} files": percent(*map_len(crowded(tests))),
        f"web/src folders with more than {MANY_FILES} files": percent(*map_len(crowded(web))),
        "type names in two or more files": len(shared(named, 2)),
        "type names in three or more files": len(shared(named, 3)),
        "public type names in two or more files": len(shared(public, 2)),
        "`json!` in src/http": sum(file.layer == "http" for file, _ in json),
        "`json!` outside tests and service/answers": len(anywhere),
        "`derive(Serialize)` in http and service": len(answers),
        "hand-typed lines in web/src/api": f"{sum(len(text.splitlines()) for text in api.values()):,}",
        "caches": f"{len(caching)} in {len({layer for layer, _ in caching})} layers",
        "fixed budgets of caches": budget,
        "parameters that take a tuple apart": len(taken),
        "bare `usize` indices": bare_indices(files),
        "– in geometry and statistics": bare_indices(file for file in files if file.layer in ("geometry", "statistics")),
        "the word *place*": f"{words['place'] + words['places']:,}",
        "in-body comments": percent(sum(file.comments_in_bodies for file in files), f"{lines - test_lines:,} lines"),
        "tests : source": f"{(sum(len(text.splitlines()) for text in tests.values()) + test_lines) / (lines - test_lines):.2f}",
        "exports of the page without a doc line": percent(bare, exports),
    }
    lists = {
        "up-arrows": crate.upward(),
        "not in the table": foreign or [],
        "cycles": circles,
        "folders": [f"{folder}: {count}" for folder, count in {**full, **crowded(tests)[0], **crowded(web)[0]}.items()],
        "type names in two or more files": [f"{name}: {', '.join(paths)}" for name, paths in shared(named, 2).items()],
        "public among them": list(shared(public, 2)),
        "json! by file": [f"{path}: {count}" for path, count in Counter(file.path for file in anywhere).items()],
        "caches": [where for _, where in caching],
        "budgets": [f"{name}: {size >> 20} MiB" for name, size in kept.items()],
        "tuples": taken,
    }
    return figures, lists


def map_len(found):
    full, folders = found
    return len(full), folders


def of_commits(first, revision):
    told = commits.messages(ROOT, revision)
    figures = {
        "commit subjects over 72 characters": percent(
            sum(len(subject) > commits.SUBJECT for subject, _ in told), len(told)
        ),
        "lines of commit bodies": sum(lines for _, lines in told),
    }
    if first and first != revision:
        since = commits.messages(ROOT, f"{first}..{revision}")
        long = sum(len(subject) > commits.SUBJECT for subject, _ in since)
        figures["– subjects over 72 since the first column"] = percent(long, len(since))
        figures["– lines of bodies since the first column"] = sum(lines for _, lines in since)
    return figures


def of_revision(revision):
    with tempfile.TemporaryDirectory(prefix="binhyen-structure-") as folder:
        archive = subprocess.run(
            ["git", "-C", ROOT, "archive", revision, "src", "web/src", "tests/it"], check=True, capture_output=True
        ).stdout
        with tarfile.open(fileobj=BytesIO(archive)) as tar:
            if hasattr(tarfile, "data_filter"):
                tar.extraction_filter = tarfile.data_filter
            tar.extractall(folder)
        return measured(Path(folder))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("revisions", nargs="*", metavar="REVISION")
    parser.add_argument("--list", action="store_true", help="say what stands behind the figures of the last column")
    given = parser.parse_args()
    columns = {}
    for revision in given.revisions:
        figures, lists = of_revision(revision)
        columns[revision] = {**figures, **of_commits(given.revisions[0], revision)}
    if not given.revisions:
        figures, lists = measured(ROOT)
        columns["working tree"] = {**figures, **of_commits(None, "HEAD")}
    rows = dict.fromkeys(name for figures in columns.values() for name in figures)
    print(f"| figure | {' | '.join(columns)} |")
    print(f"| --- |{' ---: |' * len(columns)}")
    for name in rows:
        print(f"| {name} | {' | '.join(str(figures.get(name, '')) for figures in columns.values())} |")
    if given.list:
        for name, entries in lists.items():
            print(f"\n{name} ({len(entries)})", *(f"  {entry}" for entry in entries), sep="\n")


if __name__ == "__main__":
    sys.exit(main())
