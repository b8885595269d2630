#!/bin/sh
# Worked examples of CJJ 181-2012 through the whole program: a sheet and a network in, the figures
# in the GeoPackage as somebody works them out by hand with the standard's formulas.
#   vectors.sh CHAINAGE
set -u
chainage=$1
. "$(dirname "$0")/tap.sh"

# segment | length | diameter | K | T | code, grade @ chainage (to chainage) ...
# Segments with a number are field data with K = 10 and T = 0; those with V try one rule each.
cat >vectors <<'END'
95|26.38|400|10|0|
96|39.52|600|10|0|FS1@.01 CK2@2.2 CK2@4.1 CK2@6.5
97|29.70|600|10|0|FS3@.01 CJ3@12.47
98|27.59|800|10|0|CJ1@.01
99|21.60|600|10|0|ZW3@9.31 CJ1@9.31 FS3@.01
100|47.39|600|10|0|PL1@.66 FS1@.01 CK2@4.68 CK2@6.54
101|25.63|600|10|0|CJ2@.01 PL1@14.6 BX2@19.8 FS3@.01
102|29.61|800|10|0|TL1@3.56
V1|40|800|6|10|PL3@10
V2|40|800|3|0|PL2@10 CK2@11.2
V3|40|800|3|0|PL2@10 CK2@11.0
V4|40|800|10|10|PL4@10 SL4@10.5
V5|30|500|6|8|PL2@5 CK3@5.4 TJ2@6.6 SL1@20
V6|50|1600|10|10|FS3@0-50
V7|25|1200|6|10|TJ4@3 CK3@4.3 PL3@5.6
V8|20|300|3|0|CJ4@2-18 JG2@19
V9|35|1000|6|10|PL1@1 PL1@3 PL1@5 PL1@7 PL1@9
END

# Each vector is a line of its own length, 100 m north of the one before, in an area of its own.
each_line() { # each_line FILE PROPERTIES: shell words with the vector's fields
    each "$1" "$2" '"type":"LineString","coordinates":[[500000,$y],[$end,$y]]'
}
each_area() {
    each "$1" "$2" '"type":"Polygon","coordinates":[[[499990,$south],[500090,$south],[500090,$north],
        [499990,$north],[499990,$south]]]'
}
each() { # each FILE PROPERTIES GEOMETRY
    separator= y=2500000
    echo '{"type":"FeatureCollection","crs":{"type":"name","properties":{
        "name":"urn:ogc:def:crs:EPSG::4547"}},"features":[' >"$1"
    while IFS='|' read -r id length diameter k t defects; do
        y=$((y + 100)) south=$((y - 40)) north=$((y + 40)) end=$(printf '500%06.2f' "$length")
        eval "properties=\"$(echo "$2" | sed 's/"/\\"/g')\" geometry=\"$(echo "$3" | sed 's/"/\\"/g')\""
        echo "$separator{\"type\":\"Feature\",\"properties\":{$properties},\"geometry\":{$geometry}}" >>"$1"
        separator=,
    done <vectors
    echo ']}' >>"$1"
}
pipe='"pipe_id":"$id","from_node":"A$id","to_node":"B$id","diameter":$diameter'
each_line pipes.geojson "$pipe"
each_line pipes_with_k_and_t.geojson "$pipe,"'"K":$k,"T":$t'
each_area importance.geojson '"K":$k'
each_area soil.geojson '"T":$t'
awk -F'|' '
    BEGIN { print "segment_id,start_node,finish_node,date,inspected_m,chainage_m,code,grade,continuous" }
    { head = $1 ",A" $1 ",B" $1 ",2024-05-06," $2 ","; n = split($6, defects, " ")
      if (n == 0) print head ",,,"
      for (i = 1; i <= n; i++) {
          split(defects[i], part, /[@-]/); code = substr(part[1], 1, 2) "," substr(part[1], 3)
          print head part[2] "," code "," (part[3] == "" ? "" : "KS01")
          if (part[3] != "") print head part[3] "," code ",JS01"
      } }' vectors >survey.csv

# n1 + n2, Smax, S, F, grade, SM, its type, RI, grade; m, Y, G, grade, YM, MI, grade
cat >worked <<'END'
100|3|2.0|1.6667|2.0|2|0.0633|local|1.40|2|0|0.0|0.0|1|0.0||0.0|1
101|3|5.0|2.5|5.0|3|0.1171|partial or whole|4.65|3|1|2.0|2.0|2|0.039|local|3.25|2
102|1|1.0|1.0|1.0|1|0.0338|local|0.70|1|0|0.0|0.0|1|0.0||0.0|1
95|0|0.0|0.0|0.0|1|0.0||0.00|1|0|0.0|0.0|1|0.0||0.0|1
96|4|2.0|1.625|2.0|2|0.1012|partial or whole|1.40|2|0|0.0|0.0|1|0.0||0.0|1
97|1|5.0|5.0|5.0|3|0.0337|local|4.65|3|1|5.0|5.0|3|0.0337|local|5.65|3
98|0|0.0|0.0|0.0|1|0.0||0.00|1|1|0.5|0.5|1|0.0362|local|0.4|1
99|1|5.0|5.0|5.0|3|0.0463|local|4.65|3|1|5.5|5.5|3|0.0463|local|6.05|3
V1|1|5.0|5.0|5.0|3|0.025|local|5.75|3|0|0.0|0.0|1|0.0||0.0|1
V2|2|2.0|2.2|2.2|2|0.05|local|1.54|2|0|0.0|0.0|1|0.0||0.0|1
V3|1|4.0|4.0|4.0|3|0.025|local|3.25|2|0|0.0|0.0|1|0.0||0.0|1
V4|1|10.0|10.0|10.0|4|0.025|local|9.65|4|0|0.0|0.0|1|0.0||0.0|1
V5|3|7.0|3.8333|7.0|4|0.1|partial or whole|6.70|3|0|0.0|0.0|1|0.0||0.0|1
V6|1|5.0|5.0|5.0|3|1.0|whole|6.50|3|0|0.0|0.0|1|0.0||0.0|1
V7|3|10.0|7.3333|10.0|4|0.12|partial or whole|9.40|4|0|0.0|0.0|1|0.0||0.0|1
V8|0|0.0|0.0|0.0|1|0.0||0.00|1|1|10.0|10.0|4|0.85|whole|8.0|4
V9|5|0.5|0.5|0.5|1|0.1429|partial or whole|1.85|2|0|0.0|0.0|1|0.0||0.0|1
END

figures() { # figures FILE [CONDITION]
    sqlite3 "$1" "SELECT segment_id,
        json_extract(scheme_detail, '$.n1') + json_extract(scheme_detail, '$.n2'),
        structural_peak, round(structural_mean, 4), structural_score, structural_grade,
        round(structural_density, 4), structural_density_type,
        printf('%.2f', repair_index), repair_grade,
        json_extract(scheme_detail, '$.m1') + json_extract(scheme_detail, '$.m2'),
        functional_mean, functional_score, functional_grade,
        round(functional_density, 4), functional_density_type,
        round(maintenance_index, 4), maintenance_grade
        FROM segments WHERE ${2:-1} ORDER BY segment_id"
}
are_as_worked() { # are_as_worked NAME FILE [CONDITION] [WORKED]
    figures "$2" "${3:-1}" >got
    if diff "${4:-worked}" got >said; then ok "$1"; else not_ok "$1" '< as worked, > as got'; fi
}
run() { # run OUTPUT OPTION...
    output=$1; shift
    "$chainage" run survey.csv --output "$output" "$@"
}

try 'columns of the network tell K and T' 0 'Written' run columns.gpkg \
    --network pipes_with_k_and_t.geojson
are_as_worked 'with columns: every figure is as worked by hand' columns.gpkg
nothing_lost 'vectors' columns.gpkg
is_valid 'vectors' columns.gpkg
try 'areas tell K and T' 0 'Written' run areas.gpkg --network pipes.geojson \
    --importance importance.geojson --soil soil.geojson
are_as_worked 'with areas: every figure is as worked by hand' areas.gpkg
for pair in 10:0 6:10 3:0 10:10 6:8; do
    k=${pair%:*} t=${pair#*:}
    awk -F'|' -v k="$k" -v t="$t" 'NR == FNR { if ($4 == k && $5 == t) is_one[$1] = 1; next }
        is_one[$1]' vectors worked >some
    names=$(sed "s/|.*/'/; s/^/'/" some | paste -sd, -)
    try "options tell K $k and T $t" 0 'Written' run options.gpkg --network pipes.geojson \
        --area-importance "$k" --soil "$t"
    are_as_worked "with K $k and T $t by options: figures are as worked by hand" options.gpkg \
        "segment_id IN ($names)" some
done
try 'columns of the network win over options' 0 'Written' run both.gpkg \
    --network pipes_with_k_and_t.geojson --area-importance 3 --soil 6
are_as_worked 'with columns and options: the columns count' both.gpkg

# The open points, where another reading gives another figure.
try 'the other readings' 0 'Written' run other.gpkg --network pipes_with_k_and_t.geojson --zero-rule G
holds 'K and E act in MI by G: segment 101 and V8' other.gpkg "SELECT group_concat(round(maintenance_index, 4))
    FROM (SELECT * FROM segments WHERE segment_id IN ('101', 'V8') ORDER BY segment_id)" '1.6,8.45'
try 'only the second of two neighbours counts more' 0 'Written' run second.gpkg \
    --network pipes_with_k_and_t.geojson --spacing second
holds 'V2: (2 + 1.1 x 2) / 2' second.gpkg \
    "SELECT round(structural_mean, 4) FROM segments WHERE segment_id = 'V2'" 2.1
finish
