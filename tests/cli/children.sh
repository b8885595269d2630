#!/bin/sh
# Files that child processes read, beside others on several threads: a child that is made while
# another thread holds a lock would wait for it until it is given up, and the file be refused.
#   children.sh CHAINAGE SAMPLE-DATA SHARED
set -u
chainage=$1 data=$2 samples=$3/samples/cn_cjj181
. "$(dirname "$0")/tap.sh"

# What the sample town has in xlsx and ods; xls where there is one.
town=$data/town/inspections
mkdir logs
for i in 1 2 3 4; do
    cp "$town/03-newtown-foul-2023.xlsx" "logs/$i.xlsx"
    cp "$town/04-newtown-storm-2023.ods" "logs/$i.ods"
    cp "$town/01-oldtown-2024-gbk.csv" "logs/$i.csv"
    if [ -r "$samples/cjj181_springboot_0001.xls" ]; then
        cp "$samples/cjj181_springboot_0001.xls" "logs/$i.xls"
    fi
done
chmod -R u+w logs

run_all() { # run_all THREADS OUTPUT: sooner than a hanging child is given up
    timeout 10 "$chainage" run logs --network "$data/town/network/pipes.shp" --threads "$1" \
        --nodes "$data/town/network/manholes.shp" --output "$2" --time 2024-01-01T00:00:00Z
}
try 'one thread' 0 'Written' run_all 1 one.gpkg
sqlite3 one.gpkg .dump | grep -v '^INSERT INTO runs ' >one.sql
is 'all files are in it' "$(sqlite3 one.gpkg 'SELECT count(*) FROM source_files')" \
    "$(find logs -type f | wc -l | tr -d ' ')"

# twenty NAME: four threads, again and again, and always the same result.
twenty() {
    good=0
    for run in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        if ! run_all 4 "$run.gpkg" >said 2>&1 </dev/null; then break; fi
        sqlite3 "$run.gpkg" .dump | grep -v '^INSERT INTO runs ' >"$run.sql"
        if ! cmp one.sql "$run.sql" >said 2>&1; then break; fi
        good=$run
    done
    is "$1" "$good" 20
}
twenty 'twenty runs on four threads'
MALLOC_PERTURB_=165 # the C library then takes its time, and threads meet elsewhere
export MALLOC_PERTURB_
twenty 'twenty runs with memory that is written over'
unset MALLOC_PERTURB_

# As the network too.
try 'a network that a child reads' 4 'nothing in it that could be a network' timeout 10 \
    "$chainage" run logs/*.csv --network logs/1.ods --threads 4 --output network.gpkg
finish
