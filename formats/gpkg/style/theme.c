#include "formats/gpkg/style/theme.h"

#include <string.h>

const struct theme_row theme_rows[THEME_VALUES] = {
#define THEME(name, kind, value) {#name, value, THEME_##kind},
#include "formats/gpkg/style/theme.def"
#undef THEME
};

const struct theme theme_default = {{
#define THEME(name, kind, value) value,
#include "formats/gpkg/style/theme.def"
#undef THEME
}};

size_t theme_find(const char *name, size_t n) {
    size_t from = 0, to = THEME_VALUES;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = strncmp(theme_rows[middle].name, name, n);
        if (order == 0 && theme_rows[middle].name[n] == '\0') {
            return middle;
        }
        if (order < 0) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return THEME_VALUES;
}
