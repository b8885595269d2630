#include "formats/unsupported.h"

#include <string.h>

#include "core/base.h"
#include "core/text.h"
#include "formats/xml.h"

static struct text head_of(const struct source *source) {
    return (struct text){(const char *)source->head, source->head_n};
}

/* The length of the line at the start of a text, without its end; whole is false when the text
 * stops before the line does. */
static size_t line_length(struct text text, bool *is_whole) {
    const char *end = text.n == 0 ? NULL : memchr(text.at, '\n', text.n);
    size_t n = end == NULL ? text.n : (size_t)(end - text.at);

    *is_whole = end != NULL;
    return n > 0 && text.at[n - 1] == '\r' ? n - 1 : n;
}

/* Records in fixed columns: lines that are long and all of one length. */
static bool has_fixed_columns(struct text text) {
    enum { LEAST_LENGTH = 40, LEAST_LINES = 2 };
    bool is_whole = false;
    size_t first = line_length(text, &is_whole), n_lines = 0;

    while (is_whole) {
        size_t length = line_length(text, &is_whole);
        if (is_whole && length != first) {
            return false;
        }
        n_lines += is_whole;
        const char *end = is_whole ? memchr(text.at, '\n', text.n) : NULL;
        text =
            end == NULL ? (struct text){0} : text_part(text, (size_t)(end - text.at) + 1, text.n);
    }
    return first >= LEAST_LENGTH && n_lines >= LEAST_LINES;
}

/* The kind of data is in the extension: H inspections, K master data [K].  A header file of C has
 * that extension too. */
static bool is_isybau_ascii(const struct source *source) {
    return (source_has_extension(source, ".h") || source_has_extension(source, ".k")) &&
           has_fixed_columns(head_of(source));
}

static bool is_interlis_1(const struct source *source) {
    return text_starts_with(head_of(source), TEXT("SCNT")) && source_has_extension(source, ".itf");
}

static bool has_root(const struct source *source, const char *root) {
    char name[64] = "";

    xml_root_name(source, name, sizeof name);
    return strcmp(name, root) == 0;
}

static bool is_other_interlis(const struct source *source) {
    return has_root(source, "TRANSFER") || has_root(source, "transfer");
}

/* XML of POSM and its kin: groups A_... for mains, I_... for their observations; A_003, I_003 for
 * laterals. */
static bool is_posm(const struct source *source) {
    return xml_head_has_element(source, "A_002") || xml_head_has_element(source, "A_003");
}

/* The catalogue that WinCan VX keeps beside each project. */
static bool is_wincan_meta(const struct source *source) {
    struct text name = text_from(source->name);

    return text_starts_with(head_of(source), TEXT("SQLite format 3")) && name.n > 9 &&
           text_equal_nocase(text_part(name, name.n - 9, name.n), TEXT("_Meta.db3"));
}

/* Ours have a format of their own. */
static bool is_geopackage(const struct source *source) {
    return text_starts_with(head_of(source), TEXT("SQLite format 3")) &&
           text_equal(text_part(head_of(source), 68, 72), TEXT("GPKG"));
}

static bool is_access(const struct source *source) {
    struct text words = text_part(head_of(source), 4, 19);

    return text_equal(words, TEXT("Standard Jet DB")) || text_equal(words, TEXT("Standard ACE DB"));
}

/* clang-format off */
/* The first that fits wins; facts/formats.md. */
static const struct {
    struct unsupported kind;
    bool (*is)(const struct source *source);
} kinds[] = {
    {{N_("ISYBAU ASCII of 1996 or 2001 (fixed columns)"),
      N_("export ISYBAU XML (2006 or later)"), true}, is_isybau_ascii},
    {{N_("an INTERLIS 1 transfer"),
      N_("export INTERLIS 2 (.xtf): VSA-KEK, VSA-DSS or SIA 405"), true}, is_interlis_1},
    {{N_("an INTERLIS 2 transfer of another model"),
      N_("export VSA-KEK, VSA-DSS or SIA 405"), false}, is_other_interlis},
    {{N_("XML of POSM or its kin"),
      N_("export PACP tables as CSV or SQLite"), true}, is_posm},
    {{N_("the catalogue of a WinCan VX project"),
      N_("name the .db3 beside it, without _Meta"), false}, is_wincan_meta},
    {{N_("a GeoPackage that is no result of chainage"),
      N_("give a network with --network, a table of inspections as CSV or sheet"), false}, is_geopackage},
    {{N_("an Access database of another program"),
      N_("export its tables as CSV, or XML where the program has it"), true}, is_access},
};
/* clang-format on */

const struct unsupported *source_unsupported(const struct source *source) {
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (kinds[i].is(source)) {
            return &kinds[i].kind;
        }
    }
    return NULL;
}
