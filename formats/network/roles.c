#include "formats/network/roles.h"

#include <stdint.h>
#include <string.h>

#include "core/base.h"
#include "formats/dbf_encoding.h"
#include "formats/network/values.h"

enum { DBF_NAME_BYTES = 10 };

static const struct {
    enum role_layers layers;
    const char *name;
} roles[COLUMN_ROLES] = {
#define ROLE(id, layers, name) [COLUMN_##id] = {ROLES_OF_##layers, name},
#define ALIAS(id, heading)
#include "formats/network/roles.def"
#undef ROLE
#undef ALIAS
};

static const struct {
    enum column_role role;
    const char *heading;
} aliases[] = {
#define ROLE(id, layers, name)
#define ALIAS(id, heading) {COLUMN_##id, heading},
#include "formats/network/roles.def"
#undef ROLE
#undef ALIAS
};

const char *column_role_name(enum column_role role) {
    return roles[role].name;
}

enum role_layers column_role_layers(enum column_role role) {
    return roles[role].layers;
}

struct columns columns_none(void) {
    struct columns columns = {0};

    for (size_t i = 0; i < COLUMN_ROLES; i++) {
        columns.of[i] = NO_COLUMN;
    }
    return columns;
}

bool columns_have(const struct columns *columns, enum column_role role) {
    return columns->of[role] != NO_COLUMN;
}

bool columns_have_any(const struct columns *columns, enum role_layers layers) {
    for (size_t i = 0; i < COLUMN_ROLES; i++) {
        if (roles[i].layers == layers && columns->of[i] != NO_COLUMN) {
            return true;
        }
    }
    return false;
}

/* --- --field --- */

static struct text role_list(struct arena *arena) {
    struct text list = {0};

    for (size_t i = 0; i < COLUMN_ROLES; i++) {
        list = arena_printf(arena, "%.*s%s%s", TEXT_ARGS(list), i == 0 ? "" : ", ", roles[i].name);
    }
    return list;
}

static bool given_field_parse(
    const char *given, struct arena *arena, struct given_field *out, struct error *err) {
    const char *equals = strchr(given, '=');

    if (equals == NULL || equals[1] == '\0') {
        return error_set(err, ERROR_USAGE, "--field '%s': not of the form ROLE=NAME", given);
    }
    struct text name = {given, (size_t)(equals - given)};
    for (size_t i = 0; i < COLUMN_ROLES; i++) {
        if (i != COLUMN_DEFECT && text_equal_nocase(name, text_from(roles[i].name))) {
            *out = (struct given_field){(enum column_role)i, text_from(equals + 1), false};
            return true;
        }
    }
    return error_set(err, ERROR_USAGE, "--field '%s': no such role; there are %.*s", given,
        TEXT_ARGS(role_list(arena)));
}

bool given_fields_parse(const struct network_request *request, struct arena *arena,
    struct given_fields *out, struct error *err) {
    struct given_fields given = {ARENA_NEW(arena, struct given_field, request->n_fields + 1), 0};

    for (size_t i = 0; i < request->n_fields; i++) {
        if (!given_field_parse(request->fields[i], arena, &given.at[given.n], err)) {
            return false;
        }
        given.n++;
    }
    *out = given;
    return true;
}

/* --- names cut at 10 bytes --- */

static bool is_two_byte(const char *encoding) {
    static const char *const names[] = {"GB18030", "BIG5", "CP932", "CP949"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (strcmp(names[i], encoding) == 0) {
            return true;
        }
    }
    return false;
}

/* Bytes of `raw` that are whole characters. */
static size_t whole_characters(struct text raw, const char *encoding) {
    bool is_utf8 = strcmp(encoding, "UTF-8") == 0, is_wide = is_two_byte(encoding);
    size_t at = 0;

    while (at < raw.n) {
        unsigned char c = (unsigned char)raw.at[at];
        size_t n = 1;
        if (is_utf8 && c >= 0xC0) {
            n = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
        } else if (is_wide && c >= 0x81) {
            n = 2;
        }
        if (at + n > raw.n) {
            break;
        }
        at += n;
    }
    return at;
}

static size_t utf8_character_n(struct text text) {
    size_t n = 1;

    while (n < text.n && ((unsigned char)text.at[n] & 0xC0) == 0x80) {
        n++;
    }
    return n;
}

/* Could the heading have been the alias before its name was cut? */
static bool is_cut_of(
    const struct headings *headings, size_t column, struct text folded, struct text alias) {
    struct text raw = headings->raw[column];
    size_t whole = whole_characters(raw, headings->encoding);
    char bytes[8];

    if (folded.n == 0 || folded.n >= alias.n || !text_starts_with(alias, folded)) {
        return false;
    }
    if (whole == raw.n) {
        return true;
    }
    struct text next = text_part(alias, folded.n, alias.n);
    next.n = utf8_character_n(next);
    size_t n = encoding_of_character(headings->encoding, next, bytes);
    return text_starts_with((struct text){bytes, n}, text_part(raw, whole, raw.n));
}

/* Two-byte and three-byte characters may leave a byte or two of the ten unused. */
static bool may_be_cut(const struct headings *headings, size_t column) {
    struct text raw = headings->raw[column];
    bool is_wide = raw.n > 0 && (unsigned char)raw.at[0] >= 0x80;

    return headings->is_dbf && raw.n + (is_wide ? 2 : 0) >= DBF_NAME_BYTES;
}

/* --- the search --- */

struct search {
    const struct headings *headings;
    enum role_layers layers;
    struct arena arena;
    struct text *folded; /* of each heading */
    bool *is_taken;
    struct columns *columns;
};

static void take(struct search *search, enum column_role role, size_t column) {
    search->columns->of[role] = column;
    search->is_taken[column] = true;
}

static void take_given(struct search *search, struct given_fields *given) {
    for (size_t i = 0; i < given->n; i++) {
        struct given_field *field = &given->at[i];
        if (roles[field->role].layers != search->layers) {
            continue;
        }
        struct text wanted = fold_word(&search->arena, field->column);
        for (size_t c = 0; c < search->headings->n; c++) {
            bool is_it = text_equal(search->headings->text[c], field->column) ||
                         text_equal(fold_word(&search->arena, search->headings->text[c]), wanted) ||
                         (may_be_cut(search->headings, c) &&
                             is_cut_of(search->headings, c, search->folded[c], wanted));
            if (is_it) {
                take(search, field->role, c);
                search->columns->is_given[field->role] = true;
                field->is_found = true;
                break;
            }
        }
    }
}

static void take_by_alias(struct search *search, size_t alias, bool is_cut) {
    enum column_role role = aliases[alias].role;
    struct text wanted = fold_heading(&search->arena, text_from(aliases[alias].heading));

    for (size_t c = 0; c < search->headings->n; c++) {
        if (search->columns->of[role] != NO_COLUMN) {
            return;
        }
        bool fits = is_cut ? may_be_cut(search->headings, c) &&
                                 is_cut_of(search->headings, c, search->folded[c], wanted)
                           : text_equal(search->folded[c], wanted);
        if (fits && !search->is_taken[c]) {
            take(search, role, c);
        }
    }
}

void columns_find(const struct headings *headings, enum role_layers layers,
    struct given_fields *given, struct columns *columns) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct search search = {.headings = headings, .layers = layers, .columns = columns};

    search.folded = ARENA_NEW(&arena, struct text, headings->n + 1);
    search.is_taken = ARENA_NEW(&arena, bool, headings->n + 1);
    for (size_t i = 0; i < headings->n; i++) {
        search.folded[i] = fold_heading(&arena, headings->text[i]);
    }
    search.arena = arena;
    take_given(&search, given);
    for (int is_cut = 0; is_cut <= 1; is_cut++) {
        for (size_t i = 0; i < ARRAY_LEN(aliases); i++) {
            if (roles[aliases[i].role].layers == layers) {
                take_by_alias(&search, i, is_cut != 0);
            }
        }
    }
    arena = search.arena;
}

struct text headings_list(const struct headings *headings, struct arena *arena) {
    struct text list = {0};

    for (size_t i = 0; i < headings->n && list.n < 600; i++) {
        list = arena_printf(arena, "%.*s%s'%.*s'", TEXT_ARGS(list), i == 0 ? "" : ", ",
            TEXT_ARGS(headings->text[i]));
    }
    return list;
}
