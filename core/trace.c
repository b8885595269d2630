#include "core/trace.h"

#include <stdarg.h>
#include <stdio.h>

void trace_add(struct trace *trace, const char *format, ...) {
    char line[1024];
    va_list args;

    if (trace == NULL) {
        return;
    }
    va_start(args, format);
    int n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    size_t have = n < 0 ? 0 : (size_t)n < sizeof line ? (size_t)n : sizeof line - 1;
    trace->at = array_reserve(trace->at, &trace->capacity, trace->n + 1, sizeof *trace->at);
    trace->at[trace->n++] = arena_copy(&trace->arena, (struct text){line, have});
}

void trace_release(struct trace *trace) {
    array_release(&trace->at);
    arena_release(&trace->arena);
    *trace = (struct trace){0};
}
