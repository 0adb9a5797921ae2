"""What GDAL's `ogrinfo` says of a source, and what a check found wrong."""

import os
import re
import subprocess

problems = []


def expect(condition, text):
    if not condition:
        problems.append(text)


def ogrinfo(*arguments, token=None):
    """What `ogrinfo` prints; that it fails or complains is a problem. With a token it asks in a role."""
    environment = dict(os.environ)
    if token:
        environment["GDAL_HTTP_HEADERS"] = f"Authorization: Bearer {token}"
    command = ["ogrinfo", "-ro", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment)
    if done.returncode != 0 or "ERROR" in done.stderr:
        problems.append(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def count_of(summary):
    """The number of features in an `ogrinfo -so LAYER` text."""
    found = re.search(r"^Feature Count: (\d+)", summary, re.M)
    return int(found.group(1)) if found else None
