"""The one table: rows as they are measured, printed at the end as text, and kept as Markdown and JSON."""

import json
import os
import platform
import subprocess
import textwrap
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from pathlib import Path

COLUMNS = ("row", "workload", "ours", "peer", "ratio", "target", "verdict")
WIDTHS = (34, 16, 34, 44, 18, 22, 30)


@dataclass
class Row:
    """One measured comparison, or why there is none."""

    row: str
    workload: str
    target: str = "–"
    ours: str = ""
    peer: str = ""
    ratio: str = ""
    verdict: str = ""
    figures: dict = field(default_factory=dict)

    def judge(self, met):
        self.verdict = {True: "met", False: "NOT MET", None: "–"}[met]


class Report:
    """Rows in the order in which they came."""

    def __init__(self, folder, versions):
        self.folder, self.versions = folder, versions
        self.rows, self.notes, self.failed = [], [], False
        self.started = datetime.now(timezone.utc)
        self.machine = machine()

    @contextmanager
    def row(self, name, workload, target="–"):
        """A row to be filled; what goes wrong inside stands in it and fails the whole, but lets the other rows run."""
        row = Row(name, workload, target)
        print(f"── {workload}: {name}", flush=True)
        try:
            yield row
        except (RuntimeError, OSError, ValueError, KeyError, subprocess.SubprocessError) as error:
            row.verdict = f"FAILED: {error}"
            self.failed = True
        self.rows.append(row)
        print(f"   {row.ours} | {row.peer} | {row.ratio} | {row.verdict}", flush=True)
        self.write()

    def not_run(self, name, workload, reason, target="–"):
        self.rows.append(Row(name, workload, target, verdict=f"not run: {reason}"))

    def note(self, text):
        if text in self.notes:
            return
        print(text, flush=True)
        self.notes.append(text)

    def heading(self):
        seconds = (datetime.now(timezone.utc) - self.started).total_seconds()
        when = self.started.strftime("%Y-%m-%d %H:%M UTC")
        return [f"{when}, {seconds:.0f} s; {self.machine}", "; ".join(self.versions), *self.notes]

    def write(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        cells = [[getattr(row, column) for column in COLUMNS] for row in self.rows]
        lines = [*self.heading(), "", "| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
        lines += ["| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in row) + " |" for row in cells]
        (self.folder / "report.md").write_text("\n".join(lines) + "\n")
        kept = {
            "started": self.started.isoformat(),
            "machine": self.machine,
            "versions": self.versions,
            "notes": self.notes,
            "rows": [asdict(row) for row in self.rows],
        }
        (self.folder / "report.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")

    def show(self):
        print("\n".join(["", *self.heading(), ""]))
        line = "  ".join("─" * width for width in WIDTHS)
        print("  ".join(name.ljust(width) for name, width in zip(COLUMNS, WIDTHS)), line, sep="\n")
        for row in self.rows:
            cells = [textwrap.wrap(getattr(row, column), width) or [""] for column, width in zip(COLUMNS, WIDTHS)]
            for place in range(max(map(len, cells))):
                parts = (cell[place] if place < len(cell) else "" for cell in cells)
                print("  ".join(part.ljust(width) for part, width in zip(parts, WIDTHS)).rstrip())
        print(f"\nkept in {self.folder}/report.md and report.json")


def machine():
    """Processor, cores, memory, system, and how busy it was."""
    cpu = next((line.split(":")[1].strip() for line in lines_of("/proc/cpuinfo") if line.startswith("model name")), "?")
    memory_kib = next((int(line.split()[1]) for line in lines_of("/proc/meminfo") if line.startswith("MemTotal")), 0)
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return f"{os.cpu_count()} × {cpu}, {memory_kib / 2**20:.0f} GiB, Linux {platform.release()}, load before {busy}"


def lines_of(path):
    return Path(path).read_text().splitlines()


def load_cell(load):
    """A server's figures in one cell."""
    return (
        f"{load.per_s:,.0f}/s, p50 {load.p50_ms:.2f} p99 {load.p99_ms:.2f} ms, "
        f"{load.bytes / 1000:.1f} kB, {load.memory_mib:,.0f} MiB"
    )
