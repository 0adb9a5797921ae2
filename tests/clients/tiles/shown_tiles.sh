#!/usr/bin/env bash
# Every tile z5–z14 of the sample and of the real boundary files, held against the exact rule of shown_tiles.py, and
# the 241 communes and the 78 units beside tippecanoe. `make shown-tiles` calls it.
#
# From outside: BINARY; BINHYEN_REAL_DATA, the folder of the boundary files; BINHYEN_PEERS, the folder whose
# venv/bin/tippecanoe is the peer; PROCESSES.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
binary=${BINARY:-$root/target/release/binhyen}
real=${BINHYEN_REAL_DATA:-$root/../shared/geodata}
peers=${BINHYEN_PEERS:-$root/.cache/peers}
python="$root/.cache/clients/bin/python"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

exact() {
    "$here/../with_server.py" --binary "$binary" ${1:+--data "$1"} -- \
        "$python" "$here/shown_tiles.py" --min 5 --max 14 --processes "${PROCESSES:-2}"
}

# imported DATA FILE OPTIONS…: a data folder that holds one real edition.
imported() {
    local data=$1 file=$2
    shift 2
    echo "── $file $*"
    "$binary" import boundaries "$real/$file" --data "$data" "$@" | tail -n 3
}

echo "── the sample"
exact ""
if [ -d "$real" ]; then
    imported "$work/communes" qn_communes_2020_241_clean.geojson --edition 2020-02 --parent district_code \
        --parent-name district_name
    exact "$work/communes"
    # Areas of their own here, in an edition that the catalogue does not know; so are the 94 units.
    imported "$work/districts" qn_districts_18_dvhcvn.geojson --edition 2019-12 --code district_code \
        --name district_name --parent province --parent-name province --repair
    exact "$work/districts"
    imported "$work/units" dn2025_94_communes_full.geojson --edition 2025-07 --where "origin=Quảng Nam" --repair
    exact "$work/units"
    imported "$work/full" dn2025_94_communes_full.geojson --edition 2026-01 --repair
    exact "$work/full"
else
    echo "NOT CHECKED: the tiles of the real boundaries ($real is absent)"
fi
if [ -x "$peers/venv/bin/tippecanoe" ] && [ -d "$work/communes" ]; then
    for data in communes units; do
        echo "── beside tippecanoe: $data"
        "$here/../with_server.py" --binary "$binary" --data "$work/$data" -- \
            "$python" "$here/beside_tippecanoe.py" --tippecanoe "$peers/venv/bin/tippecanoe"
    done
else
    echo "NOT COMPARED: tippecanoe ($peers/venv/bin/tippecanoe or the real boundaries are absent)"
fi
