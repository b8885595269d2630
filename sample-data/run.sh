#!/bin/sh
# The main job on the sample town, from a fresh clone: installs what is missing, builds, runs.
#   sh sample-data/run.sh [OPTION...]    further options go to `chainage run`
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"

sh tests/setup.sh build

quietly() { # quietly COMMAND...: its words only when it fails
    if ! "$@" >build/run.log 2>&1; then
        cat build/run.log >&2
        exit 1
    fi
}
mkdir -p build
if [ ! -f build/build.ninja ]; then
    echo "configuring and building chainage in build/ ..." >&2
    quietly meson setup build
fi
quietly ninja -C build cmd/chainage

town=sample-data/town
output=sample-data/town.gpkg
build/cmd/chainage run \
    "$town"/inspections/*.* \
    --network "$town/network/pipes.shp" \
    --nodes "$town/network/manholes.shp" \
    --districts "$town/districts.shp" \
    --importance "$town/importance.geojson" \
    --soil "$town/soil.shp" \
    --media "$town/photos" \
    --project yes \
    --output "$output" \
    "$@"

cat <<END

The GeoPackage is $root/$output
To look at it: in QGIS, Project > Open From > GeoPackage, the one project in it: all layers, and maps
to print. Or drag the file into QGIS and add layers: they bring their styles.
What each file of the town shows, and where to look: sample-data/README.md
END
