#!/bin/sh
# Bad input gets a clear message and loses nothing: each case runs the real program and looks at its
# exit status, its words, and what is in the GeoPackage.  TAP on stdout.
#   bad_input.sh CHAINAGE
set -u
chainage=$1
. "$(dirname "$0")/tap.sh"

heading=inspection_id,segment_id,start_node,finish_node,direction,date,inspected_m,chainage_m,code,grade
row() { # row ID CHAINAGE CODE GRADE
    echo "$1,S1,A,B,downstream,2024-05-01,40,$2,$3,$4"
}
line() { # line ID FROM TO COORDINATES: a GeoJSON feature
    printf '{"type":"Feature","properties":{"id":"%s","from_node":"%s","to_node":"%s","diameter":600},' "$1" "$2" "$3"
    printf '"geometry":{"type":"LineString","coordinates":[%s]}}' "$4"
}
crs='"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}},'
network() { # network FILE FEATURES: with the CRS in $crs
    printf '{"type":"FeatureCollection",%s"features":[%s]}\n' "$crs" "$2" >"$1"
}
s1=$(line S1 A B '[500000,2500000],[500040,2500000]')
s2=$(line S2 B C '[500040,2500000],[500080,2500000]')
network net.geojson "$s1,$s2"
{ echo $heading; row I1 10 PL 2; row I1 20.5 CJ 3; } >good.csv

run() { # run ARGUMENT...
    "$chainage" run "$@"
}
run_without_room() { # the same, with hardly any disk
    (ulimit -f 60; run "$@")
}
try 'a good run ends with 0' 0 'defects' run good.csv --network net.geojson --output good.gpkg
nothing_lost 'a good run' good.gpkg
holds 'both defects lie where they were logged' good.gpkg \
    "SELECT group_concat(along_m, ' ') FROM (SELECT along_m FROM defects ORDER BY along_m)" '10.0 20.5'

# --- files that are not there, or not what they should be ---
try 'no such survey' 3 "'missing.csv'" run missing.csv --network net.geojson --output o.gpkg
try 'no such network' 3 "'missing.shp'" run good.csv --network missing.shp --output o.gpkg
mkdir folder
try 'a folder as network' 4 "'folder'" run good.csv --network folder --output o.gpkg
: >empty.csv
try 'an empty survey' 4 "'empty.csv'.*empty" run empty.csv --network net.geojson --output o.gpkg
printf 'dear sirs, the pipes are fine\n' >letter.txt
try 'a text that is no survey' 4 "'letter.txt'" run letter.txt --network net.geojson --output o.gpkg
head -c 5000 /dev/urandom >noise.bin
try 'random bytes' 4 "'noise.bin'" run noise.bin --network net.geojson --output o.gpkg
printf '\377\330\377\340 JFIF' >photo.jpg
try 'a photo' 4 "'photo.jpg'" run photo.jpg --network net.geojson --output o.gpkg
if [ -e o.gpkg ]; then : >said; not_ok 'a refused run leaves no output' 'o.gpkg is there'; else
    ok 'a refused run leaves no output'; fi
try 'one bad file of three does not lose the others' 4 "'letter.txt'" \
    run good.csv letter.txt --network net.geojson --output partly.gpkg
holds 'the good file is in the result' partly.gpkg 'SELECT count(*) FROM defects' 2

# --- tables of the user's ---
printf 'method,dn_from,dn_to,unit,price,currency\npoint CIPP,300,600,piece,-5,CNY\nmagic,,,m,3,CNY\n' >costs.csv
try 'a negative price, and an unknown method, each with its line' 4 "costs.csv:2:.*'-5'" \
    run good.csv --network net.geojson --unit-costs costs.csv --output o.gpkg
try 'every bad row is told' 4 "costs.csv:3:.*'magic'" \
    run good.csv --network net.geojson --unit-costs costs.csv --output o.gpkg
printf 'table,defect,grade_from,grade_to,scope,methods\nmatrix,break,3,2,spot,point CIPP\n' >repair.csv
try 'grades of a repair table the wrong way round' 4 "repair.csv:2:" \
    run good.csv --network net.geojson --repair-table repair.csv --output o.gpkg
printf 'part,weight\nrust,1\n' >weights.csv
try 'a weight of no part' 4 "weights.csv:2:.*'rust'" \
    run good.csv --network net.geojson --weights weights.csv --output o.gpkg
printf '# none\n' >words.txt
try 'a list of words without words' 4 "'words.txt'.*no word" \
    run good.csv --network net.geojson --misconnection-words words.txt --output o.gpkg
printf 'method,dn_from,dn_to,unit,price,currency\npoint CIPP,,,piece,1200,CNY\n' >costs.csv
try 'good prices' 0 'defects' run good.csv --network net.geojson --unit-costs costs.csv --output o.gpkg
holds 'become costs where the method has one' o.gpkg \
    "SELECT group_concat(method || '=' || ifnull(cost, '-') || ' ' || ifnull(currency, '-'), '; ')
     FROM (SELECT * FROM repairs ORDER BY from_m)" 'high-pressure jetting=- -; point CIPP=1200.0 CNY'
rm o.gpkg
try 'the composite hazard, asked for by its weights' 0 'defects' run good.csv --network net.geojson \
    --composite --rank-by composite --output o.gpkg
holds 'is there with its parts' o.gpkg "SELECT typeof(composite_hazard), json_extract(composite_parts, '\$.structural')
     FROM segments WHERE segment_id = 'S1'" 'real|3'
rm o.gpkg

# --- XML ---
xml_head='<?xml version="1.0" encoding="UTF-8"?><Identifikation xmlns="http://www.bfr-abwasser.de">
<Version>2017-07</Version><Datenkollektive><Zustandsdatenkollektiv><InspizierteAbwassertechnischeAnlage>
<Objektbezeichnung>S1</Objektbezeichnung><Anlagentyp>1</Anlagentyp><OptischeInspektion>
<Inspektionsdatum>2024-05-01</Inspektionsdatum><Rohrleitung><Inspektionsrichtung>O</Inspektionsrichtung>
<Inspektionslaenge>40</Inspektionslaenge><RGrunddaten><KnotenZulauf>A</KnotenZulauf>
<KnotenAblauf>B</KnotenAblauf></RGrunddaten><Inspektionsdaten>
<RZustand><Station>12.5</Station><InspektionsKode>BAC</InspektionsKode><Charakterisierung1>A</Charakterisierung1></RZustand>'
printf '%s\n<RZustand><Station>20' "$xml_head" >cut.xml
try 'XML cut off in the middle says the line' 0 'cut.xml:8' run cut.xml --network net.geojson --output cut.gpkg
holds 'what came before the cut was kept' cut.gpkg \
    "SELECT count(*) FROM defects WHERE code = 'BAC' AND abs(along_m - 12.5) < 1.1" 1
holds 'the cut file is marked as damaged' cut.gpkg \
    "SELECT count(*) > 0 FROM findings WHERE kind = 'file_damaged' AND source_line >= 8" 1
try 'a damaged file fails a strict run' 1 'damaged' \
    run cut.xml --network net.geojson --output cut.gpkg --strict
printf '%s\n<></RZustand>' "$xml_head" >malformed.xml
try 'malformed XML says the line' 0 'malformed.xml:8' run malformed.xml --network net.geojson --output m.gpkg
cat >bomb.xml <<'XML'
<?xml version="1.0"?><!DOCTYPE Identifikation [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>
<Identifikation><Version>&d;</Version></Identifikation>
XML
try 'an entity bomb is refused' 4 'entit' run bomb.xml --network net.geojson --output o.gpkg
cat >external.xml <<'XML'
<?xml version="1.0"?><!DOCTYPE Identifikation [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<Identifikation><Version>&x;</Version></Identifikation>
XML
try 'an external entity is refused' 4 'entit' run external.xml --network net.geojson --output o.gpkg

# --- text ---
{ cat good.csv; printf 'I2,S1,'; head -c 3000000 /dev/zero | tr '\0' x; echo; row I3 5 PL 1; } >long.csv
try 'a line of 3 MB is skipped and said' 0 'line_too_long\|too long' \
    run long.csv --network net.geojson --output long.gpkg
nothing_lost 'a line of 3 MB' long.gpkg
holds 'the rows around the long line were read' long.gpkg 'SELECT count(*) FROM defects' 3
truncate -s 2100M huge.csv 2>/dev/null && {
    try 'a line of 2 GB neither crashes nor fills the memory' 4 "'huge.csv'" \
        run huge.csv --network net.geojson --output o.gpkg
    rm -f huge.csv
}
{ echo $heading; row I1 10 PL 2 | tr 0 '\0'; row I1 20 CJ 3; } >nul.csv
try 'NUL bytes are said' 0 'NUL\|nul_bytes' run nul.csv --network net.geojson --output nul.gpkg
nothing_lost 'NUL bytes' nul.gpkg
{ echo "$heading,remark"; echo "$(row I1 10 PL 2),路面"; printf '%s,' "$(row I1 20 CJ 3)"
  printf '\302\267\303\346\n'; } >mixed.csv
try 'mixed encodings are said' 0 'encoding' run mixed.csv --network net.geojson --output mixed.gpkg
nothing_lost 'mixed encodings' mixed.gpkg
{ echo $heading; echo 'I1,S1,A,B,downstream,2024-05-01,40,10,PL'; row I1 20 CJ 3; echo "$(row I1 30 FS 2),x,y"; } >ragged.csv
try 'ragged rows are said' 0 'ragged' run ragged.csv --network net.geojson --output ragged.gpkg
nothing_lost 'ragged rows' ragged.gpkg
holds 'ragged rows are read' ragged.gpkg 'SELECT count(*) FROM defects' 3
printf 'segment_id,date,colour\nS1,2024-05-01,red\n' >columns.csv
try 'missing columns are named, with what was found' 4 'colour' \
    run columns.csv --format csv --network net.geojson --output o.gpkg
{ echo $heading; row I1 10 QQ 2; row I1 20 QQ 3; row I1 30 PL 3; row I1 31 CJ 3; } >codes.csv
try 'unknown codes are named' 0 'QQ' run codes.csv --network net.geojson --output codes.gpkg
nothing_lost 'unknown codes' codes.gpkg
{ echo $heading; row I1 -3 PL 2; row I1 '' PL 3; row I1 999999 PL 4; row I1 abc PL 2; row I1 41.5 CJ 2
  row I1 12 PL 2; } >chainages.csv
try 'impossible chainages are said' 0 'unplaced' \
    run chainages.csv --network net.geojson --output chainages.gpkg
nothing_lost 'impossible chainages' chainages.gpkg
holds 'impossible chainages are unplaced, each with its reason' chainages.gpkg \
    "SELECT group_concat(reason, ' ') FROM (SELECT reason FROM unplaced ORDER BY reason)" \
    'chainage_beyond_end chainage_missing chainage_missing chainage_negative'
holds 'a small overshoot lies at the end' chainages.gpkg \
    "SELECT count(*) FROM defects WHERE position_method = 'beyond_end' AND along_m = 40" 1

# --- networks ---
crs_kept=$crs
network noid.geojson "$(line S1 A B '[500000,2500000],[500040,2500000]' | sed 's/"id":"S1",//')"
try 'a network without ids' 0 'id_missing\|no id' run good.csv --network noid.geojson --output noid.gpkg
nothing_lost 'a network without ids' noid.gpkg
network twice.geojson "$s1,$s1"
try 'a network with an id twice' 0 'duplicate_id\|more than once' \
    run good.csv --network twice.geojson --output twice.gpkg
nothing_lost 'a network with an id twice' twice.gpkg
network broken.geojson "$s1,$(line E1 X Y ''),$(line N1 X Y '' | sed 's/"geometry":{.*}$/"geometry":null}/'),$(
    line Z1 P Q '[500100,2500000],[500100,2500000]'),$(
    line C1 R T '[500200,2500000],[500240,2500040],[500240,2500000],[500200,2500040]'),$(
    line M1 U V '' | sed 's/"LineString","coordinates":\[\]/"MultiLineString","coordinates":[[[500300,2500000],[500320,2500000]],[[500330,2500000],[500340,2500000]]]/')"
try 'broken geometry is said' 0 'geometry' run good.csv --network broken.geojson --output broken.gpkg
nothing_lost 'broken geometry' broken.gpkg
holds 'no segment is lost for its geometry' broken.gpkg 'SELECT count(*) FROM segments' 6
crs=''
network degrees.geojson "$(line S1 A B '[114.00000,22.6],[114.00039,22.6]')"
try 'a geographic network is measured on a plane' 0 'geographic\|degrees' \
    run good.csv --network degrees.geojson --output degrees.gpkg
holds 'its segment is 40 m long, not 0.0004' degrees.gpkg \
    "SELECT abs(length_m - 40.1) < 0.2 FROM segments" 1
printf 'id,from_node,to_node,WKT\nS1,A,B,"LINESTRING (500000 2500000,500040 2500000)"\n' >nocrs.csv
try 'a network without a CRS' 0 'crs' run good.csv --network nocrs.csv --output nocrs.gpkg
nothing_lost 'a network without a CRS' nocrs.gpkg
try '--crs tells it' 0 'EPSG:4547\|4547' \
    run good.csv --network nocrs.csv --crs EPSG:4547 --output crs.gpkg
try 'a CRS that nobody knows' 2 'EPSG:999999' \
    run good.csv --network nocrs.csv --crs EPSG:999999 --output o.gpkg
crs=$crs_kept
{ echo $heading; echo 'I1,NOPE,K,L,downstream,2024-05-01,40,10,PL,2'; } >nomatch.csv
try 'ids that match nothing' 0 'not_matched\|no_match\|none' \
    run nomatch.csv --network net.geojson --output nomatch.gpkg
nothing_lost 'ids that match nothing' nomatch.gpkg
holds 'they are unplaced with a reason' nomatch.gpkg "SELECT reason FROM unplaced" no_match

cat >lost.txt <<'EN'
#A1=UTF-8
#A2=en
#A3=;
#A4=.
#B01=AAA;AAB;AAC;AAD;AAE;AAF;AAG;AAK;ABF;ABQ
LOST;M1;500000.4/2500000.3;M1;500000.4/2500000.3;M2;500039.8/2500000.1;A;2024-05-01;40
#C=I;A;B;D
12;BAC;A;100
40;BCE;XP;
#Z
EN
try 'foreign ids, but coordinates that fit' 0 'coordinates' \
    run lost.txt --network net.geojson --output lost.gpkg
holds 'they find the segment' lost.gpkg \
    "SELECT segment_id || ' ' || match_method || ' ' || n_defects FROM inspections" 'S1 coordinates 1'

# --- tables of schemes ---
try 'no such table of a scheme' 3 "'missing.csv'" \
    run good.csv --network net.geojson --scheme-table missing.csv --output o.gpkg
try 'a survey is no table of a scheme' 4 "'good.csv'.*'table'" \
    run good.csv --network net.geojson --scheme-table good.csv --output o.gpkg
cat >table.csv <<'CSV'
table,scheme,code,figure,group,measure,from,inclusive,score,grade,value,priority
rule,cjj181,PL,,structural,grade,2,,2.5,9,,
rule,cjj182,PL,,structural,grade,1,,1,1,,
class,cjj181,,RI,,,5,yes,,,1,
priority,cjj181,,RI,,,,,,1,,0
CSV
for flaw in "table.csv:2: column 'grade': '9' is no grade of 'cjj181'" \
    "table.csv:3: column 'scheme': 'cjj182' is none of " \
    "table.csv:4: column 'from': the first class of 'RI'" \
    "table.csv:5: column 'priority': '0' is no priority" \
    "reading 'table.csv': flaws in the table of schemes: 4"; do
    try "every bad row is told: $flaw" 4 "$flaw" \
        run good.csv --network net.geojson --scheme-table table.csv --output o.gpkg
done
if [ -e o.gpkg ]; then : >said; not_ok 'a bad table leaves no output' 'o.gpkg is there'; else
    ok 'a bad table leaves no output'; fi
printf 'table,scheme,code,group,measure,from,score,grade\nrule,cjj181,QQ,structural,grade,1,1,1\n' >odd.csv
try 'a code that no catalogue knows is said' 0 'unknown_code\|catalogue' \
    run good.csv --network net.geojson --scheme-table odd.csv --output odd.gpkg
holds '... with file and line' odd.gpkg \
    "SELECT count(*) FROM findings WHERE kind = 'unknown_code' AND source_file = 'odd.csv' AND source_line = 2" 1
try 'a table that is not the one of the record' 4 "SHA-256" \
    run good.csv --network net.geojson --scheme-table 'odd.csv#sha256=00' --output o.gpkg
try 'the output must not be a table of a scheme' 2 "'odd.csv'" \
    run good.csv --network net.geojson --scheme-table odd.csv --output odd.csv
try 'an unknown scheme' 2 "'cjj18' is none of .*did you mean 'cjj181'" "$chainage" schemes cjj18

# --- the output ---
try 'the output must not be an input' 2 "'good.csv'" run good.csv --network net.geojson --output good.csv
cp good.csv kept.csv
try 'nor by another name' 2 'input' run good.csv --network net.geojson --output ./folder/../good.csv
if cmp -s good.csv kept.csv; then ok 'the input is as it was'; else : >said; not_ok 'the input is as it was' 'changed'; fi
# Not even root may make files there.
try 'an unwritable folder' 3 '/proc' run good.csv --network net.geojson --output /proc/o.gpkg
try 'no such folder' 3 "nowhere" run good.csv --network net.geojson --output nowhere/o.gpkg
cp good.gpkg old.gpkg
try 'a full disk is said' 3 'old.gpkg' \
    run_without_room good.csv --network net.geojson --output old.gpkg
if cmp -s good.gpkg old.gpkg; then ok 'a full disk leaves the old result whole'; else
    : >said; not_ok 'a full disk leaves the old result whole' 'changed'; fi
left=$(find . -name '*chainage-tmp*')
if [ -z "$left" ]; then ok 'a full disk leaves no temporary file'; else
    echo "$left" >said; not_ok 'a full disk leaves no temporary file' 'left:'; fi

# kill -9 while it writes: a survey large enough to be caught in the act.
{ echo $heading; i=0; while [ $i -lt 400 ]; do i=$((i + 1)); row "K$i" 10 PL 2; done; } >some.csv
{ head -1 some.csv; i=0; while [ $i -lt 250 ]; do i=$((i + 1)); sed "1d;s/^K/K$i-/" some.csv; done; } >many.csv
"$chainage" run many.csv --network net.geojson --output old.gpkg >said 2>&1 </dev/null &
pid=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    if [ -n "$(find . -name '*chainage-tmp*')" ]; then break; fi
    sleep 0.05
done
kill -9 $pid 2>/dev/null
wait $pid 2>/dev/null
status=$?
if [ $status -eq 137 ] && cmp -s good.gpkg old.gpkg; then ok 'kill -9 leaves the old result whole'; else
    not_ok 'kill -9 leaves the old result whole' "status $status"; fi
if [ -n "$(find . -name '*.gpkg' -size +0 -newer many.csv)" ]; then
    find . -newer many.csv >said; not_ok 'what it left is not taken for a result' 'left:'
else ok 'what it left is not taken for a result'; fi
try 'the next run works' 0 'defects' run good.csv --network net.geojson --output old.gpkg
left=$(find . -name '*chainage-tmp*')
if [ -z "$left" ]; then ok 'the next run cleans up'; else
    echo "$left" >said; not_ok 'the next run cleans up' 'left:'; fi

finish
