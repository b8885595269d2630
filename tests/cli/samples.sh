#!/bin/sh
# Real files through the whole program, when they are at hand.
#   samples.sh CHAINAGE SHARED
set -u
chainage=$1 samples=$2/samples
. "$(dirname "$0")/tap.sh"
if [ ! -d "$samples" ]; then
    skip 'real files' 'the folder with samples from the field is not here'
    finish
    exit
fi

# --- ISYBAU XML 2013: the survey with its master data ---
try 'ISYBAU 2013: the pair runs' 0 'Written' "$chainage" run \
    "$samples"/isybau_xml/ISYBAU_XML-2013-Zustandsdaten*.xml \
    --network "$samples/isybau_xml/ISYBAU_XML-2013-Stammdaten.xml" --output isybau.gpkg
nothing_lost 'ISYBAU 2013' isybau.gpkg
is_valid 'ISYBAU 2013' isybau.gpkg
holds 'ISYBAU 2013: 133 of 133 inspections of pipes are matched' isybau.gpkg \
    "SELECT count(*) FROM inspections WHERE match_method <> 'none'" 133
holds 'ISYBAU 2013: 66 with the flow, 67 against it' isybau.gpkg \
    "SELECT sum(direction = 'downstream') || ' ' || sum(direction = 'upstream') FROM inspections" '66 67'
holds 'ISYBAU 2013: a start node is the end that the direction says' isybau.gpkg \
    "SELECT count(*) FROM inspections JOIN segments USING (segment_id) WHERE start_node <>
     CASE direction WHEN 'downstream' THEN from_node ELSE to_node END" 0
holds 'ISYBAU 2013: 861 observations of pipes are accounted for' isybau.gpkg \
    "SELECT (SELECT count(*) FROM defects WHERE segment_id IS NOT NULL) +
     (SELECT count(*) FROM inventory WHERE segment_id IS NOT NULL) +
     (SELECT count(*) FROM unplaced WHERE object = 'segment')" 861
holds 'ISYBAU 2013: 113 manholes and 2 structures lie at their nodes' isybau.gpkg \
    'SELECT count(*) FROM node_inspections JOIN nodes USING (node_id)' 115
holds 'ISYBAU 2013: easting without its zone' isybau.gpkg \
    "SELECT count(*) FROM gpkg_contents WHERE data_type = 'features' AND min_x NOT BETWEEN 100000 AND 900000
     AND min_x IS NOT NULL" 0

# --- CJJ 181: one survey of 32 segments in three shapes ---
cn=$samples/cn_cjj181
try 'Shenzhen: the xls runs' 0 '32 segments' "$chainage" run "$cn/cjj181_springboot_0001.xls" --output xls.gpkg
try 'Shenzhen: the GBK twin runs' 0 '32 segments' "$chainage" run "$cn/cjj181_longgang_records_gbk.csv" \
    --network "$cn/cjj181_longgang_coords_gbk.csv" --output gbk.gpkg
try 'Shenzhen: the UTF-8 twin runs' 0 '32 segments' "$chainage" run "$cn/cjj181_longgang_records_utf8bom.csv" \
    --nodes "$cn/cjj181_longgang_coords_utf8bom.csv" --output utf8.gpkg
dump() { # dump FILE: what was found, without where it came from
    sqlite3 "$1" "SELECT hex(geom), segment_id, from_node, to_node, diameter_mm, height_mm, material, length_m,
        structural_score, structural_mean, structural_density, repair_index, functional_score,
        functional_mean, functional_density, maintenance_index, priority, priority_reason, rank, coverage
        FROM segments ORDER BY segment_id;
        SELECT hex(geom), defect_id, segment_id, code, grade, score, chainage_m, along_m, clock_from,
        clock_to, clock_text, remark, photo, video, position_method, position_error_m FROM defects ORDER BY defect_id;
        SELECT hex(geom), inspection_id, segment_id, start_node, finish_node, direction, inspected_on, operator,
        inspected_m, match_method FROM inspections ORDER BY inspection_id"
}
for file in xls gbk utf8; do
    nothing_lost "Shenzhen $file" $file.gpkg
    dump $file.gpkg >$file.txt
done
holds 'Shenzhen: 32 segments' xls.gpkg 'SELECT count(*) FROM segments' 32
holds 'Shenzhen: 39 defects, 11 clean rows' xls.gpkg 'SELECT count(*) FROM defects' 39
for file in gbk utf8; do
    if diff xls.txt $file.txt >said; then ok "Shenzhen: xls and $file give the same result"; else
        not_ok "Shenzhen: xls and $file give the same result" 'they differ:'; fi
done

# --- EN 13508-2 text, without a network that holds its pipes ---
try 'EN 13508-2: runs without a network' 0 '335' "$chainage" run \
    "$samples/en13508_txt/kwb_example_13508_2.txt" --output en.gpkg
holds 'EN 13508-2: 19 inspections and 335 observations are read' en.gpkg \
    "SELECT n_inspections || ' ' || n_observations || ' ' || n_unplaced FROM source_files" '19 335 335'
holds 'EN 13508-2: every observation is unplaced with its reason' en.gpkg \
    "SELECT count(*) FROM unplaced WHERE reason = 'no_network'" 335
try 'EN 13508-2: runs with a foreign network' 0 'not_matched' "$chainage" run \
    "$samples/en13508_txt/kwb_example_13508_2.txt" \
    --network "$samples/csv_shapefile/sample_lines.shp" --output en2.gpkg
nothing_lost 'EN 13508-2 with a foreign network' en2.gpkg

# --- WinCan VX: what is deleted stays out ---
wincan=$samples/wincan
try 'WinCan: the projects run' 0 '217 observations' "$chainage" run "$wincan/GR7188_BuryStEdmunds.db3" \
    "$wincan/GR7204.db3" --output wincan.gpkg
nothing_lost 'WinCan' wincan.gpkg
holds 'WinCan: 39 and 2 inspections, 189 and 28 observations' wincan.gpkg \
    "SELECT group_concat(n_inspections || ' ' || n_observations, ', ') FROM source_files" '39 189, 2 28'
holds 'WinCan: photos and clips are named' wincan.gpkg \
    "SELECT count(photo) || ' ' || count(video) FROM unplaced WHERE source_file LIKE '%GR7204.db3'" '5 28'
try 'WinCan 8: the tables run' 0 '38 observations' "$chainage" run "$wincan/teksi_wincan_observation.csv" \
    --output wincan8.gpkg
nothing_lost 'WinCan 8' wincan8.gpkg
if [ -z "$(find "$wincan" -name '*-shm' -o -name '*-wal')" ]; then
    ok 'WinCan: nothing is written beside the files'; else
    not_ok 'WinCan: nothing is written beside the files' 'there is a log'; fi

# --- PACP 6: inspections whose conditions were not delivered ---
try 'PACP: the table of inspections runs' 0 '20 inspections, 0 observations' "$chainage" run \
    "$samples/pacp/stillwater_Inspections_v6_headers_only.csv" --output pacp.gpkg
nothing_lost 'PACP' pacp.gpkg
holds 'PACP: 20 inspections, each in unplaced; from the upstream manhole' pacp.gpkg \
    "SELECT n_inspections || ' ' || (SELECT count(*) FROM unplaced) || ' ' || (SELECT start_node FROM unplaced
     WHERE inspection_id = '1') FROM source_files" '20 20 2186'

# --- plain CSV and a shapefile in US survey feet ---
try 'feet: runs' 0 'Written' "$chainage" run "$samples/csv_shapefile/cctv_log.csv" \
    --network "$samples/csv_shapefile/sample_lines.shp" --output feet.gpkg
nothing_lost 'feet' feet.gpkg
holds 'feet: 5 of 5 are matched' feet.gpkg "SELECT count(*) FROM inspections WHERE match_method = 'segment_id'" 5
holds 'feet: 10 observations lie on their pipes, one tap of PACP is a defect' feet.gpkg \
    "SELECT (SELECT count(*) FROM inventory WHERE geom IS NOT NULL) || ' ' ||
     (SELECT count(*) FROM defects WHERE geom IS NOT NULL)" '9 1'
# P4595: 8.9 ft from the downstream end of 13.0 ft, by hand: 13.0 - 8.9 = 4.1 ft = 1.25 m.
holds 'feet: an upstream run counts from the other end' feet.gpkg \
    "SELECT round(along_m, 2) FROM inventory WHERE segment_id = 'P4595'" 1.25

# --- SUF-RIB: four files, each with its own part of the network ---
nl=$samples/sufrib
try 'SUF-RIB: four files run as survey and network' 0 '327 segments' "$chainage" run \
    "$nl/sufrib_2008_228-1_DWA.RIB" "$nl/sufrib_224-4_DWA.rib" "$nl/sufrib_232-2_DWA.RIB" \
    "$nl/sufrib_4F1_asfalt_werk.rib" --output rib.gpkg
nothing_lost 'SUF-RIB' rib.gpkg
is_valid 'SUF-RIB' rib.gpkg
holds 'SUF-RIB: inspections and observations' rib.gpkg \
    'SELECT group_concat(n_inspections || " " || n_observations, ", ") FROM source_files' \
    '433 2715, 46 305, 55 255, 34 249'
holds 'SUF-RIB: pipes without a record, manholes without a point, distances behind the end' rib.gpkg \
    'SELECT group_concat(reason || " " || n, ", ") FROM (SELECT reason, count(*) AS n FROM unplaced
     GROUP BY reason ORDER BY reason)' 'chainage_beyond_end 3, no_geometry 2, no_match 17'
holds 'SUF-RIB: the camera starts where ZZB says' rib.gpkg \
    "SELECT group_concat(start_node || ' ' || inspected_m || ' ' || is_abandoned, ', ') FROM inspections
     WHERE segment_id = '1100263'" '11D0270 2.7 1, 11D0210 36.2 0'
# 6400065 was run from node 2, which is upstream (AAK B): 23.82 m of 30.73 m logged, 30.86 m drawn.
holds 'SUF-RIB: a run from node 2 counts from there' rib.gpkg \
    "SELECT round(along_m, 2) FROM inventory WHERE code = 'BDA' AND segment_id = '6400065'" 23.92
# 10,531 rows, one station of each of 25 pipes twice; the lowest point of 2200231 stands at 6.09 m from node 1,
# where the camera started, whatever ZYB says.
holds 'SUF-RMB: slope logs beside the inspections are measurements' rib.gpkg \
    "SELECT count(*) || ' ' || count(along_m) || ' ' || count(DISTINCT inspection_id) FROM measurements" \
    '10506 10506 25'
holds 'SUF-RMB: counted from where the camera started' rib.gpkg \
    "SELECT inspections.start_node || ' ' || chainage_m || ' ' || kind || ' ' || min(value) || ' ' || unit
     FROM measurements JOIN inspections USING (inspection_id) WHERE inspection_id = '2200231'" \
    '22D0212 6.09 deviation -89.91 mm'
try 'SUF-RMB: offered by itself it says whose it is' 0 "read with the inspections of 'sufrib_224-4_DWA.rib'" \
    "$chainage" run "$nl/sufrib_224-4_DWA.RMB" --output rmb.gpkg --json

# --- RIBX ---
try 'RIBX: two pipes with their network' 0 '49 = ' "$chainage" run \
    "$samples/ribx/nens_RibX_Goed_2016-10-04_ZB_A_C_E_G_J_M.ribx" --output ribx.gpkg
nothing_lost 'RIBX' ribx.gpkg
holds 'RIBX: every observation has its place' ribx.gpkg 'SELECT n_unplaced FROM source_files' 0
try 'RIBX: slope rows alone' 0 'Written' "$chainage" run "$samples/ribx/rgs_inclined.ribx" --output slope.gpkg
holds 'RIBX: slope rows are measurements, and nothing else' slope.gpkg \
    "SELECT (SELECT group_concat(along_m || ' ' || value || unit, ', ') FROM measurements) || '; ' ||
     (SELECT count(*) FROM defects) || ' ' || (SELECT count(*) FROM inventory)" \
    '0.0 0.0deg, 15.0 -0.5deg, 30.0 -1.0deg; 0 0'
finish
