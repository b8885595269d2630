#pragma once
/* Colours, sizes and scale limits of the styles. */
#include <stddef.h>

/* What a value may be. */
enum theme_kind {
    THEME_COLOUR, /* red,green,blue[,opacity], 0 to 255 each */
    THEME_DASH,   /* dash;gap[;dash;gap], in millimetres */
    THEME_FACTOR, /* above 0 */
    THEME_FONT,   /* a family */
    THEME_OFFSET, /* millimetres to the right of the line, negative to the left */
    THEME_POINTS, /* of letters */
    THEME_SCALE,  /* 2500 for 1:2,500 */
    THEME_SIZE,   /* millimetres */
};

enum theme_name {
#define THEME(name, kind, value) THEME_NAME_##name,
#include "formats/gpkg/style/theme.def"
#undef THEME
    THEME_VALUES,
};

struct theme_row {
    const char *name, *value; /* the default */
    enum theme_kind kind;
};

extern const struct theme_row theme_rows[THEME_VALUES];

/* Values are borrowed. */
struct theme {
    const char *values[THEME_VALUES];
};

extern const struct theme theme_default;

/* The number of a value; THEME_VALUES when there is none of this name. */
size_t theme_find(const char *name, size_t n);
