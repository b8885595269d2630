#pragma once
/* Observations of an inspection must stand together; rows in a file need not. */
#include <stddef.h>
#include <stdint.h>

#include "core/survey.h"

/* Who each observation belongs to, kept only from the first one that is out of place on. */
struct sheet_group {
    uint32_t *owner; /* owned; NULL while all are in place; inspection of each observation */
    size_t n, capacity;
};

/* Says that the newest observation belongs to this inspection. */
void sheet_group_add(struct sheet_group *group, const struct survey *survey, uint32_t inspection);

/* Brings observations of one inspection together, in file order; releases the group. */
void sheet_group_finish(struct sheet_group *group, struct survey *survey);
