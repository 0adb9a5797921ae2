#!/usr/bin/env bash
# Runs fuzz targets, one after the other, for some minutes each: run.sh [TARGET…]
#   MINUTES=10        how long each
#   FUZZ_TARGET_DIR   where the build lies (target/fuzz)
#   BINHYEN_CASES     a folder of field cases for the seeds
# Prints a row of figures per target, and ends with 1 where one found a fault.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2

fuzz=tests/fuzz
build=${FUZZ_TARGET_DIR:-target/fuzz}
seconds=$((${MINUTES:-10} * 60))
mapfile -t targets < <(if [ $# -gt 0 ]; then printf '%s\n' "$@"; else cargo fuzz list --fuzz-dir $fuzz; fi)
# No address sanitizer: it needs a nightly compiler, and looks for what safe Rust cannot do.
flags=(--fuzz-dir "$fuzz" --sanitizer none --release --codegen-units 16 --target-dir "$build")

# Longer inputs cost more than they show.
most_bytes() {
    case $1 in
        boundary_rings) echo 200 ;;
        queries | tiles) echo 1024 ;;
        *_tables | hook_bodies) echo 2048 ;;
        *) echo 16384 ;;
    esac
}

python3 $fuzz/seeds.py "${targets[@]}" || exit 2
for target in "${targets[@]}"; do
    cargo fuzz build "${flags[@]}" "$target" || exit 2
done

# The last figure of a kind in a log of libFuzzer.
figure() { grep -oE "$2" "$1" | tail -1 | grep -oE '[0-9]+' | head -1; }

found=0
printf '%-16s %8s %11s %8s %9s %8s %8s  %s\n' target minutes runs edges features corpus "RSS (MB)" outcome
for target in "${targets[@]}"; do
    log=$fuzz/corpus/$target.log
    outcome="no fault"
    cargo fuzz run "${flags[@]}" "$target" -- -max_total_time=$seconds -timeout=10 -rss_limit_mb=2048 \
        -max_len="$(most_bytes "$target")" -dict=$fuzz/corpus/"$target".dict -print_final_stats=1 >"$log" 2>&1 ||
        { outcome="FAULT: see $log"; found=1; }
    printf '%-16s %8s %11s %8s %9s %8s %8s  %s\n' "$target" "$((seconds / 60))" \
        "$(figure "$log" '^#[0-9]+')" "$(figure "$log" ' cov: [0-9]+')" "$(figure "$log" ' ft: [0-9]+')" \
        "$(figure "$log" ' corp: [0-9]+')" "$(figure "$log" 'peak_rss_mb: +[0-9]+')" "$outcome"
done
exit $found
