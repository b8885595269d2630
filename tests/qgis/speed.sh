#!/bin/sh
# How fast QGIS opens and draws the result of a city; no part of the tests.
#   sh tests/qgis/speed.sh SIZE [ROUNDS]
# SIZE is the number of segments of the benchmark's city (tests/bench/README.md), which is made when
# it is not there. CHAINAGE_PICTURES=FOLDER keeps the maps, to look at.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
cd "$root"
case ${1-}:${2-} in
*[!0-9:]* | :*) sed -n '2,5s/^# \{0,1\}//p' tests/qgis/speed.sh >&2; exit 2 ;;
esac
size=$1 data=build-bench/data/$1
export QT_QPA_PLATFORM=offscreen PYTHONDONTWRITEBYTECODE=1
. tests/qgis/python.sh
if [ -z "$python" ]; then echo "speed.sh: $no_qgis" >&2; exit 3; fi
sh tests/bench/run.sh "$size" 0 chainage >/dev/null # builds, and makes the city
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build-bench/cmd/chainage run "$data/survey.csv" --network "$data/pipes.shp" --nodes "$data/manholes.shp" \
    --districts "$data/districts.shp" --project yes --output "$work/city.gpkg" >/dev/null
mkdir -p "${CHAINAGE_PICTURES-$work}"
HOME=$work XDG_RUNTIME_DIR=$work "$python" tests/qgis/speed.py "$work/city.gpkg" "${CHAINAGE_PICTURES-$work}" "${2-3}" \
    2>"$work/errors" || { cat "$work/errors" >&2; exit 1; }
