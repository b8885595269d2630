/* What the values of WinCan mean.  Its lists are those of the customer's catalogue: letters mean
 * one thing in the British and American rules and another in EN 13508-2. */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/survey/wincan.h"

static bool contains_nocase(struct text text, struct text part) {
    for (size_t i = 0; i + part.n <= text.n; i++) {
        if (text_equal_nocase(text_part(text, i, i + part.n), part)) {
            return true;
        }
    }
    return false;
}

/* "WRC~MSCC-5", "WRC MSCC5", "BS EN 13508-2:2003", "NASSCO PACP 7" ...  MSCC goes before EN, whose
 * British edition it is. */
enum catalogue wincan_catalogue(struct text standard) {
    static const struct {
        const char *part;
        enum catalogue catalogue;
    } list[] = {
        {"MSCC",   CATALOGUE_MSCC   },
        {"WRC",    CATALOGUE_MSCC   },
        {"PACP",   CATALOGUE_PACP   },
        {"NASSCO", CATALOGUE_PACP   },
        {"WSA",    CATALOGUE_WSA05  },
        {"CJJ",    CATALOGUE_CJJ181 },
        {"13508",  CATALOGUE_EN13508},
        {"13_508", CATALOGUE_EN13508},
        {"ISYBAU", CATALOGUE_EN13508},
        {"DWA",    CATALOGUE_EN13508},
        {"VSA",    CATALOGUE_EN13508},
    };

    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        if (contains_nocase(standard, text_from(list[i].part))) {
            return list[i].catalogue;
        }
    }
    return CATALOGUE_UNKNOWN;
}

/* EN 13508-2 ABE, which all catalogues use that were seen. */
const char *wincan_method(struct text method) {
    switch (method.n == 1 ? method.at[0] : 0) {
    case 'A':
        return "walk-through";
    case 'B':
        return "camera";
    case 'C':
        return "from the manhole";
    default:
        return NULL;
    }
}

/* MSCC and PACP; EN 13508-2 ACA. */
const char *wincan_shape(enum catalogue catalogue, struct text shape) {
    char letter = shape.n == 1 ? shape.at[0] : '\0';

    if (catalogue == CATALOGUE_EN13508) {
        static const char *const list[] = {
            "circular", "rectangular", "egg", "u-shaped", "arch", "oval"};
        return letter >= 'A' && letter <= 'F' ? list[letter - 'A'] : NULL;
    }
    if (catalogue != CATALOGUE_MSCC && catalogue != CATALOGUE_PACP) {
        return NULL;
    }
    switch (letter) {
    case 'A':
        return "arch";
    case 'C':
        return "circular";
    case 'E':
        return "egg";
    case 'O':
        return "oval";
    case 'R':
        return "rectangular";
    case 'S':
        return "square";
    case 'T':
        return "trapezium";
    case 'U':
        return "u-shaped";
    default:
        return NULL;
    }
}

/* MSCC: F foul, S surface water, C combined; PACP: SS, SW, CB. */
enum sewer_system wincan_system(enum catalogue catalogue, struct text usage) {
    bool is_mscc = catalogue == CATALOGUE_MSCC, is_pacp = catalogue == CATALOGUE_PACP;

    if ((is_mscc && text_equal(usage, TEXT("F"))) || (is_pacp && text_equal(usage, TEXT("SS")))) {
        return SYSTEM_FOUL;
    }
    if ((is_mscc && text_equal(usage, TEXT("S"))) || (is_pacp && text_equal(usage, TEXT("SW")))) {
        return SYSTEM_STORM;
    }
    if ((is_mscc && text_equal(usage, TEXT("C"))) || (is_pacp && text_equal(usage, TEXT("CB")))) {
        return SYSTEM_COMBINED;
    }
    return SYSTEM_UNKNOWN;
}

bool wincan_is_false(struct text value) {
    double number = 1;

    return text_equal_nocase(value, TEXT("false")) ||
           (text_to_double(value, &number) && number == 0);
}

void wincan_sizes(struct wincan_sizes *sizes, double size1, double size2) {
    bool is_inch = text_equal_nocase(sizes->unit, TEXT("in")) ||
                   text_equal_nocase(sizes->unit, TEXT("inch")) ||
                   text_equal(sizes->unit, TEXT("\"")) ||
                   (sizes->unit.n == 0 && sizes->is_imperial);
    double unit_mm = is_inch                                      ? 25.4
                     : text_equal_nocase(sizes->unit, TEXT("cm")) ? 10
                     : text_equal_nocase(sizes->unit, TEXT("m"))  ? 1000
                                                                  : 1;
    double height = size1 * unit_mm, width = size2 * unit_mm;

    sizes->height_mm = height > 0 && height < 1e5 ? (float)height : NAN;
    sizes->width_mm = width > 0 && width < 1e5 ? (float)width : NAN;
    if (isnan(sizes->width_mm) || sizes->width_mm == sizes->height_mm) {
        sizes->width_mm = sizes->height_mm;
        sizes->height_mm = NAN; /* round */
    }
}

/* --- WKT --- */

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Takes the next number off the text. */
static bool next_number(struct text *rest, double *out) {
    size_t from = 0;

    while (from < rest->n && is_blank(rest->at[from])) {
        from++;
    }
    size_t to = from;
    while (to < rest->n && !is_blank(rest->at[to]) && rest->at[to] != ',') {
        to++;
    }
    struct text number = text_part(*rest, from, to);
    *rest = text_part(*rest, to, rest->n);
    return number.n > 0 && text_to_double(number, out) && fabs(*out) < 1e9;
}

/* "x y", "x y z" or "x y z m". */
static bool next_vertex(struct text *rest, struct xy *out) {
    double ignored;

    if (!next_number(rest, &out->x) || !next_number(rest, &out->y)) {
        return false;
    }
    while (next_number(rest, &ignored)) {
    }
    *rest = text_trim(*rest);
    return rest->n == 0 || rest->at[0] == ',';
}

static struct text behind_word(struct text wkt, struct text word) {
    return text_equal_nocase(text_part(wkt, 0, word.n), word)
               ? text_trim(text_part(wkt, word.n, wkt.n))
               : (struct text){0};
}

/* What stands between the brackets. */
static bool inside(struct text wkt, struct text *out) {
    size_t open = 0;

    while (open < wkt.n && wkt.at[open] != '(') {
        open++;
    }
    if (open + 2 > wkt.n || open > 4 || wkt.at[wkt.n - 1] != ')') { /* "ZM (" at most */
        return false;
    }
    *out = text_trim(text_part(wkt, open + 1, wkt.n - 1));
    return true;
}

size_t wincan_wkt(struct text wkt, struct xy **out, size_t *capacity) {
    struct text rest = {0};
    size_t n = 0;
    bool is_nowhere = true;

    wkt = text_trim(wkt);
    if (wkt.n == 0) {
        return 0;
    }
    struct text body = behind_word(wkt, TEXT("LINESTRING"));
    bool is_point = body.n == 0;
    body = is_point ? behind_word(wkt, TEXT("POINT")) : body;
    if (text_equal_nocase(body, TEXT("EMPTY")) || text_equal_nocase(body, TEXT("0"))) {
        return 0;
    }
    if (!inside(body, &rest)) {
        return SIZE_MAX;
    }
    while (rest.n > 0) {
        struct xy at = {NAN, NAN};
        if (!next_vertex(&rest, &at)) {
            return SIZE_MAX;
        }
        rest = text_part(rest, 1, rest.n);
        is_nowhere = is_nowhere && at.x == 0 && at.y == 0;
        *out = array_reserve(*out, capacity, n + 1, sizeof **out);
        (*out)[n++] = at;
    }
    if (is_nowhere) {
        return 0;
    }
    return is_point == (n == 1) ? n : SIZE_MAX;
}
