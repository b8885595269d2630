#!/bin/sh
# Worked examples of the schemes that add up points, through the whole program: a sheet and a
# network in, the figures in the GeoPackage as the examples give them.
#   points.sh CHAINAGE
set -u
chainage=$1
. "$(dirname "$0")/tap.sh"

# network NAME: lines of stdin, "id length diameter", each 100 m north of the one before
network() {
    awk 'BEGIN {
            print "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{"
            print "\"name\":\"urn:ogc:def:crs:EPSG::4547\"}},\"features\":["
        }
        { y = 2500000 + 100 * NR
          printf "%s{\"type\":\"Feature\",\"properties\":{\"pipe_id\":\"%s\",", (NR > 1 ? "," : ""), $1
          printf "\"from_node\":\"A%s\",\"to_node\":\"B%s\",\"diameter\":%s},", $1, $1, $3
          printf "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[500000,%d],", y
          printf "[%.2f,%d]]}}\n", 500000 + $2, y }
        END { print "]}" }' >"$1"
}
# survey NAME: lines of stdin, "id length code[:grade][=quantity]@chainage ..."
survey() {
    awk 'BEGIN { print "segment_id,start_node,finish_node,date,inspected_m,chainage_m,code,grade,quant1" }
        { for (i = 3; i <= NF; i++) {
              split($i, part, "@"); split(part[1], code, /[:=]/)
              grade = part[1] ~ /:/ ? code[2] : ""; quant = part[1] ~ /=/ ? code[2] : ""
              print $1 ",A" $1 ",B" $1 ",2024-05-06," $2 "," part[2] "," code[1] "," grade "," quant
          } }' >"$1"
}

# --- DB31/T 444-2022: the same sheet by either Chinese text ---
network db31.geojson <<'END'
TC1 100 500
TC4 20 500
W1 40 800
W2 40 800
END
survey db31.csv <<'END'
TC1 100 PL:2@10
TC4 20 PL:2@5 SL:2@5
W1 40 PL:3@10
W2 40 PL:4@10
END
try 'DB31: runs' 0 'Written' "$chainage" run db31.csv --network db31.geojson --scheme db31-2022 \
    --area-importance 6 --output db31.gpkg
holds 'DB31: S, F, RI and classes of the examples' db31.gpkg \
    "SELECT group_concat(segment_id || ' ' || structural_mean || ' ' || structural_score || ' ' ||
        repair_index || ' ' || repair_grade, '; ') FROM (SELECT * FROM segments ORDER BY segment_id)" \
    'TC1 1.0 0.25 0.175 1; TC4 8.75 2.1875 1.53125 1; W1 10.0 2.5 1.75 1; W2 30.0 7.5 6.0 2'
holds 'DB31: a collapse is an emergency, however long the segment' db31.gpkg \
    "SELECT priority || ' ' || scheme FROM segments WHERE segment_id = 'W2'" '1 db31-2022'
try 'without the option the sheet is one of CJJ 181' 0 'Written' "$chainage" run db31.csv \
    --network db31.geojson --area-importance 6 --soil 10 --output cjj.gpkg
holds 'CJJ 181: the same pipe is of grade 3' cjj.gpkg \
    "SELECT scheme || ' ' || repair_index || ' ' || repair_grade FROM segments WHERE segment_id = 'W1'" \
    'cjj181 5.75 3'
nothing_lost 'DB31' db31.gpkg
is_valid 'DB31' db31.gpkg

# --- PACP ---
network pacp.geojson <<'END'
P2 40 300
P3 40 300
P9 40 300
END
survey pacp.csv <<'END'
P2 40 AMH@0
P3 40 CL@5 CL@9 CL@15 FC@20
P9 40 JSL@3 BSV@7 DSF=15@8 LFB@9
END
try 'PACP: runs' 0 'not_graded' "$chainage" run pacp.csv --network pacp.geojson --output pacp.gpkg
holds 'PACP: quick ratings and indices' pacp.gpkg \
    "SELECT group_concat(segment_id || ' ' || json_extract(scheme_detail, '\$.SQR') || ' ' ||
        json_extract(scheme_detail, '\$.OQR') || ' ' || repair_index, '; ')
        FROM (SELECT * FROM segments ORDER BY segment_id)" \
    'P2 0000 0000 0.0; P3 2400 2400 2.0; P9 5121 5131 3.5'
try 'PACP 8: runs' 0 'Written' "$chainage" run pacp.csv --network pacp.geojson --pacp-version 8 \
    --output pacp8.gpkg
holds 'PACP 8: a large separation is a 5 there' pacp8.gpkg \
    "SELECT json_extract(scheme_detail, '\$.SQR') FROM segments WHERE segment_id = 'P9'" 5200
nothing_lost 'PACP' pacp.gpkg

# --- WRc SRM ---
network wrc.geojson <<'END'
R3 5.64 300
R6 27.90 300
R8 17.58 300
END
survey wrc.csv <<'END'
R3 5.64 DER=5@.76 DER=10@1.4
R6 27.90 D=5@3 DER=30@15
R8 17.58 D=5@3 OJM@9
END
service="SELECT group_concat(segment_id || ' ' || functional_score || ' ' || functional_peak || ' ' ||
    round(functional_mean, 4) || ' ' || functional_grade, '; ')
    FROM (SELECT * FROM segments ORDER BY segment_id)"
try 'SRM: runs' 0 'Written' "$chainage" run wrc.csv --network wrc.geojson --output wrc.gpkg
holds 'SRM: total, peak, mean and grade of the examples' wrc.gpkg "$service" \
    'R3 4.0 2.0 0.7092 3; R6 6.0 5.0 0.2151 4; R8 1.0 1.0 0.0569 2'
try 'SRM: sums within a metre' 0 'Written' "$chainage" run wrc.csv --network wrc.geojson \
    --srm-peak sum --output sum.gpkg
holds 'SRM: the two deposits add up' sum.gpkg \
    "SELECT functional_peak FROM segments WHERE segment_id = 'R3'" 4.0
try 'SRM: limits of Hong Kong' 0 'Written' "$chainage" run wrc.csv --network wrc.geojson \
    --srm-limits hk --output hk.gpkg
holds 'Hong Kong: by the total of 6' hk.gpkg \
    "SELECT functional_grade FROM segments WHERE segment_id = 'R6'" 4
holds 'the options are in the record' hk.gpkg \
    "SELECT options LIKE '%srm-limits%hk%' FROM runs" 1
nothing_lost 'SRM' wrc.gpkg

# Codes that PACP, MSCC and WSA 05 share are read by the scheme that was asked for.
survey shared.csv <<'END'
R6 27.90 CL@3 FM@15
END
for scheme in pacp wrc-srm wsa05; do
    try "shared codes by $scheme: runs" 0 'Written' "$chainage" run shared.csv --network wrc.geojson \
        --scheme $scheme --output shared.gpkg
    holds "shared codes by $scheme" shared.gpkg "SELECT scheme FROM segments WHERE segment_id = 'R6'" $scheme
done

# What no source gives, the user may: a score of WSA 05 out of the paid text.
cat >scores.csv <<'END'
table,scheme,code,group,score,grade,counted,meaning,source
rule,wsa05,CL,structural,10,2,yes,longitudinal crack,paid text
END
try 'WSA 05 with a score of the user: runs' 0 'Written' "$chainage" run shared.csv --network wrc.geojson \
    --scheme wsa05 --scheme-table scores.csv --output wsa05.gpkg
holds 'WSA 05: the crack is graded, the fracture is told' wsa05.gpkg \
    "SELECT structural_peak || ' ' || structural_grade || ' ' || n_ungraded FROM segments
     WHERE segment_id = 'R6'" '10.0 2 1'
finish
