#include "formats/theme_file.h"

#include <string.h>

#include "core/base.h"
#include "formats/document.h"

struct reading {
    struct survey *survey; /* owns text and findings */
    struct arena *arena;
    struct theme theme;
    bool is_given[THEME_VALUES];
    uint32_t line;
    size_t n_bad;
};

static void bad(struct reading *reading, struct text name, struct text value, const char *why) {
    struct finding_place place = {.file = reading->survey->file.path, .line = reading->line};

    reading->n_bad++;
    if (value.n == 0) {
        findings_add(&reading->survey->findings, FINDING_THEME_INVALID, place, "'%.*s' %s",
            TEXT_ARGS(text_cut(name, 80)), why);
    } else {
        findings_add(&reading->survey->findings, FINDING_THEME_INVALID, place, "%.*s: '%.*s' %s",
            TEXT_ARGS(text_cut(name, 80)), TEXT_ARGS(text_cut(value, 80)), why);
    }
}

/* --- values --- */

/* With a decimal point, as QGIS reads them: no comma, no exponent. */
static bool number_in(struct text text, double least, double most) {
    double number = 0;

    for (size_t i = 0; i < text.n; i++) {
        if (memchr("-.0123456789", text.at[i], 12) == NULL) {
            return false;
        }
    }
    return text_to_double(text, &number) && number >= least && number <= most;
}

static bool whole_in(struct text text, double least, double most) {
    return memchr(text.at, '.', text.n) == NULL && number_in(text, least, most);
}

/* How many pieces there are between separators, each a number that is fine; 0 when one is not. */
static size_t count_numbers(
    struct text text, char separator, bool whole, double least, double most) {
    size_t n = 0;

    for (size_t from = 0; from <= text.n; n++) {
        const char *end = memchr(text.at + from, separator, text.n - from);
        size_t to = end == NULL ? text.n : (size_t)(end - text.at);
        struct text piece = text_part(text, from, to);
        if (piece.n == 0 || !(whole ? whole_in : number_in)(piece, least, most)) {
            return 0;
        }
        from = to + 1;
    }
    return n;
}

static int hex_digit(char c) {
    static const char digits[] = "0123456789abcdef";
    const char *at = strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);

    return c == '\0' || at == NULL ? -1 : (int)(at - digits);
}

/* #6e0000 as 110,0,0. */
static bool colour_from_hex(struct reading *reading, struct text *value) {
    int parts[4] = {0};
    size_t n = (value->n - 1) / 2;

    if (value->n != 7 && value->n != 9) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        int high = hex_digit(value->at[1 + 2 * i]), low = hex_digit(value->at[2 + 2 * i]);
        if (high < 0 || low < 0) {
            return false;
        }
        parts[i] = high * 16 + low;
    }
    *value = n == 3 ? arena_printf(reading->arena, "%d,%d,%d", parts[0], parts[1], parts[2])
                    : arena_printf(
                          reading->arena, "%d,%d,%d,%d", parts[0], parts[1], parts[2], parts[3]);
    return true;
}

static bool colour_is_fine(struct reading *reading, struct text *value) {
    if (value->at[0] == '#') {
        return colour_from_hex(reading, value);
    }
    size_t n = count_numbers(*value, ',', true, 0, 255);
    return n == 3 || n == 4;
}

static bool font_is_fine(struct text value) {
    for (size_t i = 0; i < value.n; i++) {
        if ((unsigned char)value.at[i] < ' ' || strchr(",|\"", value.at[i]) != NULL) {
            return false;
        }
    }
    return value.n <= 64 && text_is_utf8(value);
}

/* NULL, or what it should be; a colour may become another text for the same. */
static const char *flaw_of(struct reading *reading, enum theme_kind kind, struct text *value) {
    size_t n = 0;

    switch (kind) {
    case THEME_COLOUR:
        return colour_is_fine(reading, value) ? NULL
                                              : "is no colour: 110,0,0 or #6e0000, with opacity or "
                                                "without";
    case THEME_DASH:
        n = count_numbers(*value, ';', false, 0.01, 100);
        return n >= 2 && n % 2 == 0 && n <= 8 ? NULL : "is no dash and gap in mm, like 3;1.6";
    case THEME_FACTOR:
        return number_in(*value, 0.01, 100) ? NULL : "is no factor from 0.01 to 100";
    case THEME_FONT:
        return font_is_fine(*value) ? NULL : "is no name of a font";
    case THEME_OFFSET:
        return number_in(*value, -50, 50) ? NULL : "is no distance from -50 to 50 mm";
    case THEME_POINTS:
        return number_in(*value, 1, 200) ? NULL : "is no size from 1 to 200 points";
    case THEME_SCALE:
        return whole_in(*value, 1, 1e8) ? NULL : "is no scale, like 2500 for 1:2,500";
    case THEME_SIZE:
        return number_in(*value, 0.01, 100) ? NULL : "is no size from 0.01 to 100 mm";
    }
    return NULL;
}

/* --- lines --- */

static void read_value(struct reading *reading, struct text name, struct text value) {
    size_t number = name.n == 0 ? THEME_VALUES : theme_find(name.at, name.n);

    if (number == THEME_VALUES) {
        bad(reading, name, (struct text){0}, "is no name of a theme");
        return;
    }
    if (value.n == 0) {
        bad(reading, name, (struct text){0}, "has no value");
        return;
    }
    const char *flaw = flaw_of(reading, theme_rows[number].kind, &value);
    if (flaw != NULL) {
        bad(reading, name, value, flaw);
    } else if (reading->is_given[number]) {
        bad(reading, name, value, "is given a second time");
    } else {
        reading->is_given[number] = true;
        reading->theme.values[number] = arena_copy(reading->arena, value).at;
    }
}

static void read_line(struct reading *reading, struct text line) {
    struct text trimmed = text_trim(line);
    const char *mark = trimmed.n == 0 ? NULL : memchr(trimmed.at, '=', trimmed.n);

    if (trimmed.n == 0 || trimmed.at[0] == '#') {
        return;
    }
    if (mark == NULL) {
        bad(reading, trimmed, (struct text){0}, "is not like name = value");
        return;
    }
    size_t at = (size_t)(mark - trimmed.at);
    read_value(reading, text_trim(text_part(trimmed, 0, at)),
        text_trim(text_part(trimmed, at + 1, trimmed.n)));
}

static bool read_lines(struct document *document, struct survey *survey, struct arena *arena,
    struct theme *out, struct error *err) {
    struct reading reading = {.survey = survey, .arena = arena, .theme = *out};
    struct lines lines = lines_of(document, survey);
    struct text line;

    while (lines_next(&lines, &line, &reading.line)) {
        read_line(&reading, line);
    }
    if (reading.n_bad > 0) { /* the findings tell which */
        return reading.n_bad == 1
                   ? error_set(err, ERROR_FORMAT, "a line of it cannot be used")
                   : error_set(err, ERROR_FORMAT, "%zu lines of it cannot be used", reading.n_bad);
    }
    *out = reading.theme;
    return true;
}

static const struct document_request as_found = {0};

bool theme_read(const char *path, struct arena *arena, struct theme *out, struct findings *findings,
    struct error *err) {
    CLEANUP(survey_release) struct survey survey = {.file.path = text_from(path)};
    struct source source = {0};
    struct document document;

    bool is_read = source_open(path, &source, err) &&
                   document_open(&source, &as_found, &survey, &document, err) &&
                   read_lines(&document, &survey, arena, out, err);
    findings_move(findings, &survey.findings);
    return is_read || error_wrap(err, "reading the theme '%s'", path);
}

bool theme_read_bytes(struct text bytes, const char *path, struct arena *arena, struct theme *out,
    struct findings *findings, struct error *err) {
    CLEANUP(survey_release) struct survey survey = {.file.path = text_from(path)};
    struct document document;

    bool is_read = document_decode(bytes, &as_found, &survey, &document, err) &&
                   read_lines(&document, &survey, arena, out, err);
    findings_move(findings, &survey.findings);
    return is_read || error_wrap(err, "reading the theme '%s'", path);
}

/* --- printing --- */

static const char *const remarks[] = {
    "# A theme: colours, sizes and scale limits of the styles.  Keep the lines to change, change",
    "# them, and give the file to `chainage run --theme` or `chainage style --theme`.",
    "#",
    "# Colours are red,green,blue, each 0 to 255, with an opacity behind or without; or #6e0000.",
    "# Sizes, widths, offsets and dashes are millimetres on paper; offsets go to the right of a line.",
    "# text_ are points of letters, scale_ the smallest scale at which something is shown: 2500 for",
    "# 1:2,500.  grow_ and shrink_ are factors for symbols at large and at small scales.",
    "",
};

void theme_print(
    const struct theme *theme, void (*line)(void *context, struct text line), void *context) {
    CLEANUP(arena_release) struct arena arena = {0};

    for (size_t i = 0; i < ARRAY_LEN(remarks); i++) {
        line(context, text_from(remarks[i]));
    }
    for (size_t i = 0; i < THEME_VALUES; i++) {
        line(context, arena_printf(&arena, "%s = %s", theme_rows[i].name, theme->values[i]));
    }
}
