#!/bin/sh
# Tables of schemes through the whole program: printed, read back, and changed.
#   schemes.sh CHAINAGE SAMPLE-DATA
set -u
chainage=$1 data=$2
. "$(dirname "$0")/tap.sh"

run_town() { # run_town OUTPUT [OPTION...]
    output=$1; shift
    "$chainage" run "$data"/town/inspections/*.* --network "$data/town/network/pipes.shp" \
        --nodes "$data/town/network/manholes.shp" --soil "$data/town/soil.shp" \
        --output "$output" "$@"
}
contents() { # contents FILE: all but what the record of the run says of tables
    sqlite3 "$1" .dump | grep -v '^INSERT INTO runs ' | sed 's/scheme-table=[^;]*; //g'
}
names=$("$chainage" schemes | grep -o '^[a-z][a-z0-9-]*')

try 'the town runs' 0 'Written' run_town plain.gpkg
contents plain.gpkg >plain.sql
tables=''
for scheme in $names; do
    try "$scheme is printed" 0 '^rules' "$chainage" schemes "$scheme"
    if awk "length > 100 { exit 1 }" said; then ok "$scheme fits a terminal"; else
        not_ok "$scheme fits a terminal" "longer lines than 100"; fi
    "$chainage" schemes "$scheme" --csv >"$scheme.csv"
    tables="$tables --scheme-table $scheme.csv"
done
# shellcheck disable=SC2086 # options are split into words on purpose
try 'the town runs with its own tables' 0 'Written' run_town same.gpkg $tables
contents same.gpkg >same.sql
if cmp -s plain.sql same.sql; then ok 'the own tables change nothing'; else
    diff plain.sql same.sql | head -n 5 >said; not_ok 'the own tables change nothing' 'they differ:'; fi
sum=$(sha256sum cjj181.csv | cut -d ' ' -f 1)
holds 'the record has the table and its sum' same.gpkg \
    "SELECT instr(options, 'scheme-table=cjj181.csv#sha256=$sum') > 0 FROM runs" 1
try 'a table that is still the one of the record' 0 'Written' \
    run_town again.gpkg --scheme-table "cjj181.csv#sha256=$sum"

# PL 2 scores 2 in print; both files change it, the later one wins.
heading=table,scheme,code,group,measure,from,score,grade,remove
printf '%s\nrule,cjj181,PL,structural,grade,2,3,2,\nrule,cjj181,CK,,,,,,yes\n' $heading >one.csv
printf '%s\nrule,cjj181,PL,structural,grade,2,2.5,2,\n' $heading >two.csv
try 'the town runs with other rows' 0 'Written' \
    run_town other.gpkg --scheme-table one.csv --scheme-table two.csv
holds 'PL 2 scores what the later table says' other.gpkg \
    "SELECT group_concat(DISTINCT score) FROM defects WHERE code = 'PL' AND score IS NOT NULL" 2.5
holds 'PL 3 has no row any more' other.gpkg \
    "SELECT count(*) FROM defects WHERE code = 'PL' AND grade = 3 AND score IS NOT NULL" 0
holds 'CK was taken out' other.gpkg \
    "SELECT count(*) FROM defects WHERE code = 'CK' AND score IS NOT NULL" 0
holds 'the others stay as they were' other.gpkg \
    "ATTACH 'plain.gpkg' AS plain; SELECT count(*) FROM defects AS a JOIN plain.defects AS b
     ON a.defect_id = b.defect_id WHERE a.code NOT IN ('PL', 'CK') AND a.score IS NOT b.score" 0
nothing_lost 'a run with other rows' other.gpkg

# Groundwater where the network tells none.
try 'groundwater by a word' 0 'Written' run_town above.gpkg --groundwater above
holds 'it shows in the record' above.gpkg \
    "SELECT instr(options, 'groundwater=above') > 0 FROM runs" 1

finish
