#!/bin/sh
# The main job beside its peers, whole processes, one after the other in rounds: A B C A B C ...
#   sh tests/bench/run.sh SIZE ROUNDS [PROGRAM...]
# SIZE is the number of segments; about 4 observations each. Programs, all of them by default:
#   chainage    this project, every table of its output
#   ogr         a plain OGR program, spatial indexes as they come
#   spatialite  ogr2ogr, SpatiaLite's SQL, ogr2ogr
#   floor1      the least work that gives the rows, on one thread; when its source is there, in
#               ../shared/bench beside the project or in $CHAINAGE_SHARED/bench
# $CHAINAGE_OPTIONS goes to chainage: CHAINAGE_OPTIONS='--threads 1' sh tests/bench/run.sh 10000 3
set -eu
LC_ALL=C export LC_ALL
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
cd "$root"

case ${1-}:${2-} in
*[!0-9:]* | :* | *:) sed -n '2,10s/^# \{0,1\}//p' "tests/bench/run.sh" >&2; exit 2 ;;
esac
size=$1 rounds=$2
shift 2
shared=${CHAINAGE_SHARED:-../shared}/bench
programs=$*
if [ -z "$programs" ]; then
    programs="chainage ogr spatialite"
    if [ -f "$shared/direct.c" ]; then programs="chainage floor1 ogr spatialite"; fi
fi

sh tests/setup.sh bench

build="build-bench"
mkdir -p $build
log=$build/build.out
if [ ! -f $build/build.ninja ]; then
    meson setup $build -Dbench=true -Dtests=disabled >$log 2>&1 || { cat $log >&2; exit 1; }
fi
ninja -C $build >$log 2>&1 || { cat $log >&2; exit 1; }
case " $programs " in
*" floor1 "*)
    cc -O2 -march=native -w -o $build/direct "$shared/direct.c" -lsqlite3 -lproj -lpthread -lm
    ;;
esac

data=$build/data/$size
if [ ! -f "$data/survey.csv" ]; then
    mkdir -p "$data.part"
    $build/tests/bench/gen "$data.part" "$size"
    mv "$data.part" "$data"
fi

command_of() { # command_of PROGRAM OUT
    case $1 in
    chainage)
        echo "$build/cmd/chainage run $data/survey.csv --network $data/pipes.shp" \
            "--nodes $data/manholes.shp --districts $data/districts.shp" \
            "--output-crs EPSG:4490 --output $2 ${CHAINAGE_OPTIONS-}"
        ;;
    ogr) echo "$build/tests/bench/peer_ogr $data $2" ;;
    spatialite) echo "sh tests/bench/peer_spatialite.sh $data $2" ;;
    floor1) echo "$build/direct $data $2 -t 1" ;;
    *) echo "run.sh: '$1' is none of chainage, ogr, spatialite, floor1" >&2; exit 2 ;;
    esac
}

# rows PROGRAM OUT: what it wrote, to see that all did the work
rows() {
    case $1 in
    chainage)
        sqlite3 "$2" "SELECT 'segments ' || count(*) FROM segments;
            SELECT 'observations ' || sum(n) FROM (SELECT count(*) AS n FROM defects UNION ALL
                SELECT count(*) FROM inventory UNION ALL
                SELECT count(*) FROM unplaced)"
        ;;
    *)
        sqlite3 "$2" "SELECT 'segments ' || count(*) FROM segments;
            SELECT 'observations ' || count(*) FROM defects"
        ;;
    esac | tr '\n' ' '
}

table=$build/times-$size.tsv
: >"$table"
for program in $programs; do command_of "$program" x >/dev/null; done
round=0
while [ "$round" -le "$rounds" ]; do # round 0 warms up and is not counted
    for program in $programs; do
        out=$build/$program.gpkg
        rm -f "$out"
        into=$table
        if [ "$round" -eq 0 ]; then into=/dev/null; fi
        sync
        # shellcheck disable=SC2046 # a command and its words
        if ! $build/tests/bench/measure "$into" "$program" $(command_of "$program" "$out") \
            >"$build/$program.out" 2>&1; then
            echo "run.sh: $program failed:" >&2
            tail -n 20 "$build/$program.out" >&2
            exit 1
        fi
        if [ "$round" -eq 0 ]; then
            printf '%-12s %s\n' "$program" "$(rows "$program" "$out")" >&2
        fi
        rm -f "$out"
    done
    round=$((round + 1))
done

awk -F '\t' -v size="$size" '
    function median(list, n,    i, j, t) {
        for (i = 2; i <= n; i++)
            for (j = i; j > 1 && list[j - 1] > list[j]; j--) {
                t = list[j]; list[j] = list[j - 1]; list[j - 1] = t
            }
        return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
    }
    function ratio(a, b,    i, list, line) { # median of a/b, round by round
        if (!(a in n) || !(b in n)) return
        for (i = 1; i <= n[a]; i++) {
            list[i] = wall[a, i] / wall[b, i]
            line = line sprintf(" %.2f", list[i])
        }
        printf "%-24s %8.2f   (%s)\n", a " / " b, median(list, n[a]), substr(line, 2)
    }
    {
        if (!($1 in n)) order[++programs] = $1
        i = ++n[$1]
        wall[$1, i] = $2; cpu[$1, i] = $3
        if ($4 > peak[$1]) peak[$1] = $4
    }
    END {
        printf "%d segments, %d rounds\n\n", size, n[order[1]]
        printf "%-12s %10s %10s %10s %14s %10s\n", "program", "wall s", "best s", "cpu s",
            "us a segment", "peak MiB"
        for (p = 1; p <= programs; p++) {
            name = order[p]; best = wall[name, 1]
            for (i = 1; i <= n[name]; i++) {
                w[i] = wall[name, i]; c[i] = cpu[name, i]
                if (w[i] < best) best = w[i]
            }
            m = median(w, n[name])
            printf "%-12s %10.3f %10.3f %10.3f %14.2f %10.1f\n", name, m, best,
                median(c, n[name]), 1e6 * m / size, peak[name]
        }
        printf "\n%-24s %8s   round by round\n", "ratio of wall times", "median"
        ratio("chainage", "floor1"); ratio("ogr", "chainage"); ratio("spatialite", "chainage")
        ratio("ogr", "floor1"); ratio("spatialite", "ogr")
    }' "$table"
