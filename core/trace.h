#pragma once
/* What an assessment did, line by line, for `chainage explain`.  Runs pass NULL and pay nothing. */
#include <stddef.h>

#include "core/arena.h"

struct trace {
    struct arena arena;
    struct text *at; /* lines, an array of its own; leading blanks show what belongs to what */
    size_t n, capacity;
};

/* Appends a line; nothing when `trace` is NULL. */
void trace_add(struct trace *trace, const char *format, ...) PRINTF_LIKE(2, 3);

void trace_release(struct trace *trace);
