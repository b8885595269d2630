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

# --- every file is known for what it is; "-" is read with a file beside it, or is no survey ---
"$chainage" identify "$samples" |
    sed "s|^$samples/||; s/  no survey: .*/ -/; s/^\([^ ]*\)  \([^ ,]*\).*/\1 \2/" >named
while read -r file format; do
    is "identify: $file" "$(awk -v file="$file" '$1 == file { print $2 }' named)" "$format"
done <<'END'
cn_cjj181/cjj181_longgang_coords_gbk.csv cjj181
cn_cjj181/cjj181_longgang_coords_utf8bom.csv cjj181
cn_cjj181/cjj181_longgang_records_gbk.csv cjj181
cn_cjj181/cjj181_longgang_records_utf8bom.csv cjj181
cn_cjj181/cjj181_springboot_0001.xls cjj181
csv_shapefile/cctv_log.csv csv
csv_shapefile/sample_lines.dbf -
csv_shapefile/sample_lines.shp -
dwa_m150/SYNTHETIC_typeB_inspection.xml dwa-m150
dwa_m150/derbeaker_m150-stammdaten_typeA_fictive.xml dwa-m150
en13508_txt/kwb_example_13508_2.txt en13508
isybau_xml/ISYBAU_XML-2013-Stammdaten.xml isybau
isybau_xml/ISYBAU_XML-2013-Zustandsdaten_DIN_EN_13508-2_AH_Abwasser.xml isybau
isybau_xml/fabiologe_storage_input_ISYBAU_XML-2017-Stammdaten.xml isybau
ribx/nens_RibX_Goed_2016-10-04_ZB_A_C_E_G_J_M.ribx ribx
ribx/rgs_inclined.ribx ribx
ribx/rgs_minimal.ribx ribx
schemas/SUFRIB_2.1_spec_RIONED_2007.txt -
schemas/isybau2013/1302-zustandsdaten.xsd -
schemas/kwb_eucodes.csv -
sufrib/sufrib_2008_228-1_DWA.RIB sufrib
sufrib/sufrib_2008_228-1_DWA.RMB -
sufrib/sufrib_224-4_DWA.RMB -
sufrib/sufrib_224-4_DWA.rib sufrib
sufrib/sufrib_232-2_DWA.RIB sufrib
sufrib/sufrib_4F1_asfalt_werk.rib sufrib
vsa_kek/minimal-dataset-transferdatensatz_VSA-KEK-channel-damage.xtf vsa-kek
wincan/GR7188_BuryStEdmunds.db3 wincan
wincan/GR7204.db3 wincan
wincan/teksi_wincan_inspection.csv wincan-csv
wincan/teksi_wincan_observation.csv -
wincan/teksi_wincan_project.csv -
wincan/teksi_wincan_section.csv -
END

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
# Its defects by DWA-M 149-3, which the format asks for.  NULL: only cases left to an engineer.
holds 'ISYBAU 2013: the 132 segments that were seen are graded by DWA-M 149-3' isybau.gpkg \
    "SELECT count(*), count(DISTINCT scheme), max(scheme) FROM segments WHERE inspected_on IS NOT NULL" '132|1|dwa-m149-3'
holds '... stability: 1, 11, 2, 3 and 113 of class 0 to 4, 2 without a class' isybau.gpkg \
    "SELECT group_concat(n) FROM (SELECT count(*) AS n FROM segments WHERE inspected_on IS NOT NULL
     GROUP BY structural_grade ORDER BY structural_grade IS NULL, structural_grade)" '1,11,2,3,113,2'
holds '... operation: 2, 2, 3, 36 and 81, 8 without a class' isybau.gpkg \
    "SELECT group_concat(n) FROM (SELECT count(*) AS n FROM segments WHERE inspected_on IS NOT NULL
     GROUP BY functional_grade ORDER BY functional_grade IS NULL, functional_grade)" '2,2,3,36,81,8'
holds '... priorities' isybau.gpkg \
    "SELECT group_concat(n) FROM (SELECT count(*) AS n FROM segments WHERE inspected_on IS NOT NULL
     GROUP BY priority ORDER BY priority)" '13,5,4,49,61'
holds '... what is left to an engineer is said' isybau.gpkg \
    "SELECT (SELECT count(*) FROM findings WHERE kind = 'open_case') || ' ' ||
     (SELECT count(*) FROM findings WHERE kind IN ('not_graded', 'scheme_assumed')) || ' ' ||
     (SELECT sum(open_case) FROM defects WHERE is_current)" '74 0 71'
holds '... soil that is visible is S 1 and a hazard' isybau.gpkg \
    "SELECT count(*), sum(collapse_hazard) FROM defects WHERE is_current AND code = 'BAO' AND stability_grade = 1" '25|25'
try 'ISYBAU 2013: the same by the rules of ISYBAU' 0 'isybau' "$chainage" run \
    "$samples"/isybau_xml/ISYBAU_XML-2013-Zustandsdaten*.xml --scheme isybau \
    --network "$samples/isybau_xml/ISYBAU_XML-2013-Stammdaten.xml" --output isybau2.gpkg
nothing_lost 'ISYBAU 2013 by ISYBAU' isybau2.gpkg
holds '... object classes 0 to 5, 12 without' isybau2.gpkg \
    "SELECT group_concat(n) FROM (SELECT count(*) AS n FROM segments WHERE inspected_on IS NOT NULL
     GROUP BY repair_grade ORDER BY repair_grade IS NULL, repair_grade)" '55,14,21,12,12,6,12'
holds '... priorities' isybau2.gpkg \
    "SELECT group_concat(n) FROM (SELECT count(*) AS n FROM segments WHERE inspected_on IS NOT NULL
     GROUP BY priority ORDER BY priority)" '13,4,2,45,68'
holds '... connections in a wrong place have no row there' isybau2.gpkg \
    "SELECT count(*), sum(detail LIKE '%BAH%no row%') FROM findings WHERE kind = 'not_graded'" '41|41'

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

# --- DWA-M 150: type A is the network of type B ---
m150=$samples/dwa_m150
for order in 'derbeaker_m150-stammdaten_typeA_fictive.xml SYNTHETIC_typeB_inspection.xml' \
    'SYNTHETIC_typeB_inspection.xml derbeaker_m150-stammdaten_typeA_fictive.xml'; do
    # shellcheck disable=SC2086 # names are split into words on purpose
    try "DWA-M 150: the pair runs, ${order%%_*} first" 0 'EPSG:31467' \
        env -C "$m150" "$chainage" run $order --output "$PWD/m150.gpkg"
    nothing_lost 'DWA-M 150' m150.gpkg
    is_valid 'DWA-M 150' m150.gpkg
    holds 'DWA-M 150: two runs of one pipe from both ends, both abandoned' m150.gpkg \
        "SELECT group_concat(segment_id || ' ' || start_node || ' ' || inspected_m || ' ' || is_complete, ', ')
         FROM inspections" 'H12-11 S11 39.4 1, H11-10 S11 12.6 0, H11-10 S10 26.9 0'
    holds 'DWA-M 150: 12 observations lie on their pipes' m150.gpkg \
        "SELECT (SELECT count(*) FROM defects WHERE geom IS NOT NULL) || ' ' ||
         (SELECT count(*) FROM inventory WHERE geom IS NOT NULL) || ' ' || (SELECT count(*) FROM unplaced)" '3 9 0'
done
# By hand: 26.9 m from the downstream end of 40 m.
holds 'DWA-M 150: a run against the flow counts from the other end' m150.gpkg \
    "SELECT round(along_m, 2) FROM inventory WHERE code = 'BDC' AND chainage_m > 20" 13.1

# --- VSA-KEK: with a network of our own, in a transfer beside it ---
xtf() { # xtf CLASS TID INSIDE
    echo "<M.SIA405_Abwasser.$1 TID='$2'>$3</M.SIA405_Abwasser.$1>"
}
{
    echo "<TRANSFER><MODELS><MODEL NAME='SIA405_ABWASSER_2020_LV95'/></MODELS><DATASECTION><M.A BID='b'>"
    for node in '1.045 N1 2600000' '1.040 N2 2600012'; do
        # shellcheck disable=SC2086 # its three words
        set -- $node
        xtf Abwasserknoten "$2" "<Bezeichnung>$1</Bezeichnung><Lage><COORD><C1>$3</C1><C2>1200000</C2></COORD></Lage>"
        xtf Haltungspunkt "P$2" "<AbwassernetzelementRef REF='$2'/>"
    done
    xtf Haltung H1 "<Bezeichnung>77</Bezeichnung><vonHaltungspunktRef REF='PN1'/><nachHaltungspunktRef REF='PN2'/>"
    echo '</M.A></DATASECTION></TRANSFER>'
} >network.xtf
try 'VSA-KEK: runs with its network' 0 'EPSG:2056' "$chainage" run "$samples"/vsa_kek/*.xtf network.xtf \
    --output kek.gpkg
nothing_lost 'VSA-KEK' kek.gpkg
holds 'VSA-KEK: 8 observations lie on the reach between its two points' kek.gpkg \
    "SELECT segment_id || ' ' || match_method || ' ' || n_observations || ' ' ||
     (SELECT count(*) FROM unplaced) FROM inspections" '77 node_pair 8 0'

# --- WinCan VX: what is deleted stays out ---
wincan=$samples/wincan
try 'WinCan: the projects run' 0 '217 observations' "$chainage" run "$wincan/GR7188_BuryStEdmunds.db3" \
    "$wincan/GR7204.db3" --output wincan.gpkg
nothing_lost 'WinCan' wincan.gpkg
holds 'WinCan: 39 and 2 inspections, 189 and 28 observations' wincan.gpkg \
    "SELECT group_concat(n_inspections || ' ' || n_observations, ', ') FROM source_files" '39 189, 2 28'
holds 'WinCan: photos and clips are named' wincan.gpkg \
    "SELECT count(photo) || ' ' || count(video) FROM unplaced WHERE source_file LIKE '%GR7204.db3'" '5 28'
# The project has no geometry: its sections are drawn as lines of their lengths, so that the schemes have pipes to
# grade.  Totals, peaks and service grades are those of the worked cases that came with these data (12 service cases,
# as far as they are in this project).
cat >sections.sql <<'END'
.mode csv
.headers on
SELECT S.OBJ_Key AS id, a.OBJ_Key AS f, b.OBJ_Key AS t, ifnull(S.OBJ_RealLength, S.OBJ_Length) AS m,
    S.OBJ_Size1 AS dn, S.OBJ_Material AS material
FROM SECTION AS S LEFT JOIN NODE AS a ON a.OBJ_PK = S.OBJ_FromNode_REF
    LEFT JOIN NODE AS b ON b.OBJ_PK = S.OBJ_ToNode_REF WHERE S.OBJ_Deleted IS NULL;
END
cat >lines.awk <<'END'
BEGIN { printf "{\"type\":\"FeatureCollection\",\"features\":[" }
NR > 1 {
    gsub(/"/, ""); m = $4 > 0 ? $4 : 1; y = 264000 + NR * 10
    printf "%s{\"type\":\"Feature\",\"properties\":{\"id\":\"%s\",\"from_node\":\"%s\",", (NR > 2 ? "," : ""), $1, $2
    printf "\"to_node\":\"%s\",\"diameter\":%s,\"material\":\"%s\"},\"geometry\":{", $3, $5, $6
    printf "\"type\":\"LineString\",\"coordinates\":[[585000,%d],[%.2f,%d]]}}", y, 585000 + m, y
}
END { print "]}" }
END
sqlite3 "file:$wincan/GR7188_BuryStEdmunds.db3?immutable=1" <sections.sql | awk -F, -f lines.awk >sections.geojson
try 'WinCan: graded by the SRM' 0 'wrc-srm' "$chainage" run "$wincan/GR7188_BuryStEdmunds.db3" \
    --network sections.geojson --crs EPSG:27700 --output srm.gpkg
nothing_lost 'WinCan, graded' srm.gpkg
holds 'WinCan: length, service total, peak, mean and grade as worked out' srm.gpkg \
    "SELECT group_concat(length_m || ' ' || json_extract(scheme_detail, '\$.service_total') || ' ' ||
        json_extract(scheme_detail, '\$.service_peak') || ' ' ||
        round(json_extract(scheme_detail, '\$.service_mean'), 4) || ' ' || functional_grade, char(10))
     FROM (SELECT * FROM segments WHERE segment_id IN ('SW03X', 'FW03X', 'SW04X', 'SW05X', 'FW05X', 'FW10X',
        'SW07X', 'SW11X') ORDER BY segment_id)" \
'33.78 6 2 0.1776 3
34.31 2 2 0.0583 3
27.9 6 5 0.2151 4
30.24 8 2 0.2646 3
5.64 4 2 0.7092 3
31.47 2 2 0.0636 3
21.68 4 2 0.1845 3
17.58 1 1 0.0569 2'
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
