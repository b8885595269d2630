#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/base.h"
#include "core/error.h"
#include "formats/gpkg/style/style.h"
#include "formats/theme_file.h"

/* Values go into XML and into expressions of QGIS, which must stay what they are. */
static void require_theme(const struct theme *theme) {
    for (size_t i = 0; i < THEME_VALUES; i++) {
        struct text value = text_from(theme->values[i]);
        REQUIRE(value.n > 0 && text_is_utf8(value));
        REQUIRE(theme_rows[i].kind == THEME_FONT || strspn(value.at, "-.,;0123456789") == value.n);
    }
    char *qml = style_qml(styles[0], LANGUAGE_EN, theme);
    REQUIRE(qml != NULL && strstr(qml, "</qgis>") != NULL);
    sqlite3_free(qml);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(findings_release) struct findings findings = {0};
    struct theme theme = theme_default;
    struct text bytes = {(const char *)data, n};
    struct error err = {0};

    if (theme_read_bytes(bytes, "fuzz.txt", &arena, &theme, &findings, &err)) {
        require_theme(&theme);
    } else {
        REQUIRE(err.kind == ERROR_FORMAT && err.text[0] != '\0');
        REQUIRE(memcmp(&theme, &theme_default, sizeof theme) == 0);
    }
    for (size_t i = 0; i < findings.n; i++) {
        REQUIRE(text_is_utf8(findings.at[i].detail));
    }
    return 0;
}
