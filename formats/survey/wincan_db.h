#pragma once
/* The tables of a WinCan VX database as rows. */
#include "formats/encoding.h"
#include "formats/sqlite.h"
#include "formats/survey/wincan.h"

enum wincan_presence {
    WINCAN_MUST_BE, /* without this table it is no WinCan project */
    WINCAN_MAY_BE,
};

struct wincan_table {
    const char *name;
    enum wincan_set set;
    enum wincan_presence presence;
    bool of_nodes;
    wincan_taker *take;
};

struct wincan_db {
    struct wincan *wincan;
    sqlite3 *db;
    struct wincan_row row;
    struct encoding_decoder decoder; /* for text that is no UTF-8, opened when there is some */
    char *buffer, *plain; /* arrays of their own: a text decoded, one without NUL bytes */
    size_t buffer_capacity, plain_capacity;
    size_t n_recoded, n_nul, n_too_long;
    uint32_t first_recoded, first_nul, first_too_long; /* rows */
    struct text missing; /* columns and tables that another edition has */
};

/* Hands every row of the table to its taker.  False with ERROR_FORMAT when the table cannot be read
 * at all; a table that breaks off gives a finding, what came before, and true. */
bool wincan_db_each(struct wincan_db *db, const struct wincan_table *table, struct error *err);

/* Findings that stand for many rows: encodings, sizes, the edition. */
void wincan_db_finish(struct wincan_db *db);

void wincan_db_release(struct wincan_db *db); /* also for CLEANUP; leaves wincan alone */
