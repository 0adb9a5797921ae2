#!/usr/bin/env bash
# Runs a command up to three times: downloads stumble, builds do not deserve to fail for it.
set -uo pipefail

for pause_s in 5 20 0; do
    "$@" && exit 0
    code=$?
    [ "$pause_s" = 0 ] && exit "$code"
    echo "again in ${pause_s} s: $*" >&2
    sleep "$pause_s"
done
