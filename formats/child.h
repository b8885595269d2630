#pragma once
/* Work that may crash, loop or eat memory, done in a child process that hands messages over a pipe:
 * whatever becomes of the child, the parent goes on.  For libraries that are not safe with broken
 * files.
 *
 * A child has one thread, and a copy of every lock as it was: one that another thread held stays
 * locked for ever (PROJ takes one in the child itself).  So children are made only while no other
 * thread of ours runs. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "core/error.h"
#include "core/text.h"

struct child_limits {
    uint64_t memory_bytes; /* beyond what the parent had */
    uint64_t sent_bytes;   /* of all messages together */
    unsigned cpu_s;
    unsigned silent_s; /* without a message */
};

/* What the child does: sends its messages to `out` and returns.  It shares nothing with the parent
 * but a copy of its memory, and neither its output nor its exit handlers are seen. */
typedef void child_work(void *context, int out);

struct child {
    pid_t pid; /* 0: none */
    int pipe;
    struct child_limits limits;
    uint64_t n_bytes;
    unsigned char *buffer; /* an array of its own: what was read and not yet used */
    size_t at, n, capacity;
    struct text *parts; /* an array of its own */
    size_t n_parts, parts_capacity;
};

/* While no other thread runs.  False with ERROR_LIBRARY when there can be no child. */
bool child_start(child_work *work, void *context, const struct child_limits *limits,
    struct child *out, struct error *err);

/* In the child: one message of a kind, of several texts.  False when nobody listens. */
bool child_send(int out, char kind, const struct text *parts, size_t n);

/* The next message: its kind and child->parts, good until the next one.  False with ERROR_FORMAT
 * when there is none: the child crashed, spent its limits or was silent for too long. */
bool child_receive(struct child *child, char *kind, struct error *err);

/* Ends the child, whatever it does; safe on {0}; also as CLEANUP. */
void child_end(struct child *child);
