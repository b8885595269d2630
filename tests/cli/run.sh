#!/bin/sh
# Plays a transcript and compares what comes out with what it says.
#   run.sh BINDIR FILE.test             fails with the differences
#   run.sh --update BINDIR FILE.test    writes what came out into the transcript
#
# A transcript holds remarks (`# ...`), commands (`$ ...`) and behind each command its output, both
# streams together, then its exit status in brackets when it is not 0.  Commands are played in an
# empty folder that is the same for the whole transcript and gone afterwards; $SOURCE is the
# project's folder.  Output that changes from run to run is given names: TIME, MEMORY, RATE,
# FOLDER, SOURCE.
set -eu

update=no
if [ "$1" = --update ]; then
    update=yes
    shift
fi
programs=$(cd "$1" && pwd)
transcript=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
SOURCE=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$programs:$PATH LC_ALL=C TERM=dumb
export SOURCE PATH LC_ALL TERM

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/folder"
folder=$(cd "$scratch/folder" && pwd -P)

# Remarks and commands, each with the blank line before it when there is one.
steps() {
    awk '/^[#$]/ { if (blank) print ""; print }
         { blank = ($0 == "") }' "$transcript"
}

steady() {
    sed -E \
        -e "s#$folder#FOLDER#g" \
        -e "s#$SOURCE#SOURCE#g" \
        -e 's/[0-9.]+ s, [0-9]+ MiB, [0-9,]+ observations a second/TIME, MEMORY, RATE/' \
        -e 's/"seconds": [0-9.e+-]+/"seconds": TIME/' \
        -e 's/"peak_bytes": [0-9]+/"peak_bytes": MEMORY/'
}

play() { # play COMMAND: its output and status
    status=0
    (cd "$folder" && sh -c "$1") >"$scratch/output" 2>&1 </dev/null || status=$?
    steady <"$scratch/output"
    if [ "$status" -ne 0 ]; then echo "[$status]"; fi
}

steps | while IFS= read -r line; do
    printf '%s\n' "$line"
    case $line in
    '$ '*) play "${line#\$ }" ;;
    esac
done >"$scratch/played"

if [ "$update" = yes ]; then
    cat "$scratch/played" >"$transcript"
else
    diff -u "$transcript" "$scratch/played"
fi
