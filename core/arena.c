#include "core/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Small requests are cut from chunks of a quarter MiB, large ones get a chunk of their own. */
enum { CHUNK_BYTES = 256 * 1024, ALIGNMENT = 16 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t used, size;
    _Alignas(ALIGNMENT) unsigned char bytes[];
};

static void out_of_memory(size_t n) {
    fprintf(stderr, "chainage: out of memory (%zu bytes asked for)\n", n);
    exit(5);
}

static size_t multiply_or_die(size_t a, size_t b) {
    if (b != 0 && a > SIZE_MAX / 2 / b) {
        out_of_memory(SIZE_MAX);
    }
    return a * b;
}

static void *cut(struct arena *arena, size_t n, size_t alignment) {
    struct arena_chunk *chunk = arena->chunks;

    if (chunk != NULL) {
        size_t from = (chunk->used + alignment - 1) / alignment * alignment;
        if (from <= chunk->size && n <= chunk->size - from) {
            chunk->used = from + n;
            return chunk->bytes + from;
        }
    }

    size_t size = n > CHUNK_BYTES / 4 ? n : CHUNK_BYTES;
    struct arena_chunk *fresh = calloc(1, sizeof *fresh + size);
    if (fresh == NULL) {
        out_of_memory(size);
        return NULL;
    }
    fresh->size = size;
    fresh->used = n;
    if (size == n && chunk != NULL) { /* a full chunk goes behind the one that has room */
        fresh->next = chunk->next;
        chunk->next = fresh;
    } else {
        fresh->next = chunk;
        arena->chunks = fresh;
    }
    return fresh->bytes;
}

void *arena_alloc(struct arena *arena, size_t n_items, size_t item_size) {
    return cut(arena, multiply_or_die(n_items, item_size), ALIGNMENT);
}

struct text arena_copy(struct arena *arena, struct text text) {
    if (text.at == NULL) {
        return (struct text){0};
    }
    char *copy = cut(arena, text.n + 1, 1);
    if (text.n > 0) {
        memcpy(copy, text.at, text.n);
    }
    copy[text.n] = '\0';
    return (struct text){copy, text.n};
}

struct text arena_printf(struct arena *arena, const char *format, ...) {
    va_list args;

    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) {
        return (struct text){0};
    }
    char *copy = cut(arena, (size_t)n + 1, 1);
    va_start(args, format);
    vsnprintf(copy, (size_t)n + 1, format, args);
    va_end(args);
    return (struct text){copy, (size_t)n};
}

void arena_move(struct arena *to, struct arena *from) {
    struct arena_chunk **end = &to->chunks;

    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = from->chunks;
    from->chunks = NULL;
}

void arena_release(struct arena *arena) {
    struct arena_chunk *chunk = arena->chunks;

    while (chunk != NULL) {
        struct arena_chunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
    arena->chunks = NULL;
}

void *array_reserve(void *at, size_t *capacity, size_t need, size_t item_size) {
    if (need <= *capacity) {
        return at;
    }
    size_t wanted = *capacity + *capacity / 2;
    if (wanted < need) {
        wanted = need;
    }
    if (wanted < 16) {
        wanted = 16;
    }
    void *grown = realloc(at, multiply_or_die(wanted, item_size));
    if (grown == NULL) {
        out_of_memory(multiply_or_die(wanted, item_size));
        return NULL;
    }
    *capacity = wanted;
    return grown;
}

void array_release(void *pointer_to_array) {
    void **array = pointer_to_array;

    free(*array);
    *array = NULL;
}
