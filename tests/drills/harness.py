"""What the drills share: the program as a process, its configuration with tokens, requests, rows to import.

Everything stands on the loopback interface and in folders of its own. A process is only ever ended by its own id.
"""

import hashlib
import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "geodata" / "sample"
TOKENS = {"planner": "planner-of-the-drill", "commander": "commander-of-the-drill", "operator": "operator-of-the-drill"}
READY_WITHIN_S = 300
EDITION = "2025-01"
CATEGORIES = ("trom_cap", "cuop_cuop_giat", "danh_bac", "lua_dao_truc_tiep", "duoi_nuoc", "vi_pham_giao_thong")
SEVERITIES = ("it_nghiem_trong", "nghiem_trong", "rat_nghiem_trong")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment():
    return {name: value for name, value in os.environ.items() if not name.startswith("BINHYEN_")} | {"NO_COLOR": "1"}


def work_folder(name):
    """A folder that is gone at the end, on the disk where the drills are asked to work (TMPDIR)."""
    return tempfile.TemporaryDirectory(prefix=f"binhyen-{name}-")


def program(binary, *arguments, timeout=600):
    """Runs a verb to its end."""
    command = [str(binary), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, env=environment(), check=False)


def succeed(binary, *arguments, timeout=600):
    """Runs a verb that must take everything; gives what it printed."""
    ended = program(binary, *arguments, timeout=timeout)
    if ended.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, arguments))}: code {ended.returncode}\n{ended.stdout}{ended.stderr}")
    return ended.stdout


def configuration(folder, **values):
    """A configuration with the tokens of the drill, as an operator has one; `tables` is text that is taken as it is."""
    limits, tables = values.pop("limits", {}), values.pop("tables", "")
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    if limits:
        lines += ["[limits]", *(f"{name} = {json.dumps(value)}" for name, value in limits.items())]
    lines += tables.splitlines()
    for role, token in TOKENS.items():
        digest = hashlib.sha256(token.encode()).hexdigest()
        lines += ["[[tokens]]", f'role = "{role}"', f'label = "drill {role}"', f'sha256 = "{digest}"']
    path = Path(folder) / "drill.toml"
    path.write_text("\n".join(lines) + "\n")
    return path


class Server:
    """A `binhyen serve` of the drill."""

    def __init__(self, binary, data, folder, *, sample=False, prefix=(), **values):
        self.port = free_port()
        self.log = Path(folder) / f"server-{self.port}.log"
        config = configuration(folder, **values)
        command = [*prefix, str(binary), "serve", "--data", str(data), "--config", str(config)]
        command += ["--listen", f"127.0.0.1:{self.port}", *(["--sample"] if sample else [])]
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment(), cwd=folder
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def get(self, path, role=None, headers=(), timeout=60):
        """Status, headers with names in small letters, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            return ask(connection, path, role, headers)
        finally:
            connection.close()

    def json(self, path, role=None):
        status, _, body = self.get(path, role)
        if status != 200:
            raise RuntimeError(f"{path}: {status} {body[:300]!r}")
        return json.loads(body)

    def readiness(self):
        """The status of /readyz; none while nobody answers."""
        try:
            return self.get("/readyz", timeout=5)[0]
        except OSError:
            return None
        except http.client.HTTPException:
            return None

    def wait_ready(self, within_s=READY_WITHIN_S):
        """Seconds until it was ready; none where it left or was not ready in time."""
        begun = time.monotonic()
        while time.monotonic() - begun < within_s:
            if self.process.poll() is not None:
                return None
            if self.readiness() == 200:
                return time.monotonic() - begun
            time.sleep(0.02)
        return None

    def resident_bytes(self):
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        return 0

    def cpu_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def metrics(self):
        """Numbers of /metrics by name with labels."""
        status, _, body = self.get("/metrics", "operator")
        if status != 200:
            raise RuntimeError(f"/metrics: {status}")
        lines = (line for line in body.decode().splitlines() if line and not line.startswith("#"))
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}

    def words(self):
        """What it said, but for its lines of requests."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [line for line in lines if line.strip() and "binhyen::access" not in line]

    def last_words(self, count=3):
        return self.words()[-count:]

    def kill(self):
        """kill -9."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self, within_s=20):
        """Asks it to leave, and insists. Gives its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(within_s)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode


def ask(connection, path, role=None, headers=()):
    """One GET on a connection of the caller."""
    sent = dict(headers)
    if role:
        sent["Authorization"] = f"Bearer {TOKENS[role]}"
    connection.request("GET", path, headers=sent)
    answer = connection.getresponse()
    body = answer.read()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def incident_rows(ids, seed=1, severity=None):
    """Incidents over the extent of the sample in the years that it covers."""
    draw = random.Random(seed)
    yield "id,time,lon,lat,category,severity\n"
    for number in ids:
        day = f"20{draw.randint(18, 25):02}-{draw.randint(1, 11):02}-{draw.randint(1, 28):02}"
        moment = f"{day}T{draw.randint(0, 23):02}:{draw.randint(0, 59):02}:00+07:00"
        lon, lat = draw.uniform(107.3, 108.7), draw.uniform(15.05, 16.0)
        word = severity or draw.choice(SEVERITIES)
        yield f"D{number:08},{moment},{lon:.5f},{lat:.5f},{draw.choice(CATEGORIES)},{word}\n"


def write_incidents(path, ids, seed=1, severity=None):
    with Path(path).open("w") as file:
        file.writelines(incident_rows(ids, seed, severity))
    return path


def import_boundaries(binary, edition, data):
    """The districts of an edition, where it has some, and its communes."""
    districts = SAMPLE / edition / "districts.csv"
    if districts.exists():
        succeed(binary, "import", "boundaries", districts, "--edition", edition, "--level", "district", "--data", data)
    succeed(binary, "import", "boundaries", SAMPLE / edition / "communes.geojson", "--edition", edition, "--data", data)


def copy_folder(source, target):
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    Path(target).chmod(0o700)
    return target


def percentile(values, share):
    """The value below which a share of all lies; by the nearest rank."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else float("nan")


def load_average():
    return os.getloadavg()[0]


def markdown(rows):
    """Rows of cells as a table; the first row is its head."""
    rows = [[str(cell).replace("|", "/").replace("\n", " ") for cell in row] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])
