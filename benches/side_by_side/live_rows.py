"""The rows of a live map: writes beside reads, and how soon a write is seen in a tile, in a rating and as an event."""

import json
import re
import shutil
import subprocess
import time
import urllib.request
from pathlib import Path

from processes import LOAD_CORE, SERVER_CORE, last_words, pinned, run
from tile_servers import martin_on_postgis
from workload import CATEGORIES, in_words

WRITES_PER_S, READS_PER_S = 500, 5_000
SEEN_WITHIN_MS, LOSS, KIB_EACH, LISTENERS = 100, 0.2, 20, 2_000
ACKNOWLEDGED = "acknowledged incident to tile, rating, event"
BESIDE = f"tile reads beside {WRITES_PER_S} writes a second"
SEEN = ("tile", "rating", "event")
FIXED_PERIOD = ("2022-01-01", "2025-01-01")
# Of these days the workload has nothing: only probes write there.
PROBED_DAY = ("2025-03-01", "2025-03-02")
PROBES = 50
# Until all listeners are there and the memory with them is read.
CROWD_GATHERS_S = 10
STOP_WITHIN_S = 30
# A point in the commune of a number, counted there, as the fact table of the workload has it.
INSERTED = """insert into fact_{size} (commune_id, category, severity, ts, id)
    select c.id, {category}, 2, {moment}, {number} from communes c
    where st_intersects(c.geom4326, (select st_pointonsurface(geom4326) from communes where id = {commune})) limit 1"""


def live_rows(bench, workload, size):
    """Ours, on a copy of the data folder; then the peer that shows writes, Martin without a cache before PostGIS."""
    where = f"{workload.name}, {in_words(size)}"
    data = bench.ours.data(workload, size)
    live = data.with_name(f"{data.name}-live")
    shutil.rmtree(live, ignore_errors=True)
    shutil.copytree(data, live)
    run([bench.ours.binary, "release", "make", "--data", live], bench.logs / "live-release.log")
    try:
        with bench.ours.server(workload, size, data=live) as server:
            for role in ("public", "commander"):
                read_rows(bench, workload, server, role, where)
            listener_row(bench, server, where)
            crowd_row(bench, workload, server, where)
    finally:
        shutil.rmtree(live, ignore_errors=True)
    peer_row(bench, workload, size, where)


def read_rows(bench, workload, server, role, where):
    """Reads of one role alone and beside writes as fast as they are answered, then both at their rates with probes."""
    paths = bench.logs / f"live-{role}.paths"
    first, last = FIXED_PERIOD
    period = f"&from={first}&to={last}" if role != "public" else ""
    paths.write_text(
        "".join(f"/tiles/communes/{tile}?edition={workload.edition}{period}\n" for tile in workload.tiles())
    )
    token = [] if role == "public" else ["--token", bench.ours.tokens[role]]
    asked = [*token, "--server", server.address, "--paths", paths, "--seconds", bench.effort.seconds]
    with bench.report.row(f"{BESIDE}, {role}", where, f"≥ {1 - LOSS:.1f} × alone") as row:
        loaded(bench, "reads", *asked)  # once, so that what is done once for a tile is done
        alone = loaded(bench, "reads", *asked)
        # Without probes: these ask for more in a second than a room full of commanders.
        beside = loaded(bench, "live", *asked, "--probes", 0, *writing(bench, workload))
        check(beside["writes"])
        share = beside["reads"]["per_s"] / alone["per_s"]
        row.figures = {"alone": alone, "beside": beside}
        row.ours = f"{beside['reads']['per_s']:,.0f}/s beside {beside['writes']['per_s']:,.0f} writes/s"
        row.peer, row.ratio = f"alone: {alone['per_s']:,.0f}/s", f"{share:.2f} ×"
        row.judge(share >= 1 - LOSS)
    with bench.report.row(f"{ACKNOWLEDGED}, reads by {role}", where, f"p99 ≤ {SEEN_WITHIN_MS} ms") as row:
        paced = loaded(bench, "live", *asked, "--rate", READS_PER_S, *writing(bench, workload))
        check(paced["writes"])
        row.figures = {"ours": paced}
        row.ours = seen_cell(paced)
        is_paced = paced["reads"]["per_s"] >= 0.95 * READS_PER_S and paced["writes"]["per_s"] >= 0.95 * WRITES_PER_S
        row.judge(is_paced and all(paced["probes"][name]["p99_ms"] <= SEEN_WITHIN_MS for name in SEEN))


def writing(bench, workload):
    tokens = ["--operator", bench.ours.tokens["operator"], "--commander", bench.ours.tokens["commander"]]
    return [*tokens, "--boundaries", workload.boundaries, "--edition", workload.edition, "--writes", WRITES_PER_S]


def loaded(bench, verb, *arguments):
    """What the load says of one run."""
    command = [bench.live_load, verb, *arguments]
    said = subprocess.run(pinned(command, LOAD_CORE), capture_output=True, text=True, check=False)
    if said.returncode:
        raise RuntimeError(f"live_load {verb}: {said.stderr.strip()[-300:]}")
    return json.loads(said.stdout)


def check(writes):
    if writes["refused"]:
        raise RuntimeError(f"{writes['refused']} writes were refused")


def seen_cell(figures):
    probes = figures["probes"]
    seen = ", ".join(f"{name} {probes[name]['p50_ms']:.1f} / {probes[name]['p99_ms']:.1f}" for name in SEEN)
    acknowledged = figures["writes"]["acknowledged"]
    return (
        f"p50 / p99 ms: {seen}, most {max(probes[name]['most_ms'] for name in SEEN):.0f}; acknowledged "
        f"{acknowledged['p50_ms']:.1f} / {acknowledged['p99_ms']:.1f}; {figures['reads']['per_s']:,.0f} reads/s "
        f"(p99 {figures['reads']['latency']['p99_ms']:.1f} ms) and {figures['writes']['per_s']:,.0f} writes/s"
    )


def listener_row(bench, server, where):
    with bench.report.row(f"{LISTENERS:,} idle listeners of /events", where, f"≤ {KIB_EACH} kB each") as row:
        asked = ["--server", server.address, "--process", server.process.pid, "--listeners", LISTENERS]
        token = ["--token", bench.ours.tokens["commander"]]
        said = loaded(bench, "listen", *asked, *token, "--seconds", bench.effort.seconds)
        row.figures = {"ours": said}
        row.ours = f"{said['each_kib']:.1f} KiB each, the kernel's buffers left out"
        row.judge(said["each_kib"] * 1.024 <= KIB_EACH)


def crowd_row(bench, workload, server, where):
    """Everything at once: listeners that hear of every change, a commander's reads, writes, and probes."""
    name = f"{ACKNOWLEDGED}, beside {LISTENERS:,} listeners"
    with bench.report.row(name, where, f"p99 ≤ {SEEN_WITHIN_MS} ms") as row:
        seconds = bench.effort.seconds
        asked = ["--server", server.address, "--token", bench.ours.tokens["commander"]]
        listen = ["--process", server.process.pid, "--listeners", LISTENERS, "--seconds", seconds + 2 * CROWD_GATHERS_S]
        command = pinned([bench.live_load, "listen", *asked, *listen], LOAD_CORE)
        before = server.memory_mib()
        crowd = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            time.sleep(CROWD_GATHERS_S)
            paths = bench.logs / "live-commander.paths"
            live = [*asked, "--paths", paths, "--seconds", seconds, "--rate", READS_PER_S, *writing(bench, workload)]
            paced = loaded(bench, "live", *live)
            check(paced["writes"])
            memory = server.memory_mib()
            heard = json.loads(crowd.communicate(timeout=seconds + 60)[0])
        finally:
            crowd.kill()
            crowd.wait()
        row.figures = {"ours": paced, "listeners": heard, "memory_mib": [before, memory]}
        row.ours = f"{seen_cell(paced)}; {heard['heard']:,} events heard; memory {before:,.0f} → {memory:,.0f} MiB"
        row.judge(all(paced["probes"][name]["p99_ms"] <= SEEN_WITHIN_MS for name in SEEN))


def peer_row(bench, workload, size, where):
    """Rows put into the fact table at the same rate, beside the same reads; and from a commit to a tile that shows it."""
    name = f"{BESIDE}, peer"
    if lacking := bench.peers.lacks("martin", "postgres", "taskset"):
        bench.report.not_run(name, where, lacking)
        return
    with bench.report.row(name, where) as row, martin_on_postgis(
        bench.peers, bench.postgres, workload.name, bench.logs
    ) as martin:
        function, categories = f"raw_z_{size}", ",".join(str(number) for number in range(len(CATEGORIES)))
        bench.postgres.use_core(SERVER_CORE)
        paths = bench.logs / "live-peer.paths"
        first, last = FIXED_PERIOD
        paths.write_text(
            "".join(f"/{function}/{tile}?from={first}&to={last}&cat={categories}\n" for tile in workload.tiles())
        )
        asked = ["--server", martin.address, "--paths", paths, "--seconds", bench.effort.seconds]
        alone = loaded(bench, "reads", *asked)
        writer = Writer(bench, workload, size)
        with writer:
            beside = loaded(bench, "reads", *asked)
            seen = [seen_ms(bench, workload, size, martin, function, categories, number) for number in range(PROBES)]
        bench.postgres.ask(workload.name, f"delete from fact_{size} where id < 0")
        seen.sort()
        row.figures = {"alone": alone, "beside": beside, "seen_ms": seen, "writer": writer.said}
        row.peer = (
            f"martin + PostGIS: {alone['per_s']:,.0f}/s alone, {beside['per_s']:,.0f}/s beside {writer.per_s():,.0f} "
            f"writes/s; shown after {seen[len(seen) // 2]:.0f} ms (median of {PROBES}), {seen[-1]:.0f} at most"
        )
        row.ratio = f"{beside['per_s'] / alone['per_s']:.2f} ×"
        row.judge(None)


def seen_ms(bench, workload, size, martin, function, categories, number):
    """From a commit to the first tile that is another than before."""
    tile = workload.tiles()[0]
    first, last = PROBED_DAY
    address = f"{martin.base}/{function}/{tile}?from={first}&to={last}&cat={categories}"

    def fetched():
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.read()

    before = fetched()
    commune = bench.postgres.ask(
        workload.name,
        "select id from communes where geom && st_tileenvelope({}, {}, {}) limit 1".format(*tile.split("/")),
    )[0][0]
    moment = f"'{first} 06:00'::timestamp + interval '{number} seconds'"
    values = {"size": size, "category": 0, "moment": moment, "number": -1_000_000 - number, "commune": commune}
    bench.postgres.ask(workload.name, INSERTED.format(**values))
    committed = time.monotonic()
    while fetched() == before:
        if time.monotonic() - committed > STOP_WITHIN_S:
            raise RuntimeError("martin never shows what was committed")
    return (time.monotonic() - committed) * 1e3


class Writer:
    """pgbench, putting single rows into the fact table. Use it in a `with`."""

    def __init__(self, bench, workload, size):
        communes = bench.postgres.ask(workload.name, "select max(id) from communes")[0][0]
        values = {
            "size": size,
            "category": ":category",
            "moment": "'2020-01-01'::timestamp + interval '1 second' * :second",
            "number": "-:number",
            "commune": ":commune",
        }
        lines = [
            f"\\set commune random(1, {communes})",
            f"\\set category random(0, {len(CATEGORIES) - 1})",
            "\\set second random(0, 150000000)",
            "\\set number random(1, 900000)",
            " ".join(INSERTED.format(**values).split()) + ";",
        ]
        script = bench.logs / "live.pgbench"
        script.write_text("\n".join(lines) + "\n")
        program = Path(bench.postgres.programs) / "pgbench"
        self.log = bench.logs / "pgbench.log"
        seconds = 600
        command = [program, "-n", "-c", 8, "-j", 1, "-R", WRITES_PER_S, "-T", seconds, "-f", script, "-P", 1]
        self.command, self.said = pinned([*command, bench.postgres.url(workload.name)], LOAD_CORE), ""

    def __enter__(self):
        self.output = self.log.open("wb")
        self.process = subprocess.Popen(self.command, stdout=self.output, stderr=self.output)
        return self

    def __exit__(self, *_):
        if self.process.poll() is not None:
            raise RuntimeError(f"pgbench ended: {last_words(self.log)}")
        self.process.terminate()
        self.process.wait(STOP_WITHIN_S)
        self.output.close()
        self.said = self.log.read_text(errors="replace")

    def per_s(self):
        """The median of what it says each second."""
        rates = sorted(float(found) for found in re.findall(r"progress: [\d.]+ s, ([\d.]+) tps", self.said))
        return rates[len(rates) // 2] if rates else 0.0
