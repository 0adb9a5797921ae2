#!/usr/bin/env bash
# advisories_test.sh: an advisory that was planted in a database of ours is found without the network, one about a crate
# that is not here is not, and a folder without a database is refused.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

plant() {
    mkdir -p "$work/$1/crates/$2"
    cat >"$work/$1/crates/$2/RUSTSEC-2026-9999.md" <<ADVISORY
\`\`\`toml
[advisory]
id = "RUSTSEC-2026-9999"
package = "$2"
date = "2026-01-02"

[versions]
patched = []
\`\`\`

# Planted by a test

This advisory is invented.
ADVISORY
}

expect() {
    local what=$1 code=$2 words=$3 found=0
    shift 3
    # No proxy answers there, so that whatever asks the network fails.
    http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 CARGO_HTTP_PROXY=http://127.0.0.1:9 \
        "$here/advisories.sh" "$@" >"$work/said" 2>&1 || found=$?
    if [ "$found" != "$code" ] || ! grep -q -- "$words" "$work/said"; then
        echo "FAIL $what: exit code $found instead of $code, or not said: $words"
        cat "$work/said"
        exit 1
    fi
    echo "ok   $what"
}

plant here clap
plant elsewhere a-crate-that-nobody-has
mkdir "$work/empty"
expect "a planted advisory is found" 1 RUSTSEC-2026-9999 "$work/here"
expect "one about another crate is not" 0 "of 2026-01-02" "$work/elsewhere"
expect "a folder without a database is refused" 2 "no advisory database" "$work/empty"
