#!/bin/sh
# What commands say in Chinese: help, errors, explanations, reports.  TAP on stdout.
#   lang_texts.sh CHAINAGE SAMPLE-DATA
set -u
chainage=$1 data=$(cd "$2" && pwd)
. "$(dirname "$0")/tap.sh"
town=$data/town
commands='check convert explain formats help identify repairs run schemes style'

# columns FILE: the widest line as a terminal shows it; Chinese characters take two columns.
columns() { LC_ALL=C.UTF-8 wc -L <"$1"; }
# english FILE: lines with three lower-case English words in a row
english() {
    grep -cE '(^|[^-/.[:alnum:]_])[a-z]+ [a-z]+ [a-z]+' "$1"
}

# --- help ---
try 'help in Chinese' 0 '^用法：chainage 命令' "$chainage" help --lang zh
try '... with --lang before and behind' 0 '^用法：chainage 命令' "$chainage" --lang zh --help
try '... also behind --help' 0 '^用法：chainage 命令' "$chainage" --help --lang=zh
try '... the last of several' 0 '^usage: chainage COMMAND' "$chainage" help --lang zh --lang en
for command in $commands; do
    try "$command: help in Chinese" 0 "^用法：chainage $command" "$chainage" help "$command" --lang zh
    cp said asked
    is "$command: ... has no English sentence" "$(english said)" 0
    is "$command: ... fits into 80 columns" "$([ "$(columns said)" -le 80 ] && echo yes)" yes
    if [ "$command" = help ]; then continue; fi # asks for all of it
    "$chainage" "$command" --help --lang zh >said 2>&1
    is "$command: ... is the same with --help" "$(cmp said asked 2>&1)" ''
done
in_locale() { # in_locale LOCALE COMMAND...
    locale=$1; shift
    env -u LC_MESSAGES -u LANG LC_ALL="$locale" "$chainage" "$@"
}
try 'help follows the locale when it is asked to' 0 '^用法' in_locale zh_CN.UTF-8 help run --lang auto
try '... and else is English' 0 '^usage' in_locale zh_CN.UTF-8 help run
try 'in a language without texts it is English, and says so' 0 "no texts in 'fr'" \
    "$chainage" help --lang fr

# --- errors of usage ---
try '--lang without a value' 2 "option '--lang' needs a value (en|zh|auto)" "$chainage" --lang
try 'a language without a command' 2 '哪个命令' "$chainage" --lang zh
try '... of a command' 2 "option '--lang' needs a value (en|zh|auto)" "$chainage" formats --lang
try 'an empty one is no language' 2 "^chainage: option '--lang' needs a value" "$chainage" formats --lang=
is '... and nothing else is said' "$(wc -l <said)" 1
try 'an unknown command' 2 '未知的命令“rnu”；是不是“run”' "$chainage" rnu --lang zh
try 'an unknown option in front of --lang' 2 '未知的选项“--netwrk”；是不是“--network”' \
    "$chainage" run --netwrk=x --lang zh
try 'a choice that is none' 2 '选项“--merge”：“no”不是 chained, window 之一' \
    "$chainage" run x --merge no --lang zh
try 'no surveys' 2 '哪些检测文件' "$chainage" run --lang zh
try 'a missing file' 3 '无法打开“nix.csv”' "$chainage" run nix.csv --lang zh
echo letter >letter.txt
try 'what is no survey' 4 '不能识别为任何检测文件格式；它看起来是文本' \
    "$chainage" run letter.txt --lang zh
try 'a result that is none' 4 '“letter.txt”：SQLite' "$chainage" style letter.txt --lang zh
for command in $commands; do
    "$chainage" "$command" --nonsense --lang zh >said 2>&1
    is "$command refuses in Chinese" "$(grep -c '未知的选项“--nonsense”' said)" 1
done

# --- explain ---
run_town() { # run_town OUTPUT [OPTION...]
    output=$1; shift
    "$chainage" run "$town"/inspections/*.* --network "$town/network/pipes.shp" \
        --nodes "$town/network/manholes.shp" --soil "$town/soil.shp" --output "$output" --quiet "$@"
}
run_town en.gpkg
run_town zh.gpkg --lang zh
try 'a Chinese result is explained in Chinese' 0 '各数值与文件一致' \
    "$chainage" explain zh.gpkg NM-003
is '... without an English sentence' "$(english said)" 0
try '... in English when asked' 0 'all figures agree' "$chainage" explain zh.gpkg NM-003 --lang en
try 'an English one in Chinese when asked' 0 '各数值与文件一致' \
    "$chainage" explain en.gpkg NM-003 --lang zh
is '... with names of defects' "$(grep -cE 'PL +破裂' said)" 3
is '... and reasons as the file has them' "$(grep -c '原因：one spot' said)" 1
"$chainage" explain zh.gpkg --worst=20 >said
is 'names of defects stand in columns' \
    "$(LC_ALL=C.UTF-8 grep -cE '^  [0-9.-]+ +[0-9]+ +(PL|SL|CK) ' said | sed 's/^[1-9].*/some/')" some
keys() { "$chainage" explain "$@" --json | grep -oE '"[a-z_0-9]+":' | sort | uniq -c; }
"$chainage" --lang zh run "$town"/inspections/01* --network "$town/network/pipes.shp" --output front.gpkg >said
holds '--lang in front of the command is one of its options' front.gpkg \
    "SELECT options LIKE '%lang=zh%', (SELECT identifier FROM gpkg_contents WHERE table_name = 'segments')
     FROM runs" '1|管段'
is 'keys of JSON are the same' "$(keys en.gpkg NM-003 --lang zh)" "$(keys en.gpkg NM-003)"
# Choices, ids and figures of JSON; sentences and lines follow the language.
values() {
    "$chainage" explain "$@" --json | sed '/"[a-z_]*": \[$/,/^ *\],*$/ { /"[a-z_]*": /!d }
        /"why":/d; /"became":/d'
}
is 'values of JSON are the same' "$(values en.gpkg NM-003 --lang zh)" "$(values en.gpkg NM-003)"

# --- check ---
check() { "$chainage" check "$town"/inspections/*.* --network "$town/network/pipes.shp" "$@"; }
try 'a report in Chinese' 1 '^不予接收：140 错误' check --lang zh --html zh.html
cp said zh.txt
is '... has Chinese rules' "$(grep -c '所列的每张照片都在交付数据中' zh.txt | sed 's/^[1-9].*/some/')" some
grep -E '^  (错误|警告)|^ *应为' zh.txt >rules.txt # details of findings are English
is '... with no English sentence' "$(english rules.txt)" 0
is 'the page is Chinese' "$(grep -c '<html lang="zh">' zh.html)" 1
is '... its rules too' "$(grep -c '<td>每条记录都有距离</td>' zh.html)" 1
check >en.txt
is 'it breaks the same rules in the same lines' \
    "$(grep -oE '(photo|video|continuous|length|station)-[a-z]+' zh.txt)" \
    "$(grep -oE '^  (error  |warning) (photo|video|continuous|length|station)-[a-z]+' en.txt |
        grep -oE '[a-z]+-[a-z]+$')"
for option in --csv --json --list-rules; do
    check $option --lang zh >zh.out
    check $option >en.out
    is "$option is the same in all languages" "$(cmp zh.out en.out 2>&1)" ''
done
LC_ALL=zh_CN.UTF-8 LANG=zh_CN.UTF-8 check >said
is 'the locale changes no report' "$(cmp said en.txt 2>&1)" ''

# --- the others ---
try 'what is lost, in Chinese' 0 '^丢失' "$chainage" convert "$town"/inspections/05* \
    --to cjj181 --translate default --output o.csv --lang zh
is '... without an English sentence' "$(english said)" 0
try 'what files are' 0 '次检测，.*证据 [0-9]* 位' "$chainage" identify "$town/inspections" --lang zh
"$chainage" identify "$town/inspections" letter.txt --json --lang zh >zh.out 2>&1
"$chainage" identify "$town/inspections" letter.txt --json >en.out 2>&1
is '... as JSON the same in all languages' "$(cmp zh.out en.out 2>&1)" ''
try 'formats' 0 '^cjj181  *CJJ 181 记录表' "$chainage" formats --lang zh
try 'schemes' 0 '城镇排水管道检测与评估技术规程' "$chainage" schemes --lang zh
is 'a GeoPackage of convert has Chinese titles' "$(
    "$chainage" convert "$town"/inspections/01* --to gpkg --network "$town/network/pipes.shp" \
        --output o.gpkg --lang zh --quiet
    sqlite3 o.gpkg "SELECT identifier FROM gpkg_contents WHERE table_name = 'segments'")" 管段
finish
