#pragma once
/* Names of elements that a reader did not understand.  Each edition of a format has many that are
 * not used and not missed; of an edition that is not known they may be what matters, so that they
 * are said then. */
#include <stddef.h>
#include <stdint.h>

#include "core/index.h"
#include "core/survey.h"
#include "core/text.h"

enum { UNUSED_NAMES_MAX = 200 };

struct unused_names {
    struct {
        struct text name;
        uint32_t line;
    } at[UNUSED_NAMES_MAX];
    size_t n;
    struct index known;
};

/* Keeps the first so many names in the arena, each once, with the line where it came first. */
void unused_names_add(
    struct unused_names *names, struct arena *arena, struct text name, uint32_t line);

/* A finding for each name: that the element is not known. */
void unused_names_say(
    const struct unused_names *names, struct survey *survey, struct finding_place place);

void unused_names_release(struct unused_names *names);
