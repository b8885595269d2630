#!/bin/sh
# The gate: a bad delivery for each rule, which breaks that rule and blocks by no other; a good one
# that is accepted; the same bytes whatever the threads and the folder.  TAP on stdout.
#   gate.sh CHAINAGE SAMPLE-DATA
set -u
chainage=$1
sample_data=$(cd "$2" && pwd)
. "$(dirname "$0")/tap.sh"

# breaks RULE [OPTION...]: ./d breaks the rule; no other rule blocks, and a warning blocks nothing.
breaks() {
    rule=$1; shift
    tested="$tested $rule"
    (cd d && "$chainage" check . --csv "$@") >said 2>&1 </dev/null; status=$?
    severity=$(cd d && "$chainage" check --list-rules "$@" | awk -F, -v r="$rule" '$1 == r { print $2 }')
    others=$(awk -F, -v r="$rule" '$1 == "error" && $2 != r' said)
    if ! grep -q "^$severity,$rule," said; then not_ok "$rule: is told" "not as '$severity':"
    elif [ -n "$others" ]; then not_ok "$rule: nothing else blocks" 'but:'
    elif [ "$severity" = error ] && [ "$status" -ne 1 ]; then not_ok "$rule: blocks" "status $status"
    elif [ "$severity" = warning ] && [ "$status" -ne 0 ]; then not_ok "$rule: warns" "status $status"
    else ok "$rule"; fi
}
# holds_to [OPTION...]: ./d is accepted, without a word.
holds_to() {
    (cd d && "$chainage" check . --csv "$@") >said 2>&1 </dev/null; status=$?
    if [ "$status" -ne 0 ] || [ "$(wc -l <said)" -ne 1 ]; then not_ok "$good" "status $status"
    else ok "$good"; fi
}
tested=''
fresh() { rm -rf d; mkdir -p d/photos; : >d/photos/P1.JPG; : >d/photos/p2.jpg; : >d/v1.mp4; }

# --- CJJ 181 as plain CSV ---
line() { # line ID FROM TO COORDINATES
    printf '{"type":"Feature","properties":{"id":"%s","from_node":"%s","to_node":"%s","diameter":600},' "$1" "$2" "$3"
    printf '"geometry":{"type":"LineString","coordinates":[%s]}}' "$4"
}
printf '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}},"features":[%s,%s,%s,%s,%s]}\n' \
    "$(line S3 D E '[500000,2500200],[500040,2500200]')" \
    "$(line S1 A B '[500000,2500000],[500040,2500000]')" "$(line S2 B C '[500040,2500000],[500080,2500000]')" \
    "$(line T1 P Q '[500000,2500100],[500040,2500100]')" "$(line T2 P Q '[500000,2500100],[500020,2500101],[500040,2500100]')" >net.geojson
net='--network ../net.geojson'
heading=inspection_id,segment_id,start_node,finish_node,direction,date,inspected_m,chainage_m,code,grade,clock_from,continuous,photo,video
head='I1,S1,A,B,downstream,2024-05-01,40'
first="$head,10,PL,3,3,,photos\\P1.jpg,V1.MP4"
csv() { # csv ROW...
    fresh
    { echo $heading; for row; do echo "$row"; done; } >d/log.csv
}
csv "$first" "$head,20,CJ,2,,A01,,v1" "$head,25.5,CJ,2,,B01,,v1" 'I2,S2,C,B,upstream,2024-05-02,40,,,,,,,'
good='a good CJJ delivery, photos named in any case'; holds_to $net
good='a good CJJ delivery without a network'; holds_to
try 'without a network it is said what was not checked' 0 'segment-known' "$chainage" check d

csv "$first"; echo '10;PL;3' >d/more.csv; echo dear >d/letter.PDF; breaks files-used
is 'files-used: a log that cannot be read is told, a letter is not' "$(grep -c files-used said)" 1
csv "$first"; (cd d && ln -s /etc/passwd link.csv && tar -cf ../a.tar log.csv link.csv photos v1.mp4)
rm -rf d; mkdir d; mv a.tar d/; (cd d && "$chainage" check a.tar --csv) >said 2>&1
is 'archive-whole: a link in an archive is told' "$(cut -d, -f1-2 said | sed 1d)" warning,archive-whole
tested="$tested archive-whole"
csv "$first" "$head,12,PL,1,,,,v1.mp4,too,many"; breaks rows-read
csv "$first" 'I2,S2,B,C,downstream,2024-05-01,forty,1,PL,1,,,,'; breaks values-readable
only() { # only RULE: that one of the rules that are off
    { echo rule,severity,limit; echo "$1,error,"; } >only.csv
}
csv "$first" 'I1,S2,B,C,downstream,2024-05-01,40,1,PL,1,,,,'; breaks id-unique
csv 'I1,S1,A,B,downstream,,40,10,PL,1,,,,'; breaks header-date
csv 'I1,,A,,downstream,2024-05-01,40,10,PL,1,,,,'
printf 'rule,severity\nheader-finish-node,off\n' >only.csv; breaks header-reference --rules ../only.csv
csv 'I1,S1,,B,downstream,2024-05-01,40,10,PL,1,,,,'; breaks header-start-node
csv 'I1,S1,A,,downstream,2024-05-01,40,10,PL,1,,,,'; breaks header-finish-node
csv 'I1,S1,A,B,,2024-05-01,40,10,PL,1,,,,'; breaks header-direction
csv 'I1,S1,A,B,downstream,2024-05-01,,10,PL,1,,,,'; breaks header-length
for what in operator diameter material method purpose weather street video; do
    csv 'I1,S1,A,B,downstream,2024-05-01,40,10,PL,1,,,,'
    only header-$what; breaks header-$what --rules ../only.csv
done
csv 'I1,S1,A,B,downstream,2024-13-45,40,10,PL,1,,,,'; breaks date-valid
csv 'I1,S1,A,B,downstream,1979-12-31,40,10,PL,1,,,,'; breaks date-earliest
csv 'I1,S1,A,B,downstream,2024-05-02,40,10,PL,1,,,,'
printf 'rule;limit\ndate-latest;2024-05-01\n' >only.csv; breaks date-latest --rules ../only.csv

csv 'I1,S9,X,Y,downstream,2024-05-01,40,10,PL,1,,,,'; breaks inspection-matched $net
csv 'I1,,P,Q,downstream,2024-05-01,40,10,PL,1,,,,'; breaks match-unambiguous $net
csv 'I1,S77,A,B,downstream,2024-05-01,40,10,PL,1,,,,'; breaks segment-known $net
csv 'I1,S1,A,B9,downstream,2024-05-01,40,10,PL,1,,,,'; breaks node-known $net
sed 's/"from_node":"[A-Z]","to_node":"[A-Z]",//g' net.geojson >nameless.geojson
csv 'I1,S1,A,B9,downstream,2024-05-01,40,10,PL,1,,,,'
good='a network without nodes cannot tell which are known'; holds_to --network ../nameless.geojson
try 'and that is said' 0 '^Network.*1 rule was not checked' "$chainage" check d --network nameless.geojson
csv 'I1,S1,D,E,downstream,2024-05-01,40,10,PL,1,,,,'; breaks nodes-agree $net
csv 'I1,S1,B,A,downstream,2024-05-01,40,10,PL,1,,,,'; breaks direction-agrees $net
csv 'I1,S1,A,B,downstream,2024-05-01,35.5,10,PL,1,,,,'; breaks length-network $net
csv "$head,,PL,1,,,,"; breaks station-present
csv "$head,-3,PL,1,,,,"; breaks station-positive; breaks station-positive $net
csv "$head,41.1,PL,1,,,,"; breaks station-within
csv "$head,40.9,PL,1,,,,"; breaks station-on-segment $net
csv "$head,20,PL,1,,,," "$head,10,PL,2,,,,"; breaks stations-ascend
csv "$head,20,PL,1,,X,,"; breaks continuous-marks
csv "$head,20,PL,1,,B01,,"; breaks continuous-started; breaks continuous-started $net
csv "$head,20,PL,1,,A01,,"; breaks continuous-ended; breaks continuous-ended $net
csv "$head,20,PL,1,,A01,," "$head,10,PL,1,,B01,,"; breaks continuous-order; breaks continuous-order $net
csv "$head,10,QQA,1,,,," "$head,20,QQB,1,,,,"; breaks catalogue-known
csv "$first" "$head,20,QQ,1,,,,"; breaks code-known
csv "$head,10,PL,,,,,"; breaks grade-present; breaks grade-present $net
csv "$head,10,CK,5,,,p2.jpg,"; breaks grade-in-scheme
csv "$head,10,PL,1,13,,,"; breaks clock-valid
csv "$head,10,PL,3,,,,"; breaks photo-named
csv "$head,10,PL,1,,,p3.jpg,"; breaks photo-there
csv "$head,10,PL,1,,,p2.jpg," "$head,20,PL,2,,,p2.jpg,"; breaks photo-unique
csv "$head,10,PL,1,,,,v2.mp4"; breaks video-there
csv "$first"; cp d/log.csv d/again.csv; printf 'rule,severity\nphoto-unique,off\nid-unique,off\n' >only.csv
breaks inspection-once --rules ../only.csv
csv "$head,10,PL,1,,,," "$head,10,PL,1,,,,"; breaks observation-once
csv 'I1,S1,A,B,downstream,2024-05-01,30,30,ZZ,,,,,'
sed -i '1s/$/,remark/; 2s/$/,rubble/' d/log.csv; breaks coverage $net
csv 'I1,S1,A,B,downstream,2024-05-01,30,30,ZZ,,,,,'; breaks abandoned-reason

# --- EN 13508-2 ---
en() { # en ENCODING START ROW...: columns I A B C D M F
    fresh; encoding=$1 start=$2; shift 2
    { printf '#A1=%s\n#A2=en\n#A3=;\n#A4=.\n#B01=AAA;AAB;AAD;AAF;AAK;ABF;ABQ\nS1;%s;A;B;A;2024-05-01;40\n' "$encoding" "$start"
      echo '#C=I;A;B;C;D;M;F'; for row; do echo "$row"; done; echo '#Z'; } >d/log.txt
}
from='0;BCD;XP;;;;' to='40;BCE;XP;;;;'
en UTF-8 A "$from" '10;BAB;B;A;2;p1;' '20;BBA;C;;30;7;' "$to"
good='a good EN delivery'; holds_to $net
en ISO-8859-1 A "$from" '10;BAB;B;A;2;;Größe' "$to"; breaks text-encoding
en UTF-8 A; breaks observations-there
en UTF-8 A '0;BCD;XP;;B;;' "$to"; breaks start-agrees
en UTF-8 A "$from" '10;BAB;Q;A;2;;' "$to"; breaks char-allowed
en UTF-8 A "$from" '10;BAG;A;;20;;' "$to"; breaks char-allowed
en UTF-8 A "$from" '10;BAB;B;;2;;' "$to"; breaks char-present
en UTF-8 A "$from" '10;BBC;;;20;;' "$to"; breaks char-present
en UTF-8 A "$from" '10;BBA;A;;;;' "$to"; breaks quant-present
en UTF-8 A "$from" '10;BBA;A;;130;;' "$to"; breaks quant-range
en UTF-8 A "$to"; breaks start-recorded
en UTF-8 A "$from" '10;BBA;A;;30;;'; breaks finish-recorded

# --- ISYBAU ---
xml() { # xml VERSION EXTRA
    fresh
    cat >d/log.xml <<XML
<?xml version="1.0" encoding="UTF-8"?><Identifikation xmlns="http://www.bfr-abwasser.de">
<Version>$1</Version><Datenkollektive><Zustandsdatenkollektiv><InspizierteAbwassertechnischeAnlage>
<Objektbezeichnung>S1</Objektbezeichnung><Anlagentyp>1</Anlagentyp><OptischeInspektion>
<Inspektionsdatum>2024-05-01</Inspektionsdatum><Rohrleitung><Inspektionsrichtung>O</Inspektionsrichtung>
<Inspektionslaenge>40</Inspektionslaenge><RGrunddaten><KnotenZulauf>A</KnotenZulauf>
<KnotenAblauf>B</KnotenAblauf></RGrunddaten><Inspektionsdaten>
<RZustand><Station>0</Station><InspektionsKode>BCD</InspektionsKode><Charakterisierung1>XP</Charakterisierung1></RZustand>
<RZustand><Station>12.5</Station><InspektionsKode>BAC</InspektionsKode><Charakterisierung1>A</Charakterisierung1>$2</RZustand>
<RZustand><Station>40</Station><InspektionsKode>BCE</InspektionsKode><Charakterisierung1>XP</Charakterisierung1></RZustand>
</Inspektionsdaten></Rohrleitung></OptischeInspektion></InspizierteAbwassertechnischeAnlage>
</Zustandsdatenkollektiv></Datenkollektive></Identifikation>
XML
}
xml 2017-07 ''
good='a good ISYBAU delivery'; holds_to
xml 1999-01 ''; breaks edition-known
xml 2017-07 ''; sed -i 's/<Station>40</<Station>37.5</' d/log.xml; breaks length-stations
xml 2017-07 '<Verbindung>9</Verbindung>'; breaks values-listed
xml 2017-07 ''; sed -i '$d' d/log.xml; breaks readable

# --- every rule has its bad delivery; two need a database and have their tests in core/check ---
left=''
for rule in $("$chainage" check --list-rules | cut -d, -f1 | sed 1d); do
    case " $tested " in *" $rule "*) ;; *) left="$left $rule" ;; esac
done
is 'every other rule was broken' "$left" ' data-consistent id-present'

# --- the rules of a contract ---
rules() { # rules NAME ROW...
    name=$1; shift; { echo rule,severity,limit; for row; do echo "$row"; done; } >"$name"
}
csv "$head,10,PL,3,,,,"
rules r.csv 'photo-named,,4'; good='a limit of the contract'; holds_to --rules ../r.csv
rules r.csv 'photo-named,warning,'; breaks photo-named --rules ../r.csv
rules bad.csv 'photo-namd,error,' 'photo-named,fatal,' 'photo-named,,many' 'station-within,,-1' 'code-known,,3' 'date-latest,,soon'
try 'every bad row of the rules is told' 4 "flaws in the rules 'bad.csv': 7" "$chainage" check d --rules bad.csv
for words in "bad.csv:2: 'photo-namd' is no rule" "bad.csv:3: .*'fatal' is none of error, warning, off" \
    "bad.csv:4: .*was set in line 3" "bad.csv:4: .*'many' is no number" "bad.csv:5: .*'-1' is not from 0 to 100 m" \
    "bad.csv:6: .*has no limit" "bad.csv:7: .*'soon' is no date"; do
    if grep -q "$words" said; then ok "rules: $words"; else not_ok "rules: $words" 'not in:'; fi
done
"$chainage" check --list-rules >all.csv
csv "$first"; good='the list of rules can be given back'; holds_to --rules ../all.csv
printf 'rule,severity,colour\ncode-known,off,red\n' >bad.csv
try 'an unknown column of the rules' 4 "'colour'" "$chainage" check d --rules bad.csv
try 'rules that are not there' 3 "'none.csv'" "$chainage" check d --rules none.csv
: >bad.csv; try 'empty rules' 4 empty "$chainage" check d --rules bad.csv

# --- the same bytes ---
town="$sample_data/town"
try 'the town is rejected' 1 '^REJECTED' "$chainage" check "$town/inspections" --network "$town/network/pipes.shp"
for form in --csv --json --all; do
    "$chainage" check "$town/inspections" --network "$town/network/pipes.shp" $form --threads 1 >one 2>/dev/null
    "$chainage" check "$town/inspections" --network "$town/network/pipes.shp" $form --threads 4 >four 2>/dev/null
    if cmp -s one four && [ -s one ]; then ok "$form: threads do not show"; else not_ok "$form: threads do not show" differs; fi
    mkdir -p "else where/deep"; cp -r "$town/inspections" "$town/network" "else where/deep/"
    (cd "else where/deep/inspections" && "$chainage" check ./ --network ../network/pipes.shp $form) >there 2>/dev/null
    if cmp -s one there; then ok "$form: the folder does not show"; else diff one there >said; not_ok "$form: the folder does not show" differs; fi
    (cd "else where" && TZ=Asia/Shanghai LC_ALL=de_DE.UTF-8 "$chainage" check deep/inspections/* --network deep/network/pipes.shp $form) >there 2>/dev/null
    if cmp -s one there; then ok "$form: named one by one it is the same"; else diff one there >said; not_ok "$form: named one by one it is the same" differs; fi
done
if grep -q "$sample_data\|$work" one; then not_ok 'no path of the machine shows' 'but'; else ok 'no path of the machine shows'; fi
(cd "else where/deep/inspections" && tar -cf ../../t.tar -- *)
for form in --csv --json; do
    "$chainage" check "$town/inspections" --network "$town/network/pipes.shp" $form >one 2>/dev/null
    (cd "else where" && "$chainage" check t.tar --network deep/network/pipes.shp $form) >there 2>/dev/null
    if cmp -s one there; then ok "$form: an archive is as its folder"; else diff one there >said; not_ok "$form: an archive is as its folder" differs; fi
done
(cd "else where" && "$chainage" check t.tar deep/inspections --csv) >there 2>/dev/null
is 'of several operands each has its name' "$(sed 1d there | cut -d, -f3 | sed 's,/0[0-9]-.*,,' | sort -u | tr '\n' ' ')" 'deep/inspections t.tar '
try 'the hamlet is accepted' 0 '^ACCEPTED: 0 errors and 0 warnings' "$chainage" check "$sample_data/hamlet"

mkdir broken; head -c 3000 "$sample_data/village/records-and-wells.xlsx" >broken/cut.xlsx; : >broken/none.csv
head -c 1500 "$sample_data/town/inspections/04-newtown-storm-2023.ods" >broken/cut.ods; cp d/log.csv broken/
cut="$work/broken/cut.xlsx $work/broken/cut.ods $work/broken/none.csv $work/broken/log.csv"
# shellcheck disable=SC2086 # four operands
"$chainage" check $cut --csv >said 2>/dev/null
is 'files that cannot be read are breaches' "$(cut -d, -f1-3 said | grep -c '^error,readable,[cn][a-z.]*$')" 3
is 'their messages show no path of the machine' "$(grep -c "$work" said)" 0

# --- outputs ---
csv "<b>&\"I\",S1,A,B,downstream,2024-05-01,40,10,PL,3,,,,"
try 'HTML beside the text' 1 '^REJECTED' "$chainage" check d --html page.html
is 'HTML: texts are escaped' "$(grep -c '&lt;b&gt;&amp;' page.html)$(grep -c '<b>' page.html)" 10
is 'HTML: nothing is loaded, nothing runs' "$(grep -ciE '<script|<img|<link|src=|href=|@import|url\(' page.html)" 0
try 'HTML replaces an earlier report' 1 '^REJECTED' "$chainage" check d --html page.html
echo precious >notes.txt
try 'HTML replaces nothing else' 2 'left alone' "$chainage" check d --html notes.txt
try 'HTML is none of the inputs' 2 'one of the inputs' "$chainage" check d --html d/log.csv
if command -v python3 >/dev/null; then
    try 'JSON can be read' 0 'rejected 1 photo-named' python3 -c "
import json, subprocess
page = json.loads(subprocess.run(['$chainage', 'check', 'd', '--json'], stdout=subprocess.PIPE).stdout)
print(page['verdict'], page['n_errors'], page['breaches'][0]['rule'])"
else skip 'JSON can be read' 'no python3 here'; fi
i=0; while [ $i -lt 9 ]; do i=$((i + 1)); echo "K$i,S1,A,B,downstream,2024-05-0$i,40,10,PL,3,,,,"; done >rows
{ echo $heading; cat rows; } >d/log.csv
try 'the text is limited for each rule' 1 'and 4 more' "$chainage" check d
try '--all shows the rest' 1 'K9' "$chainage" check d --all
is 'the text keeps to 100 columns' "$(LC_ALL=C awk 'length > 100' said | wc -l)" 0
try 'both forms at once' 2 'choose one' "$chainage" check d --csv --json
try 'no surveys' 2 'which surveys' "$chainage" check
try 'a survey that is not there' 3 "'gone.csv'" "$chainage" check gone.csv
mkdir empty; try 'a folder without surveys' 4 'no survey' "$chainage" check empty

finish
