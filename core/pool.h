#pragma once
/* Words that come again and again (codes, materials, streets), kept once and known by number. */
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/index.h"
#include "core/text.h"

struct pool {
    struct arena arena;
    struct index index;
    struct text *words; /* words[0] is the unset text */
    size_t n, capacity;
};

/* The number of the word; 0 for an empty text.  Copies words that are new. */
uint32_t pool_add(struct pool *pool, struct text word);

/* The word of a number that pool_add gave; {0} for 0. */
struct text pool_word(const struct pool *pool, uint32_t number);

void pool_release(struct pool *pool);
