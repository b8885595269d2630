#!/bin/sh
# An earlier result as a survey: the same comes of it as of what it was made of, and new surveys
# take its place.
#   earlier.sh CHAINAGE SAMPLE-DATA SHARED
set -u
chainage=$1 data=$2 samples=$3/samples
. "$(dirname "$0")/tap.sh"
# Lists of options are split at blanks, which the way to these folders may have.
ln -s "$data" data
data=data
if [ -d "$samples" ]; then ln -s "$samples" samples; fi
samples=samples

# What was delivered and what came of it, row by row; not the run itself and what readers said.
dump() { # dump FILE [GEOMETRY]
    for table in segments defects defect_lines inventory inspections node_inspections repairs nodes unplaced media \
        inspection_logs measurements; do
        columns=$(sqlite3 "$1" "SELECT group_concat(CASE WHEN name = 'geom' THEN ${2-'hex(geom)'} ELSE '\"' || name || '\"' END)
            FROM pragma_table_info('$table')")
        if [ -n "$columns" ]; then
            echo "-- $table"
            sqlite3 -nullvalue NULL "$1" "SELECT $columns FROM $table"
        fi
    done
    echo '-- source_files'
    sqlite3 -nullvalue NULL "$1" 'SELECT path, format, version, encoding, sha256, size_bytes, n_inspections,
        n_observations, n_defects, n_inventory, n_unplaced, generator, catalogue, scheme, coding_version
        FROM source_files'
}

# comes_back NAME SURVEYS OPTIONS OF THE FIRST RUN -- OPTIONS OF THE SECOND
comes_back() {
    name=$1 surveys=$2 first=$3 second=$4
    # shellcheck disable=SC2086 # words are split on purpose
    try "$name: runs" 0 '' "$chainage" run $surveys $first --output first.gpkg
    # shellcheck disable=SC2086
    try "$name: its result runs" 0 '' "$chainage" run first.gpkg $second --output second.gpkg
    dump first.gpkg >first.txt
    dump second.gpkg >second.txt
    if diff first.txt second.txt >said; then ok "$name: the same comes of it"; else
        not_ok "$name: the same comes of it" 'they differ:'; fi
    nothing_lost "$name, again" second.gpkg
}

# --- the places of sample-data: all there is, with duplicates, chains, nodes, unplaced ones ---
town=$data/town
areas="--districts $town/districts.shp --importance $town/importance.geojson --soil $town/soil.shp
    --media $town/photos"
pipes="--network $town/network/pipes.shp --nodes $town/network/manholes.shp"
comes_back town "$(echo "$town"/inspections/*.*)" "$pipes $areas" "$pipes $areas"
cp first.gpkg town.gpkg
holds 'town: where it was read from is told' second.gpkg \
    "SELECT count(*), sum(earlier_result = 'first.gpkg') FROM source_files" '9|9'
is_valid 'town, again' second.gpkg
comes_back 'town, a second time' second.gpkg "$pipes $areas" "$pipes $areas"
comes_back hamlet "$data/hamlet/inspections-isybau2017.xml" "--network $data/hamlet/network-isybau2017.xml" \
    "--network $data/hamlet/network-isybau2017.xml"
comes_back village "$data/village/records-and-wells.xlsx" '' "--network $data/village/records-and-wells.xlsx"
comes_back mill "$data/mill/log.csv" "--length-unit ft --network $data/mill/pipes.shp" \
    "--network $data/mill/pipes.shp"
cp first.gpkg mill.gpkg

# --- it serves as the network too: by itself, or named ---
for network in '' '--network town.gpkg'; do
    # shellcheck disable=SC2086
    try "the town's own network${network:+, named}" 0 'Written' "$chainage" run town.gpkg $network $areas \
        --output own.gpkg
    dump town.gpkg >first.txt
    dump own.gpkg >second.txt
    if diff first.txt second.txt >said; then ok 'the same comes of it'; else
        not_ok 'the same comes of it' 'they differ:'; fi
done
# Lines in US feet come back from metres to the last bit but one.
try "the mill's own network" 0 'Written' "$chainage" run mill.gpkg --output own.gpkg
dump mill.gpkg "'1'" >first.txt
dump own.gpkg "'1'" >second.txt
if diff first.txt second.txt >said; then ok 'the mill: the same comes of it'; else
    not_ok 'the mill: the same comes of it' 'they differ:'; fi
try 'the network alone serves other surveys' 0 'Written' "$chainage" run "$town/inspections/01-oldtown-2024-gbk.csv" \
    --network town.gpkg --output alone.gpkg
try 'and as from its shapefiles' 0 'Written' "$chainage" run "$town/inspections/01-oldtown-2024-gbk.csv" \
    --network "$town/network/pipes.shp" --nodes "$town/network/manholes.shp" --output shapes.gpkg
is 'with the same grades' \
    "$(sqlite3 alone.gpkg 'SELECT defect_id, segment_id, along_m, grade FROM defects')" \
    "$(sqlite3 shapes.gpkg 'SELECT defect_id, segment_id, along_m, grade FROM defects')"
holds 'results are not taken for attributes: what is not inspected is not assessed' alone.gpkg \
    'SELECT count(*) FROM segments WHERE inspected_on IS NULL AND (priority IS NOT NULL OR structural_grade IS NOT NULL
     OR repair_method IS NOT NULL)' 0

# Two pipes bear one id: neither run may take one of them for the other.
cat >twins.geojson <<'END'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"P","from_node":"A","to_node":"B"},
 "geometry":{"type":"LineString","coordinates":[[500000,4500000],[500030,4500000]]}},
{"type":"Feature","properties":{"id":"P","from_node":"B","to_node":"C"},
 "geometry":{"type":"LineString","coordinates":[[500030,4500000],[500060,4500000]]}}]}
END
printf 'inspection_id,segment_id,start_node,date,inspected_m,chainage_m,code,grade\n1,P,,2020-01-02,30,5,PL,2\n2,P,C,2020-01-02,30,5,PL,2\n' >twins.csv
try 'twins' 0 'Written' "$chainage" run twins.csv --network twins.geojson --crs EPSG:32650 --output twins.gpkg
try 'twins, from their result' 0 'Written' "$chainage" run twins.gpkg --output twins2.gpkg
dump twins.gpkg >first.txt
dump twins2.gpkg >second.txt
if diff first.txt second.txt >said; then ok 'ids that repeat stay ambiguous'; else
    not_ok 'ids that repeat stay ambiguous' 'they differ:'; fi
holds 'as they are' twins2.gpkg \
    "SELECT (SELECT group_concat(segment_id) FROM segments), (SELECT group_concat(reason) FROM unplaced)" 'P,P#2|ambiguous'

# --- a new survey goes before what it sees again ---
cat >new.csv <<'END'
inspection_id,segment_id,start_node,finish_node,direction,date,inspected_m,chainage_m,code,grade
N1,BH-010,HS110,HS111,D,2026-02-03,44.63,12,PL,1
END
try 'the town with a new survey' 0 'Written' "$chainage" run town.gpkg new.csv $pipes --output both.gpkg
nothing_lost 'both' both.gpkg
holds 'the new inspection counts, the old ones stay' both.gpkg \
    "SELECT group_concat(inspection_id || ' ' || is_current, ', ') FROM inspections WHERE segment_id = 'BH-010'" \
    'HS110-HS111 20240605 0, N1 1'
holds 'its pipe is graded anew' both.gpkg \
    "SELECT inspected_on, n_defects, structural_score FROM segments WHERE segment_id = 'BH-010'" '2026-02-03|1|0.5'
holds 'the other pipes are as they were' both.gpkg \
    "ATTACH 'town.gpkg' AS old; SELECT count(*) FROM main.segments AS n JOIN old.segments AS o USING (segment_id)
     WHERE segment_id <> 'BH-010' AND (n.structural_grade IS NOT o.structural_grade OR n.n_defects IS NOT o.n_defects)" 0
try 'the same survey again beside the result' 0 'Written' "$chainage" run town.gpkg "$town/inspections/01-oldtown-2024-gbk.csv" \
    $pipes --output again.gpkg
holds 'what was delivered again counts once' again.gpkg \
    "ATTACH 'town.gpkg' AS old; SELECT (SELECT count(*) FROM main.defects WHERE is_current AND duplicate_of IS NULL) -
     (SELECT count(*) FROM old.defects WHERE is_current AND duplicate_of IS NULL)" 0

# --- edited in between ---
cp town.gpkg edited.gpkg
# no layer, so that no trigger is in the way
sqlite3 edited.gpkg "UPDATE unplaced SET delivered_segment_ref = 'BH-001', start_node = 'HS101', finish_node = 'HS102'
    WHERE inspection_id = 'P21-010'"
try 'a reference was mended in unplaced' 0 'Written' "$chainage" run edited.gpkg $pipes --output mended.gpkg
holds 'it has its place now' mended.gpkg \
    "SELECT (SELECT count(*) FROM unplaced WHERE inspection_id = 'P21-010'),
     (SELECT match_method FROM inspections WHERE inspection_id = 'P21-010')" '0|segment_id'

# --- moved, and from elsewhere ---
mkdir moved
cp town.gpkg moved/
try 'the result was moved' 0 'Written' "$chainage" run moved/town.gpkg --output moved/out.gpkg
holds 'paths are told from its folder as before' moved/out.gpkg \
    "ATTACH 'town.gpkg' AS old; SELECT count(*) FROM main.source_files AS n JOIN old.source_files AS o USING (path)" 9
mkdir folder
cp town.gpkg new.csv folder/
try 'in a folder it is no survey unless it is named' 0 'Written' "$chainage" run folder $pipes --output folder.gpkg
holds 'the new survey alone' folder.gpkg 'SELECT group_concat(path) FROM source_files' 'folder/new.csv'

# --- other commands ---
try 'converts' 0 'Written' "$chainage" convert mill.gpkg --to csv --output mill.csv
try 'and runs again' 0 'Written' "$chainage" run mill.csv --network "$data/mill/pipes.shp" --output converted.gpkg
is 'with the same defects' \
    "$(sqlite3 converted.gpkg 'SELECT code, along_m, grade, severity FROM defects')" \
    "$(sqlite3 mill.gpkg 'SELECT code, along_m, grade, severity FROM defects')"
try 'identify knows it' 0 'chainage, 100 inspections, 206 observations' "$chainage" identify town.gpkg
try 'check looks into it' 1 '9 files, 100 inspections, 206 observations' "$chainage" check town.gpkg
"$chainage" run "$data/mill/log.csv" --network "$data/mill/pipes.shp" --output other.gpkg >said 2>&1
sqlite3 other.gpkg 'DROP TABLE runs'
try 'what is none of ours is refused' 4 'no result of this program.*--network' "$chainage" run other.gpkg \
    --output none.gpkg

# --- real files ---
if [ ! -d "$samples" ]; then
    skip 'real files' 'the folder with samples from the field is not here'
    finish
    exit
fi
isybau=$samples/isybau_xml master=$samples/isybau_xml/ISYBAU_XML-2013-Stammdaten.xml
comes_back ISYBAU "$isybau/ISYBAU_XML-2013-Zustandsdaten_DIN_EN_13508-2_AH_Abwasser.xml" "--network $master" \
    "--network $master"
cn=$samples/cn_cjj181/cjj181_springboot_0001.xls
comes_back CJJ "$cn" '' "--network $cn"
for rib in sufrib_224-4_DWA.rib sufrib_2008_228-1_DWA.RIB; do
    comes_back "SUF-RIB $rib" "$samples/sufrib/$rib" '' "--network $samples/sufrib/$rib"
done
ribx=$samples/ribx/nens_RibX_Goed_2016-10-04_ZB_A_C_E_G_J_M.ribx
comes_back RIBX "$ribx" '' "--network $ribx"
comes_back WinCan "$samples/wincan/GR7188_BuryStEdmunds.db3 $samples/wincan/GR7204.db3" '' ''
m150=$samples/dwa_m150/derbeaker_m150-stammdaten_typeA_fictive.xml
comes_back 'DWA-M 150' "$samples/dwa_m150/SYNTHETIC_typeB_inspection.xml" "--network $m150" "--network $m150"
comes_back 'EN 13508-2' "$samples/en13508_txt/kwb_example_13508_2.txt" '' ''
feet=$samples/csv_shapefile
comes_back 'US feet' "$feet/cctv_log.csv" "--network $feet/sample_lines.shp" "--network $feet/sample_lines.shp"
comes_back 'PACP heads' "$samples/pacp/stillwater_Inspections_v6_headers_only.csv" '' ''
comes_back 'VSA-KEK' "$samples/vsa_kek/minimal-dataset-transferdatensatz_VSA-KEK-channel-damage.xtf" '' ''
finish
