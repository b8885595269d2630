#include "formats/survey/en_values.h"

#include <math.h>

#include "core/base.h"

static char letter_of(struct text value) {
    return value.n == 1 ? (char)(value.at[0] & ~32) : '\0';
}

const char *en_shape(struct text aca) {
    switch (letter_of(aca)) {
    case 'A':
        return "circular";
    case 'B':
        return "rectangular";
    case 'C':
        return "egg";
    case 'D':
        return "u-shaped";
    case 'E':
        return "arch";
    case 'F':
        return "oval";
    default:
        return NULL;
    }
}

const char *en_weather(struct text ada) {
    switch (letter_of(ada)) {
    case 'A':
        return "dry";
    case 'B':
        return "rain";
    case 'C':
        return "melt water";
    default:
        return NULL;
    }
}

enum sewer_system en_system(struct text ack) {
    switch (letter_of(ack)) {
    case 'A':
        return SYSTEM_FOUL;
    case 'B':
        return SYSTEM_STORM;
    case 'C':
        return SYSTEM_COMBINED;
    default:
        return SYSTEM_UNKNOWN;
    }
}

/* A inner wall of the start node, B pipe end inside it, C its centre, D midway. */
enum zero_point en_zero(struct text abc) {
    switch (letter_of(abc)) {
    case 'A':
        return ZERO_INNER_WALL;
    case 'B':
        return ZERO_PIPE_END;
    case 'C':
        return ZERO_NODE_CENTRE;
    case 'D':
        return ZERO_MIDWAY;
    default:
        return ZERO_UNKNOWN;
    }
}

bool en_clock(struct text value, uint8_t *hour) {
    long number = 0;

    *hour = 0;
    if (value.n == 0) {
        return true;
    }
    if (!text_to_int(value, &number) || number < 0 || number > 12) {
        return false;
    }
    *hour = (uint8_t)number;
    return true;
}

bool en_names_node(struct text code) {
    return text_equal_nocase(code, TEXT("BCD")) || text_equal_nocase(code, TEXT("BCE"));
}

void en_set_sizes(double width_mm, double height_mm, float *diameter_mm, float *kept_height_mm) {
    *diameter_mm = (float)(width_mm > 0 ? width_mm : height_mm > 0 ? height_mm : NAN);
    *kept_height_mm =
        (float)(width_mm > 0 && height_mm > 0 && width_mm != height_mm ? height_mm : NAN);
}

static struct text or_dash(struct text text) {
    return text.n == 0 ? TEXT("-") : text;
}

struct text en_code_with_third(struct arena *arena, struct text code, struct text char1,
    struct text char2, struct text char3) {
    if (char3.n == 0) {
        return (struct text){0};
    }
    return arena_printf(arena, "%.*s %.*s %.*s %.*s", TEXT_ARGS(code), TEXT_ARGS(or_dash(char1)),
        TEXT_ARGS(or_dash(char2)), TEXT_ARGS(char3));
}
