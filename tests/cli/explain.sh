#!/bin/sh
# `chainage explain` on everything that the samples hold: what it computes again must be what the
# run wrote, for every segment; and what is not ours, or not as it was, is noticed.
#   explain.sh CHAINAGE SAMPLE-DATA
set -u
chainage=$1 data=$2
. "$(dirname "$0")/tap.sh"

run_town() { # run_town OUTPUT [OPTION...]
    output=$1; shift
    "$chainage" run "$data"/town/inspections/*.* --network "$data/town/network/pipes.shp" \
        --nodes "$data/town/network/manholes.shp" --districts "$data/town/districts.shp" \
        --importance "$data/town/importance.geojson" --soil "$data/town/soil.shp" \
        --quiet --output "$output" "$@"
}
explain_all() { # explain_all FILE: every segment, inspected or not
    sqlite3 "$1" 'SELECT segment_id FROM segments' | tr '\n' '\0' |
        xargs -0 "$chainage" explain "$1"
}
agrees() { # agrees NAME FILE: on every segment
    try "$1: all figures agree" 0 'all figures agree' explain_all "$2"
    is "$1: ... of every segment" "$(grep -c 'all figures agree' said)" \
        "$(sqlite3 "$2" 'SELECT count(*) FROM segments')"
    is "$1: ... and of some that have a rank" "$(grep -c '^  rank ' said)" \
        "$(sqlite3 "$2" 'SELECT count(rank) FROM segments')"
}

run_town town.gpkg >/dev/null
"$chainage" run "$data"/hamlet/*.xml --quiet --output hamlet.gpkg >/dev/null 2>&1
"$chainage" run "$data"/village/*.xlsx --quiet --output village.gpkg >/dev/null 2>&1
"$chainage" run "$data"/mill/*.csv --network "$data/mill/pipes.shp" --quiet \
    --output mill.gpkg >/dev/null 2>&1
for place in town hamlet village mill; do
    agrees "$place" "$place.gpkg"
done

# Options of the run are honoured, whatever they change.
run_town options.gpkg --merge=window --spacing=second --merged-length=metre --merge-continuous=no \
    --zero-rule=G --cap-score --index-without-defects --area-importance=centre --soil=mud
agrees 'options of the assessment' options.gpkg
run_town stretched.gpkg --calibration=none --beyond-tolerance=0
agrees 'options of the placing' stretched.gpkg
is 'the options made a difference' \
    "$(sqlite3 town.gpkg "ATTACH 'options.gpkg' AS o" 'SELECT count(*) > 0 FROM main.segments AS a
       JOIN o.segments AS b USING (segment_id) WHERE a.structural_density <> b.structural_density')" 1
try 'a switch of the run is told' 0 'G' "$chainage" explain options.gpkg BH-010
cp options.gpkg lied.gpkg
edit() { # edit FILE SQL: as somebody without ST_IsEmpty would
    sqlite3 "$1" "SELECT 'DROP TRIGGER \"' || name || '\";' FROM sqlite_master
        WHERE type = 'trigger'" >drop.sql
    sqlite3 "$1" <drop.sql && sqlite3 "$1" "$2"
}
edit lied.gpkg "UPDATE runs SET options = replace(options, 'spacing=second', 'spacing=both')"
try 'the record decides: another spacing rule gives other figures' 1 'differ.* from the file' \
    "$chainage" explain lied.gpkg --worst=999

# What was edited by hand.
cp town.gpkg edited.gpkg
edit edited.gpkg "UPDATE segments SET priority = 5 WHERE segment_id = 'NM-003';
    UPDATE defects SET grade = 2 WHERE segment_id = 'BH-010' AND code = 'CK';
    UPDATE defects SET score = 3 WHERE segment_id = 'NM-004' AND code = 'PL'"
try 'an edited priority is told' 1 'priority: 5 in the file, 1 computed' \
    "$chainage" explain edited.gpkg NM-003
try 'an edited grade changes what follows' 1 'structural_score: 10 in the file, 2 computed' \
    "$chainage" explain edited.gpkg BH-010
try 'an edited score is told' 1 'score of .*: 3 in the file, 2 computed' \
    "$chainage" explain edited.gpkg NM-004
try 'the others agree still' 0 'all figures agree' "$chainage" explain edited.gpkg NM-005
try 'in JSON too' 1 '"agrees": false' "$chainage" explain edited.gpkg NM-003 --json

# What cannot be explained.
try 'a near id is suggested' 2 "has no segment 'NM-03'; did you mean 'NM-003'?" \
    "$chainage" explain town.gpkg NM-03
try 'one unknown id refuses all' 2 "has no segment 'QQ'" "$chainage" explain town.gpkg NM-003 QQ
echo 'no database, but long enough to have a header of its own; nothing to see here' >text.gpkg
try 'a text is no GeoPackage' 4 'is no GeoPackage' "$chainage" explain text.gpkg NM-003
sqlite3 plain.gpkg 'CREATE TABLE segments(segment_id)'
try 'a plain database is none' 4 'is no GeoPackage' "$chainage" explain plain.gpkg NM-003
sqlite3 other.gpkg 'PRAGMA application_id = 1196444487; CREATE TABLE segments(segment_id)'
try 'another GeoPackage is not ours' 4 "no table 'runs'" "$chainage" explain other.gpkg NM-003
cp town.gpkg old.gpkg
edit old.gpkg "UPDATE runs SET program_version = '0.0.1'"
try 'another version is refused' 4 "written by version '0.0.1'" "$chainage" explain old.gpkg NM-003
cp town.gpkg twice.gpkg
edit twice.gpkg "DROP INDEX segments_segment_id;
    UPDATE segments SET segment_id = 'NM-003' WHERE segment_id = 'NM-004'"
try 'a repeated id is refused' 4 "has 2 segments 'NM-003'" "$chainage" explain twice.gpkg NM-003
cp town.gpkg narrow.gpkg
edit narrow.gpkg 'ALTER TABLE source_files DROP COLUMN catalogue'
try 'a missing column is told' 4 'no such column: t.catalogue' \
    "$chainage" explain narrow.gpkg NM-003
cp town.gpkg view.gpkg
edit view.gpkg 'ALTER TABLE defects RENAME TO kept; CREATE VIEW defects AS WITH RECURSIVE
    n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT kept.* FROM kept, n'
try 'a view in the place of a table is not run' 4 "no table 'defects'" \
    "$chainage" explain view.gpkg NM-003
cp town.gpkg odd.gpkg
edit odd.gpkg "UPDATE runs SET options = 'merge=sideways'"
try 'options that nobody knows are told' 4 "'sideways' is none of chained, window" \
    "$chainage" explain odd.gpkg NM-003

cp town.gpkg used.gpkg
try 'a result that another program writes to is told' 0 \
    "^chainage: 'used.gpkg': another program has it open" sqlite3 used.gpkg 'BEGIN EXCLUSIVE' \
    ".shell '$chainage' explain used.gpkg NM-003"
try '... and so is one that should be the network' 0 \
    "^chainage: reading the network: 'used.gpkg': another program has it open" sqlite3 used.gpkg \
    'BEGIN EXCLUSIVE' ".shell '$chainage' run '$data/mill/log.csv' --network used.gpkg --output x.gpkg"

# The ranks.
ranked=$(sqlite3 town.gpkg 'SELECT count(rank) FROM segments')
try 'the worst come by rank' 0 "^  rank 1 of $ranked" "$chainage" explain town.gpkg --worst=3
is '... three of them' "$(grep -c '^  rank ' said)" 3
if command -v python3 >/dev/null; then
    "$chainage" explain town.gpkg --worst=999 --json >all.json
    is 'JSON holds all that have a rank' "$(python3 -c '
import json; print(sum(one["check"]["agrees"] for one in json.load(open("all.json"))))')" "$ranked"
else
    skip 'JSON holds all that have a rank' 'no python3 here'
fi
before=$(cksum <town.gpkg)
"$chainage" explain town.gpkg NM-003 >/dev/null
is 'the file stays as it was' "$(cksum <town.gpkg)" "$before"
finish
