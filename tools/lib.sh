# SPDX-License-Identifier: GPL-2.0
# What the set-up and the build helpers share. Sourced by bash, never run.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export LORE_CACHE=${LORE_CACHE:-$HOME/.cache/lore}
LOGS=$LORE_CACHE/log

# The distribution's Rust builds the kernel, so it builds everything else too. Another one, rustup's,
# often comes first on PATH; cargo finds its helpers there, so the order is changed.
[ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && export PATH=/usr/bin:$PATH
RUSTC=${RUSTC:-$(command -v rustc)} || RUSTC=rustc
CARGO=${CARGO:-$(command -v cargo)} || CARGO=cargo
export RUSTC CARGO
export LIBCLANG_PATH=${LIBCLANG_PATH:-/usr/lib/llvm-19/lib}

say() { printf '%s\n' "lore: $*" >&2; }
die() { say "$*"; exit 1; }

# CHECKED=1 means the same kernel with vm/debug.config on top, beside the plain one, and CHECKED=kasan one with
# vm/kasan.config on top of that.
case ${CHECKED:-} in
    '') VARIANT='' CONFIGS=(kernel) ;;
    kasan) VARIANT=-kasan CONFIGS=(kernel debug kasan) ;;
    *) VARIANT=-checked CONFIGS=(kernel debug) ;;
esac

kernels() { grep -v '^#' "$ROOT/tools/kernels"; }
if [ -n "${KERNEL:-}" ] && ! kernels | grep -qx "$KERNEL"; then
    die "KERNEL=$KERNEL is not in tools/kernels, which has: $(kernels | xargs)"
fi

# kernel_home: the folder with src/ and build/ of the kernel that this run is about.
# A kernel that is ready is preferred to a newer one that is not, so that a full cache needs no
# network; `KERNEL=` asks for one by name.
kernel_home() {
    if [ -n "${LORE_KERNEL_SRC:-}" ]; then
        echo "$LORE_CACHE/kernel-own"
    elif [ -n "${KERNEL:-}" ]; then
        echo "$LORE_CACHE/kernel-$KERNEL"
    else
        local version
        for version in $(kernels); do
            if [ -e "$LORE_CACHE/READY-$version$VARIANT" ]; then
                echo "$LORE_CACHE/kernel-$version"
                return
            fi
        done
        echo "$LORE_CACHE/kernel-$(kernels | head -n1)"
    fi
}

# kernel_build: the built tree that modules are compiled against and the VM boots from.
kernel_build() { echo "${KDIR:-$(kernel_home)/build$VARIANT}"; }

# alone NAME: keep others from doing the same work at the same time. Called when a step has seen that
# there is something to do; when it had to wait, it starts over, since there may be nothing left.
alone() {
    mkdir -p "$LORE_CACHE/locks"
    exec 9>"$LORE_CACHE/locks/$1"
    flock -n 9 && return
    say "$1: waiting for another set-up that does the same"
    flock 9
    exec 9>&-
    exec bash "$0"
}

# logged NAME COMMAND...: run a long step with its output in a log; show that it is alive, and name
# the log when it fails.
logged() {
    local name=$1 log=$LOGS/$1.log start=$SECONDS pause=30 status=0
    shift
    mkdir -p "$LOGS"
    [ -t 2 ] && pause=1
    say "$name: started, log in $log"
    "$@" >"$log" 2>&1 </dev/null 9>&- &
    local job=$!
    trap 'kill '$job' 2>/dev/null; exit 130' INT TERM
    while kill -0 $job 2>/dev/null; do
        local waited=0
        while [ $waited -lt $pause ] && kill -0 $job 2>/dev/null; do
            sleep 1
            waited=$((waited + 1))
        done
        local line
        line="$name: $((SECONDS - start)) s, $(wc -l <"$log") lines, $(tail -n1 "$log" | tr -d '\r\t' | cut -c1-60)"
        if [ -t 2 ]; then printf '\r\033[K%s' "lore: $line" >&2; elif kill -0 $job 2>/dev/null; then say "$line"; fi
    done
    wait $job || status=$?
    trap - INT TERM
    [ -t 2 ] && printf '\r\033[K' >&2
    if [ $status != 0 ]; then
        tail -n 20 "$log" >&2
        die "$name: failed with status $status after $((SECONDS - start)) s; the whole log is $log"
    fi
    say "$name: done in $((SECONDS - start)) s"
}

# The machine's own Debian mirror, taken from apt's configuration: $1 is the suite as configured.
mirror_of() {
    command -v apt-get >/dev/null || return 1
    apt-get indextargets --format '$(REPO_URI) $(RELEASE)' | awk -v suite="$1" '$2 == suite {print $1; exit}'
}

# private_apt SUITE COMMAND...: apt with lists and sources of its own for one suite and for arm64,
# in the cache; what the system has configured stays as it is. `private_apt SUITE update` first.
private_apt() {
    local suite=$1 dir=$LORE_CACHE/apt/$1 codename uri
    shift
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    case $suite in
        *-security) uri=$(mirror_of "$codename-security") ;;
        *) uri=$(mirror_of "$codename") ;;
    esac
    [ -n "$uri" ] || { echo "apt on this machine has no Debian mirror" >&2; return 1; }
    mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
    : >"$dir/status"
    local key=/usr/share/keyrings/debian-archive-keyring.gpg
    echo "deb [signed-by=$key] $uri $suite main" >"$dir/sources.list"
    cat >"$dir/apt.conf" <<-END
	Dir::Etc::sourcelist "$dir/sources.list";
	Dir::Etc::sourceparts "-";
	Dir::Etc::preferencesparts "/dev/null";
	Dir::State "$dir";
	Dir::State::lists "$dir/lists";
	Dir::State::status "$dir/status";
	Dir::Cache "$dir/cache";
	APT::Architecture "arm64";
	APT::Architectures { "arm64"; };
	APT::Sandbox::User "";
	Acquire::Languages "none";
	Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
	END
    local tool=apt-get
    case $1 in madison | policy | show) tool=apt-cache ;; esac
    APT_CONFIG=$dir/apt.conf $tool -q "$@"
}

# unpack_deb SUITE PACKAGE DIR: fetch an arm64 package and unpack it, without installing anything.
unpack_deb() {
    local suite=$1 package=$2 dir=$3 debs
    debs=$(mktemp -d "$LORE_CACHE/deb.XXXXXX")
    mkdir -p "$dir"
    local status=0
    (cd "$debs" && private_apt "$suite" download "$package") && dpkg-deb -x "$debs"/*.deb "$dir" || status=1
    rm -rf "$debs"
    return $status
}
