#pragma once
/* What an assessment did, line by line, for `chainage explain`.  Runs pass NULL and pay nothing. */
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

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

/* Appends a line. */
void trace_add(struct trace *trace, const char *format, ...) PRINTF_LIKE(2, 3);

/* Notes what became of a thing. */
void trace_note(struct trace *trace, const void *about, const char *format, ...) PRINTF_LIKE(3, 4);

/* All notes about a thing with "; " between, in `arena`; {0} when there are none. */
struct text trace_notes_about(const struct trace *trace, const void *about, struct arena *arena);

void trace_release(struct trace *trace);
