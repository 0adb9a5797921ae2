#!/usr/bin/env python3
"""kill -9 while people report, another server sends signed messages and an operator judges.

    reports.py --binary target/release/binhyen [--rounds 50] [--seed 1]

Every round kills the server at a random moment. Afterwards a new one must know every report that was acknowledged and
every judgement, each accepted report must be one incident, `binhyen check` must call the folder sound, and what was sent
but not answered is sent again with the same body: in the end the store has as many reports as were written, none twice.
Exit code 1 when any round ends otherwise.
"""

import argparse
import hashlib
import hmac
import http.client
import json
import random
import signal
import sqlite3
import sys
import threading
import time
from pathlib import Path

import harness
from harness import EDITION, TOKENS, Server, program

SECRET = b"secret-of-the-drill"
TABLES = """[reports]
proof_bits = 0
per_hour = 0
per_address_per_hour = 0
[[hooks]]
channel = "phone"
kind = "signed"
secret_file = "hook.secret"
"""
SENDERS, HOOKS = 3, 2
PLACE = {"lon": 108.4777, "lat": 15.5699}


class Sent:
    """What was sent, and what was answered."""

    def __init__(self):
        self.lock = threading.Lock()
        self.bodies = {}
        self.numbers = {}
        self.judged = {}

    def begin(self, key, path, body):
        with self.lock:
            self.bodies[key] = (path, body)

    def answered(self, key, number):
        with self.lock:
            self.numbers[key] = number

    def decided(self, number, status):
        with self.lock:
            self.judged[number] = status


def post(port, path, body, headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"{}")
    finally:
        connection.close()


def send(port, path, body):
    headers = {"Content-Type": "application/json"}
    if path.startswith("/hooks"):
        moment = str(int(time.time()))
        signed = hmac.new(SECRET, f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
        headers |= {"X-Binhyen-Timestamp": moment, "X-Binhyen-Signature": f"sha256={signed}"}
    return post(port, path, body, headers)


def written(server, key):
    """A report of the form, with a challenge of its own."""
    challenge = server.json("/reports/challenge")["challenge"]
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 600))
    return json.dumps({"challenge": challenge, "solution": "0", "category": "trom_cap", "time": moment, "text": key, **PLACE})


def until_gone(work):
    """Does something until the server is gone, which is the end of the round and no fault."""
    try:
        while True:
            work()
    except (OSError, http.client.HTTPException, RuntimeError, ValueError):
        return


def citizen(server, sent, name):
    count = iter(range(1_000_000))

    def one():
        key = f"{name}-{next(count)}"
        body = written(server, key)
        sent.begin(key, "/reports", body)
        status, answer = send(server.port, "/reports", body)
        if status not in (200, 201):
            raise RuntimeError(f"{status} {answer}")
        sent.answered(key, answer["number"])

    until_gone(one)


def partner(server, sent, name):
    count = iter(range(1_000_000))

    def one():
        key = f"{name}-{next(count)}"
        body = json.dumps({"id": key, "text": key, **PLACE})
        sent.begin(key, "/hooks/phone", body)
        status, answer = send(server.port, "/hooks/phone", body)
        if status != 200:
            raise RuntimeError(f"{status} {answer}")
        sent.answered(key, answer["number"])

    until_gone(one)


def operator(server, sent, draw):
    def one():
        for report in server.json("/reports?limit=20", "operator")["reports"]:
            accept = {"decision": "accept", "category": "trom_cap", "severity": 2}
            decision = accept if draw.random() < 0.7 else {"decision": "reject", "reason": "drill"}
            headers = {
                "Content-Type": "application/json",
                "Authorization": f"Bearer {TOKENS['operator']}",
                "If-Match": f'"{report["version"]}"',
            }
            status, answer = post(server.port, f"/reports/{report['number']}/judgement", json.dumps(decision), headers)
            if status == 200:
                sent.decided(report["number"], answer["status"])

    until_gone(one)


def settled(server, sent, faults):
    """Everything acknowledged is there; what was not answered is sent again."""
    for key, number in sent.numbers.items():
        status, _, body = server.get(f"/reports/{number}/status")
        if status != 200:
            faults.append(f"{key}: acknowledged as {number}, now {status} {body[:100]!r}")
    for number, decided in sent.judged.items():
        found = json.loads(server.get(f"/reports/{number}/status")[2]).get("status")
        if found != decided:
            faults.append(f"{number}: judged {decided}, now {found}")
    for key, (path, body) in sent.bodies.items():
        if key in sent.numbers:
            continue
        status, answer = send(server.port, path, body)
        if status not in (200, 201):
            faults.append(f"{key}: sent again, {status} {answer}")
        else:
            sent.numbers[key] = answer["number"]


def counted(data, sent, faults):
    """Each report once, each accepted one an incident, read by another program than ours."""
    store = sqlite3.connect(f"file:{data}/binhyen.sqlite?mode=ro", uri=True)
    try:
        reports = store.execute("SELECT count(*) FROM report").fetchone()[0]
        texts = store.execute("SELECT count(DISTINCT text), count(*) FROM report_text").fetchone()
        taken = store.execute("SELECT count(*), count(DISTINCT incident_id) FROM report WHERE status = 'taken_up'").fetchone()
        incidents = store.execute(
            "SELECT count(*) FROM incident WHERE id IN (SELECT incident_id FROM report WHERE status = 'taken_up')"
        ).fetchone()[0]
    finally:
        store.close()
    if not reports == texts[0] == texts[1] == len(sent.bodies):
        faults.append(f"{len(sent.bodies)} written, {reports} reports, {texts} texts")
    if not taken[0] == taken[1] == incidents:
        faults.append(f"taken up {taken}, incidents {incidents}")
    return reports, incidents


def round_of(binary, data, work, sent, draw):
    faults = []
    name = f"r{draw.randrange(1 << 40):x}"
    server = Server(binary, data, work, tables=TABLES)
    if server.wait_ready() is None:
        return ["not ready before"]
    workers = [threading.Thread(target=citizen, args=(server, sent, f"{name}c{index}")) for index in range(SENDERS)]
    workers += [threading.Thread(target=partner, args=(server, sent, f"{name}p{index}")) for index in range(HOOKS)]
    workers.append(threading.Thread(target=operator, args=(server, sent, random.Random(draw.random()))))
    for worker in workers:
        worker.start()
    time.sleep(draw.uniform(0.05, 1.5))
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()
    for worker in workers:
        worker.join()
    checked = program(binary, "check", data)
    if checked.returncode != 0:
        faults.append(f"check: {checked.stdout[-300:]}{checked.stderr[-300:]}")
    with Server(binary, data, work, tables=TABLES) as again:
        if again.wait_ready() is None:
            return [*faults, "not ready after"]
        settled(again, sent, faults)
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    draw, sent = random.Random(arguments.seed), Sent()
    failed, reports, incidents = 0, 0, 0
    with harness.work_folder("reports") as work:
        data = Path(work) / "data"
        (Path(work) / "hook.secret").write_bytes(SECRET)
        harness.import_boundaries(arguments.binary.resolve(), EDITION, data)
        for number in range(1, arguments.rounds + 1):
            faults = round_of(arguments.binary.resolve(), data, work, sent, draw)
            reports, incidents = counted(data, sent, faults)
            for fault in faults:
                print(f"round {number}: {fault}", flush=True)
            failed += bool(faults)
    print(
        f"{arguments.rounds} kills, {failed} rounds with faults; {len(sent.bodies)} reports written, {reports} kept, "
        f"{len(sent.judged)} judgements acknowledged, {incidents} of them incidents"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
