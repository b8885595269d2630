#include "formats/survey/unused_names.h"

#include "core/arena.h"
#include "core/base.h"

void unused_names_add(
    struct unused_names *names, struct arena *arena, struct text name, uint32_t line) {
    if (names->n == UNUSED_NAMES_MAX || index_find(&names->known, name) != INDEX_NONE) {
        return;
    }
    struct text kept = arena_copy(arena, text_cut(name, 100));
    if (index_add(&names->known, kept, (uint32_t)names->n) == names->n) {
        names->at[names->n].name = kept;
        names->at[names->n++].line = line;
    }
}

void unused_names_say(
    const struct unused_names *names, struct survey *survey, struct finding_place place) {
    for (size_t i = 0; i < names->n; i++) {
        place.line = names->at[i].line;
        findings_add(&survey->findings, FINDING_COLUMN_UNKNOWN, place, "element '%.*s'",
            TEXT_ARGS(names->at[i].name));
    }
}

void unused_names_release(struct unused_names *names) {
    index_release(&names->known);
    *names = (struct unused_names){0};
}
