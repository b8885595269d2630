#pragma once
/* All files below a folder. */
#include <stdbool.h>
#include <stddef.h>

#include "core/text.h"

struct walk {
    /* Of each regular file: its path from the folder, with '/', good until it returns. */
    void (*found)(void *context, struct text path);
    void *context;
    unsigned depth; /* levels of folders, the first is itself; 0: WALK_DEPTH */
};

enum { WALK_DEPTH = 16, WALK_MOST = 2000000 };

/* Links are not followed, so that nothing outside the folder is found and no ring is walked; nor
 * is anything deeper or behind the first WALK_MOST entries.  In no order.  False
 * when the folder itself cannot be read. */
bool walk_folder(const char *folder, const struct walk *walk);
