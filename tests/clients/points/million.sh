#!/usr/bin/env bash
# million.sh COMMUNES.geojson INCIDENTS.csv: a full-size import on real boundaries, timed, imported twice, and compared
# with shapely point by point. Defaults fit the workload generator: codes in `code`, times in `ts`, edition 2020-02.
#
# From outside: BINARY, EDITION, CODE, NAME, PARENT (fields of the boundary file), TIME (column of the incidents).
set -euo pipefail

communes=$1
incidents=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
binary=${BINARY:-$root/target/release/binhyen}
edition=${EDITION:-2020-02}
code=${CODE:-code}
time_column=${TIME:-ts}
python="$root/.cache/clients/bin/python"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

boundaries=(--edition "$edition" --code "$code" --name "${NAME:-name}")
[ -n "${PARENT:-}" ] && boundaries+=(--parent "$PARENT")

# Seconds and peak memory of a command, read from the kernel's own account.
measured() {
    "$python" - "$@" <<'PYTHON'
import resource, subprocess, sys, time
started = time.monotonic()
code = subprocess.call(sys.argv[1:])
peak_mib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"── {time.monotonic() - started:.1f} s, {peak_mib:.0f} MiB at most, exit {code}", flush=True)
sys.exit(code)
PYTHON
}

measured "$binary" import boundaries "$communes" "${boundaries[@]}" --data "$work/data"
for round in first second; do
    echo "$round import of $incidents"
    measured "$binary" import incidents "$incidents" --map "time=$time_column" --time-zone UTC --data "$work/data"
done

token=$(head -c 24 /dev/urandom | base64 | tr -d '+/=')
hash=$(printf %s "$token" | sha256sum | cut -d ' ' -f 1)
printf '[[tokens]]\nrole = "planner"\nsha256 = "%s"\n' "$hash" >"$work/binhyen.toml"
BINHYEN_PLANNER_TOKEN=$token "$here/../with_server.py" --binary "$binary" --data "$work/data" --config "$work/binhyen.toml" -- \
    "$python" "$here/locate_vs_shapely.py" --communes "$communes" --incidents "$incidents" --edition "$edition" \
    --code "$code" --time "$time_column"
