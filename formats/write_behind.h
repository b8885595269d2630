#pragma once
/* Files of SQLite whose bytes go to the system in a thread of their own, in pieces of a MiB.
 *
 * For one database that is written from front to end and read back little: reading waits until
 * everything is written.  SQLite may have closed the file before a write fails, and does not listen
 * then: ask write_behind_check. */
#include <stdbool.h>

#include "core/error.h"

struct write_behind;

/* NULL when no thread can be had: then SQLite's own way has to do. */
struct write_behind *write_behind_new(void);

/* The name to open one database with; NULL (the usual way) for NULL. */
const char *write_behind_vfs(const struct write_behind *behind);

/* Was every byte written?  To be asked after the database was closed; ERROR_FILE when not.  NULL
 * has nothing to answer for. */
bool write_behind_check(const struct write_behind *behind, struct error *err);

/* After the database was closed. */
void write_behind_release(struct write_behind **behind);
