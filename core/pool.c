#include "core/pool.h"

static void append(struct pool *pool, struct text word) {
    pool->words = array_reserve(pool->words, &pool->capacity, pool->n + 1, sizeof *pool->words);
    pool->words[pool->n++] = word;
}

uint32_t pool_add(struct pool *pool, struct text word) {
    if (word.n == 0) {
        return 0;
    }
    uint32_t known = index_find(&pool->index, word);
    if (known != INDEX_NONE) {
        return known;
    }
    if (pool->n == 0) {
        append(pool, (struct text){0});
    }
    append(pool, arena_copy(&pool->arena, word));
    return index_add(&pool->index, pool->words[pool->n - 1], (uint32_t)(pool->n - 1));
}

struct text pool_word(const struct pool *pool, uint32_t number) {
    return number < pool->n ? pool->words[number] : (struct text){0};
}

void pool_release(struct pool *pool) {
    arena_release(&pool->arena);
    index_release(&pool->index);
    array_release(&pool->words);
    *pool = (struct pool){0};
}
