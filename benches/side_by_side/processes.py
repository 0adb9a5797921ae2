"""Servers and commands as processes of ours: started, pinned, measured and stopped by their own id."""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

SERVER_CORE, LOAD_CORE = 0, 1
READY_WITHIN_S = 300
STOP_WITHIN_S = 60


def pinned(command, core):
    """The command, held to one core where the machine lets us."""
    if core is None or not shutil.which("taskset") or (os.cpu_count() or 1) < 2:
        return [str(part) for part in command]
    return ["taskset", "-c", str(core), *map(str, command)]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(command, log, **options):
    """Runs a command to its end, its words going to a log; returns the seconds it took and its peak memory in MiB."""
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen([str(part) for part in command], stdout=output, stderr=subprocess.STDOUT, **options)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{Path(str(command[0])).name} left with code {process.returncode}: {last_words(log)}")
    return time.monotonic() - started, used.ru_maxrss / 1024


def last_words(log, lines=3):
    return " | ".join(log.read_text(errors="replace").splitlines()[-lines:])[-400:]


class Server:
    """A server of ours on a port of the loopback interface. Use it in a `with`."""

    def __init__(self, name, command, port, log, ready="/", core=SERVER_CORE):
        self.name, self.port, self.log, self.ready_path = name, port, log, ready
        self.address = f"127.0.0.1:{port}"
        self.base = f"http://{self.address}"
        self.command, self.filters_asked = pinned(command, core), 0

    def __enter__(self):
        self.log.parent.mkdir(parents=True, exist_ok=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("BINHYEN_")}
        environment["NO_COLOR"] = "1"
        started = time.monotonic()
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=environment
            )
        try:
            self.wait_until_ready()
        except BaseException:
            self.stop()
            raise
        self.ready_s = time.monotonic() - started
        return self

    def __exit__(self, *_):
        self.stop()

    def wait_until_ready(self):
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.name} left with code {self.process.returncode}: {last_words(self.log)}")
            if answers(self.base + self.ready_path):
                return
            time.sleep(0.01)
        raise RuntimeError(f"{self.name} was not ready within {READY_WITHIN_S} s: {last_words(self.log)}")

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def memory_mib(self):
        return memory_mib(self.process.pid)


def answers(url):
    """Whether the address answers without a server's error."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status < 500
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def memory_mib(pid):
    """Memory of a process and its children in MiB; what they share is divided among them."""
    return sum(proportional_kib(one) for one in family(pid)) / 1024


def proportional_kib(pid):
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass  # It ended while we looked.
    return 0


def family(pid):
    """A process and all below it."""
    children = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, ahead = [], [pid]
    while ahead:
        one = ahead.pop()
        found.append(one)
        ahead += children.get(one, [])
    return found
