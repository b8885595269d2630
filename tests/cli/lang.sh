#!/bin/sh
# Texts for people in another language; names, values and figures are the same in all.
#   lang.sh CHAINAGE SAMPLE-DATA CATALOGUES
set -u
chainage=$1 data=$2 catalogues=$3
. "$(dirname "$0")/tap.sh"

run_town() { # run_town OUTPUT [OPTION...]
    output=$1; shift
    "$chainage" run "$data"/town/inspections/*.* --network "$data/town/network/pipes.shp" \
        --nodes "$data/town/network/manholes.shp" --districts "$data/town/districts.shp" \
        --output "$output" "$@"
}
try 'the town runs in English by default' 0 '^Written' run_town en.gpkg
try 'the town runs in Chinese' 0 '^输出文件' run_town zh.gpkg --lang zh
cp said said.zh

# What people read.
zh() { # zh NAME SQL WANT
    holds "$1" zh.gpkg "$2" "$3"
}
cjk="GLOB '*[一-龥]*'" # has a Chinese character
zh 'titles of layers are Chinese' \
    "SELECT count(*) FROM gpkg_contents WHERE NOT identifier $cjk AND table_name <> 'layer_styles'" 0
zh 'abstracts of layers are Chinese' \
    "SELECT count(*) FROM gpkg_contents WHERE NOT description $cjk" 0
zh 'titles of columns are Chinese, but for one that is a name' \
    "SELECT group_concat(DISTINCT title) FROM gpkg_data_columns WHERE NOT title $cjk" 'SHA-256'
zh 'words of values are Chinese' \
    "SELECT count(*) FROM gpkg_data_column_constraints WHERE NOT description $cjk" 0
zh 'styles are called and described in Chinese' \
    "SELECT count(*) FROM layer_styles WHERE NOT (styleName $cjk AND description $cjk)" 0
zh 'legends are Chinese' \
    "SELECT count(*) > 0 FROM layer_styles WHERE f_table_name = 'segments'
     AND styleQML LIKE '%label=\"1 紧急\"%'" 1
zh 'no legend is English' \
    "SELECT count(*) FROM layer_styles WHERE styleQML LIKE '%label=\"_ Emergency%'
     OR styleQML LIKE '%label=\"Other%' OR styleQML LIKE '%label=\"Not %'" 0
zh 'forms name columns in Chinese' \
    "SELECT count(*) FROM layer_styles WHERE styleQML LIKE '%field=\"priority\" name=\"优先级\"%'
     AND f_table_name = 'segments' AND useAsDefault" 1
zh 'metadata have Chinese titles' \
    "SELECT count(*) FROM gpkg_metadata WHERE NOT metadata GLOB '*<title>*[一-龥]*</title>*'" 0
zh 'defects have Chinese names' \
    "SELECT count(*) FROM defects WHERE name IS NOT NULL AND NOT name $cjk" 0
zh 'lines of defects have Chinese names' \
    "SELECT count(*) FROM defect_lines WHERE NOT name $cjk" 0
zh 'methods of repair are Chinese' \
    "SELECT count(*) FROM repairs WHERE NOT method $cjk" 0
zh 'reasons have no English word' \
    "SELECT count(*) FROM (SELECT priority_reason AS r FROM segments UNION ALL SELECT collapse_reason
     FROM segments UNION ALL SELECT soil_entry_reason FROM segments UNION ALL SELECT reason
     FROM repairs UNION ALL SELECT exclusions FROM repairs) WHERE r GLOB '*[a-z][a-z]*'" 0
zh 'reasons are Chinese' \
    "SELECT count(*) FROM segments WHERE NOT priority_reason $cjk" 0
zh 'findings are explained in Chinese' "SELECT count(*) FROM findings WHERE NOT meaning $cjk" 0
zh 'what has no place says why in Chinese' "SELECT count(*) FROM unplaced WHERE NOT reason_text $cjk" 0
zh 'the record tells the language' "SELECT options LIKE '%lang=zh%' FROM runs" 1
is 'the summary has English words in details alone' \
    "$(grep -vE '\.csv|\.ods|\.txt|\.xml|\.xlsx|^[^ ]* +[^ ]+ = |_|gpkg' said.zh |
        grep -cE 'segment|defect|inspection|priority|unplaced')" 0

# What programs read: the same.
same() { # same NAME SQL
    is "$1" "$(sqlite3 zh.gpkg "$2" 2>&1)" "$(sqlite3 en.gpkg "$2" 2>&1)"
}
same 'names of tables' "SELECT group_concat(name) FROM sqlite_master WHERE type IN ('table', 'view')"
same 'names of columns' \
    "SELECT group_concat(m.name || '.' || p.name) FROM sqlite_master AS m, pragma_table_info(m.name) AS p
     WHERE m.type IN ('table', 'view')"
same 'lists of values' "SELECT constraint_name, value FROM gpkg_data_column_constraints"
same 'counts of rows' "SELECT table_name, feature_count FROM gpkg_ogr_contents"
same 'figures of segments' \
    "SELECT segment_id, priority, rank, collapse_hazard, soil_entry, repair_scope, repair_index,
     maintenance_index, n_defects, scheme, scheme_detail FROM segments"
same 'values of defects' \
    "SELECT defect_id, code, kind, family, grade, severity, position_method, along_m FROM defects"
same 'values of repairs' \
    "SELECT repair_id, scope, trenchless, from_m, to_m, quantity, unit, priority, n_defects FROM repairs"
same 'kinds of findings' "SELECT severity, kind, source_file, source_line, detail FROM findings"
same 'reasons by their name' "SELECT inspection_id, reason FROM unplaced"
same 'kinds of methods that styles tell' \
    "SELECT sum(method LIKE '%CIPP%') + sum(method LIKE '%原位固化%' OR method LIKE '%紫外光固化%'),
     sum(method LIKE '%stainless%') + sum(method LIKE '%不锈钢%'),
     sum(method LIKE '%spray%') + sum(method LIKE '%喷涂%') FROM repairs"

# Which language it is.
by_locale() { # by_locale VARIABLE=VALUE... : in an environment without others
    env -u LC_ALL -u LC_MESSAGES -u LANG "$@" "$chainage" run \
        "$data/town/inspections/01-oldtown-2024-gbk.csv" --network "$data/town/network/pipes.shp" \
        --output auto.gpkg --lang auto
}
try 'auto takes LANG' 0 '^输出文件' by_locale LANG=zh_CN.UTF-8
holds 'auto is recorded as what it came to' auto.gpkg "SELECT options LIKE '%lang=zh%' FROM runs" 1
try 'auto takes LC_MESSAGES before LANG' 0 '^Written' by_locale LC_MESSAGES=en_GB.UTF-8 LANG=zh_CN.UTF-8
try 'auto takes LC_ALL before all' 0 '^输出文件' by_locale LC_ALL=zh_CN LC_MESSAGES=en_GB.UTF-8
try 'auto without a locale is English' 0 '^Written' by_locale PATH="$PATH"
is 'and says nothing about it' "$(grep -c 'no texts' said)" 0
try 'auto in a language without texts is English, and says so' 0 "no texts in 'fr_FR.UTF-8'" \
    by_locale LANG=fr_FR.UTF-8
try 'a language without texts is English, and says so' 0 "no texts in 'fr'; English" \
    run_town fr.gpkg --lang fr
is 'and so is its summary' "$(grep -c '^Written' said)" 1
LC_ALL=zh_CN.UTF-8 LANG=zh_CN.UTF-8 run_town again.gpkg >/dev/null
holds 'the locale changes nothing unless it is asked' again.gpkg \
    "SELECT identifier FROM gpkg_contents WHERE table_name = 'segments'" 'Segments'
try 'explain computes the reasons in the language of the file' 0 '各数值与文件一致' \
    "$chainage" explain zh.gpkg --worst=999
is '... of all segments' "$(grep -c '与文件不同' said)" 0

keys() { # keys OPTION...: of the summary as JSON
    run_town json.gpkg --json "$@" | grep -oE '"[A-Za-z0-9_]+":' | sort | uniq -c
}
is 'keys of JSON are the same' "$(keys --lang zh)" "$(keys)"

if command -v msgfmt >/dev/null; then
    for catalogue in "$catalogues"/*.po; do
        try "msgfmt takes $(basename "$catalogue")" 0 'translated messages' \
            msgfmt --check-format --check-domain --statistics -o /dev/null "$catalogue"
    done
else
    skip 'msgfmt takes the catalogues' 'no gettext here'
fi
finish
