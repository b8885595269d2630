#pragma once
/* What an assessment did, line by line, for `chainage explain`.  Runs pass NULL and pay nothing. */
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/lang/phrases.h"

/* What a line is about. */
enum trace_section {
    TRACE_FIGURES,  /* scores, sums, indices */
    TRACE_HAZARDS,  /* what stands for collapse, and what does not, though it is near */
    TRACE_SOIL,     /* may soil come in? */
    TRACE_PRIORITY, /* how the priority came about */
    TRACE_PLAN,     /* what comes next */
    TRACE_SECTIONS,
};

/* What became of one thing: an observation. */
struct trace_note {
    const void *about; /* borrowed; only compared */
    struct text text;
};

struct trace {
    const struct phrases *phrases; /* the language that it tells in; NULL: English */
    struct arena arena;
    struct text *at; /* lines, an array of its own; leading blanks show what belongs to what */
    size_t n, capacity;
    uint8_t *sections; /* enum trace_section of each line; likewise */
    size_t sections_capacity;
    uint8_t section;          /* enum trace_section of the next line */
    struct trace_note *notes; /* likewise, in the order in which they were made */
    size_t n_notes, notes_capacity;
};

/* Lines from here on are of this section.  As all of these: nothing when `trace` is NULL. */
void trace_begin(struct trace *trace, enum trace_section section);

/* Appends a line; the format is English and said in the trace's language, values as they are. */
void trace_add(struct trace *trace, const char *format, ...) PRINTF_LIKE(2, 3);

/* Notes what became of a thing, likewise. */
void trace_note(struct trace *trace, const void *about, const char *format, ...) PRINTF_LIKE(3, 4);

/* All notes about a thing with "; " between, in `arena`; {0} when there are none. */
struct text trace_notes_about(const struct trace *trace, const void *about, struct arena *arena);

/* The language of lines that are made for the trace. */
static inline const struct phrases *trace_phrases(const struct trace *trace) {
    return trace == NULL ? NULL : trace->phrases;
}

/* A word for a value, in that language; `english` where there is no translation. */
const char *trace_word(const struct trace *trace, const char *english) FORMAT_OF(2);

void trace_release(struct trace *trace);
