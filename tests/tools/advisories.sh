#!/usr/bin/env bash
# advisories.sh [FOLDER]: looks the dependencies up in the RustSec database; without the network in a FOLDER that holds it.
#
# The folder is a clone or a plain copy of the database (folders crates/NAME with one file an advisory). How old it is, is
# said, because an old database finds nothing of what is new. That a version was withdrawn is known from the registry
# alone and is not asked without the network. The crates themselves must be here already (`cargo fetch --locked`).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
[ -n "${1:-}" ] || exec cargo deny --locked check advisories

folder=$(realpath "$1")
[ -d "$folder/crates" ] || {
    echo "advisories.sh: $folder holds no advisory database (it has no folder crates)" >&2
    exit 2
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Where cargo-deny keeps the database that it would fetch: a repository, in a folder named after its address.
database="$work/advisory-db-3157b0e258782691"
cp -R "$folder" "$database"
rm -rf "$database/.git"
git -C "$database" init --quiet --initial-branch main
git -C "$database" add --all
git -C "$database" -c user.name=advisories -c user.email=advisories@localhost commit --quiet --message database

sed "s#^\[advisories\]#&\ndb-path = \"$work\"#; s#^yanked = .*#yanked = \"allow\"#" deny.toml >"$work/deny.toml"
newest=$(grep -rh '^date = ' "$folder/crates" | sort | tail -1 | cut -d'"' -f2)
echo "the newest advisory in $folder is of ${newest:-no day}"
cargo deny --config "$work/deny.toml" --locked --offline check advisories
