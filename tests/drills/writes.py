#!/usr/bin/env python3
"""kill -9 while incidents and models are written and another server sends signed messages.

    writes.py --binary target/release/binhyen [--rounds 200] [--seed 1]

Every round kills the server at a random moment. Afterwards `binhyen audit verify` must find the chain intact and `binhyen
check` the folder sound, and a new server must know every write that was acknowledged. What was sent but not answered is
sent again under its key: in the end each request has one line of the audit log and each incident one row that added it,
and every incident and model is what its last write said. Exit code 1 when any round ends otherwise.
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
TABLES = """[[hooks]]
channel = "phone"
kind = "signed"
secret_file = "hook.secret"
"""
WRITERS, HOOKS = 4, 2
WORDS = {2: "it_nghiem_trong", 3: "nghiem_trong", 4: "rat_nghiem_trong"}
GEOJSON = {"Content-Type": "application/geo+json", "Authorization": f"Bearer {TOKENS['operator']}"}


class Request:
    """A write as it is sent, and what holds once it is done: the severity of incidents (none: gone), the end of models."""

    def __init__(self, key, method, path, body, headers, after):
        self.key, self.method, self.path, self.body, self.headers, self.after = key, method, path, body, headers, after

    def send(self, port):
        headers = {**GEOJSON, "Idempotency-Key": self.key, **self.headers}
        return ask(port, self.method, self.path, self.body, headers)


class Message:
    """A signed message of another server; its id is its key."""

    def __init__(self, key):
        self.key, self.after = key, {}

    def send(self, port):
        body = json.dumps({"id": self.key, "text": self.key, "lon": 108.4777, "lat": 15.5699})
        moment = str(int(time.time()))
        signed = hmac.new(SECRET, f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
        headers = {"X-Binhyen-Timestamp": moment, "X-Binhyen-Signature": f"sha256={signed}"}
        return ask(port, "POST", "/hooks/phone", body, headers | {"Content-Type": "application/json"})


class Sent:
    """What was sent, and what of it was acknowledged."""

    def __init__(self):
        self.lock = threading.Lock()
        self.open, self.done, self.state = {}, 0, {}
        self.writes, self.messages = 0, 0

    def begin(self, request):
        with self.lock:
            self.open[request.key] = request
            if isinstance(request, Message):
                self.messages += 1
            else:
                self.writes += 1

    def acknowledged(self, request):
        with self.lock:
            del self.open[request.key]
            self.done += 1
            self.state |= request.after


def ask(port, method, path, body, headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body.encode(), headers)
        answer = connection.getresponse()
        tag, text = answer.getheader("ETag"), answer.read()
        if answer.status not in (200, 201):
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]!r}")
        return tag, json.loads(text)
    finally:
        connection.close()


def until_gone(work, refused):
    """Does something until the server is gone, which is the end of the round; an answer that refuses is a fault."""
    try:
        while True:
            work()
    except (OSError, http.client.HTTPException, ValueError):
        return
    except RuntimeError as fault:
        refused.append(str(fault))


def feature(name, properties, lon):
    place = {"type": "Point", "coordinates": [round(lon, 5), 15.573]}
    return {"type": "Feature", "id": name, "geometry": place, "properties": properties}


def collection(features):
    return json.dumps({"type": "FeatureCollection", "features": features})


class Writer:
    """One who writes incidents and models of its own, amends and withdraws them; nobody else touches them."""

    def __init__(self, server, sent, name, draw):
        self.server, self.sent, self.name, self.draw = server, sent, name, draw
        self.count, self.incidents, self.models = 0, [], []

    def next_name(self):
        self.count += 1
        return f"{self.name}-{self.count}"

    def one(self):
        request = self.draw.choice([self.put, self.put, self.put_models, self.amend, self.withdraw])()
        self.sent.begin(request)
        request.send(self.server.port)
        self.sent.acknowledged(request)

    def put(self):
        features, after = [], {}
        for _ in range(self.draw.randint(1, 4)):
            name, severity = self.next_name(), self.draw.choice(list(WORDS))
            moment = f"2024-{self.draw.randint(1, 12):02}-{self.draw.randint(1, 28):02}T08:00:00+07:00"
            said = {"time": moment, "category": "trom_cap", "severity": WORDS[severity]}
            features.append(feature(name, said, self.draw.uniform(108.4, 108.5)))
            after["incident", name] = severity
            self.incidents.append(name)
        return Request(self.next_name(), "POST", "/incidents", collection(features), {}, after)

    def put_models(self):
        names = [self.next_name() for _ in range(self.draw.randint(1, 3))]
        if self.models and self.draw.random() < 0.5:
            names.append(self.draw.choice(self.models))
        self.models += [name for name in names if name not in self.models]
        features, after = [], {}
        for name in names:
            ended = f"2025-{self.draw.randint(1, 12):02}-01"
            features.append(feature(name, {"kind": "camera", "started_on": "2024-05-01", "ended_on": ended}, 108.48))
            after["model", name] = ended
        return Request(self.next_name(), "POST", "/models", collection(features), {}, after)

    def amend(self):
        if not self.incidents:
            return self.put()
        name, severity = self.draw.choice(self.incidents), self.draw.choice(list(WORDS))
        path = f"/incidents/{name}"
        tag, _ = ask(self.server.port, "GET", path, "", {"Authorization": GEOJSON["Authorization"]})
        body = json.dumps({"type": "Feature", "properties": {"severity": WORDS[severity]}, "reason": "drill"})
        return Request(self.next_name(), "PATCH", path, body, {"If-Match": tag}, {("incident", name): severity})

    def withdraw(self):
        if len(self.incidents) < 5:
            return self.put()
        name = self.incidents.pop(self.draw.randrange(len(self.incidents)))
        path = f"/incidents/{name}?reason=drill"
        return Request(self.next_name(), "DELETE", path, "", {"If-Match": "*"}, {("incident", name): None})


def partner(server, sent, name):
    count = iter(range(1_000_000))

    def one():
        message = Message(f"{name}-{next(count)}")
        sent.begin(message)
        message.send(server.port)
        sent.acknowledged(message)

    return one


def rows(data, query):
    """Rows of the database, read by another program than ours."""
    store = sqlite3.connect(f"file:{data}/binhyen.sqlite?mode=ro", uri=True)
    try:
        return store.execute(query).fetchall()
    finally:
        store.close()


def compared(data, sent, faults):
    """Everything that was acknowledged is as it was written, whatever else may be there."""
    found = {("incident", name): severity for name, severity in rows(data, "SELECT id, severity FROM incident")}
    found |= {("model", name): ended for name, ended in rows(data, "SELECT id, ended_on FROM community_model")}
    # What was sent and not answered may be done or not.
    unsure = {thing for request in sent.open.values() for thing in request.after}
    for thing, state in sent.state.items():
        if thing not in unsure and found.get(thing) != state:
            faults.append(f"{thing}: acknowledged as {state}, now {found.get(thing)}")
    return found


def settled(server, data, sent, faults):
    """What was not answered is sent again; then all is there, and nothing twice."""
    for request in list(sent.open.values()):
        try:
            request.send(server.port)
            sent.acknowledged(request)
        except RuntimeError as fault:
            faults.append(f"sent again: {fault}")
    found = compared(data, sent, faults)
    strange = [thing for thing in found if thing not in sent.state]
    if strange:
        faults.append(f"nobody wrote {strange[:5]}")
    # Imports, which no request asked for, have lines too.
    lines = rows(data, "SELECT count(*) FROM audit_line WHERE action = 'write' AND request_id <> ''")[0][0]
    if lines != sent.writes:
        faults.append(f"{sent.writes} requests, {lines} lines of writes in the audit log")
    twice = rows(data, "SELECT incident_id FROM incident_history WHERE action = 'added' GROUP BY 1 HAVING count(*) > 1")
    if twice:
        faults.append(f"added twice: {twice[:5]}")
    reports = rows(data, "SELECT count(*), count(DISTINCT text) FROM report JOIN report_text ON report = id")[0]
    if reports != (sent.messages, sent.messages):
        faults.append(f"{sent.messages} messages, {reports} reports and different texts")


def checked(binary, data, faults):
    for verb in (("check",), ("audit", "verify", "--data")):
        ended = program(binary, *verb, data)
        if ended.returncode != 0:
            faults.append(f"{' '.join(verb)}: {ended.stdout[-300:]}{ended.stderr[-300:]}")


def round_of(binary, data, work, sent, draw):
    faults, refused, name = [], [], f"r{draw.randrange(1 << 40):x}"
    server = Server(binary, data, work, tables=TABLES)
    if server.wait_ready() is None:
        return ["not ready before", *server.last_words()]
    works = [Writer(server, sent, f"{name}w{index}", random.Random(draw.random())).one for index in range(WRITERS)]
    works += [partner(server, sent, f"{name}p{index}") for index in range(HOOKS)]
    workers = [threading.Thread(target=until_gone, args=(work, refused)) for work in works]
    for worker in workers:
        worker.start()
    time.sleep(draw.uniform(0.05, 1.5))
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()
    for worker in workers:
        worker.join()
    faults += refused
    checked(binary, data, faults)
    compared(data, sent, faults)
    with Server(binary, data, work, tables=TABLES) as again:
        if again.wait_ready() is None:
            return [*faults, "not ready after", *again.last_words()]
        settled(again, data, sent, faults)
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    binary, draw, sent, failed, unanswered = arguments.binary.resolve(), random.Random(arguments.seed), Sent(), 0, 0
    with harness.work_folder("writes") as work:
        data = Path(work) / "data"
        (Path(work) / "hook.secret").write_bytes(SECRET)
        harness.import_boundaries(binary, EDITION, data)
        for number in range(1, arguments.rounds + 1):
            before = sent.done
            faults = round_of(binary, data, work, sent, draw)
            for fault in faults:
                print(f"round {number}: {fault}", flush=True)
            failed += bool(faults)
            unanswered += sent.done == before
        kinds = {kind: sum(thing[0] == kind for thing in sent.state) for kind in ("incident", "model")}
        withdrawn = sum(state is None for state in sent.state.values())
    print(
        f"{arguments.rounds} kills, {failed} rounds with faults, {unanswered} in which nothing was acknowledged; "
        f"{sent.writes} writes and {sent.messages} messages, {sent.done} acknowledged in the end: "
        f"{kinds['incident']} incidents ({withdrawn} withdrawn), {kinds['model']} models"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
