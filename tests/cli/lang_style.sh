#!/bin/sh
# A finished result in another language: `chainage style --lang`.  TAP on stdout.
#   lang_style.sh CHAINAGE SAMPLE-DATA
set -u
chainage=$1 data=$(cd "$2" && pwd)
. "$(dirname "$0")/tap.sh"

run_town() { # run_town OUTPUT LANGUAGE
    "$chainage" run "$data"/town/inspections/*.* --network "$data/town/network/pipes.shp" \
        --nodes "$data/town/network/manholes.shp" --districts "$data/town/districts.shp" \
        --output "$1" --lang "$2" --project yes --contact 'a <b>' --quiet
}
mkdir one two
run_town one/town.gpkg en
run_town two/town.gpkg zh
cp one/town.gpkg before.gpkg
sqlite3 one/town.gpkg "INSERT INTO layer_styles(f_table_catalog, f_table_schema, f_table_name,
    f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner)
    VALUES('', '', 'segments', 'geom', 'Mine', '<qgis/>', '', 0, 'my own', '')"

# Everything that a file tells people by itself, but for what the record of the run says.  A project
# is an archive, as hexadecimal digits; what is in it is not compressed, and has the record too.
told() { # told FILE
    sqlite3 "$1" "SELECT table_name, identifier, description FROM gpkg_contents ORDER BY 1;
        SELECT table_name, column_name, title, constraint_name FROM gpkg_data_columns ORDER BY 1, 2;
        SELECT constraint_name, value, description FROM gpkg_data_column_constraints ORDER BY 1, 2;
        SELECT f_table_name, styleName, useAsDefault, description, styleQML FROM layer_styles
        WHERE styleName <> 'Mine' ORDER BY 1, 2;
        SELECT r.table_name, m.metadata FROM gpkg_metadata AS m
        JOIN gpkg_metadata_reference AS r ON r.md_file_id = m.id ORDER BY 1;
        SELECT name, metadata, replace(substr(content, instr(content, '3c21444f'), length(content) - 400),
        lower(hex('lang=en')), lower(hex('lang=zh'))) FROM qgis_projects" | grep -v 'lang='
}
# Every row of every table of ours.
rows() { # rows FILE
    for table in $(sqlite3 "$1" "SELECT table_name FROM gpkg_contents WHERE table_name IN
        (SELECT name FROM sqlite_schema WHERE type = 'table') AND table_name <> 'layer_styles'"); do
        sqlite3 "$1" "SELECT * FROM $table"
    done | sha256sum
}
try 'an English town is styled in Chinese' 0 '样式   更新 .*保留他人的 1 个' \
    "$chainage" style one/town.gpkg --lang zh
told one/town.gpkg >one.told
told two/town.gpkg >two.told
is 'it tells the same as a town that was run in Chinese' \
    "$(diff one.told two.told | cut -c1-200 | head -5)" ''
is '... which is not what it told before' "$(told before.gpkg | cmp -s - one.told; echo $?)" 1
is 'no row of data is touched' "$(rows one/town.gpkg)" "$(rows before.gpkg)"
holds 'styles of others stay' one/town.gpkg \
    "SELECT styleQML, description FROM layer_styles WHERE styleName = 'Mine'" '<qgis/>|my own'
holds 'there is one project' one/town.gpkg "SELECT count(*) FROM qgis_projects" 1
holds 'the run is recorded as it was' one/town.gpkg "SELECT options LIKE '%lang=en%' FROM runs" 1
try 'its reasons are computed as they were' 0 'all figures agree' \
    "$chainage" explain one/town.gpkg --worst=999
is '... of all segments' "$(grep -c 'differ from the file' said)" 0

try 'styling again keeps the language' 0 'renewed' "$chainage" style one/town.gpkg
told one/town.gpkg >again.told
is '... in every word' "$(cmp one.told again.told 2>&1)" ''
try 'and back' 0 'renewed' "$chainage" style one/town.gpkg --lang en
told one/town.gpkg >again.told
cp before.gpkg one/town.gpkg
told one/town.gpkg >before.told
is '... to every word that it told' "$(diff before.told again.told | cut -c1-200 | head -5)" ''

# What somebody reworded is theirs.
sqlite3 one/town.gpkg "UPDATE gpkg_metadata SET metadata =
    replace(metadata, '<title>Segments</title>', '<title>My pipes</title>')"
"$chainage" style one/town.gpkg --lang zh --quiet
holds 'a title of somebody stays' one/town.gpkg \
    "SELECT count(*) FROM gpkg_metadata WHERE metadata LIKE '%<title>My pipes</title>%'" 1
sqlite3 one/town.gpkg "UPDATE qgis_projects SET metadata = replace(metadata, 'chainage', 'somebody')"
try 'a project that somebody saved stays' 0 'kept, somebody' \
    "$chainage" style one/town.gpkg --lang en
holds '... under its name' one/town.gpkg "SELECT name GLOB '*[一-龥]*' FROM qgis_projects" 1
finish
