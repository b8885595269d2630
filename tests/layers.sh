#!/bin/sh
# The house has one-way doors: cmd -> formats -> core, and each library one room.
#   layers.sh SOURCE-ROOT
cd "$1" || exit 2
status=0
deny() { # deny WHAT FILE...: no FILE may include WHAT
    what=$1; shift
    if grep -nE "^#include [<\"]$what" /dev/null "$@"; then status=1; fi
}
all() { find "$@" -name '*.[ch]'; }
but() { # but REGEX: the files on stdin whose path does not match
    grep -vE "$1" || true
}
deny '(formats|cmd)/' $(all core)
deny 'cmd/' $(all formats)
deny '(gdal|ogr|cpl_|proj|sqlite3|spatialite|tiff|libxml|mdb|xlsxwriter|archive|iconv|unistd|fcntl|sys/|pthread)' $(all core)
deny '(gdal|ogr|cpl_|proj|sqlite3|spatialite|tiff|libxml|mdb|xlsxwriter|archive)' $(all cmd)
deny '(gdal|ogr|cpl_)' $(all formats | but '^formats/(vector_file|vector_shape|vector_xls|table_file|table_weight)\.[ch]$')
deny 'proj' $(all formats | but '^formats/(crs\.c|crs/.*)$')
deny 'archive' $(all formats | but '^formats/unpack\.c$')
deny 'openssl' $(all core cmd) $(all formats | but '^formats/sha256\.c$')
deny 'mdb(tools|sql|fakeglib)' $(all formats | but '^formats/mdb\.c$')
deny 'xlsxwriter' $(all formats | but '^formats/export/xlsx\.c$')
deny 'libxml' $(all formats | but '^formats/xml\.c$')
deny 'sqlite3' $(all formats | but '^formats/(sqlite\.[ch]|gpkg/.*)$')
exit $status
