#include "core/arena.h"

#include <stdarg.h>
#include <stdbool.h>
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

/* One piece of a format: text as it stands, or the argument of %s and %.*s.  False when the format
 * has anything else in it. */
static bool next_piece(const char **format, va_list *args, struct text *piece) {
    const char *at = *format;
    int most = -1;

    if (at[0] != '%') {
        *piece = (struct text){at, strcspn(at, "%")};
        *format = at + piece->n;
        return true;
    }
    if (at[1] == '.' && at[2] == '*' && at[3] == 's') {
        most = va_arg(*args, int);
        at += 2;
    } else if (at[1] != 's') {
        return false;
    }
    const char *string = va_arg(*args, const char *);
    if (string == NULL && most != 0) { /* (null) is for printf to say */
        return false;
    }
    const char *nul = most > 0 ? memchr(string, '\0', (size_t)most) : NULL;
    size_t n = most < 0 ? strlen(string) : nul != NULL ? (size_t)(nul - string) : (size_t)most;
    *piece = (struct text){string, n};
    *format = at + 2;
    return true;
}

/* Texts put together, which is what formats are mostly for: printf takes five times as long. */
static bool join(struct arena *arena, const char *format, va_list *args, struct text *out) {
    struct text pieces[16];
    size_t n_pieces = 0, n = 0;

    while (*format != '\0') {
        if (n_pieces == ARRAY_LEN(pieces) || !next_piece(&format, args, &pieces[n_pieces])) {
            return false;
        }
        n += pieces[n_pieces++].n;
    }
    char *copy = cut(arena, n + 1, 1), *to = copy;
    for (size_t i = 0; i < n_pieces; i++) {
        if (pieces[i].n > 0) {
            memcpy(to, pieces[i].at, pieces[i].n);
            to += pieces[i].n;
        }
    }
    *to = '\0';
    *out = (struct text){copy, n};
    return true;
}

struct text arena_printf(struct arena *arena, const char *format, ...) {
    va_list args;
    struct text joined;

    va_start(args, format);
    bool is_joined = join(arena, format, &args, &joined);
    va_end(args);
    if (is_joined) {
        return joined;
    }
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
