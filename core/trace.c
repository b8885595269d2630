#include "core/trace.h"

#include <stdarg.h>
#include <stdio.h>

enum { LINE_SIZE = 1024 };

static struct text format_line(struct arena *arena, const char *format, va_list args) {
    char line[LINE_SIZE];
    int n = vsnprintf(line, sizeof line, format, args);
    size_t have = n < 0 ? 0 : (size_t)n < sizeof line ? (size_t)n : sizeof line - 1;

    return arena_copy(arena, text_cut((struct text){line, have}, have));
}

const char *trace_word(const struct trace *trace, const char *english) {
    return phrases_word(trace_phrases(trace), english);
}

void trace_begin(struct trace *trace, enum trace_section section) {
    if (trace != NULL) {
        trace->section = (uint8_t)section;
    }
}

void trace_add(struct trace *trace, const char *format, ...) {
    va_list args;

    if (trace == NULL) {
        return;
    }
    va_start(args, format);
    struct text line = format_line(&trace->arena, trace_word(trace, format), args);
    va_end(args);
    trace->at = array_reserve(trace->at, &trace->capacity, trace->n + 1, sizeof *trace->at);
    trace->sections = array_reserve(
        trace->sections, &trace->sections_capacity, trace->n + 1, sizeof *trace->sections);
    trace->sections[trace->n] = trace->section;
    trace->at[trace->n++] = line;
}

void trace_note(struct trace *trace, const void *about, const char *format, ...) {
    va_list args;

    if (trace == NULL) {
        return;
    }
    va_start(args, format);
    struct text text = format_line(&trace->arena, trace_word(trace, format), args);
    va_end(args);
    trace->notes = array_reserve(
        trace->notes, &trace->notes_capacity, trace->n_notes + 1, sizeof *trace->notes);
    trace->notes[trace->n_notes++] = (struct trace_note){about, text};
}

struct text trace_notes_about(const struct trace *trace, const void *about, struct arena *arena) {
    struct text all = {0};

    for (size_t i = 0; trace != NULL && i < trace->n_notes; i++) {
        if (trace->notes[i].about == about) {
            all = all.n == 0 ? trace->notes[i].text
                             : arena_printf(arena, "%.*s%s%.*s", TEXT_ARGS(all),
                                   phrase_text(trace->phrases, PHRASE_SEMICOLON),
                                   TEXT_ARGS(trace->notes[i].text));
        }
    }
    return all;
}

void trace_release(struct trace *trace) {
    array_release(&trace->at);
    array_release(&trace->sections);
    array_release(&trace->notes);
    arena_release(&trace->arena);
    *trace = (struct trace){0};
}
