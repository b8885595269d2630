#define _XOPEN_SOURCE 700
#include "tests/formats/scratch.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct scratch scratch_new(void) {
    struct scratch scratch = {"/tmp/chainage-test-XXXXXX"};

    if (mkdtemp(scratch.folder) == NULL) {
        perror("mkdtemp");
        abort();
    }
    return scratch;
}

const char *scratch_path(const struct scratch *scratch, const char *name, char out[128]) {
    snprintf(out, 128, "%s/%s", scratch->folder, name);
    return out;
}

static unsigned visit(const struct scratch *scratch, int is_removing) {
    DIR *listing = opendir(scratch->folder);
    unsigned n = 0;

    if (listing == NULL) {
        return 0;
    }
    for (const struct dirent *file; (file = readdir(listing)) != NULL;) {
        char path[512];
        if (strcmp(file->d_name, ".") == 0 || strcmp(file->d_name, "..") == 0) {
            continue;
        }
        n++;
        snprintf(path, sizeof path, "%s/%s", scratch->folder, file->d_name);
        if (is_removing && remove(path) != 0) {
            perror(path);
        }
    }
    closedir(listing);
    return n;
}

unsigned scratch_count(const struct scratch *scratch) {
    return visit(scratch, 0);
}

void scratch_release(struct scratch *scratch) {
    visit(scratch, 1);
    rmdir(scratch->folder);
}
