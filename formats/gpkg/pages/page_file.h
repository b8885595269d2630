#pragma once
/* Pages appended to a database file that SQLite has made and closed.
 *
 * Source: SQLite's own "Database File Format", 1.3 (header), 1.5 (lock-byte page).  The file is
 * nobody else's: it has its name only when it is complete, so there is no journal and no lock. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

struct page_file {
    int descriptor;
    size_t page_bytes;
    uint32_t n_pages;      /* in the file and in the buffer */
    uint32_t lock_page;    /* number of the page that must stay empty, for locks on some systems */
    unsigned char *buffer; /* pages [n_pages - n_buffered + 1, n_pages]; an array of its own */
    size_t n_buffered;
    unsigned char *header; /* the first bytes of page 1 */
};

/* ERROR_FILE when it cannot be opened or read, ERROR_LIBRARY when the SQLite at hand makes files of
 * another kind than is written here (UTF-8, no reserved bytes, no auto-vacuum). */
bool page_file_open(const char *path, struct page_file *out, struct error *err);

/* A page of zeros behind all others: `*at` is good until the next call, `*number` for ever. */
bool page_file_add(struct page_file *file, unsigned char **at, uint32_t *number, struct error *err);

/* The number that the next page will have. */
uint32_t page_file_next(const struct page_file *file);

/* Writes over a page that SQLite has made. */
bool page_file_replace(
    struct page_file *file, uint32_t number, const unsigned char *bytes, struct error *err);

/* Writes what is left, tells the header of the new size, closes the file. */
bool page_file_finish(struct page_file *file, struct error *err);

/* Closes the file as it is; safe on {.descriptor = -1} and after page_file_finish. */
void page_file_release(struct page_file *file);
