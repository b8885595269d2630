#pragma once
/* A folder for the files of one test. */

struct scratch {
    char folder[64];
};

struct scratch scratch_new(void);
/* FOLDER/NAME, written to `out`. */
const char *scratch_path(const struct scratch *scratch, const char *name, char out[128]);
/* How many entries it has, hidden ones too. */
unsigned scratch_count(const struct scratch *scratch);
void scratch_release(struct scratch *scratch);
