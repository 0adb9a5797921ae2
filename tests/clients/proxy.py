#!/usr/bin/env python3
"""deploy/nginx.conf and deploy/binhyen.toml, run as they are before a server on the sample.

    proxy.py --binary target/debug/binhyen

Only what belongs to a machine is exchanged: ports, certificate, the folder of the cache, the tokens. What is asked: does a
token's answer ever reach somebody without it, is each coding and language kept apart, does a request keep its id, are
forged headers of proxies dropped, is the health of the server shown to this machine alone, does rotation lose no line.
"""

import argparse
import http.client
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from with_server import free_port, stop, wait_until_ready

ROOT = Path(__file__).resolve().parents[2]
HOST = "maps.example.vn"
STARTS_WITHIN_S = 10
failed = []


def check(what, is_so, found=""):
    print(f"{'ok  ' if is_so else 'FAIL'} {what}{'' if is_so else f': {found}'}", flush=True)
    if not is_so:
        failed.append(what)


def exchanged(text, *pairs):
    """The text with each first part, which must stand there, in place of the second."""
    for old, new in pairs:
        if old not in text:
            sys.exit(f"proxy.py: deploy no longer says {old!r}")
        text = text.replace(old, new)
    return text


def token(binary, role):
    """A fresh token and its entry, as `binhyen token` prints them."""
    in_english = {**os.environ, "LC_ALL": "C"}
    command = [binary, "token", "--role", role]
    said = subprocess.run(command, env=in_english, capture_output=True, text=True, check=True)
    return said.stdout.splitlines()[1], said.stdout[said.stdout.index("[[tokens]]") :]


class Site:
    """Server and proxy in a folder of their own."""

    def __init__(self, binary, work):
        self.work = work
        self.log = work / "binhyen.log"
        self.port, self.proxied = free_port(), free_port()
        self.commander, commander_entry = token(binary, "commander")
        self.operator, operator_entry = token(binary, "operator")
        config = exchanged((ROOT / "deploy/binhyen.toml").read_text(), ("one_request_in = 100", "one_request_in = 1"))
        (work / "binhyen.toml").write_text(f"{config}\n{commander_entry}\n{operator_entry}\n")
        self.write_proxy()
        self.server = self.start_server(binary)
        self.proxy = None

    def start_server(self, binary):
        serve = [binary, "serve", "--listen", f"127.0.0.1:{self.port}", "--config", self.work / "binhyen.toml"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("BINHYEN_")}
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [*serve, "--data", self.work / "data", "--sample"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                env=environment,
            )

    def write_proxy(self):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
            + ["-keyout", self.work / "key.pem", "-out", self.work / "fullchain.pem"],
            check=True,
            capture_output=True,
        )
        site = exchanged(
            (ROOT / "deploy/nginx.conf").read_text(),
            ("server 127.0.0.1:8080;", f"server 127.0.0.1:{self.port};"),
            ("    listen 443 ssl http2;", f"    listen 127.0.0.1:{self.proxied} ssl http2;"),
            ("    listen [::]:443 ssl http2;\n", ""),
            ("/etc/ssl/maps.example.vn/", f"{self.work}/"),
            ("/var/cache/nginx/binhyen", f"{self.work}/cache"),
        )
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        folders = "".join(f"    {kind}_temp_path {self.work}/tmp_{kind};\n" for kind in kinds)
        (self.work / "site.conf").write_text(site)
        (self.work / "nginx.conf").write_text(
            f"pid {self.work}/nginx.pid;\nerror_log {self.work}/error.log;\ndaemon off;\nworker_processes 1;\n"
            f"events {{}}\nhttp {{\n    access_log off;\n{folders}    include {self.work}/site.conf;\n}}\n"
        )

    def start_proxy(self):
        command = ["nginx", "-c", self.work / "nginx.conf", "-p", self.work, "-e", self.work / "error.log"]
        tested = subprocess.run([*command, "-t"], capture_output=True, text=True)
        warned = [
            line
            for line in tested.stderr.splitlines()
            if "[warn]" in line and "http2" not in line and "user" not in line
        ]
        check("nginx takes the configuration without a warning", tested.returncode == 0 and not warned, tested.stderr)
        self.proxy = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < deadline:
            try:
                return self.ask("/healthz")
            except OSError:
                time.sleep(0.1)
        sys.exit(f"proxy.py: nginx did not answer: {(self.work / 'error.log').read_text()}")

    def ask(self, path, headers=None, source="127.0.0.1", method="GET", body=None):
        """Status, headers and body of an answer of the proxy."""
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.proxied, context=context, source_address=(source, 0), timeout=30
        )
        try:
            connection.request(
                method, path, body=body, headers={"Host": HOST, "Accept-Encoding": "identity", **(headers or {})}
            )
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def lines(self, containing=""):
        """The lines of the server's log on access, as objects."""
        found = [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]
        return [line for line in found if containing in json.dumps(line)]

    def end(self):
        if self.proxy and self.proxy.poll() is None:
            self.proxy.send_signal(signal.SIGQUIT)
            self.proxy.wait(20)
        return stop(self.server)


def bearer(token_text):
    return {"Authorization": f"Bearer {token_text}"}


def roles_stay_apart(site, tile):
    """Whoever comes first: what a token opens is for that token alone."""
    # The tile of points under the address that the commander's own TileJSON gives, which is kept for ever.
    own = json.loads(site.ask("/version", bearer(site.commander))[2])
    points = f"/tiles/incidents/9/409/232?epoch={own['epoch']}&revision={own['revision']}"
    whole = f"/tiles/communes/9/409/232?epoch={own['epoch']}&revision={own['revision']}"
    for path in ["/incidents", "/ratings", "/tiles/incidents/9/409/232", points, whole, tile]:
        for order in ["token first", "public first"]:
            address = f"{path}{'&' if '?' in path else '?'}limit=7" if path == "/incidents" else path
            with_token = bearer(site.commander)
            if order == "token first":
                commander, public = site.ask(address, with_token), site.ask(address)
            else:
                public, commander = site.ask(address), site.ask(address, with_token)
            alone = site.ask(address, {"Cache-Control": "no-cache"})
            check(
                f"{path}, {order}: the public has the public's answer",
                public[2] != commander[2],
                public[0],
            )
            check(f"{path}, {order}: and the same each time", (public[0], public[2]) == (alone[0], alone[2]), public[0])
            check(f"{path}, {order}: the commander has an answer", commander[0] in (200, 204), commander[0])
    forged = site.ask("/ratings?window=TK-2024", bearer("x" * 43))
    after = site.ask("/ratings?window=TK-2024")
    check("a refused token is not kept for the public", (forged[0], after[0]) == (401, 200), (forged[0], after[0]))


def answers_are_kept_apart(site, tile):
    """One answer for each coding and language, the same whoever asked before."""
    direct = {}
    for coding in ["identity", "gzip", "br", "gzip, br"]:
        first, second = (site.ask(tile, {"Accept-Encoding": coding}) for _ in range(2))
        found = first[1].get("content-encoding", "identity")
        check(
            f"tile in {coding}: both times the same",
            first[2] == second[2] and found == second[1].get("content-encoding", "identity"),
        )
        check(f"tile in {coding}: a coding that was asked for", found in coding.split(", "), found)
        direct[coding] = first[1]["etag"]
        again = site.ask(tile, {"Accept-Encoding": coding, "If-None-Match": first[1]["etag"]})
        check(f"tile in {coding}: 304 for its tag", again[0] == 304 and not again[2], again[0])
    check("tags of codings differ", len(set(direct.values())) == 3, direct)
    for header, language in [
        ("fr, en;q=0.9", None),
        ("vi", "vi"),
        ("en", "en"),
        ("en;q=0.1, vi", None),
        ("vi,en", "vi"),
    ]:
        pages = [site.ask("/methods", {"Accept-Language": header})[2] for _ in range(2)]
        found = {re.search(rb'<html lang="(..)"', page).group(1).decode() for page in pages}
        check(f"Accept-Language {header}: one language", len(found) == 1 and language in (None, *found), found)


def cache_keeps(site, tile):
    """What never changes is asked of the server once; all else is answered 304 by the server itself."""
    path, query = tile.replace("/9/409/232", "/8/205/117").split("?")
    for _ in range(3):
        first = site.ask(f"{path}?{query}")
        again = site.ask(f"{path}?{query}", {"If-None-Match": first[1]["etag"]})
        check("a tile with epoch and revision: 304 for its tag", again[0] == 304, again[0])
    asked = [line for line in site.lines(path) if line.get("http.query") == query]
    check("a tile with epoch and revision is asked of the server once", len(asked) == 1, len(asked))
    for document in ["/ratings?window=TK-2023", "/meta", "/", path, "/methods"]:
        first = site.ask(document)
        again = site.ask(document, {"If-None-Match": first[1]["etag"]})
        check(f"{document} that is as it was is answered 304", again[0] == 304 and not again[2], again[0])
        with_token = site.ask(document, {"If-None-Match": first[1]["etag"], **bearer(site.commander)})
        is_open = document in ("/", "/methods")
        check(f"{document}: the public's tag is not a commander's", (with_token[0] == 304) == is_open, with_token[0])
    vary = site.ask("/ratings")[1].get("vary", "").lower()
    check("the answer says upon what it depends", "authorization" in vary, vary)


def requests_are_known(site, tile):
    first, second = site.ask(tile), site.ask(tile)
    ids = [answer[1].get("x-request-id", "") for answer in (first, second)]
    check(
        "each answer has the id of its own request, kept or not",
        len(set(ids)) == 2 and all(re.fullmatch(r"[0-9a-f]{32}", id) for id in ids),
        ids,
    )
    status, headers, _ = site.ask(
        "/models", {"X-Request-Id": "forged-id", "X-Forwarded-For": "203.0.113.9", **bearer(site.commander)}
    )
    lines = site.lines(headers["x-request-id"])
    check("the server's line has the same id", status == 200 and len(lines) >= 1, (status, lines))
    check(
        "ids and addresses that clients claim are not believed",
        not site.lines("forged-id") and not site.lines("203.0.113.9"),
    )
    looked = site.ask("/tiles/incidents/9/409/232", bearer(site.commander))
    look = [line for line in site.lines(looked[1]["x-request-id"]) if "access" in line.get("target", "")]
    check(
        "a look at points through the proxy is one line under its id",
        len(look) >= 1 and looked[0] == 200,
        (looked[0], look),
    )


def edges(site):
    for path in ["/healthz", "/readyz"]:
        here, elsewhere = site.ask(path)[0], site.ask(path, source="127.0.0.2")[0]
        check(f"{path} is for this machine", (here, elsewhere) == (200, 403), (here, elsewhere))
    metrics = [site.ask("/metrics", headers)[0] for headers in (None, bearer(site.commander), bearer(site.operator))]
    check(
        "/metrics is for the operator's token",
        metrics[0] in (401, 403) and metrics[1] == 403 and metrics[2] == 200,
        metrics,
    )
    for path in ["/", "/nothing-here", "/healthz"]:
        found = site.ask(path)[1].get("strict-transport-security")
        check(f"{path} says that the site is met over TLS", found == "max-age=31536000", found)
    check("a body is refused", site.ask("/ratings", method="POST", body=b"x" * 70_000)[0] == 413)
    check("an address without end is refused", site.ask("/ratings?x=" + "y" * 20_000)[0] in (400, 414))


def rotation(site):
    """The log as logrotate cuts it, while the server writes."""
    if shutil.which("logrotate") is None:
        print("NOT CHECKED: logrotate is not installed")
        return
    folder = site.work
    rules = exchanged((ROOT / "deploy/logrotate.conf").read_text(), ("/var/log/binhyen/*.log", str(site.log)))
    owner = folder.owner()
    rules = exchanged(rules, ("su root root", f"su {owner} {folder.group()}"))
    (folder / "logrotate.conf").write_text(rules)
    os.chmod(folder / "logrotate.conf", 0o600)
    tried = subprocess.run(["logrotate", "-d", ROOT / "deploy/logrotate.conf"], capture_output=True, text=True)
    check(
        "logrotate takes the rules as they are",
        tried.returncode == 0 and "error" not in tried.stderr.lower(),
        tried.stderr,
    )
    before = len(site.lines())
    command = ["logrotate", "--force", "--state", folder / "state", folder / "logrotate.conf"]
    done = subprocess.run(command, capture_output=True, text=True)
    check("logrotate rotates", done.returncode == 0, done.stderr)
    site.ask("/models", bearer(site.commander))
    old = [path for path in folder.glob("binhyen.log-*")]
    kept = sum(path.read_text().count("\n{") + path.read_text().startswith("{") for path in old)
    check("every line is in the file that was cut", len(old) == 1 and kept == before, (old, kept, before))
    check(
        "the server goes on in the file, without a gap", len(site.lines()) >= 1 and b"\0" not in site.log.read_bytes()
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True, type=Path)
    binary = parser.parse_args().binary.resolve()
    with tempfile.TemporaryDirectory(prefix="binhyen-proxy-") as work:
        os.chmod(work, 0o755)
        site = Site(binary, Path(work))
        try:
            wait_until_ready(site.server, f"http://127.0.0.1:{site.port}")
            site.start_proxy()
            version = json.loads(site.ask("/version")[2])
            tile = f"/tiles/communes/9/409/232?epoch={version['epoch']}&revision={version['revision']}"
            roles_stay_apart(site, tile)
            answers_are_kept_apart(site, tile)
            cache_keeps(site, tile)
            requests_are_known(site, tile)
            edges(site)
            rotation(site)
        finally:
            left = site.end()
        check("the server left when told", left == 0, left)
    print(f"proxy: {len(failed)} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
