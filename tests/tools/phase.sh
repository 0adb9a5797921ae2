#!/usr/bin/env bash
# phase.sh NAME COMMAND…: runs the command under a heading and says how long it took.
set -uo pipefail

name=$1
shift
started_s=$SECONDS
echo "── $name"
"$@"
code=$?
echo "── $name: $((SECONDS - started_s)) s, exit $code"
exit "$code"
