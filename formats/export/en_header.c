#include "formats/export/en_header.h"

#include <math.h>

#include "core/network.h"
#include "formats/survey/en_values.h"

struct en_ends en_ends_of(const struct inspection *inspection) {
    const struct inspection_more *more = inspection->more;
    struct xy none = {NAN, NAN};
    struct en_ends ends = {
        .node1 = inspection->start_node,
        .node2 = inspection->finish_node,
        .at1 = more == NULL ? none : more->start_at,
        .at2 = more == NULL ? none : more->finish_at,
    };

    if (inspection->direction != DIRECTION_UPSTREAM) {
        return ends;
    }
    return (struct en_ends){ends.node2, ends.node1, ends.at2, ends.at1};
}

const char *en_flow(uint8_t direction) {
    return direction == DIRECTION_DOWNSTREAM ? "A" : direction == DIRECTION_UPSTREAM ? "B" : "C";
}

const char *en_zero_letter(uint8_t zero) {
    switch ((enum zero_point)zero) {
    case ZERO_INNER_WALL:
        return "A";
    case ZERO_PIPE_END:
        return "B";
    case ZERO_NODE_CENTRE:
        return "C";
    case ZERO_MIDWAY:
        return "D";
    case ZERO_UNKNOWN:
        return NULL;
    }
    return NULL;
}

/* The letter that a reader's function turns into the word. */
static struct text letter_for(struct text word, const char *(*word_of)(struct text)) {
    static const char letters[] = "ABCDEF";

    for (size_t i = 0; word.n > 1 && i < sizeof letters - 1; i++) {
        struct text letter = {letters + i, 1};
        const char *known = word_of(letter);
        if (known != NULL && text_equal(word, text_from(known))) {
            return letter;
        }
    }
    return word;
}

static const char *system_word(struct text letter) {
    enum sewer_system system = en_system(letter);
    return system == SYSTEM_UNKNOWN ? NULL : sewer_system_name(system);
}

struct text en_shape_letter(struct text shape) {
    return letter_for(shape, en_shape);
}

struct text en_weather_letter(struct text weather) {
    return letter_for(weather, en_weather);
}

struct text en_system_letter(struct text system) {
    return letter_for(system, system_word);
}
