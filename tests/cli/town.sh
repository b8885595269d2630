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
        --media "$data/town/photos" --output "$output" "$@"
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

holds 'photos of five hazards are found, and shown by the way from the output' town.gpkg \
    "SELECT count(*), sum(h.photo = m.path AND h.photo LIKE '%sample-data/town/photos/' || substr(m.delivered_path, 8))
     FROM media AS m JOIN collapse_hazards AS h USING (defect_id) WHERE m.\"exists\"" '5|5'
holds 'what is not there is told as delivered' town.gpkg \
    "SELECT count(*), sum(d.photo = m.delivered_path) FROM media AS m JOIN defects AS d USING (defect_id)
     WHERE NOT m.\"exists\" AND m.kind = 'photo' AND d.photo NOT LIKE '%;%'" \
    "$(sqlite3 town.gpkg "SELECT count(*) || '|' || count(*) FROM media AS m JOIN defects AS d USING (defect_id)
     WHERE NOT m.\"exists\" AND m.kind = 'photo' AND d.photo NOT LIKE '%;%'")"

# What sample-data/README.md says, file by file; the figures are worked out by hand from the sheets.
town() { # town NAME SQL WANT
    holds "$1" town.gpkg "$2" "$3"
}
segment() { # segment NAME SEGMENT COLUMNS WANT: columns with a bar between them
    town "$1" "SELECT $3 FROM segments WHERE segment_id = '$2'" "$4"
}

# Network and areas.
town 'lines drawn against the flow begin at the upper manhole' \
    "SELECT group_concat(from_node || '-' || to_node, ' ') FROM segments
     WHERE segment_id IN ('MS-002', 'MS-003', 'WC-002')" 'HS302-HS303 HS303-HS304 HS402-HS403'
segment 'a year before a month is read' YTW-001 year_built 2011
segment 'a box has width and height' ZJ-003 'CAST(diameter_mm AS INT), CAST(height_mm AS INT)' '800|600'
# RI = 0.7 F + 0.1 K + 0.05 E + 0.15 T; K and E only from F = 4 on.
segment 'K 10 in the market: 3.5 + 1.0' ZJ-002 'structural_score, repair_index' '5.0|4.5'
segment 'K 3 elsewhere: 3.5 + 0.3' WC-001 'structural_score, repair_index' '5.0|3.8'
segment 'T 10 by the river, no K below F = 4: 1.4 + 1.5' BH-013 repair_index 2.9
segment 'K 6, E 6, T 10: 3.5 + 0.6 + 0.3 + 1.5' BH-021 repair_index 5.9
segment 'E 10 of a box as wide as 2 m round: 3.5 + 0.6 + 0.5 + 1.5' BH-023 repair_index 6.1
segment 'K 3, E 3, T 8 in mud: 7.0 + 0.3 + 0.15 + 1.2' MS-008 repair_index 8.65
town 'streets that nobody inspected have no priority' \
    "SELECT count(*) FROM segments WHERE street IN ('后街', '工业一路', '望江路')
     AND priority IS NULL AND inspected_on IS NULL" 10
town 'hazards: broken, collapsed, flattened, displaced, leaking where soil moves, or 10 within 1 m' \
    "SELECT group_concat(segment_id, ' ') FROM (SELECT segment_id FROM segments
     WHERE collapse_hazard ORDER BY 1)" 'BH-007 BH-008 BH-010 MS-008 NM-003 NM-006 XFY-003 YTW-004'

counted='SELECT district, code, name, kind, grade, count(*) FROM defects WHERE is_current AND
    duplicate_of IS NULL AND node_id IS NULL AND district IS NOT NULL GROUP BY 1, 2, 3, 4, 5'
shown='SELECT district, code, name, kind, grade, n_defects FROM district_codes'
town 'codes are counted by district as the defects have them' "SELECT count(*) > 20, count(*) =
    (SELECT count(*) FROM ($counted)), (SELECT count(*) FROM ($counted EXCEPT $shown)) FROM district_codes" '1|1|0'

holds 'districts, their codes and their segments count the same defects' town.gpkg \
    'SELECT count(*) FROM districts AS d WHERE n_defects <> (SELECT sum(n_defects) FROM district_codes
    WHERE district = d.name) OR n_defects <> (SELECT sum(n_defects) FROM segments WHERE
    district = d.name)' 0
holds 'each defect of a district has one grade or none' town.gpkg \
    'SELECT count(*) FROM districts WHERE n_defects <>
    n_grade0 + n_grade1 + n_grade2 + n_grade3 + n_grade4 + n_grade5 + n_ungraded' 0
town 'class 0 of DWA-M 149-3, its worst, is counted, too' \
    'SELECT sum(n_grade0), sum(n_ungraded) FROM districts' '3|1'

holds 'each defect of a district has one severity or none, whatever the scheme' town.gpkg \
    "SELECT count(*) > 0, sum(n_severity1 + n_severity2 + n_severity3 + n_severity4 = n_defects - (SELECT
    count(*) FROM defects AS o WHERE o.district = d.name AND is_current AND duplicate_of IS NULL AND
    node_id IS NULL AND severity IS NULL)) = count(*) FROM districts AS d" '1|1'
severities='sum(n_severity1), sum(n_severity2), sum(n_severity3), sum(n_severity4)'
of_defects='sum(severity = 1), sum(severity = 2), sum(severity = 3), sum(severity = 4)'
town 'districts count severities as the defects have them' "SELECT $severities FROM districts" \
    "$(sqlite3 town.gpkg "SELECT $of_defects FROM defects WHERE is_current AND duplicate_of IS NULL
     AND node_id IS NULL AND district IS NOT NULL")"

# 01, the old town.
segment 'three within a metre add up to 12 and count 10' NM-003 'structural_score, n_structural' '10.0|3'
segment '1.2 m apart: alpha, SM = (0.5 + 1.1 * 5) / (2 * L)' NM-004 \
    'structural_score, abs(structural_density - 3 / length_m) < 1e-6' '3.0|1'
town 'a continuous defect is the stretch between its marks' \
    "SELECT round(to_m - from_m, 1), round(length_m, 1) FROM defect_lines
     WHERE segment_id = 'NM-005' AND is_current" '16.5|16.5'
if command -v ogrinfo >/dev/null; then
    try '... and so is its geometry' 0 'metres (Real) = 16.5$' ogrinfo -q -dialect SQLite -sql \
        "SELECT round(ST_Length(geom), 1) AS metres FROM defect_lines
         WHERE segment_id = 'NM-005' AND is_current" town.gpkg
    # 12 o'clock, 11.195 of 40.783 m down from 30.147 to 29.592, 400 mm wide: 29.995 + 0.4
    try 'a point in a pipe has its level' 0 'z (Real) = 30.395$' ogrinfo -q -dialect SQLite -sql \
        "SELECT round(ST_Z(geom), 3) AS z FROM defects WHERE segment_id = 'NM-004' AND code = 'TJ'" \
        town.gpkg
    try 'a pipe falls from its upper to its lower invert' 0 'z = 29.592 28.982$' ogrinfo -q -dialect SQLite -sql \
        "SELECT 'z = ' || ST_Z(ST_StartPoint(geom)) || ' ' || ST_Z(ST_EndPoint(geom)) AS z FROM segments
         WHERE segment_id = 'NM-005'" town.gpkg
    # 8.004 to 24.513 m along 44.124 m
    try '... and a continuous defect lies in it' 0 'z = 29.481 29.253$' ogrinfo -q -dialect SQLite -sql \
        "SELECT 'z = ' || ST_Z(ST_StartPoint(geom)) || ' ' || ST_Z(ST_EndPoint(geom)) AS z FROM defect_lines
         WHERE segment_id = 'NM-005' AND is_current" town.gpkg
    try '... which a camera against the flow climbs' 0 'z = 30.827 31.336$' ogrinfo -q -dialect SQLite -sql \
        "SELECT 'z = ' || ST_Z(ST_StartPoint(geom)) || ' ' || ST_Z(ST_EndPoint(geom)) AS z FROM inspections
         WHERE segment_id = 'NM-002' AND direction = 'upstream'" town.gpkg
    # 1.2 m below the cover at 31.617; 0.9 m above the invert at 30.683
    try '... in a manhole below its cover' 0 'z (Real) = 30.417$' ogrinfo -q -dialect SQLite -sql \
        "SELECT round(ST_Z(geom), 3) AS z FROM defects WHERE node_id = 'WS104'" town.gpkg
    try '... or above its invert' 0 'z (Real) = 31.583$' ogrinfo -q -dialect SQLite -sql \
        "SELECT round(ST_Z(geom), 3) AS z FROM defects WHERE node_id = 'WS252'" town.gpkg
else
    skip '... and so is its geometry' 'no ogrinfo here'
    skip 'points have their level' 'no ogrinfo here'
fi
town 'against the flow chainages count from the lower manhole' \
    "SELECT count(*) FROM defects AS d JOIN segments AS s USING (segment_id) WHERE segment_id = 'NM-002'
     AND abs(along_m - s.length_m * (1 - chainage_m / 38.8)) < 0.001" 3
town 'a log that is 5 % too long is fitted' \
    "SELECT count(*) FROM defects AS d JOIN segments AS s USING (segment_id) WHERE segment_id = 'WC-004'
     AND abs(along_m - s.length_m * chainage_m / 47.1) < 0.001" 2
segment 'scores are of the newest complete inspection' NM-006 \
    'inspected_on, structural_score, coverage' '2019-04-09|2.0|1.0'
segment '... and the hazard is of the newer one that was given up' NM-006 \
    "priority, collapse_reason LIKE 'PL4 at 14.2 m%2024-05-14%'" '1|1'
segment 'roots and sediment: MI = 0.8 * 10, and a sound structure' NM-007 \
    'structural_score, maintenance_index, priority' '0.0|8.0|2'

# 02, along the river.
town 'a run through two segments is split at the manhole between' \
    "SELECT segment_id, code, abs(along_m - s.length_m * CASE segment_id WHEN 'BH-003'
     THEN chainage_m / 42.7 ELSE (chainage_m - 42.7) / (85.9 - 42.7) END) < 0.001
     FROM defects JOIN segments AS s USING (segment_id) WHERE position_method = 'chain' ORDER BY along_m" \
'BH-004|SL|1
BH-003|CK|1
BH-004|PL|1'
segment 'two runs from both ends make one complete inspection' BH-005 \
    'coverage, n_inspections, n_defects' '1.0|2|3'
town '... and what both saw counts once' \
    "SELECT d.along_m, e.inspection_id, round(e.along_m, 1) FROM defects AS d JOIN defects AS e
     ON e.defect_id = d.duplicate_of WHERE d.segment_id = 'BH-005'" '18.4|HS106-HS105 20240604|18.6'
town 'an unclosed defect ends with the inspection' \
    "SELECT abs(to_m - s.length_m) < 0.001 FROM defect_lines JOIN segments AS s USING (segment_id)
     WHERE segment_id = 'BH-012'" 1
segment 'two defects 0.4 m apart are one: 5 + 2' BH-009 'structural_score, n_structural' '7.0|2'
town 'two pipes between two manholes each get their own' \
    "SELECT segment_id, code, chainage_m, match_method FROM defects JOIN inspections
     USING (segment_id, inspection_id) WHERE segment_id LIKE 'BH-016_' ORDER BY 1" \
'BH-016A|FS|21.2|node_pair_suffix
BH-016B|TJ|40.4|node_pair_suffix'
segment 'scum is a defect and never counts' BH-018 'n_functional, functional_score' '1|0.0'
town 'what is no defect is inventory' \
    "SELECT group_concat(segment_id || ' ' || code, ' ') FROM (SELECT * FROM inventory
     WHERE code IN ('XF', 'BJ', 'YJ') ORDER BY 1)" 'WC-007 XF BH-004 YJ BH-013 BJ'

# 03 and 08: ids as people type them.
town 'ids are found by their normal form' \
    "SELECT group_concat(coalesce(delivered_segment_ref, start_node) || '=' || segment_id, ' ')
     FROM (SELECT * FROM inspections WHERE match_note LIKE '% read as %' ORDER BY segment_id)" \
    'WS0303=GXW-003 MS–003=MS-003 ms_4=MS-004 MS.005=MS-005 MS-6=MS-006 ＷＳ２０２=YTW-002 ws203=YTW-003'

# 04: what goes wrong in a log.
town 'each odd row has its fate' \
    "SELECT chainage_m || ' ' || code || ' ' || position_method || ' ' || coalesce(score, 'no score')
     FROM defects WHERE source_file LIKE '%/04-%' AND (score IS NULL OR position_method = 'beyond_end'
     OR remark LIKE '%JS01%') UNION ALL SELECT coalesce(chainage, '-') || ' ' || code || ' ' || reason
     FROM unplaced WHERE source_file LIKE '%/04-%' ORDER BY 1" \
'- SL chainage_missing
-1 CJ chainage_negative
11.0 QT stretched no score
13.3 CK stretched no score
21.0 CJ stretched 2.0
36.9 CK beyond_end 0.5
47 PL chainage_beyond_end'

# 05 to 07: EN codes.
town 'segments seen in EN codes are graded by DWA-M 149-3, one is a hazard' \
    "SELECT scheme, count(*), sum(priority = 1), sum(priority = 5) FROM segments
     WHERE inspected_on IS NOT NULL AND scheme <> 'cjj181'" 'dwa-m149-3|16|1|4'
# 2 mm in DN 300 is S 1; with S 4 of the joint SD = (4 * 2.5 + 2.5) / (4 L); cover below 2.5 m: F 1.
# BP: S 500 + 300 + 50 SD + 50, D 500 + 200 + 50 * 12.5 / 3 / L, B 500 + 50 * 11.7 / 37.1 + 50.
segment 'classes and SBZ 8754 of a cracked pipe' XYW-002 \
    "structural_grade, functional_grade, repair_index, repair_grade, priority,
     abs(json_extract(scheme_detail, '\$.BP_S') - 850 - 50 * 12.5 / 4 / length_m) < 1e-3,
     abs(json_extract(scheme_detail, '\$.BP_D') - 700 - 50 * 12.5 / 3 / length_m) < 1e-3,
     abs(json_extract(scheme_detail, '\$.BP_B') - 550 - 50 * 11.7 / 37.1) < 0.02" '1|4|8754.0|1|3|1|1|1'
segment 'what only an engineer can say has no class' XYW-003 \
    "structural_grade, functional_grade, priority, priority_reason LIKE 'D class 1: BAC A at %'" '|2|3|1'
segment 'three requirements at one leak: D 1, S 2, B 3' XYY-002 \
    'structural_grade, functional_grade, repair_index, priority' '2|3|8763.0|3'
segment '4 % of deformation are slight in plastic' XFW-001 'structural_grade, priority' '3|4'
town 'what an engineer has to decide is said, row by row' \
    "SELECT count(*), sum(detail LIKE '%BAJ B% (B)%'), sum(detail LIKE '%BAC A% (S)%') FROM findings
     WHERE kind = 'open_case'" '3|1|1'
town 'manholes are at their nodes' \
    "SELECT group_concat(node_id, ' ') FROM node_inspections" 'WS104 WS252 WS253'
town 'stations from the inner wall begin half a metre in, and change splits a stretch' \
    "SELECT from_m, to_m FROM defect_lines WHERE segment_id = 'XYY-001' ORDER BY 1" \
'6.5|18.5
18.5|29.5'
segment 'roots seen from both ends count once' XFW-003 'coverage, n_functional, n_structural' '1.0|1|1'

# 08 and 09: older ones, and the same again.
town 'where id and manholes contradict each other the manholes decide' \
    "SELECT i.segment_id, f.segment_id FROM inspections AS i JOIN findings AS f USING (inspection_id)
     WHERE inspection_id = 'P21-007' AND f.kind = 'id_contradicts_nodes'" 'MS-008|MS-004'
town 'errors are only those that the sheets have' \
    "SELECT group_concat(kind, ' ') FROM (SELECT DISTINCT kind FROM findings
     WHERE severity = 'error' ORDER BY 1)" 'ambiguous_match chainage_invalid newer_hazard not_matched'
town 'what fits nothing, or two, is not placed' \
    "SELECT inspection_id, reason, candidates FROM unplaced WHERE source_file LIKE '%/08-%'" \
'P21-010|no_match|
P21-010|no_match|
P21-011|no_reference|
P21-012|ambiguous|BH-016A (HS116-HS117); BH-016B (HS116-HS117)'
town 'the same delivered again counts once' \
    "SELECT count(*), sum(is_current), (SELECT n_inspections FROM segments WHERE segment_id = 'NM-003'),
     (SELECT n_defects FROM segments WHERE segment_id = 'NM-003') FROM inspections
     WHERE inspection_id IN (SELECT inspection_id FROM findings WHERE kind = 'duplicate_inspection')" '3|0|2|3'
town 'the finding names the first file without the way to it' \
    "SELECT count(*) FROM findings WHERE kind = 'duplicate_inspection'
     AND detail LIKE '% in ''01-oldtown-2024-gbk.csv'', line %'" 3
town 'a name of four bytes in GB18030' \
    "SELECT operator, encoding FROM inspections JOIN source_files ON path = source_file
     WHERE segment_id = 'NM-008' AND is_current" '丁㛃|GB18030'

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
holds 'the hamlet: 14.0 and 21.5 m from both ends, from inner walls' hamlet.gpkg \
    "SELECT inspected_m, n_inspections FROM segments WHERE segment_id = '120005'" '36.5|2'
holds 'the hamlet: the zone is taken off' hamlet.gpkg \
    "SELECT CAST(min_x AS INT) FROM gpkg_contents WHERE table_name = 'nodes'" 548210
try 'the village: wells without lines' 0 'implied' "$chainage" run "$data"/village/*.xlsx \
    --output village.gpkg
nothing_lost 'the village' village.gpkg
holds 'the village: without inverts points have no Z' village.gpkg \
    "SELECT sum(z), (SELECT count(*) FROM defects WHERE length(geom) <> 29) FROM gpkg_geometry_columns" '0|0'
holds 'the village: X is north' village.gpkg "SELECT CAST(min_x AS INT), CAST(min_y AS INT)
    FROM gpkg_contents WHERE table_name = 'nodes'" '96120|28329'
holds 'the village: 8.8 m up from Y4 are 39.43 - 8.8 down from Y3' village.gpkg \
    "SELECT round(along_m, 2) FROM defects WHERE segment_id = 'Y3-Y4'" 30.63
try 'the mill: feet' 0 'feet\|unit_converted' "$chainage" run "$data"/mill/*.csv \
    --network "$data/mill/pipes.shp" --output mill.gpkg
nothing_lost 'the mill' mill.gpkg
holds 'the mill: 62 ft are 18.9 m, 8 inches 203.2 mm' mill.gpkg \
    "SELECT round(chainage_m, 3), round(diameter_mm, 1) FROM defects JOIN segments USING (segment_id)
     WHERE code = 'CK'" '18.898|203.2'
holds 'the mill: 3 % too long, against the flow' mill.gpkg \
    "SELECT abs(along_m - s.length_m * (1 - 100 / 204.1)) < 0.001 FROM defects
     JOIN segments AS s USING (segment_id) WHERE segment_id = 'P102'" 1
holds 'the mill: 88 of 184.8 ft' mill.gpkg \
    "SELECT is_complete, round(coverage, 2) FROM inspections JOIN segments USING (segment_id)
     WHERE segment_id = 'P103'" '0|0.48'
finish
