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

# --- copies: none twice, nothing overwritten ---
mkdir a b elsewhere taken
log_of() { # log_of FILE REFERENCE...: a survey with an observation for each photo
    file=$1; shift
    echo $heading >"$file"
    i=0
    for photo in "$@"; do
        i=$((i + 1))
        printf '%s\n' "I,S,downstream,2024-05-01,40,$i,PL,2,$photo" >>"$file"
    done
}
copy() { # copy OUTPUT OPTION...: in a folder of its own, photos of the folders a and b
    output=$1; shift
    "$chainage" run job/twice.csv --network job/net.geojson --crs local --media a --media b \
        --output "$output" --copy-media "$@"
}
paths="SELECT group_concat(path, ' ') FROM (SELECT path FROM media ORDER BY rowid)"
inodes() { # inodes FOLDER: what lies there, with number and time: the same when nothing was written
    (cd "$1" && find . -type f | sort | xargs stat -c '%n %i %y')
}
log_of job/twice.csv 'x\red.jpg' 'same.jpg' 'blue.jpg' 'other.jpg' 'far.jpg' 'red.jpg'
printf 'a red one' >a/red.jpg
printf 'a red one' >a/same.jpg       # the same bytes
printf 'blue 1234' >a/blue.jpg       # only the same size
printf 'a red one' >b/far.jpg        # the same bytes in another folder
printf 'another photo' >b/other.jpg
touch -d '2021-03-04 05:06:07.123456789' a/red.jpg
try 'copies of photos' 0 'Written' copy elsewhere/o.gpkg
holds 'files with the same bytes share one copy' elsewhere/o.gpkg "$paths" \
    'o-media/2/red.jpg o-media/2/red.jpg o-media/2/blue.jpg o-media/3/other.jpg o-media/2/red.jpg o-media/2/red.jpg'
is 'it is there once' "$(cd elsewhere && find o-media -type f | sort | tr '\n' ' ')" \
    'o-media/2/blue.jpg o-media/2/red.jpg o-media/3/other.jpg '
holds 'columns lead to it too' elsewhere/o.gpkg \
    "SELECT group_concat(DISTINCT photo) FROM defects WHERE chainage_m IN (1, 2, 5, 6)" 'o-media/2/red.jpg'
is 'a copy has the time of its file' "$(stat -c %y elsewhere/o-media/2/red.jpg)" "$(stat -c %y a/red.jpg)"
inodes elsewhere/o-media >before
try 'a second run' 0 'Written' copy elsewhere/o.gpkg
is 'copies nothing anew' "$(inodes elsewhere/o-media)" "$(cat before)"
touch a/red.jpg
try 'a run after a file was touched' 0 'Written' copy elsewhere/o.gpkg
is 'copies nothing anew, for the bytes decide' "$(inodes elsewhere/o-media)" "$(cat before)"
try 'a run with the folders the other way round' 0 'Written' "$chainage" run job/twice.csv --network \
    job/net.geojson --crs local --media b --media a --output elsewhere/o.gpkg --copy-media
is 'finds the copies under their old names' "$(inodes elsewhere/o-media)" "$(cat before)"

# Whatever else lies in that folder stays as it is, even with the size and the time of the photo.
mkdir -p taken/o-media/2/blue.jpg taken/o-media/3
printf 'not ours!' >taken/o-media/2/red.jpg
touch -r a/red.jpg taken/o-media/2/red.jpg
printf 'another photo' >taken/o-media/3/mine.jpg
printf 'a part' >taken/o-media/2/blue.jpg.part
inodes taken/o-media >before
try 'copies beside files of others' 0 'Written' copy taken/o.gpkg
names='o-media/2/red-2.jpg o-media/2/red-2.jpg o-media/2/blue-2.jpg o-media/3/mine.jpg o-media/2/red-2.jpg o-media/2/red-2.jpg'
holds 'a taken name is avoided, the same bytes are not copied again' taken/o.gpkg "$paths" "$names"
is 'the others are as they were' "$(inodes taken/o-media | grep -v -e '-2.jpg')" "$(cat before)"
is 'with their bytes' "$(cat taken/o-media/2/red.jpg)" 'not ours!'
is 'the copy has its own' "$(cat taken/o-media/2/red-2.jpg)" 'a red one'
inodes taken/o-media >before
try 'a second run beside files of others' 0 'Written' copy taken/o.gpkg
holds 'gives the same names' taken/o.gpkg "$paths" "$names"
is 'and copies nothing anew' "$(inodes taken/o-media)" "$(cat before)"
printf 'a new red' >a/red.jpg; printf 'a new red' >a/same.jpg; printf 'a new red' >b/far.jpg
try 'a run with other photos of the same names' 0 'Written' copy taken/o.gpkg
is 'leaves the copies of the first one' "$(cd taken/o-media/2 && cat red.jpg red-2.jpg red-3.jpg)" \
    'not ours!a red onea new red'

# The output lies in the survey's folder, and a copy of an older photo in it. Copies are no photos to be
# copied while there are others, and none gets a name that the surveys mean another photo by.
mkdir -p job/p job/named/o-media/1/p
log_of job/twice.csv 'E:\1\p\red.jpg' red-2.jpg
echo new >job/p/red.jpg
echo older >job/named/o-media/1/p/red.jpg
try 'a photo that is not there' 0 'media_missing' copy job/named/o.gpkg
try 'is not there in a second run either' 0 'media_missing' copy job/named/o.gpkg
holds 'and no copy of another photo gets its name' job/named/o.gpkg "$paths" 'o-media/1/p/red-3.jpg'

# --- copies that cannot be made ---
mkdir full killed
log_of job/twice.csv film.mpg
truncate -s 200M a/film.mpg
printf 'end' >>a/film.mpg
(ulimit -f 20000 && copy full/o.gpkg) >said 2>&1
is 'no room for a video is an error' $? 3
is 'that tells which' "$(grep -c "cannot write '.*/o-media/2/film.mpg'" said)" 1
is 'and leaves no half file' "$(find full -type f)" ''
if unshare -m true 2>/dev/null; then # a disk of 1 MB, of this command only
    unshare -m sh -c "mount -t tmpfs -o size=1m none full && '$chainage' run job/twice.csv \\
        --network job/net.geojson --crs local --media a --output full/o.gpkg --copy-media; \\
        echo \"\$? \$(find full -type f)\"" >said 2>&1
    is 'nor has a full disk' "$(grep -c -e 'o-media/2/film.mpg.: No space left' -e '^3 $' said)" 2
else
    skip 'nor has a full disk' 'nobody may mount here'
fi
"$chainage" run job/twice.csv --network job/net.geojson --crs local --media a --output killed/o.gpkg \
    --copy-media >said 2>&1 &
run=$!
while kill -0 $run 2>/dev/null && [ -z "$(find killed -name '.*.chainage-tmp' -size +0 | grep copy)" ]; do :; done
kill -9 $run 2>/dev/null
wait $run 2>/dev/null
is 'a killed run leaves no half video under its name' \
    "$([ ! -e killed/o-media/2/film.mpg ] || cmp killed/o-media/2/film.mpg a/film.mpg)" ''
try 'the next run after it' 0 'Written' copy killed/o.gpkg
is 'copies it whole' "$(cmp killed/o-media/2/film.mpg a/film.mpg 2>&1)" ''
is 'and takes what was left away' "$(find killed/o-media -type f)" 'killed/o-media/2/film.mpg'
rm -rf a/film.mpg full killed

# --- the delivery as a whole ---
# Logs in one of its folders, photos in another: where `check` finds them, `run` does.
mkdir -p whole/logs whole/photos other
printf '%s\n' $heading 'I,S,downstream,2024-05-01,40,1,PL,2,P1.JPG' >whole/logs/log.csv
echo photo >whole/photos/p1.jpg
try 'a delivery in folders' 0 'Written' "$chainage" run whole --network job/net.geojson --crs local \
    --output whole.gpkg
holds 'its photos are found' whole.gpkg 'SELECT "exists", path FROM media' '1|whole/photos/p1.jpg'
holds 'the record has the options as given' whole.gpkg \
    "SELECT count(*) FROM runs WHERE options LIKE '%whole%'" 0
(cd whole && tar -cf ../whole.tar logs photos)
try 'a packed delivery' 0 'Written' "$chainage" run whole.tar --network job/net.geojson --crs local \
    --output other/tar.gpkg
holds 'its photos have no file that stays' other/tar.gpkg 'SELECT "exists", path FROM media' '0|'
try 'a packed delivery, copied' 0 'Written' "$chainage" run whole.tar --network job/net.geojson \
    --crs local --copy-media --output other/tar.gpkg
holds 'its photos are there' other/tar.gpkg 'SELECT "exists", path FROM media' \
    '1|tar-media/1/photos/p1.jpg'
is 'and whole' "$(cmp other/tar-media/1/photos/p1.jpg whole/photos/p1.jpg 2>&1)" ''
rm -rf whole whole.* other

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
