#pragma once
/* What a survey is measured against: the least that any reader of its kind does.
 *
 * Each goes over the whole file, looks at every value, and returns a number that depends on all of
 * them, so that nothing can be left out.  A file that cannot be read ends the program. */
#include <stddef.h>
#include <stdint.h>

/* libxml2's xmlTextReader: the name of every element, every attribute, every text. */
uint64_t raw_xml(const char *path);

/* memchr for the lines, and for the fields of each line; no quotes, no numbers. */
uint64_t raw_text(const char *path, char separator);

/* sqlite3_step over all rows of all tables, every column as text. */
uint64_t raw_sqlite(const char *path);

/* The parser for a file of that name; text is split at the separator of its first lines. */
uint64_t raw_parse(const char *path);

/* "libxml2", "memchr", "sqlite" */
const char *raw_name(const char *path);
