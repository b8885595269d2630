#!/bin/sh
# A peer for the benchmark: the job with ogr2ogr and SpatiaLite's SQL, tuned as its manual advises.
#   peer_spatialite.sh FOLDER OUT.gpkg
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=$1 out=$2 work=$2.sqlite
trap 'rm -f "$work" "$work-journal"' EXIT
rm -f "$out" "$work"
export OGR_SQLITE_SYNCHRONOUS=OFF OGR_SQLITE_CACHE=256

load() { # load FILE TABLE OPTION...
    file=$1 table=$2
    shift 2
    ogr2ogr -q -f SQLite "$work" "$folder/$file" -nln "$table" -gt unlimited "$@"
}
load pipes.shp pipes -dsco SPATIALITE=YES -lco SPATIAL_INDEX=NO -lco GEOMETRY_NAME=geom
load districts.shp districts -update -lco SPATIAL_INDEX=NO -lco GEOMETRY_NAME=geom
load inspections.csv inspections -update -oo AUTODETECT_TYPE=YES -oo AUTODETECT_SIZE_LIMIT=100000
load observations.csv observations -update -oo AUTODETECT_TYPE=YES -oo AUTODETECT_SIZE_LIMIT=100000

sqlite3 -batch -bail "$work" <"$here/peer_spatialite.sql" >/dev/null

ogr2ogr -q -f GPKG "$out" "$work" defects continuous segments district_counts \
    -t_srs EPSG:4490 -gt unlimited -lco GEOMETRY_NAME=geom
