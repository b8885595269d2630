#pragma once
/* Copies of many files in a folder of their own: the same bytes once, and nothing overwritten. */
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/index.h"

struct copies_file {
    const char *from;   /* absolute */
    struct text wanted; /* where it shall lie in the folder, with '/' */
    struct text copy;   /* where it does lie there; {0}: it cannot be read */
};

struct copies_request {
    const char *folder;        /* absolute, without '/' behind it; made when it is not there */
    const struct index *names; /* normalised, of photos and videos: no copy is called so unless it
                                  wants that name */
    struct copies_file *files;
    size_t n;
};

/* Fills `copy` of each file.  Files with the same bytes share one copy; a file in the folder that
 * has them already is that copy, whoever put it there.  A name that is taken by other bytes gets a
 * number: a.jpg, a-2.jpg, a-3.jpg.  The order of the files makes no difference, and a second time
 * the copies of the first are found.  Files of one size are told apart by SHA-256; the others are
 * not read for it.  ERROR_FILE: a copy cannot be written; those made before are whole. */
bool copies_make(const struct copies_request *request, struct arena *arena, struct error *err);
