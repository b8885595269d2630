#pragma once
/* Files of SQLite whose bytes go to the system in a thread of their own, in pieces of a MiB.
 *
 * For one database that is written from front to end and read back little: reading, syncing and
 * closing wait until everything is written, and report what went wrong meanwhile. */
#include "core/error.h"

struct write_behind;

/* NULL when no thread can be had: then SQLite's own way has to do. */
struct write_behind *write_behind_new(void);

/* The name to open one database with; NULL (the usual way) for NULL. */
const char *write_behind_vfs(const struct write_behind *behind);

/* After the database was closed. */
void write_behind_release(struct write_behind **behind);
