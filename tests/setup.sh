#!/bin/sh
# Installs what this project needs and this machine lacks: Debian's packages, through apt.
#   setup.sh [build|tests|bench|qgis]
# As root or through sudo; without either it prints the one line to run and ends with status 3.
# Calls apt only when something is missing.
# shellcheck disable=SC2086 # lists of packages are split into words on purpose
set -eu
LC_ALL=C export LC_ALL

build="build-essential libarchive-dev libgdal-dev libproj-dev libsqlite3-dev libssl-dev libxlsxwriter-dev
       libxml2-dev mdbtools-dev meson ninja-build pkg-config"
tests="clang clang-format cppcheck gdal-bin libclang-rt-14-dev libcriterion-dev sqlite3"
bench="gdal-bin libsqlite3-mod-spatialite sqlite3"
qgis="python3-qgis" # 224 MB to fetch, 864 MB beside the others

case ${1-build} in
build) wanted=$build ;;
tests) wanted="$build $tests" ;;
bench) wanted="$build $bench" ;;
qgis) wanted=$qgis ;;
*) echo "setup.sh: '$1' is none of build, tests, bench, qgis" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null; then
    echo "setup.sh: no dpkg here; going on in the hope that these are installed:" $wanted >&2
    exit 0
fi

# A query that names a package which dpkg has never heard of fails, but lists the others.
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null || true)
missing=
for package in $wanted; do
    case "
$installed
" in
    *"
installed $package
"*) ;;
    *) missing="$missing $package" ;;
    esac
done
if [ -z "$missing" ]; then exit 0; fi

by_hand() {
    echo "These packages are missing and installing them takes root. Please run:" >&2
    echo "    sudo apt-get update && sudo apt-get install -y$missing" >&2
    exit 3
}

if [ "$(id -u)" -eq 0 ]; then
    as_root="env"
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as_root="sudo env"
else
    by_hand
fi

echo "installing:$missing" >&2
apt="$as_root DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -qq -o DPkg::Lock::Timeout=300"
# The lists may be old, or the machine offline with all packages at hand: the install decides.
$apt update >&2 || true
if ! $apt install -y --no-install-recommends $missing >&2; then
    echo "setup.sh: apt could not install:$missing" >&2
    if [ "$as_root" != env ]; then by_hand; fi
    exit 3
fi
