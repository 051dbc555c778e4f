#!/bin/sh
# Sees to it that what a goal needs is on the machine: `tools/setup.sh build|test|check`.
# Installs Debian packages where this is root and apt is there; elsewhere it says what to install and stops.
set -eu
goal=${1:?usage: tools/setup.sh build|test|check}

missing=
need() { # need COMMAND PACKAGE…
  command -v "$1" >/dev/null 2>&1 || { shift; missing="$missing $*"; }
}
need_file() { # need_file GLOB PACKAGE…
  # shellcheck disable=SC2086  # the glob is meant to expand
  ls $1 >/dev/null 2>&1 || { shift; missing="$missing $*"; }
}

need cc build-essential
need python3 python3
need npm nodejs npm
if [ "$goal" = test ]; then
  need chromium chromium
  need_file '/usr/share/fonts/opentype/noto/NotoSansCJK*' fonts-noto-cjk
  need_file '/usr/lib/postgresql/*/bin/initdb' postgresql
  # Opens our docx, pptx and xlsx, and converts slides: three parts of it without windows, 115 MB to download.
  need soffice libreoffice-impress-nogui
  need_file '/usr/lib/libreoffice/program/libswlo.so' libreoffice-writer-nogui
  need_file '/usr/lib/libreoffice/program/libsdlo.so' libreoffice-impress-nogui
  need_file '/usr/lib/libreoffice/program/libsclo.so' libreoffice-calc-nogui
  # LibreOffice converts in it, without our files and without network.
  need bwrap bubblewrap
  need dpkg-deb dpkg
  need xz xz-utils
fi

if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing Debian packages:$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086  # a list of words
    apt-get install -y -qq --no-install-recommends $missing >/dev/null
  else
    echo "missing on this machine. Install these Debian packages (or their like) and run again:$missing" >&2
    exit 1
  fi
fi

command -v cargo >/dev/null 2>&1 || {
  echo "cargo is missing: install Rust 1.95 or later with rustup (https://rustup.rs)" >&2
  exit 1
}

# The browser code's packages, only when the lock file is newer than what is installed.
if [ ! -e frontend/node_modules/.stamp ] || [ frontend/package-lock.json -nt frontend/node_modules/.stamp ]; then
  (cd frontend && npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.stamp)
fi

if [ "$goal" = test ]; then
  tools/belenios-tool.sh
fi
if [ "$goal" = check ]; then
  rustup component add clippy rustfmt >/dev/null 2>&1 || true
  # Built without optimisation: it runs for a second, and builds in a third of the time.
  cargo deny --version >/dev/null 2>&1 || cargo install cargo-deny --locked --debug
fi
