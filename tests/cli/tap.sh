# Words for tests of the whole program, to be sourced: TAP on stdout.
#   chainage=PROGRAM; . tap.sh      makes an empty folder and goes there; $chainage is still right
export LC_ALL=C
case $chainage in /*) ;; *) chainage=$PWD/$chainage ;; esac
work=$(mktemp -d) || exit 2
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 2
: >said
n=0

ok() { # ok NAME
    n=$((n + 1)); echo "ok $n - $1"
}
not_ok() { # not_ok NAME WHY: and what was said
    n=$((n + 1)); echo "not ok $n - $1"; echo "# $2"; sed 's/^/# /' said
}
skip() { # skip NAME WHY
    n=$((n + 1)); echo "ok $n - $1 # SKIP $2"
}
finish() { # the plan, at the end
    echo "1..$n"
}

# try NAME STATUS PATTERN COMMAND...: status and words (basic regular expression) must be as told.
try() {
    name=$1 want=$2 pattern=$3; shift 3
    "$@" >said 2>&1 </dev/null; status=$?
    if [ "$status" -ne "$want" ]; then
        not_ok "$name" "exit status $status, not $want"
    elif ! grep -q -e "$pattern" said; then
        not_ok "$name" "no '$pattern' in:"
    elif grep -qE 'runtime error|AddressSanitizer|LeakSanitizer' said; then
        not_ok "$name" "a sanitizer spoke:"
    else
        ok "$name"
    fi
}

# is NAME GOT WANT
is() {
    if [ "$2" = "$3" ]; then ok "$1"; else echo "'$2', not '$3'" >said; not_ok "$1" 'got'; fi
}

# holds NAME FILE SQL WANT: the query's answer is WANT.
holds() {
    is "$1" "$(sqlite3 "$2" "$3" 2>&1)" "$4"
}

# nothing_lost NAME FILE: every observation read is in one of the three tables, file by file.
nothing_lost() {
    holds "$1: nothing is lost" "$2" "SELECT count(*) FROM source_files AS f WHERE
        n_observations <> n_defects + n_inventory + n_unplaced OR n_defects <> (SELECT count(*)
        FROM defects AS d WHERE d.source_file = f.path) OR n_inventory <> (SELECT count(*)
        FROM inventory AS i WHERE i.source_file = f.path)" 0
    holds "$1: the database is sound" "$2" 'PRAGMA integrity_check' ok
}

# is_valid NAME FILE: every R-tree is whole, counts are exact, GDAL opens all layers without a word.
is_valid() {
    for table in $(sqlite3 "$2" "SELECT table_name FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'"); do
        holds "$1: R-tree of $table" "$2" "SELECT rtreecheck('rtree_${table}_geom')" ok
        holds "$1: count of $table" "$2" "SELECT feature_count = (SELECT count(*) FROM $table)
            FROM gpkg_ogr_contents WHERE table_name = '$table'" 1
    done
    if command -v ogrinfo >/dev/null; then
        try "$1: GDAL lists all layers" 0 'segments' ogrinfo -ro -al -so "$2"
        is "$1: GDAL has nothing to complain about" "$(grep -cE 'Warning|ERROR' said)" 0
    else
        skip "$1: GDAL lists all layers" 'no ogrinfo here'
    fi
    # GDAL's sample script, in Debian's python3-gdal; it prints what is wrong.
    for python in python3 /usr/bin/python3; do
        if "$python" -c 'import osgeo_utils.samples.validate_gpkg' 2>/dev/null; then
            "$python" -m osgeo_utils.samples.validate_gpkg -k "$2" >said 2>&1
            is "$1: validate_gpkg has nothing to complain about" "$? $(cat said)" '0 '
            return
        fi
    done
    skip "$1: validate_gpkg has nothing to complain about" 'no python3-gdal here'
}
