#!/bin/sh
# Readers of surveys beside the raw parsers of their files, in alternating rounds.
#   sh tests/bench/readers.sh [MEGABYTES] [FORMAT...]
# MEGABYTES: how much is generated for each, 100 by default.  FORMAT: a template of
# tests/bench/surveys/ without its .txt; all of them by default.
#   $ROUNDS     counted rounds, 5 by default; the best of them counts
#   $MEMORY_MB  size of the surveys that memory is measured on, MEGABYTES by default
set -eu
LC_ALL=C export LC_ALL
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
cd "$root"

size=${1-100}
case $size in
'' | *[!0-9]*) sed -n '2,7s/^# \{0,1\}//p' tests/bench/readers.sh >&2; exit 2 ;;
esac
if [ $# -gt 0 ]; then shift; fi
formats=$*
if [ -z "$formats" ]; then
    formats=$(for file in tests/bench/surveys/*.txt; do basename "$file" .txt; done)
fi
for format in $formats; do
    if [ ! -f "tests/bench/surveys/$format.txt" ]; then
        echo "readers.sh: there is no tests/bench/surveys/$format.txt" >&2
        exit 2
    fi
done

sh tests/setup.sh bench
build="build-bench"
mkdir -p $build
log=$build/build.out
if [ ! -f $build/build.ninja ]; then
    meson setup $build -Dbench=true -Dtests=disabled >$log 2>&1 || { cat $log >&2; exit 1; }
fi
ninja -C $build >$log 2>&1 || { cat $log >&2; exit 1; }

# survey FORMAT MEGABYTES: its files, the one to be read first; the last one made is kept
survey() {
    folder=$build/data/survey-$1-$2
    if [ ! -d "$folder" ] ||
        [ -n "$(find "tests/bench/surveys/$1.txt" $build/tests/bench/gen_survey -newer "$folder")" ]; then
        rm -rf "$folder" "$folder.part"
        mkdir -p $build/data
        $build/tests/bench/gen_survey "tests/bench/surveys/$1.txt" "$2" "$folder.part" 2>>$log
        mv "$folder.part" "$folder"
        touch "$folder"
    fi
    sed -n "s|^=file |$folder/|p; s|^=database |$folder/|p" "tests/bench/surveys/$1.txt"
}

printf '%-15s %-8s %7s %9s %8s %6s %6s %8s %8s %7s %7s  %s\n' survey raw MB 'reader' raw ratio bar \
    'wall' result heap pages verdict
printf '%-15s %-8s %7s %9s %8s %6s %6s %8s %8s %7s %7s\n' '' parser '' MB/s MB/s '' '' MB/s MiB MiB MiB

for format in $formats; do
    # shellcheck disable=SC2046 # names without blanks
    line=$($build/tests/bench/reader_speed "$format" "${ROUNDS-5}" $(survey "$format" "$size"))
    memory=$($build/tests/bench/reader_memory "$(survey "$format" "${MEMORY_MB-$size}" | head -n 1)")
    printf '%s\t%s\n' "$line" "$memory" | awk -F '\t' '{
        bar = $2 == "libxml2" ? 0.5 : $2 == "memchr" ? 0.25 : 0
        ratio = $6 / $4
        beyond = $10 + $11
        verdict = (ratio < bar ? "slow" : "") (beyond > 64 ? " large" : "")
        printf "%-15s %-8s %7.1f %9.1f %8.1f %6.2f %6s %8.1f %8.1f %7.1f %7.1f  %s\n", $1, $2, $3,
            $3 / $4, $3 / $6, ratio, bar ? bar : "-", $3 / $5, $9, $10, $11,
            verdict == "" ? "ok" : verdict
    }'
    if [ "${KEEP-}" != 1 ]; then rm -rf $build/data/survey-"$format"-*; fi
done
