#pragma once
/* A zip archive of one file that is not compressed: what a project in a GeoPackage is kept in. */
#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

/* The checksum of zip and PNG: CRC-32 of ISO 3309. */
uint32_t crc32_of(const void *bytes, size_t n);

/* Appends the archive.  n and the name's length must be below 4 GiB and 64 KiB. */
void stored_zip_append(sqlite3_str *out, const char *name, const char *bytes, size_t n);
