#!/bin/sh
# Surveys into other formats, through the whole program.
#   convert.sh CHAINAGE SAMPLE-DATA
set -u
chainage=$1 data=$2
. "$(dirname "$0")/tap.sh"

town=$data/town
sheet=$town/inspections/01-oldtown-2024-gbk.csv
en=$town/inspections/05-industry-2022-en13508.txt
isybau=$town/inspections/07-storm-2023-isybau2017.xml

convert() { # convert TARGET OUTPUT SURVEY...
    target=$1 output=$2; shift 2
    "$chainage" convert --to "$target" --output "$output" "$@"
}
same() { # same NAME FILE FILE
    if cmp -s "$2" "$3"; then ok "$1"; else : >said; not_ok "$1" "$2 and $3 differ"; fi
}

# --- each target, and back: the second file is the first, byte for byte ---
for target in csv cjj181 cjj181-xlsx; do
    made=$target.${target##*-} # a workbook is known by its name, too
    try "$target is written" 0 'Lost     nothing' convert $target "sheet.$made" "$sheet"
    convert $target "again.$made" "sheet.$made" >said 2>&1
    same "$target comes back" "sheet.$made" "again.$made"
done
for target in csv en13508 isybau ribx dwa-m150; do
    try "$target is written" 0 'read back and compared' convert $target "en.$target" "$en"
    convert $target "again.$target" "en.$target" >said 2>&1
    same "$target comes back" "en.$target" "again.$target"
    convert $target "twice.$target" "$en" >said 2>&1
    same "$target is the same twice" "en.$target" "twice.$target"
done

# --- what is lost ---
try 'losses are told' 0 'zero_point *7 *the target has no field for it' convert csv en.csv "$en"
try 'and are a failure when strict' 1 'something was lost' convert csv en.csv "$en" --strict
try 'no loss is none when strict' 0 'Lost     nothing' convert csv strict.csv "$sheet" --strict
try 'manholes have no place in sheets' 0 'inspections *1 *the target cannot hold' \
    convert csv en.csv "$en"
try 'losses as JSON' 0 '"field": "zero_point"' convert csv en.csv "$en" --json
try 'and why' 0 '"why": "no_field"' convert csv en.csv "$en" --json

# --- codes ---
try 'codes are not translated in silence' 2 'translate default' convert cjj181 en.cjj.csv "$en"
is 'nothing is written then' "$(ls en.cjj.csv 2>/dev/null)" ''
try 'codes without a row stop it' 4 'no translation of QF grade 2 (cjj181), 1 row' \
    convert en13508 sheet.txt "$sheet" --translate default
is 'nothing is written then' "$(ls sheet.txt 2>/dev/null)" ''
try 'unless they are kept' 0 'QF grade 2 *(kept)' \
    convert en13508 sheet.txt "$sheet" --translate default --keep-untranslated
try 'the default table' 0 'PL grade 1' convert cjj181 en.cjj.csv "$en" --translate default
try 'it is a CJJ sheet now' 0 'en.cjj.csv  cjj181' "$chainage" identify en.cjj.csv
heading=from_catalogue,from_code,from_char1,from_char2,from_grade
printf '%s,to_catalogue,to_code,to_char1,to_char2,to_grade,certainty\n%s\n' "$heading" \
    'cjj181,QF,,,,en13508,BDD,A,,,[U]' >ours.csv
try 'a table of the user' 4 'no translation of CK' \
    convert en13508 ours.txt "$sheet" --translate ours.csv
printf 'from_catalogue\n' >broken.csv
try 'a table without its columns' 4 "no column 'from_code'" \
    convert en13508 ours.txt "$sheet" --translate broken.csv
try 'two catalogues in one file' 2 'one .csv. file holds one catalogue' \
    convert csv both.csv "$sheet" "$en"
try 'made one of them' 4 'QF' convert csv both.csv "$sheet" "$en" --codes en13508 --translate default
try 'two catalogues made one' 0 'PL grade 3' \
    convert csv both.csv "$sheet" "$en" --codes cjj181 --translate default
try 'are one survey' 0 'both.csv  csv.*28 inspections' "$chainage" identify both.csv

# --- encodings, formulas ---
try 'a sheet in GB18030' 0 'Lost     nothing' convert cjj181 gb.csv "$sheet" --encoding GB18030
try 'is one' 0 'GB' "$chainage" identify gb.csv
is 'UTF-8 sheets have a mark' "$(head -c 3 sheet.cjj181.cjj181 | od -An -tx1 | tr -d ' \n')" efbbbf
try 'an encoding for XML is refused' 2 'is of no use' convert ribx x.ribx "$en" --encoding GB18030
printf 'inspection_id,start_node,finish_node,chainage_m,code,grade,remark\n%s\n' \
    'A,M1,M2,3.5,CK,2,=1+1' >formula.csv
try 'a formula stays a text' 0 'Lost     nothing' convert cjj181-xlsx formula.xlsx formula.csv
if command -v unzip >/dev/null; then
    is 'no cell is a formula' "$(unzip -p formula.xlsx xl/worksheets/sheet1.xml | grep -c '<f>')" 0
else
    skip 'no cell is a formula' 'no unzip here'
fi

# --- places ---
cp "$town"/network/* . # a path without blanks, to be split into options
net="--network pipes.shp --nodes manholes.shp"
try 'GeoJSON asks for a network' 2 'name it with --network' convert geojson t.geojson "$sheet"
try 'a network is of no use for a sheet' 2 'of no use' convert csv t.csv "$sheet" \
    --network "$town/network/pipes.shp"
try 'nor a CRS' 2 "'--output-crs' is of no use" convert en13508 t.txt "$en" --output-crs EPSG:25832
try 'GeoJSON has its CRS' 2 'always in EPSG:4326' convert geojson t.geojson "$sheet" \
    --network pipes.shp --output-crs EPSG:25832
# shellcheck disable=SC2086 # options are split into words on purpose
try 'GeoJSON of placed observations' 0 'Lost     nothing' convert geojson t.geojson "$sheet" $net
is 'a feature for each observation and clean run' \
    "$(grep -c '"type":"Feature",' t.geojson)" \
    "$(($(grep -c '"kind":"observation"' t.geojson) + $(grep -c '"kind":"inspection"' t.geojson)))"
is 'observations' "$(grep -c '"kind":"observation"' t.geojson)" 44
if command -v ogrinfo >/dev/null; then
    try 'GDAL reads it' 0 'WGS 84' ogrinfo -ro -so -al t.geojson
else
    skip 'GDAL reads it' 'no ogrinfo here'
fi
# shellcheck disable=SC2086
try 'a GeoPackage without grades' 0 'Written  t.gpkg.*read back and compared' convert gpkg t.gpkg "$sheet" "$isybau" $net
try 'what has no place keeps less, and it is told' 0 'at_joint *2 *reads back otherwise' \
    convert gpkg nowhere.gpkg "$en"
try 'of GeoJSON what GDAL makes of it' 0 'video_time *3 *reads back otherwise' \
    convert geojson clip.geojson "$isybau" --network pipes.shp --nodes manholes.shp
holds 'nothing is scored' t.gpkg "SELECT count(*) FROM defects WHERE score IS NOT NULL OR scheme IS NOT NULL" 0
holds 'no segment has a priority' t.gpkg "SELECT count(*) FROM segments WHERE priority IS NOT NULL" 0
holds 'everything is in its place' t.gpkg "SELECT count(*) > 20 FROM defects WHERE along_m >= 0" 1
nothing_lost 'the GeoPackage' t.gpkg
# shellcheck disable=SC2086
convert gpkg again.gpkg "$sheet" "$isybau" $net >said 2>&1
holds 'the record has no output in it' t.gpkg "SELECT instr(command_line, 't.gpkg') FROM runs" 0
same 'the same GeoPackage twice' t.gpkg again.gpkg

# --- networks: of the user, and of the surveys ---
for target in isybau dwa-m150 ribx; do
    # shellcheck disable=SC2086
    try "$target with the user's network" 0 'read back and compared' \
        convert $target "net.$target" "$en" $net
    convert $target "net2.$target" "net.$target" >said 2>&1
done
same 'ISYBAU comes back with its master data' net.isybau net2.isybau
same 'DWA-M 150 likewise' net.dwa-m150 net2.dwa-m150
is 'all segments' "$(grep -c '<Objektart>1<' net.isybau)" 126
is 'and nodes' "$(grep -c '<Objektart>2<' net.isybau)" 128
try 'RIBX tells what it leaves out' 0 'network_segments *119 *the target cannot hold them' \
    convert ribx net.ribx net.isybau
# shellcheck disable=SC2086
try 'into another CRS' 0 'Written' convert isybau utm.xml "$en" $net --output-crs EPSG:32650
is 'it is named' "$(grep -c '<CRSLage>EPSG:32650<' utm.xml)" 254
is 'eastings are of its zone' \
    "$(sed -n 's/.*<Rechtswert>\([0-9]*\).*/\1/p' utm.xml | awk '$1 < 100000 || $1 > 900000' | wc -l)" 0
# shellcheck disable=SC2086
try 'a CRS that the target cannot name is told, with what helps' 0 \
    "'dwa-m150' cannot name the CRS of the network: --output-crs" convert dwa-m150 crs.xml "$en" $net
# shellcheck disable=SC2086
try 'degrees are no metres' 2 '--output-crs EPSG' \
    convert isybau deg.xml "$en" $net --output-crs EPSG:4326
village=$data/village/records-and-wells.xlsx
try 'wells go with the workbook' 0 'Lost     nothing' convert cjj181-xlsx wells.xlsx "$village"
convert cjj181-xlsx wells2.xlsx wells.xlsx >said 2>&1
same 'and come back' wells.xlsx wells2.xlsx
try 'not with CSV' 0 'network_nodes *[0-9]* *the target has no field' convert cjj181 wells.csv "$village"
try 'several surveys with one network' 0 'Written' convert isybau hamlet.xml \
    "$data/hamlet/inspections-isybau2017.xml" "$data/hamlet/network-isybau2017.xml"
is 'no network is lost' "$(grep -c 'network_\|segment_\|node_' said)" 0

# --- what others would cut, refuse or mistake ---
printf 'segment_id,start_node,finish_node,direction,chainage_m,code,char1\n%s\n' \
    'H-0123456789012345678901234567890,M1,M2,D,3.5,BAB,B' >long.csv
try 'ids that are too long are told' 0 'segment_id *1 *written, but longer' convert isybau l.xml long.csv
try 'and are a loss' 1 'lost' convert isybau l.xml long.csv --strict
printf 'segment_id,start_node,finish_node,chainage_m,code,char1,remark\n%s\n' \
    "H1,M1,M2,\"3,5\",BAB,B,$(printf 'bell\007')" >odd.csv
try 'characters that XML has not are told' 0 'characters *1 *not in XML' convert isybau odd.xml odd.csv
is 'decimal commas become points' "$(grep -c '<Station>3.5<' odd.xml)" 1
is 'no date is none' "$(grep -c Inspektionsdatum odd.xml)" 0
printf 'inspection_id,start_node,finish_node,chainage_m,code,grade\nA,M1,M2,3.5,CK,2\n' >one.csv
printf 'inspection_id,start_node,finish_node,chainage_m,code,grade\nA,M3,M4,4.5,CK,2\n' >other.csv
try 'two inspections with one id are numbered' 0 'inspection_id *1 *reads back otherwise' \
    convert csv both.csv one.csv other.csv
is 'and stay two' "$(cut -d, -f1 both.csv | tail -n 2 | tr '\n' ' ')" 'A A (2) '
: >empty.csv
try 'nothing to convert' 4 'empty.csv' convert csv e.csv empty.csv

# --- translations that there are ---
printf 'segment_id,start_node,finish_node,chainage_m,code\nH1,M1,M2,3.5,MSA\nH1,M1,M2,3.6,DSF\n' >pacp.csv
try 'the pairs of the table are named' 2 'it has cjj181 to en13508' \
    convert cjj181 p.csv pacp.csv --translate default
try 'a table is offered only where there is one' 2 'no table of its own' convert cjj181 p.csv pacp.csv
try 'from one Chinese catalogue to the other' 0 'CK grade 2 *CW grade 2 *.S.' \
    convert cjj181 db31.csv "$sheet" --codes db31 --translate default
try 'grades without an equal are told' 0 'grade *[0-9]* *has no equal' \
    convert cjj181 db31.csv "$sheet" --codes db31 --translate default

# --- files ---
cp "$sheet" mine.csv
try 'the output is no input' 2 'is the input' convert csv mine.csv mine.csv
printf 'precious\n' >precious.txt
try 'files of other kinds are left alone' 2 'left alone' convert en13508 precious.txt "$en"
is 'precious is as it was' "$(cat precious.txt)" precious
try 'a folder that is not there' 3 'nowhere' convert csv nowhere/x.csv "$sheet"
mkdir folder && cp "$sheet" "$town/inspections/02-riverside-2024-utf8bom.csv" folder
try 'folders are delivered' 0 '2 surveys, 39 inspections' convert csv folder.csv folder
try 'a target that is none' 2 "is none of cjj181, .*did you mean 'isybau'" convert isybua x.xml "$en"
try 'a device is no file' 3 'not a plain file' convert csv /dev/full "$sheet"
try 'a folder is no file' 3 'is a folder' convert csv folder "$sheet"
(ulimit -f 1 && convert isybau full.xml "$en") >said 2>&1
is 'a disk that is full' "$(grep -c "'full.xml' cannot be written" said)" 1
is 'leaves nothing' "$(ls full.xml 2>/dev/null)" ''
cp en.isybau kept.xml
(ulimit -f 1 && convert isybau kept.xml "$en") >said 2>&1
same 'and what was there as it was' en.isybau kept.xml
is 'no half file is left' "$(find . -name '*chainage-tmp*')" ''
try 'a network alone is no survey' 4 'no inspections' \
    convert csv x.csv "$data/hamlet/network-isybau2017.xml"
try 'a survey that cannot be read stops it' 4 'precious' convert csv x.csv "$sheet" precious.txt

finish
