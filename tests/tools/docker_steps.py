#!/usr/bin/env python3
"""Does what the Dockerfile does, in a clean folder, where there is no container engine.

Each stage becomes a folder; COPY copies what .dockerignore lets through (or from an earlier stage), RUN runs in the
stage's working folder with this machine's node and cargo in place of the base images'. What it cannot show is that the
base images hold the tools; what it shows is that the instructions, in their order, with nothing else at hand, make a
binary that starts, answers its own health check, and stops. RUN instructions must therefore keep to relative paths.
"""

import argparse
import fnmatch
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN_S = 60


def instructions(text):
    """(keyword, rest) of each instruction, continued lines joined."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n", " ", "\n".join(lines))
    return [tuple(line.split(None, 1)) for line in joined.splitlines() if line.strip()]


class Context:
    """The files that the build may see: the project's own, less what .dockerignore keeps out."""

    def __init__(self, root, patterns):
        self.root = root
        self.patterns = [line for line in patterns.splitlines() if line.strip() and not line.startswith("#")]

    def lets_through(self, path):
        """The last pattern that fits decides, as Docker has it."""
        allowed = True
        parts = path.split("/")
        heads = ["/".join(parts[: n + 1]) for n in range(len(parts))]
        for pattern in self.patterns:
            if any(fnmatch.fnmatchcase(head, pattern.lstrip("!").strip("/")) for head in heads):
                allowed = pattern.startswith("!")
        return allowed

    def files(self, source):
        start = self.root / source
        found = [start] if start.is_file() else [path for path in sorted(start.rglob("*")) if path.is_file()]
        names = [str(path.relative_to(self.root)) for path in found]
        return [name for name in names if self.lets_through(name)]


class Stage:
    def __init__(self, folder):
        self.folder = folder
        self.work = "/"
        self.environment = {}

    def inside(self, path):
        """Where a path of the image lies here."""
        return self.folder / os.path.normpath(os.path.join(self.work, path)).lstrip("/")


class Build:
    def __init__(self, context, sandbox, environment):
        self.context = context
        self.sandbox = sandbox
        self.environment = environment
        self.stages = {}
        self.stage = None
        self.start = []
        self.check = []

    def perform(self, keyword, rest):
        step = getattr(self, f"do_{keyword.lower()}", None)
        if step is None:
            sys.exit(f"docker_steps: no step for {keyword}")
        print(f"{keyword} {rest}", flush=True)
        step(rest)

    def do_from(self, rest):
        name = rest.split(" AS ")[1].strip() if " AS " in rest else "final"
        self.stage = self.stages[name] = Stage(self.sandbox / name)
        self.stage.folder.mkdir(parents=True)

    def do_workdir(self, rest):
        self.stage.work = os.path.join(self.stage.work, rest)
        self.stage.inside(".").mkdir(parents=True, exist_ok=True)

    def do_env(self, rest):
        self.stage.environment.update(part.split("=", 1) for part in shlex.split(rest))

    def do_copy(self, rest):
        words = shlex.split(rest)
        flags = dict(word[2:].split("=", 1) for word in words if word.startswith("--"))
        *sources, target = [word for word in words if not word.startswith("--")]
        into = target.endswith("/") or len(sources) > 1
        for source in sources:
            if "from" in flags:
                self.copy_from(self.stages[flags["from"]], source, target)
            else:
                self.copy_context(source, target, into)

    def copy_from(self, stage, source, target):
        found, goal = stage.inside(source), self.stage.inside(target)
        goal.parent.mkdir(parents=True, exist_ok=True)
        if found.is_dir():
            shutil.copytree(found, goal, dirs_exist_ok=True)
        else:
            shutil.copy2(found, goal)

    def copy_context(self, source, target, into):
        names = self.context.files(source)
        if not names:
            sys.exit(f"docker_steps: COPY {source}: nothing there, or .dockerignore keeps it out")
        is_file = (self.context.root / source).is_file()
        for name in names:
            inner = Path(name).name if is_file else Path(name).relative_to(source)
            goal = self.stage.inside(target)
            goal = goal if is_file and not into else goal / inner
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self.context.root / name, goal)

    def do_run(self, rest):
        if re.search(r"(^|\s)/", rest):
            sys.exit(f"docker_steps: RUN with an absolute path: {rest}")
        environment = {**self.environment, **self.stage.environment}
        subprocess.run(["sh", "-ec", rest], cwd=self.stage.inside("."), env=environment, check=True)

    def do_entrypoint(self, rest):
        self.start = exec_form(rest) + self.start

    def do_cmd(self, rest):
        self.start += exec_form(rest)

    def do_healthcheck(self, rest):
        self.check = exec_form(rest[rest.index("CMD") + 3 :])

    def do_user(self, rest):
        if rest.split(":")[0] in ("0", "root"):
            sys.exit("docker_steps: the image runs as root")

    def described(self, _rest):
        """Says something about the image and does nothing here."""

    do_label = do_volume = do_expose = do_stopsignal = described


def exec_form(text):
    words = re.findall(r'"([^"]*)"', text)
    if not text.strip().startswith("["):
        sys.exit(f"docker_steps: not in exec form: {text}")
    return words


def try_image(build):
    """Starts what the image would start, on a free port, and runs its health check."""
    image = build.stages["final"]
    binary = image.folder / "usr/local/bin" / build.start[0]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    place = {"0.0.0.0:8080": f"127.0.0.1:{port}"}
    # Its new volume has no data, which the image refuses unless the sample is wanted.
    start = [binary, *(place.get(word, word) for word in build.start[1:]), "--sample"]
    check = [binary, *(word.replace("127.0.0.1:8080", f"127.0.0.1:{port}") for word in build.check[1:])]
    environment = {"PATH": "/nonexistent", "BINHYEN_DATA": str(image.folder / "data")}
    server = subprocess.Popen(start, env=environment, stdin=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + STARTS_WITHIN_S
        while subprocess.run(check, env=environment, capture_output=True).returncode != 0:
            if server.poll() is not None or time.monotonic() > deadline:
                sys.exit("docker_steps: the image's command does not get healthy")
            time.sleep(0.5)
        server.terminate()
        code = server.wait(30)
    finally:
        if server.poll() is None:
            server.kill()
    if code != 0:
        sys.exit(f"docker_steps: the server left with code {code}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", action="store_true", help="leave the folder for a look")
    parser.add_argument("--no-start", action="store_true", help="build only")
    given = parser.parse_args()
    sandbox = Path(tempfile.mkdtemp(prefix="binhyen-image-"))
    keep = ("PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME", "TMPDIR", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS")
    environment = {name: os.environ[name] for name in keep if name in os.environ}
    build = Build(Context(ROOT, (ROOT / ".dockerignore").read_text()), sandbox, environment)
    try:
        for keyword, rest in instructions((ROOT / "Dockerfile").read_text()):
            build.perform(keyword, rest)
        files = [path for path in build.stages["final"].folder.rglob("*") if path.is_file()]
        print(
            "the image adds:", *(f"{path.relative_to(sandbox / 'final')} {path.stat().st_size:,} B" for path in files)
        )
        if not given.no_start:
            try_image(build)
    finally:
        if given.keep:
            print(f"left in {sandbox}")
        else:
            shutil.rmtree(sandbox)
    print("docker_steps: every step done")


if __name__ == "__main__":
    main()
