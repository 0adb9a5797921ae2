#!/usr/bin/env python3
"""Runs a command beside a server of its own.

    with_server.py --binary target/debug/binhyen [--data DIR] [--config FILE] -- COMMAND…

Starts `binhyen serve` on a free port of the loopback interface, on a new data folder (so on the sample) unless one is
given, waits until it is ready, and runs the command with BINHYEN_URL and, on sample data, BINHYEN_PLANNER_TOKEN,
BINHYEN_COMMANDER_TOKEN and BINHYEN_OPERATOR_TOKEN set, and with this folder on PYTHONPATH, so that the checks of every
sub-folder find `server`. Afterwards it stops the server by its id and expects it to leave with code 0. The exit code is
the command's, or 1 when the server failed.
"""

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

READY_WITHIN_S = 120
STOP_WITHIN_S = 20
HERE = Path(__file__).resolve().parent
ROLES = ("planner", "commander", "operator")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_ready(url):
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def wait_until_ready(server, url):
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"the server left with code {server.returncode}")
        if is_ready(url):
            return
        time.sleep(0.1)
    raise RuntimeError(f"the server was not ready within {READY_WITHIN_S} s")


def tokens(log):
    """The start links, one line per role: `planner  http://…/#token=…`."""
    found = {}
    for line in log.read_text(errors="replace").splitlines():
        link = re.search(r"#token=([^\s&]+)", line)
        role = next((role for role in ROLES if role in line.lower()), None)
        if link and role:
            found[f"BINHYEN_{role.upper()}_TOKEN"] = link.group(1)
    return found


def stop(server):
    """Asks the server to leave, and insists."""
    if server.poll() is None:
        server.terminate()
    try:
        return server.wait(STOP_WITHIN_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
        return f"none: it was killed after {STOP_WITHIN_S} s"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True, type=Path)
    parser.add_argument("--data", type=Path, help="data folder; a temporary one if not given")
    parser.add_argument("--config", type=Path)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    given.command = given.command[given.command[:1] == ["--"] :]
    if not given.command:
        parser.error("no command after --")
    return given


def run(given, work):
    url = f"http://127.0.0.1:{free_port()}"
    log = work / "server.log"
    serve = [given.binary.resolve(), "serve", "--listen", url[len("http://") :]]
    if given.config:
        serve += ["--config", given.config.resolve()]
    # Without a folder and a configuration the sample comes by itself, as in programs before the option.
    serve += ["--data", given.data.resolve()] if given.data else ["--sample"] if given.config else []
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BINHYEN_")}
    with log.open("wb") as output:
        server = subprocess.Popen(serve, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment, cwd=work)
    code = 1
    try:
        started = time.monotonic()
        wait_until_ready(server, url)
        print(f"server {server.pid} at {url}, ready in {time.monotonic() - started:.1f} s", flush=True)
        # What the caller sets (BINHYEN_CONFIGURED_TOKEN and the like) stays; what the server prints wins.
        search = os.pathsep.join([str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])])
        mine = {"BINHYEN_URL": url, "BINHYEN_BIN": str(given.binary.resolve()), "PYTHONPATH": search}
        code = subprocess.call(given.command, env={**os.environ, **tokens(log), **mine})
    except RuntimeError as error:
        print(error, file=sys.stderr)
    finally:
        left = stop(server)
    if left != 0:
        print(f"the server's exit code: {left}", file=sys.stderr)
        code = code or 1
    if code:
        print(
            "\n".join(["the server's last words:", *log.read_text(errors="replace").splitlines()[-30:]]),
            file=sys.stderr,
        )
    return code


def main():
    given = arguments()
    # So that `finally` also runs when this script is told to stop.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="binhyen-clients-") as work:
        sys.exit(run(given, Path(work)))


if __name__ == "__main__":
    main()
