#pragma once
/* Ids that look like an id that nothing bears: hints for the people who correct the data. */
#include "core/match/matcher.h"

struct sorted_ids *sorted_ids_new(void);
void sorted_ids_release(struct sorted_ids *sorted);

/* The few nodes or segments whose ids differ least, the most similar first. */
struct few similar_find(const struct matcher *matcher, enum id_owner owner, struct text id);
