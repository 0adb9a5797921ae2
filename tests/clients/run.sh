#!/usr/bin/env bash
# Every client check against the server that with_server.py started; `make test-clients` calls it.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
python="$root/.cache/clients/bin/python"
passed=0
failed=0

check() {
    if "$root/tests/tools/phase.sh" "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
}

# The ids of the categories of the shipped taxonomy that have one of some flags.
categories() { awk -v "flags=$1" -f "$here/points/categories.awk" "$root/geodata/taxonomy.toml"; }

check "the tile checker itself" node --test --test-reporter=spec "$here/tiles/mvt_rules.test.mjs"
check "the coverage checker itself" "$python" "$here/tiles/coverage_check_test.py"
check "the whole-number checker itself" "$python" "$here/tiles/tile_edges_test.py"
check "the figures of the house themselves" "$python" "$root/tests/tools/structure_test.py"
check "the side-by-side runner itself" "$python" "$root/benches/side_by_side/runner_test.py"
check "every tile, by Mapbox's decoder" node "$here/tiles/decode_tiles.mjs"
check "gaps and overlaps, by shapely" "$python" "$here/tiles/coverage_check.py"
check "no gap, no overlap, in whole numbers" "$python" "$here/tiles/shown_tiles.py" --every 8
check "every coding, by zlib and brotli" "$python" "$here/tiles/codings.py"
check "styles, by the map libraries of others" node "$here/maps/draw.mjs"
check "real boundaries in every format" "$python" "$here/formats/real_files.py"
check "GDAL" "$python" "$here/formats/gdal_reads.py"
check "files of /export, by GDAL, pyarrow, DuckDB" "$python" "$here/formats/archives_read.py"
check "ratings anew from partitions, by DuckDB" "$python" "$here/formats/rating_from_partitions.py"
check "OGC API, by GDAL and OWSLib" "$python" "$here/formats/features_read.py"
check "every operation of /api, by schemathesis" "$python" "$here/openapi.py"
check "signing in at a provider, in Chromium" node "$here/sign_in/journey.mjs"
check "a published site, in Chromium" node --test --test-reporter=spec "$here/published/visit.mjs"
check "workbooks, by openpyxl" "$python" "$here/formats/workbooks.py"
for folder in "$root"/geodata/sample/*/; do
    edition=$(basename "$folder")
    check "located points of $edition, by shapely" "$python" "$here/points/locate_vs_shapely.py" --edition "$edition" \
        --communes "$folder/communes.geojson" --incidents "$root/geodata/sample/incidents.csv" \
        --skip-categories "$(categories 'unmapped|detected')" --district-only "$(categories sensitive)"
done

echo "clients: $passed passed, $failed failed"
[ "$failed" = 0 ]
