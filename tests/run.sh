#!/bin/sh
# All tests, from a fresh clone: installs what is missing, builds twice, runs everything.
#   sh tests/run.sh [PART...] [--only TEST...]
# Parts, all of them when none is named:
#   gcc         unit tests and transcripts, built with gcc
#   sanitizers  the same, built with clang, address and undefined behaviour sanitizers
#   format      clang-format has nothing to change
#   cppcheck    cppcheck has nothing to say
# With $CI set, QGIS is installed too (tests/setup.sh qgis); without it its tests are skipped.
# TEST is a name as `meson test --list` gives it, like core/text.
# Ends with a line `N passed, N failed`, with `, N skipped` when some were; status 1 when a test
# failed, 3 when packages are missing and cannot be installed.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"

parts='' only=''
while [ $# -gt 0 ]; do
    case $1 in
    gcc | sanitizers | format | cppcheck) parts="$parts $1" ;;
    --only) shift; only=$*; break ;;
    *) echo "run.sh: '$1' is none of gcc, sanitizers, format, cppcheck, --only" >&2; exit 2 ;;
    esac
    shift
done
if [ -n "$only" ] && [ -z "$parts" ]; then parts="gcc sanitizers"; fi
if [ -z "$parts" ]; then parts="format cppcheck gcc sanitizers"; fi

sh tests/setup.sh tests
# Its tests skip without QGIS. CI gets it; a machine that cannot, because it is offline, says so.
if [ "${CI:-false}" != false ] && ! sh tests/setup.sh qgis; then
    echo "run.sh: no QGIS to be had here: the tests that need it are skipped" >&2
fi

passed=0 failed=0 skipped=0

pass() { # pass WHAT
    passed=$((passed + 1))
    echo "ok       $1"
}

fail() { # fail WHAT [FILE]: with the end of FILE, when it says something
    failed=$((failed + 1))
    echo "FAILED   $1"
    if [ -s "${2-}" ]; then tail -n 60 "$2" | sed 's/^/    | /'; fi
}

count() { # count WORD FILE: the figure behind `WORD:` in the summary that meson prints
    awk -v word="$1:" 'index($0, word) == 1 { n = $NF } END { print n + 0 }' "$2"
}

# run_tests FOLDER NAME: all tests of a build folder
run_tests() {
    out=$1/tests.out
    # shellcheck disable=SC2086 # names are split into words on purpose
    if meson test -C "$1" --print-errorlogs $only >"$out" 2>&1; then status=0; else status=$?; fi

    bad=$(($(count Fail "$out") + $(count Timeout "$out") + $(count 'Unexpected Pass' "$out")))
    good=$(($(count Ok "$out") + $(count 'Expected Fail' "$out")))
    none=$(count Skipped "$out")
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + none))
    if [ "$bad" -eq 0 ] && [ "$status" -eq 0 ] && [ "$good" -gt 0 ]; then
        echo "ok       $good tests, $2"
    elif [ "$bad" -eq 0 ]; then
        fail "meson test, $2" "$out"
    else
        echo "FAILED   $bad of $((good + bad)) tests, $2"
        grep -v '^ *[0-9]*/[0-9]* .* OK ' "$out" | sed 's/^/    | /'
    fi

    log=$1/meson-logs/testlog.txt
    # Criterion's word for a case that had nothing to work with, like missing real files.
    grep -h '# SKIP' "$log" 2>/dev/null | sed 's/^ok - /skipped  /; s/ *# SKIP */: /' | sort -u || true
    # A leak does not fail a test by itself.
    if grep -q LeakSanitizer "$log" 2>/dev/null; then
        grep -n -A 12 LeakSanitizer "$log" >"$1/leaks.out"
        fail "memory leaks, $2" "$1/leaks.out"
    fi
}

# build_and_test FOLDER NAME COMPILER MESON-OPTION...
build_and_test() {
    folder=$1 name=$2 compiler=$3
    shift 3
    mkdir -p "$folder"
    if [ ! -f "$folder/build.ninja" ]; then
        CC=$compiler meson setup "$folder" -Dtests=enabled "$@" >"$folder/build.out" 2>&1 || {
            fail "meson setup, $name" "$folder/build.out"
            return 0
        }
    elif [ "$folder" = build ]; then # sample-data/run.sh may have set it up without the tests
        meson configure "$folder" -Dtests=enabled >/dev/null
    fi
    ninja -C "$folder" >"$folder/build.out" 2>&1 || {
        fail "build, $name" "$folder/build.out"
        return 0
    }
    run_tests "$folder" "$name"
}

sources() { find core formats cmd tests -name '*.[ch]' | LC_ALL=C sort; }

for part in $parts; do
    case $part in
    gcc) build_and_test build "gcc" gcc ;;
    sanitizers)
        UBSAN_OPTIONS=print_stacktrace=1 build_and_test build-sanitizers "clang with sanitizers" \
            clang -Db_sanitize=address,undefined -Db_lundef=false \
            -Dc_args='-fno-sanitize-recover=all -fno-omit-frame-pointer'
        ;;
    format)
        mkdir -p build-checks
        if sources | xargs clang-format --dry-run -Werror 2>build-checks/format.out; then
            pass "clang-format"
        else
            fail "clang-format" build-checks/format.out
        fi
        ;;
    cppcheck)
        mkdir -p build-checks/cppcheck
        # cppcheck 2.10 stumbles over compound literals in conditional expressions: no fault of ours.
        if cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,portability \
            --inline-suppr --suppress=internalAstError -I . -j 2 \
            --cppcheck-build-dir=build-checks/cppcheck core formats cmd \
            >build-checks/cppcheck.out 2>&1; then
            pass "cppcheck"
        else
            fail "cppcheck" build-checks/cppcheck.out
        fi
        ;;
    esac
done

closing="$passed passed, $failed failed"
if [ "$skipped" -gt 0 ]; then closing="$closing, $skipped skipped"; fi
echo "$closing"
if [ "$failed" -gt 0 ]; then exit 1; fi
