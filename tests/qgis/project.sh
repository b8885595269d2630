#!/bin/sh
# What QGIS makes of the project inside of the GeoPackage, without a screen.
#   project.sh CHAINAGE SAMPLE-DATA
# CHAINAGE_PICTURES=FOLDER keeps the printed maps, to look at.
set -u
chainage=$1 data=$2 here=$(cd "$(dirname "$0")" && pwd)
export QT_QPA_PLATFORM=offscreen PYTHONDONTWRITEBYTECODE=1
. "$here/python.sh"
if [ -z "$python" ]; then echo "1..0 # SKIP $no_qgis"; exit 0; fi
. "$here/../cli/tap.sh"
mkdir home pictures
chmod 700 home
export HOME="$work/home" XDG_RUNTIME_DIR="$work/home" # QGIS keeps its settings there
pictures=${CHAINAGE_PICTURES-$work/pictures}

run() { # run OUTPUT OPTION...: the sample town
    output=$1; shift
    try "'$output' is written" 0 'observations =' "$chainage" run "$data"/town/inspections/*.* \
        --network "$data/town/network/pipes.shp" --nodes "$data/town/network/manholes.shp" \
        --importance "$data/town/importance.geojson" --soil "$data/town/soil.shp" \
        --media "$data/town/photos" --output "$output" --project yes "$@"
}

# look NAME WHAT FILE...: every check of project.py counts here; a user without rights does it for
# read-only folders.
look() {
    name=$1; shift
    $as "$python" "$here/project.py" "$@" >seen 2>errors
    status=$?
    while IFS= read -r line; do
        case $line in
        'ok '*) ok "$name: ${line#*- }" ;;
        'not ok '*) : >said; not_ok "$name: ${line#*- }" 'see below' ;;
        '#'*) echo "$line" ;;
        esac
    done <seen
    grep -v '^$' errors | grep -v -e 'ERROR 6: The PNG driver' -e QStandardPaths >said
    if [ "$status" -gt 1 ]; then not_ok "$name: QGIS comes through" "status $status"; fi
}
as=

run town.gpkg --districts "$data/town/districts.shp"
run again.gpkg --districts "$data/town/districts.shp"
is 'the project is not in gpkg_contents' \
    "$(sqlite3 town.gpkg "SELECT count(*) FROM gpkg_contents WHERE table_name = 'qgis_projects'")" 0
is 'the same input gives the same project, but for the name of the file' \
    "$(sqlite3 town.gpkg "SELECT length(content) FROM qgis_projects")" \
    "$(sqlite3 again.gpkg "SELECT length(content) - 2 * 19 FROM qgis_projects")"
mkdir shared # before QGIS leaves its write-ahead log in the file
cp town.gpkg edited.gpkg
cp town.gpkg shared/town.gpkg
look town open town.gpkg "$pictures"

# A folder that moves, with a name that breaks what does not escape.
mkdir before
run "before/Stadt #1, 100% & 污水.gpkg" --districts "$data/town/districts.shp"
mv before 'after it "moved"'
look moved open 'after it "moved"/Stadt #1, 100% & 污水.gpkg' pictures

# Names that do the same, of segments, districts, the layer and its fields.
mkdir -p street/card/DCIM
"$python" "$here/wicked.py" street
try 'a street of wicked names is written' 0 'observations =' "$chainage" run street/log.csv \
    --network street/net.gpkg --field 'segment_id=seg "id" %s' --field "diameter=dia'meter 100 %d" \
    --districts street/districts.geojson --media street/card --output street/street.gpkg --project yes
look wicked open street/street.gpkg pictures

mkdir -p flat && cd flat || exit 2
run degrees.gpkg --output-crs EPSG:4490
look degrees open degrees.gpkg ../pictures
cat >net.geojson <<END
{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"segment_id": "S"},
"geometry": {"type": "LineString", "coordinates": [[0, 0], [40, 0]]}}]}
END
cat >log.csv <<END
inspection_id,segment_id,direction,date,inspected_m,chainage_m,code,grade
I,S,downstream,2024-05-01,40,12.5,PL,3
END
try 'a network without a place on earth is written' 0 'observations =' "$chainage" run log.csv \
    --network net.geojson --crs local --output nowhere.gpkg --project yes
look nowhere open nowhere.gpkg ../pictures
cd .. || exit 2

look query query town.gpkg
look edited edit edited.gpkg
is 'editing leaves no file behind' "$(ls edited.gpkg*)" edited.gpkg

# Another name, and another theme, long after the run.
cp shared/town.gpkg renamed.gpkg
cat >theme.txt <<END
# green is urgent
priority_1 = #00c83c
END
try 'a renamed file is styled' 0 'project  renewed' "$chainage" style renamed.gpkg --theme theme.txt
look renamed open renamed.gpkg pictures
is 'the theme is in the styles' "$(sqlite3 renamed.gpkg "SELECT count(*) > 0 FROM layer_styles
    WHERE instr(styleQML, '0,200,60') > 0")" 1
is 'no row of data was touched' "$(sqlite3 renamed.gpkg .dump | grep -c '^INSERT INTO \(segments\|defects\) ')" \
    "$(sqlite3 shared/town.gpkg .dump | grep -c '^INSERT INTO \(segments\|defects\) ')"
look saved save renamed.gpkg
try 'a project that somebody saved is theirs' 0 'project  kept' "$chainage" style renamed.gpkg --project yes

# Where nothing may be written: on a share, on a disc.
chmod a-w shared/town.gpkg shared
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
    as='setpriv --reuid=65534 --regid=65534 --clear-groups'
    chmod a+x "$work"
    chown -R 65534 home pictures
fi
look read-only open shared/town.gpkg pictures
as=
is 'a read-only folder stays as it is' "$(ls -A shared)" town.gpkg
finish
