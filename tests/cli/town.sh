#!/bin/sh
# The sample town through the whole program: what each file shows is there, and QGIS can trust it.
#   town.sh CHAINAGE SAMPLE-DATA
set -u
chainage=$1 data=$2
. "$(dirname "$0")/tap.sh"

run_town() { # run_town OUTPUT [OPTION...]
    output=$1; shift
    "$chainage" run "$data"/town/inspections/*.* --network "$data/town/network/pipes.shp" \
        --nodes "$data/town/network/manholes.shp" --districts "$data/town/districts.shp" \
        --importance "$data/town/importance.geojson" --soil "$data/town/soil.shp" \
        --output "$output" "$@"
}
try 'the town runs' 0 'Written' run_town town.gpkg
nothing_lost 'the town' town.gpkg
is_valid 'the town' town.gpkg
holds 'every segment is there' town.gpkg 'SELECT count(*) FROM segments' 126
holds 'every rung of the ladder but coordinates is used' town.gpkg \
    "SELECT count(DISTINCT match_method) FROM inspections WHERE match_method IN ('segment_id',
     'segment_id_normalised', 'node_pair', 'node_pair_suffix', 'chain', 'node_and_length')" 6
holds 'every position method is used' town.gpkg \
    'SELECT count(DISTINCT position_method) FROM defects' 4
holds 'every priority is there, and streets nobody saw' town.gpkg \
    'SELECT count(DISTINCT coalesce(priority, 0)) FROM segments' 6
holds 'a collapse hazard has priority 1 and a reason that names it' town.gpkg \
    "SELECT count(*) FROM segments WHERE collapse_hazard AND (priority <> 1
     OR priority_reason NOT LIKE '%collapse hazard%' OR collapse_reason IS NULL)" 0
holds 'ranks are 1, 2, 3 ... without a gap' town.gpkg \
    'SELECT max(rank) = count(rank) AND count(DISTINCT rank) = count(rank) FROM segments' 1
holds 'no defect lies beyond its segment' town.gpkg \
    'SELECT count(*) FROM defects AS d JOIN segments AS s USING (segment_id)
     WHERE d.along_m < 0 OR d.along_m > s.length_m + 0.001' 0
holds 'what has no place has a reason' town.gpkg \
    'SELECT count(*) FROM unplaced WHERE reason IS NULL' 0
holds 'districts count what lies in them' town.gpkg \
    'SELECT count(*) FROM districts AS d WHERE n_segments <> (SELECT count(*) FROM segments AS s
     WHERE s.district = d.name)' 0

# The same input gives the same bytes, however many threads worked on it.
run_town one.gpkg --threads 1 >/dev/null
run_town four.gpkg --threads 4 >/dev/null
if cmp -s one.gpkg four.gpkg; then ok 'one thread and four write the same bytes'; else
    : >said; not_ok 'one thread and four write the same bytes' 'they differ'; fi

# Files are read side by side: what libraries set up once must not be set up twice at a time.
failures=0
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    run_town again.gpkg --threads 8 --quiet >said 2>&1 || failures=$((failures + 1))
    cmp -s one.gpkg again.gpkg || failures=$((failures + 1))
done
is 'twenty runs with many threads end well, each with the same bytes' $failures 0

# The three small places.
try 'the hamlet: ISYBAU master data as network' 0 'Written' "$chainage" run \
    "$data"/hamlet/*.xml --output hamlet.gpkg
nothing_lost 'the hamlet' hamlet.gpkg
try 'the village: wells without lines' 0 'implied' "$chainage" run "$data"/village/*.xlsx \
    --output village.gpkg
nothing_lost 'the village' village.gpkg
try 'the mill: feet' 0 'feet\|unit_converted' "$chainage" run "$data"/mill/*.csv \
    --network "$data/mill/pipes.shp" --output mill.gpkg
nothing_lost 'the mill' mill.gpkg
finish
