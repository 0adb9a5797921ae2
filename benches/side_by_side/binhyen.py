"""Our side: a data folder made by the import verbs, served with tokens of its own."""

import hashlib
import json
import re
import secrets
import shutil
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from processes import SERVER_CORE, Server, free_port, run

ROLES = ("planner", "commander", "operator")


@dataclass
class Ours:
    """The binary, and what a run keeps beside it."""

    binary: Path
    folder: Path
    logs: Path

    def __post_init__(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.tokens = {role: secrets.token_urlsafe(24) for role in ROLES}
        entries = [
            f'[[tokens]]\nrole = "{role}"\nsha256 = "{hashlib.sha256(token.encode()).hexdigest()}"\nlabel = "bench"\n'
            for role, token in self.tokens.items()
        ]
        self.config = self.folder / "binhyen.toml"
        self.config.touch(mode=0o600)
        self.config.write_text("\n".join(entries))

    def version(self):
        said = subprocess.run([self.binary, "--version"], capture_output=True, text=True, check=True)
        return said.stdout.strip()

    def data(self, workload, size):
        return self.folder / f"{workload.name}-{size}"

    def import_all(self, workload, size):
        """A new data folder; returns the seconds that the incidents took, and the peak memory of the import in MiB."""
        data = self.data(workload, size)
        shutil.rmtree(data, ignore_errors=True)
        try:
            return self.imported(workload, size, data)
        except RuntimeError:
            shutil.rmtree(data, ignore_errors=True)
            raise

    def imported(self, workload, size, data):
        name = f"import-{workload.name}-{size}"
        boundaries = ["--edition", workload.edition, "--code", "code", "--name", "name", "--parent", "district"]
        boundaries += ["--parent-name", "district_name", "--population", "population", "--population-year", "2022"]
        verb = [self.binary, "import", "boundaries", workload.boundaries, "--data", data, *boundaries]
        run(verb, self.logs / f"{name}-boundaries.log")
        verb = [self.binary, "import", "incidents", workload.incidents(size), "--data", data, "--map", "time=ts"]
        return run(verb, self.logs / f"{name}.log")

    def server(self, workload, size, core=SERVER_CORE, data=None):
        port = free_port()
        data = data or self.data(workload, size)
        name = f"binhyen-{data.name}"
        command = [self.binary, "serve", "--data", data, "--listen", f"127.0.0.1:{port}"]
        command += ["--config", self.config]
        return Server(name, command, port, self.logs / f"{name}.log", ready="/readyz", core=core)

    def ask(self, server, path, role="planner"):
        request = urllib.request.Request(
            server.base + path, headers={"Authorization": f"Bearer {self.tokens[role]}", "Accept-Encoding": "identity"}
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.read()

    def ask_json(self, server, path, role="planner"):
        return json.loads(self.ask(server, path, role))


# Requests and pauses after which a server has given back what it needed for its start alone.
SETTLING_REQUESTS = 50
SETTLING_PAUSE_S = 0.1


def seconds_to_first_tile(ours, workload, size, path):
    """From the start of the program to a whole tile, on all cores; and the memory it keeps once it has settled."""
    started = time.monotonic()
    with ours.server(workload, size, core=None) as server:
        body = ours.ask(server, path)
        seconds = time.monotonic() - started
        if not body:
            raise RuntimeError(f"an empty tile at {path}")
        for _ in range(SETTLING_REQUESTS):
            ours.ask(server, path)
            time.sleep(SETTLING_PAUSE_S)
        return seconds, server.memory_mib()


def cube_bytes(log):
    """What the server says on start that its counts take, all editions and levels together; nothing if it does not say."""
    said = [int(found) for found in re.findall(r"cube\.bytes\W{1,3}(\d+)", log.read_text(errors="replace"))]
    return sum(said) if said else None
