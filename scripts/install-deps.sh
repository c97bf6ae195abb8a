#!/bin/sh
# Install the named Debian packages, by default those needed to build, test and reproduce; prints
# nothing if all are installed.
# usage: scripts/install-deps.sh [PACKAGE...]
set -u
packages=${*:-"gcc g++ make pkg-config libopenmpi-dev openmpi-bin libopenblas-serial-dev liblapacke-dev
    libpng-dev libcjson-dev libbenchmark-dev libzip-dev zlib1g-dev libssl-dev librandom123-dev
    libcmocka-dev libncurses-dev gnuplot-nox dataset-fashion-mnist clang-format curl ca-certificates git"}

give_up() {
    echo "install-deps: $*" >&2
    exit 1
}

command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    give_up "this system has no apt-get; install what Debian calls" $packages

# ${Package} has no architecture suffix.  db:Status-Status is "installed" also for held packages,
# but not for removed packages that left their configuration.
there=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' $packages 2>/dev/null |
    sed -n 's/^installed //p')
missing=
for p in $packages; do
    case "
$there
" in
    *"
$p
"*) ;;
    *) missing="$missing $p" ;;
    esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif command -v sudo >/dev/null; then
    as_root=sudo
else
    give_up "these packages are missing, and only root (there is no sudo) can install them:$missing"
fi

log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@" \
        </dev/null >"$log" 2>&1
}
install() {
    apt install -y --no-install-recommends $missing
}

echo "install-deps: installing$missing"
# The package lists are fetched only if they are missing or too old for the servers.
if ! { apt install -s --no-install-recommends $missing && install; }; then
    apt update && install || {
        cat "$log" >&2
        give_up "apt-get failed, see above; it was to install:$missing"
    }
fi
