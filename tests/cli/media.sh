#!/bin/sh
# Photos that nobody can open, and folders full of them: the run goes on and says what it found.
#   media.sh CHAINAGE
set -u
chainage=$1
. "$(dirname "$0")/tap.sh"

mkdir job card
heading=inspection_id,segment_id,direction,date,inspected_m,chainage_m,code,grade,photo
cat >job/net.geojson <<END
{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"segment_id": "S"},
"geometry": {"type": "LineString", "coordinates": [[0, 0], [40, 0]]}}]}
END

# --- unreadable photos ---
: >card/zero.jpg
printf '\377\330\377\340\0\020JFIF' >card/short.jpg
echo secret >card/locked.jpg
mkdir card/folder.jpg
mkfifo card/pipe.jpg
ln -s /no/where card/dangling.jpg
echo not ours >elsewhere.jpg
ln -s ../elsewhere.jpg card/outside.jpg
{
    echo $heading
    i=0
    for photo in zero short locked folder pipe dangling outside; do
        i=$((i + 1))
        printf '%s\n' "I,S,downstream,2024-05-01,40,$i,PL,2,E:\\dcim\\$photo.JPG"
    done
} >job/log.csv
chmod 000 card/locked.jpg
as=
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then # root may read everything
    as='setpriv --reuid=65534 --regid=65534 --clear-groups'
    chmod a+x "$work"
    chown -R 65534 job card
fi
run() { # run OUTPUT OPTION...
    output=$1; shift
    $as "$chainage" run job/log.csv --network job/net.geojson --crs local --media card \
        --output "job/$output" "$@"
}
there="SELECT group_concat(substr(delivered_path, 9, length(delivered_path) - 12) || ' ' || \"exists\", ', ')
    FROM (SELECT * FROM media ORDER BY media_id)"
try 'photos that cannot be opened stop nothing' 0 'media_missing' run linked.gpkg
holds 'what is a file is linked, what is none, or leads elsewhere, is not there' job/linked.gpkg "$there" \
    'zero 1, short 1, locked 1, folder 0, pipe 0, dangling 0, outside 0'
try 'one that may not be read is not copied, and told' 0 \
    "media_unreadable .*1 in all: '../card/locked.jpg'" run copied.gpkg --copy-media
holds 'the others are copied, and it stays linked where it lies' job/copied.gpkg \
    "SELECT group_concat(path, ' ') FROM (SELECT path FROM media WHERE \"exists\" ORDER BY media_id)" \
    'copied-media/2/zero.jpg copied-media/2/short.jpg ../card/locked.jpg'
is 'nothing else was copied' "$(ls job/copied-media/2 | tr '\n' ' ')" 'short.jpg zero.jpg '
nothing_lost 'with photos that cannot be opened' job/copied.gpkg

# --- many files ---
# 20,000 in 20 folders, 2,000 of them named: one walk and one look for each name. Looking through the
# folders for each photo would take minutes.
mkdir many
(cd many && for folder in $(seq 20); do
    mkdir "D$folder"
    seq -f "D$folder/IMG_$folder-%.0f.JPG" 1000 | xargs touch
done)
awk -v heading=$heading 'BEGIN {
    print heading
    for (folder = 1; folder <= 20; folder++)
        for (i = 1; i <= 100; i++)
            printf "I%d,S,downstream,2024-05-01,40,%.1f,PL,2,dcim/img_%d-%d.jpg\n", folder, i * 0.4, folder, i * 10
}' >job/many.csv
try 'a folder of 20,000 files is walked once' 0 'Written' timeout 60 "$chainage" run job/many.csv \
    --network job/net.geojson --crs local --media many --output job/many.gpkg
holds 'each photo is found in its folder' job/many.gpkg \
    "SELECT count(*), sum(\"exists\"), sum(path LIKE '../many/D%/IMG_%.JPG') FROM media" '2000|2000|2000'
finish
