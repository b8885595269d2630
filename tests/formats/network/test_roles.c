#include <criterion/criterion.h>

#include "core/base.h"
#include "formats/network/roles.h"
#include "formats/network/values.h"

/* Each alias of a role, folded, once: two that fold alike are one too many. */
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

Test(roles, aliases_are_unique_within_their_role) {
    CLEANUP(arena_release) struct arena arena = {0};

    for (size_t i = 0; i < ARRAY_LEN(aliases); i++) {
        for (size_t k = 0; k < i; k++) {
            bool is_twice = aliases[i].role == aliases[k].role &&
                            text_equal(fold_heading(&arena, text_from(aliases[i].heading)),
                                fold_heading(&arena, text_from(aliases[k].heading)));
            cr_expect_not(is_twice, "'%s' and '%s'", aliases[i].heading, aliases[k].heading);
        }
    }
}

Test(roles, every_alias_finds_its_role_when_alone) {
    for (size_t i = 0; i < ARRAY_LEN(aliases); i++) {
        struct text heading = text_from(aliases[i].heading);
        struct headings headings = {&heading, &heading, 1, false, "UTF-8"};
        struct given_fields none = {0};
        struct columns columns = columns_none();
        columns_find(&headings, column_role_layers(aliases[i].role), &none, &columns);
        bool is_taken = false;
        for (size_t r = 0; r < COLUMN_ROLES; r++) {
            is_taken = is_taken || columns.of[r] == 0;
        }
        cr_expect(is_taken, "'%s'", aliases[i].heading);
    }
}

/* name, headings, is DBF, encoding, role, column (or none) */
static const struct {
    const char *name;
    const char *raw[4], *text[4]; /* text is raw where it is NULL */
    bool is_dbf;
    const char *encoding;
    enum column_role role;
    size_t column;
} cases[] = {
    {"case and joints do not matter",           {"PIPE-ID", "Us Mh"},                         {0},                 false, "UTF-8",   COLUMN_FROM_NODE,
     1                                                                                                                                                            },
    {"the better heading wins",                 {"id", "FACILITYID"},                         {0},                 true,  "UTF-8",   COLUMN_SEGMENT_ID,  1        },
    {"a unit in brackets does not matter",      {"管径（mm）"},                           {0},                 false, "UTF-8",   COLUMN_DIAMETER,    0        },
    {"full width is folded",                    {"ＰＳｉｚｅ"},                          {0},                 false, "UTF-8",   COLUMN_DIAMETER,    0        },
    {"German",                                  {"Schacht_oben", "Schacht_unten"},            {0},                 false, "UTF-8",   COLUMN_TO_NODE,     1        },
    {"an English name cut at ten",              {"from_inver"},                               {0},                 true,  "UTF-8",   COLUMN_FROM_INVERT, 0        },
    {"... but only in a DBF",                   {"from_inver"},                               {0},                 false, "UTF-8",   COLUMN_FROM_INVERT, NO_COLUMN},
    {"... and only when it is full",            {"from_inv"},                                 {0},                 true,  "UTF-8",   COLUMN_FROM_INVERT,
     NO_COLUMN                                                                                                                                                    },
    {"GBK, five of six characters",             {"\xb9\xdc\xb6\xce\xc6\xf0\xb5\xe3\xb1\xe0"}, {"管段起点编"},
     true,                                                                                                                "GB18030", COLUMN_START_POINT, 0        },
    {"UTF-8, three and a byte",                 {"管段起\xe7"},                            {"管段起"},       true,  "UTF-8",   COLUMN_START_POINT, 0        },
    {"UTF-8, the byte tells from 管段类型", {"管段\xe7\xb1\xbb"},                       {"管段类"},       true,  "UTF-8",
     COLUMN_SYSTEM,                                                                                                                                      0        },
    {"UTF-8, a byte that fits nothing",         {"管段起\xe8"},                            {"管段起"},       true,  "UTF-8",
     COLUMN_START_POINT,                                                                                                                                 NO_COLUMN},
    {"whole headings before cut ones",          {"from_inver", "us_inv"},                     {0},                 true,  "UTF-8",
     COLUMN_FROM_INVERT,                                                                                                                                 1        },
    {"a column has one role",                   {"type"},                                     {0},                 false, "UTF-8",   COLUMN_SYSTEM,      0        },
    {"nothing fits",                            {"foo", "bar"},                               {0},                 false, "UTF-8",   COLUMN_SEGMENT_ID,  NO_COLUMN},
};

Test(roles, headings) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct text raw[4], text[4];
        size_t n = 0;
        for (; n < 4 && cases[i].raw[n] != NULL; n++) {
            raw[n] = text_from(cases[i].raw[n]);
            text[n] = cases[i].text[n] == NULL ? raw[n] : text_from(cases[i].text[n]);
        }
        struct headings headings = {raw, text, n, cases[i].is_dbf, cases[i].encoding};
        struct given_fields none = {0};
        struct columns columns = columns_none();
        columns_find(&headings, ROLES_OF_SEGMENTS, &none, &columns);
        cr_expect_eq(columns.of[cases[i].role], cases[i].column, "%s: %zu", cases[i].name,
            columns.of[cases[i].role]);
    }
}

static bool parse(
    const char *field, struct arena *arena, struct given_fields *out, struct error *err) {
    struct network_request request = {.fields = &field, .n_fields = 1};

    return given_fields_parse(&request, arena, out, err);
}

Test(roles, given_fields_override) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct text text[] = {TEXT("pipe_id"), TEXT("Kennung")};
    struct headings headings = {text, text, 2, false, "UTF-8"};
    struct given_fields given;
    struct columns columns = columns_none();
    struct error err = {0};

    cr_assert(parse("segment_id=kennung", &arena, &given, &err));
    columns_find(&headings, ROLES_OF_SEGMENTS, &given, &columns);
    cr_expect_eq(columns.of[COLUMN_SEGMENT_ID], 1);
    cr_expect(columns.is_given[COLUMN_SEGMENT_ID]);
    cr_expect(given.at[0].is_found);
}

Test(roles, bad_fields_are_refused) {
    static const char *const bad[] = {"colour=red", "segment_id", "segment_id=", "defect=x"};

    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        CLEANUP(arena_release) struct arena arena = {0};
        struct given_fields given;
        struct error err = {0};
        cr_expect_not(parse(bad[i], &arena, &given, &err), "%s", bad[i]);
        cr_expect_eq(err.kind, ERROR_USAGE, "%s", bad[i]);
    }
}
