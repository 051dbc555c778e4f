#!/bin/sh
# Puts a belenios-tool >= 3.0 at target/belenios/bin/belenios-tool, for the tests of interoperation.
#
# Debian 13 and later carry a tool that knows Ed25519: there the wrapper calls the installed one (and
# installs it when this runs as root). On Debian 12 the package of Debian 13 is fetched with the libraries
# it needs, from the mirror this machine is configured for, checked by apt against the archive's signature,
# unpacked below target/belenios and run through its own loader. Nothing outside that folder changes there.
#
#   tools/belenios-tool.sh          make it (quick when it is there already)
#   tools/belenios-tool.sh --check  say whether it works; 0 when it does
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
home=${BELENIOS_HOME:-$root/target/belenios}
tool=$home/bin/belenios-tool
suite=trixie

say() { printf 'belenios-tool: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# The only test that counts: does it make a key in the group we use? (The tool of Debian 12 cannot.)
try_key() {
    [ -x "$1" ] || return 1
    scratch=$(mktemp -d)
    if (cd "$scratch" && "$1" setup generate-trustee-key --group Ed25519 >/dev/null 2>&1); then
        rm -rf "$scratch"; return 0
    fi
    rm -rf "$scratch"; return 1
}

wrap_installed() {
    mkdir -p "$home/bin"
    printf '#!/bin/sh\nexec %s "$@"\n' "$1" > "$tool"
    chmod +x "$tool"
}

# Debian 13 and later: the machine's own package.
from_system() {
    installed=$(command -v belenios-tool || true)
    if [ -z "$installed" ] && [ "$(id -u)" = 0 ]; then
        candidate=$(apt-cache policy belenios-tool 2>/dev/null | sed -n 's/^ *Candidate: //p')
        case $candidate in
            ''|'(none)'|1.*|2.0*) return 1 ;;
        esac
        apt-get install -y --no-install-recommends belenios-tool >&2 || return 1
        installed=$(command -v belenios-tool || true)
    fi
    [ -n "$installed" ] && try_key "$installed" && wrap_installed "$installed"
}

# The first Debian archive this machine is configured for (deb822 or one-line form).
mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null |
        sed -n -e 's/^URIs: *\([^ ]*\).*/\1/p' -e 's/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) .*/\2/p' |
        grep '/debian/*$' | head -n 1
}

# apt with folders of its own, so that the machine's package lists stay as they are.
private_apt() {
    apt-get -q \
        -o Dir::State="$home/apt/state" -o Dir::State::status="$home/apt/status" \
        -o Dir::Cache="$home/apt/cache" -o Dir::Log="$home/apt/log" \
        -o Dir::Etc::sourcelist="$home/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
        -o APT::Architecture="$arch" -o APT::Architectures="$arch" -o APT::Sandbox::User= \
        -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o Acquire::Retries=3 -o Debug::NoLocking=1 "$@"
}

from_mirror() {
    for program in apt-get dpkg dpkg-deb; do
        command -v $program >/dev/null || fail "needs $program (Debian or a relative of it)"
    done
    arch=$(dpkg --print-architecture)
    from=$(mirror)
    [ -n "$from" ] || fail "no Debian mirror in /etc/apt; install belenios-tool 3.0 or later by hand"
    say "fetching belenios-tool and its libraries of Debian $suite from $from"
    rm -rf "$home"
    mkdir -p "$home/apt/state/lists/partial" "$home/apt/cache/archives/partial" "$home/apt/log" "$home/root" "$home/bin"
    : > "$home/apt/status"
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    [ -r "$keyring" ] || fail "no $keyring to check the archive's signature with"
    printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "$from" "$suite" > "$home/apt/sources.list"
    private_apt update >&2
    private_apt install --download-only -y --no-install-recommends belenios-tool >&2
    for deb in "$home"/apt/cache/archives/*.deb; do
        dpkg-deb -x "$deb" "$home/root"
    done
    rm -rf "$home/apt"
    write_loader
}

# The tool needs a newer libc than Debian 12 has: run it through the loader it came with.
write_loader() {
    loader=$(find "$home/root" -name 'ld-linux*.so.*' \( -type f -o -type l \) | head -n 1)
    [ -n "$loader" ] || fail "the unpacked libc has no loader"
    libraries=$(find "$home/root" -name '*.so.*' \( -type f -o -type l \) -exec dirname {} \; | sort -u | paste -s -d : -)
    cat > "$tool" <<WRAPPER
#!/bin/sh
exec "$loader" --library-path "$libraries" "$home/root/usr/bin/belenios-tool" "\$@"
WRAPPER
    chmod +x "$tool"
}

if try_key "$tool"; then exit 0; fi
[ "${1:-}" = --check ] && fail "not there or not working; run tools/belenios-tool.sh"
from_system || from_mirror
try_key "$tool" || fail "$tool does not run"
say "ready: $tool"
