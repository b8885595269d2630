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
try 'a GeoPackage without grades' 0 'Written  t.gpkg' convert gpkg t.gpkg "$sheet" "$isybau" $net
holds 'nothing is scored' t.gpkg "SELECT count(*) FROM defects WHERE score IS NOT NULL OR scheme IS NOT NULL" 0
holds 'no segment has a priority' t.gpkg "SELECT count(*) FROM segments WHERE priority IS NOT NULL" 0
holds 'everything is in its place' t.gpkg "SELECT count(*) > 20 FROM defects WHERE along_m >= 0" 1
nothing_lost 'the GeoPackage' t.gpkg
# shellcheck disable=SC2086
convert gpkg again.gpkg "$sheet" "$isybau" $net >said 2>&1
holds 'the record has no output in it' t.gpkg "SELECT instr(command_line, 't.gpkg') FROM runs" 0
same 'the same GeoPackage twice' t.gpkg again.gpkg

# --- files ---
cp "$sheet" mine.csv
try 'the output is no input' 2 'is the input' convert csv mine.csv mine.csv
printf 'precious\n' >precious.txt
try 'files of other kinds are left alone' 2 'left alone' convert en13508 precious.txt "$en"
is 'precious is as it was' "$(cat precious.txt)" precious
try 'a folder that is not there' 3 'nowhere' convert csv nowhere/x.csv "$sheet"
mkdir folder && cp "$sheet" "$town/inspections/02-riverside-2024-utf8bom.csv" folder
try 'folders are delivered' 0 '2 surveys, 39 inspections' convert csv folder.csv folder
is 'no half file is left' "$(find . -name '*chainage-tmp*')" ''
try 'a network alone is no survey' 4 'no inspections' \
    convert csv x.csv "$data/hamlet/network-isybau2017.xml"
try 'a survey that cannot be read stops it' 4 'precious' convert csv x.csv "$sheet" precious.txt

finish
