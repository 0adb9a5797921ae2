"""PostgreSQL with PostGIS: a cluster of our own in the peers' folder, started and stopped with the runner.

The tables and tile functions are those of the workload's folder (`load_base.sh`, `load.sh`, `functions.sql`), used where
they lie.
"""

import json
import os
import pwd
import re
import shutil
import subprocess
import time
from pathlib import Path

from processes import SERVER_CORE, free_port, memory_mib, pinned, run

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "shared_buffers": "4GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "8GB",
    "jit": "off",
    "random_page_cost": "1.1",
}
ACCOUNT = "postgres"
WAIT_S = "120"


class Postgres:
    """Use it in a `with`: the cluster is up inside."""

    def __init__(self, peers, logs, core=SERVER_CORE):
        self.programs, self.folder, self.logs = peers.programs["postgres"], peers.folder / "pg", logs
        self.data, self.port, self.core = self.folder / "data", free_port(), core

    def __enter__(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            account = pwd.getpwnam(ACCOUNT)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        if not (self.data / "PG_VERSION").exists():
            self.control("initdb", "-D", self.data, "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", ACCOUNT)
        if (self.data / "postmaster.pid").exists() and is_running(self.data):
            raise RuntimeError(f"a cluster is already running in {self.data}: pg_ctl -D {self.data} stop")
        settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        settings += ["-c", f"port={self.port}", "-c", f"unix_socket_directories={self.folder}"]
        server = [*as_account(), self.programs / "postgres", "-D", self.data, *settings]
        with (self.logs / "postgres.log").open("wb") as output:
            self.process = subprocess.Popen(pinned(server, self.core), stdout=output, stderr=output, cwd="/")
        deadline = time.monotonic() + int(WAIT_S)
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise RuntimeError(f"PostgreSQL did not start, see {self.logs / 'postgres.log'}")
            time.sleep(0.1)
        return self

    def __exit__(self, *_):
        if (self.data / "postmaster.pid").exists() and self.process.poll() is None:
            self.control("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-t", WAIT_S, "stop")
        self.process.wait()

    def control(self, program, *arguments):
        run([*as_account(), self.programs / program, *arguments], self.logs / f"{program}.log", cwd="/")

    def is_ready(self):
        command = [self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.call([str(part) for part in command]) == 0

    def memory_mib(self):
        return memory_mib(self.process.pid)

    def use_core(self, core):
        """Holds the server and what it starts from now on to one core, or frees it."""
        cores = range(os.cpu_count() or 1) if core is None else [core]
        os.sched_setaffinity(int((self.data / "postmaster.pid").read_text().split()[0]), set(cores))

    def url(self, database):
        return f"postgresql://{ACCOUNT}@127.0.0.1:{self.port}/{database}"

    def ask(self, database, *statements):
        """Rows of the last statement as lists of texts."""
        command = ["psql", self.url(database), "-qAtX", "-v", "ON_ERROR_STOP=1", "-F", "\t"]
        for statement in statements:
            command += ["-c", statement]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        if answer.returncode:
            raise RuntimeError(f"psql: {answer.stderr.strip()[-300:]}")
        return [line.split("\t") for line in answer.stdout.splitlines()]

    def load(self, workload, scripts, fresh):
        """Loads a workload into the database of its name, unless it is there; returns seconds by size and stage."""
        database, kept = workload.name, self.folder / f"loaded-{workload.name}.json"
        mark = (workload.folder / "manifest.json").read_text()
        had = json.loads(kept.read_text()) if kept.exists() else {}
        wanted = {str(size) for size in workload.sizes}
        if not fresh and had.get("mark") == mark and wanted <= had["stages"].keys() and self.knows(database):
            return had["stages"]
        kept.unlink(missing_ok=True)
        self.ask("postgres", f'drop database if exists "{database}"', f'create database "{database}"')
        environment = {**os.environ, "DATA": str(workload.folder.resolve()), "PGURL": self.url(database)}
        run(["bash", scripts / "load_base.sh"], self.logs / "load_base.log", env=environment)
        stages = {}
        for size in sorted(workload.sizes):
            log = self.logs / f"load-{database}-{size}.log"
            print(f"loading {size:,} incidents of {database} into PostGIS", flush=True)
            run(["bash", scripts / "load.sh", str(size)], log, env=environment)
            stages[str(size)] = {**stage_seconds(log), "when": time.strftime("%Y-%m-%d %H:%M")}
        with (scripts / "functions.sql").open() as source:
            run(["psql", self.url(database), "-qX", "-v", "ON_ERROR_STOP=1"], self.logs / "functions.log", stdin=source)
        for size in workload.sizes:
            self.add_raw_function(database, size)
        kept.write_text(json.dumps({"mark": mark, "stages": stages}))
        return stages

    def add_raw_function(self, database, size):
        """`raw_z_SIZE`, ours: the raw incidents with geometry simplified beforehand."""
        names = ["-v", f"facts=fact_{size}", "-v", f"made=raw_z_{size}"]
        script = Path(__file__).parent / "raw_facts.sql"
        command = ["psql", self.url(database), "-qX", "-v", "ON_ERROR_STOP=1", *names, "-f", script]
        run(command, self.logs / "raw_facts.log")

    def knows(self, database):
        return bool(self.ask("postgres", f"select 1 from pg_database where datname = '{database}'"))


def is_running(data):
    """Whether the process that the cluster's lock names is alive."""
    return Path(f"/proc/{(data / 'postmaster.pid').read_text().split()[0]}").exists()


def as_account():
    """PostgreSQL does not run as root."""
    if os.geteuid() != 0:
        return []
    return [shutil.which("setpriv") or "setpriv", f"--reuid={ACCOUNT}", f"--regid={ACCOUNT}", "--init-groups"]


def stage_seconds(log):
    """`incidents_1000000 GiST index    1.23 s`, line by line."""
    found = {}
    for line in Path(log).read_text().splitlines():
        if stage := re.match(r"incidents_\d+ (.*?)\s+([\d.]+) s$", line):
            found[stage[1]] = float(stage[2])
    return found
