"""A time slider dragged over the map in a browser, by benches/slider."""

import json
import os
import shutil
import statistics
import subprocess
from pathlib import Path

from workload import in_words

STEPS = 24
QUICK_STEPS = 4
WITHIN_S = 600
CONTROL = "anew"


def lacking(root):
    """Why no browser can be driven here."""
    if not shutil.which("node"):
        return "node is not installed"
    if not Path(os.environ.get("CHROMIUM", "/usr/bin/chromium")).exists():
        return "chromium is not installed (CHROMIUM)"
    if not (root / "web/node_modules/playwright-core").exists():
        return "the page's packages are not installed (npm --prefix web ci)"
    return ""


def slider_rows(bench, workload, size, properties):
    """One row per technique; the table that the script prints goes to the log."""
    where = f"{workload.name}, {in_words(size)}"
    name, target = "time slider in Chromium", "no error, no flicker"
    if reason := lacking(bench.root):
        bench.report.not_run(name, where, reason, target)
        return
    kept, log = bench.folder / "slider.json", bench.logs / "slider.log"
    kept.unlink(missing_ok=True)
    steps = QUICK_STEPS if bench.effort.runs == 1 else STEPS
    with bench.ours.server(workload, size, core=None) as server, log.open("wb") as output:
        command = ["node", bench.root / "benches/slider/slider.mjs", "--edition", workload.edition, "--json", kept]
        command += ["--steps", str(steps), "--properties", "rate" if properties else ""]
        environment = {**os.environ, "BINHYEN_URL": server.base, "BINHYEN_PLANNER_TOKEN": bench.ours.tokens["planner"]}
        code = subprocess.call(command, stdout=output, stderr=output, env=environment, timeout=WITHIN_S)
    if not kept.exists():
        with bench.report.row(name, where, target):
            raise RuntimeError(f"left with code {code}, see {log.name}")
        return
    told = json.loads(kept.read_text())
    bench.report.versions.append(f"Chromium {told['chromium']}")
    for found in told["found"]:
        control = found["technique"] == CONTROL
        with bench.report.row(
            f"{name}, {found['technique']}", where, "flickers (control)" if control else target
        ) as row:
            row.ours, row.figures = cell(found), found
            row.judge(found["flickers"] == control and not found["errors"] and not told["failed"])


def cell(found):
    def of(name):
        return [step[name] for step in found["steps"]]

    def median(name):
        return statistics.median(of(name))

    return (
        f"new colours {median('new_colours_ms'):.0f} ms (most {max(of('new_colours_ms')):.0f}), "
        f"{median('frames'):.0f} frames a step, longest gap {max(of('longest_gap_ms')):.0f} ms, "
        f"{median('requests'):.0f} requests, {median('bytes') / 1000:.0f} kB, "
        f"{found['least']} of {found['whole']} places drawn at worst, {len(found['errors'])} errors"
    )
