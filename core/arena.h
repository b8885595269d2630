#pragma once
/* Memory that lives as long as its arena and is never freed singly; and growing arrays.  The only
 * module that calls malloc.  Out of memory ends the program with a message and status 5. */
#include <stddef.h>

#include "core/base.h"
#include "core/text.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *chunks; /* newest first */
};

/* Zeroed memory, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t n_items, size_t item_size);
#define ARENA_NEW(arena, type, n) ((type *)arena_alloc((arena), (n), sizeof(type)))

struct text arena_copy(struct arena *arena, struct text text); /* an added NUL is not counted */
struct text arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

/* Hands all that `from` holds over to `to`; texts and records stay where they are. */
void arena_move(struct arena *to, struct arena *from);

/* Frees everything; safe on {0}; the arena can be used again. */
void arena_release(struct arena *arena);

/* Growing arrays own their memory apart from any arena:
 *     struct x *xs = NULL; size_t n = 0, capacity = 0;
 *     xs = array_reserve(xs, &capacity, n + 1, sizeof *xs);
 *     ...
 *     array_release(&xs);                       (also as CLEANUP)
 * New items are not zeroed. */
void *array_reserve(void *at, size_t *capacity, size_t need, size_t item_size);
void array_release(void *pointer_to_array);
