#!/bin/sh
# What QGIS makes of the results, without a screen: the sample town, and a street of wicked names.
#   town.sh CHAINAGE SAMPLE-DATA
# CHAINAGE_PICTURES=FOLDER keeps the maps that were drawn, to look at; CHAINAGE_UPDATE=1 makes the
# golden ones anew:
#   CHAINAGE_UPDATE=1 sh tests/qgis/town.sh build/cmd/chainage sample-data
set -u
chainage=$1 data=$2 here=$(cd "$(dirname "$0")" && pwd)
export QT_QPA_PLATFORM=offscreen PYTHONDONTWRITEBYTECODE=1
. "$here/python.sh"
if [ -z "$python" ]; then echo "1..0 # SKIP $no_qgis"; exit 0; fi
. "$here/../cli/tap.sh"
export HOME="$work" XDG_RUNTIME_DIR="$work" # QGIS keeps its settings there
pictures=${CHAINAGE_PICTURES-$work}

"$chainage" run "$data"/town/inspections/*.* --network "$data/town/network/pipes.shp" \
    --nodes "$data/town/network/manholes.shp" --districts "$data/town/districts.shp" \
    --importance "$data/town/importance.geojson" --soil "$data/town/soil.shp" \
    --media "$data/town/photos" --output town.gpkg >said 2>&1 || { not_ok 'the town runs' 'it does not:'; finish; exit 1; }

# Names that break what does not escape, photos on a card with another drive letter.
mkdir -p street/card/DCIM
"$python" "$here/wicked.py" street
"$chainage" run street/log.csv --network street/net.gpkg --field 'segment_id=seg "id" %s' \
    --field "diameter=dia'meter 100 %d" --districts street/districts.geojson --media street/card \
    --output street/street.gpkg >said 2>&1 || { not_ok 'the street runs' 'it does not:'; finish; exit 1; }
mv street moved # the file, and all it points to

"$python" "$here/look.py" town.gpkg moved/street.gpkg "$pictures" "$here/../golden/qgis" 2>errors
status=$?
if [ "$status" -ne 0 ]; then sed 's/^/# /' errors; fi
exit "$status"
