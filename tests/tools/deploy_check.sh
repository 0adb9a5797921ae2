#!/usr/bin/env bash
# deploy_check.sh BINARY: what stands in deploy, held to the programs that read it, each where it is installed.
set -uo pipefail

binary=$(realpath "$1")
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
deploy="$root/deploy"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

check() {
    local what=$1
    shift
    if "$@" >"$work/said" 2>&1; then
        echo "ok   $what"
    else
        echo "FAIL $what"
        cat "$work/said"
        failed=$((failed + 1))
    fi
}

have() {
    command -v "$1" >/dev/null && return
    echo "NOT CHECKED: $2 ($1 is not installed)"
    return 1
}

# The words behind "Key=/usr/local/bin/binhyen" of the unit, asked for their help: a verb or an option that is gone fails.
takes_line() {
    local line words
    line=$(sed -n "s#^$1=/usr/local/bin/binhyen ##p" "$deploy/binhyen.service")
    [ -n "$line" ] || return 1
    read -ra words <<<"$line"
    "$binary" "${words[@]}" --help
}

check "the program knows what the unit starts" takes_line ExecStart
check "the program knows what the unit reloads" takes_line ExecReload

if have systemd-analyze "the unit"; then
    unit="$work/binhyen.service"
    sed "s#/usr/local/bin/binhyen#$binary#" "$deploy/binhyen.service" >"$unit"
    check "systemd takes the unit" systemd-analyze verify "$unit"
    check "systemd finds it exposed by 2.0 of 10 at most" systemd-analyze security --offline=yes --threshold=20 "$unit"
fi

if docker compose version >/dev/null 2>&1; then
    check "docker compose takes the file" docker compose --file "$deploy/compose.yaml" config --quiet
elif python3 -c 'import yaml' 2>/dev/null; then
    check "compose.yaml is YAML, and the container has no rights" python3 - "$deploy/compose.yaml" "$binary" <<'PYTHON'
import subprocess
import sys

import yaml

service = yaml.safe_load(open(sys.argv[1]))["services"]["map"]
assert service["read_only"] is True and service["cap_drop"] == ["ALL"], service
assert service["security_opt"] == ["no-new-privileges:true"], service
assert all(port.startswith("127.0.0.1:") for port in service["ports"]), service["ports"]
subprocess.run([sys.argv[2], *service["command"], "--help"], check=True)
PYTHON
else
    echo "NOT CHECKED: compose.yaml (neither docker compose nor PyYAML is installed)"
fi

if have nginx "the reverse proxy" && have openssl "the reverse proxy"; then
    python3 "$root/tests/clients/proxy.py" --binary "$binary" || failed=$((failed + 1))
fi

echo "deploy: $failed failed"
[ "$failed" = 0 ]
