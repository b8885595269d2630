#include "core/repair/tables.h"

#include <math.h>

#include "core/base.h"

/* --- the built-in tables --- */

/* Numbers of the methods, by their identifiers. */
enum {
    NO_METHOD,
#define METHOD(id, ...) id,
#include "core/repair/methods.def"
#undef METHOD
};

/* Scopes as bits; A: only before another method. */
enum {
    A = 0,
    C = 1 << REPAIR_CLEAN,
    S = 1 << REPAIR_SPOT,
    F = 1 << REPAIR_FULL,
    D = 1 << REPAIR_DIG,
};

/* The columns of methods.def stand in the order of the struct, but for the identifier. */
#define METHOD(                                                                                    \
    id, name, name_zh, aliases, scopes, from, to, unit, piece, whole, trenchless, soil, source)    \
    {name, name_zh, aliases, scopes, from, to, REPAIR_UNIT_##unit, piece, whole, trenchless, soil, \
        source},
static const struct repair_method methods[] = {
    METHOD(NO_METHOD, "", "", "", 0, 0, INFINITY, M, 0, false, false, 0, "")
#include "core/repair/methods.def"
};
#undef METHOD

#define WHERE(family, code, grade, grade_to, dn, below, material, shape, hazard)       \
    {                                                                                  \
        FAMILY_##family, code, grade, grade_to, dn, below, REPAIR_MATERIAL_##material, \
            REPAIR_SHAPE_##shape, hazard                                               \
    }

#define ROW(family, code, grade, grade_to, dn, below, material, shape, hazard, scope, source, ...) \
    {WHERE(family, code, grade, grade_to, dn, below, material, shape, hazard), REPAIR_##scope,     \
        {__VA_ARGS__}, source},
#define BY(method) \
    { method, NO_METHOD }
#define AFTER(first, method) \
    { method, first }
static const struct repair_row rows[] = {
#include "core/repair/matrix.def"
};
#undef AFTER
#undef BY
#undef ROW

#define EXCLUSION(method, family, grade, grade_to, dn, below, material, shape, source) \
    {method, WHERE(family, NULL, grade, grade_to, dn, below, material, shape, false), source},
static const struct repair_exclusion exclusions[] = {
#include "core/repair/exclusions.def"
};
#undef EXCLUSION

#define LIMIT(id, value, unit, source, meaning) {#id, unit, source, meaning},
const struct repair_limit repair_limit_list[] = {
#include "core/repair/limits.def"
};
#undef LIMIT

const size_t repair_n_limits = ARRAY_LEN(repair_limit_list);

const struct repair_tables repair_defaults = {
    .methods = methods,
    .n_methods = ARRAY_LEN(methods),
    .rows = rows,
    .n_rows = ARRAY_LEN(rows),
    .exclusions = exclusions,
    .n_exclusions = ARRAY_LEN(exclusions),
#define LIMIT(id, value, unit, source, meaning) .limits.id = value,
#include "core/repair/limits.def"
#undef LIMIT
};

#define LIMIT(id, value, unit, source, meaning) &limits->id,
double *repair_limit_at(struct repair_limits *limits, size_t i) {
    double *const at[] = {
#include "core/repair/limits.def"
    };
    return at[i];
}
#undef LIMIT

/* --- methods --- */

static bool has_alias(const char *aliases, struct text name) {
    struct text left = text_from(aliases);

    while (left.n > 0) {
        size_t n = 0;
        while (n < left.n && left.at[n] != '|') {
            n++;
        }
        if (text_equal_nocase(text_part(left, 0, n), name)) {
            return true;
        }
        left = text_part(left, n + 1, left.n);
    }
    return false;
}

uint8_t repair_method_find(const struct repair_tables *tables, struct text name) {
    for (size_t i = 1; name.n > 0 && i < tables->n_methods; i++) {
        const struct repair_method *method = &tables->methods[i];
        if (text_equal_nocase(name, text_from(method->name)) ||
            text_equal(name, text_from(method->name_zh)) || has_alias(method->aliases, name)) {
            return (uint8_t)i;
        }
    }
    return 0;
}

bool repair_method_is_for(const struct repair_method *method, enum repair_scope scope) {
    return (method->scopes >> scope & 1) != 0;
}

uint8_t repair_method_to_dig(const struct repair_tables *tables) {
    for (size_t i = 1; i < tables->n_methods; i++) {
        if (repair_method_is_for(&tables->methods[i], REPAIR_DIG)) {
            return (uint8_t)i;
        }
    }
    return 0;
}

struct repair_tables repair_tables_in(
    const struct repair_tables *tables, enum language language, struct arena *arena) {
    struct repair_tables local = *tables;

    if (language != LANGUAGE_ZH) {
        return local;
    }
    struct repair_method *named = ARENA_NEW(arena, struct repair_method, tables->n_methods);
    for (size_t i = 0; i < tables->n_methods; i++) {
        const char *name = tables->methods[i].name_zh;
        named[i] = tables->methods[i];
        if (name != NULL && name[0] != '\0') {
            named[i].name = name;
        }
    }
    local.methods = named;
    return local;
}

/* --- words of the network --- */

struct word {
    const char *word;
    bool is_whole;
    uint8_t class;
};

#define MATERIAL(word, whole, class) {word, whole, REPAIR_MATERIAL_##class},
static const struct word materials[] = {
#include "core/repair/words.def"
};
#undef MATERIAL

#define SHAPE(word, whole, class) {word, whole, REPAIR_SHAPE_##class},
static const struct word shapes[] = {
#include "core/repair/words.def"
};
#undef SHAPE

/* 0, which is ..._ANY, when no word fits. */
static uint8_t class_of(const struct word *words, size_t n, struct text text) {
    char small[64];
    size_t length = 0;

    text = text_trim(text);
    for (; length < text.n && length < sizeof small; length++) {
        char c = text.at[length];
        small[length] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    struct text given = {small, length};
    for (size_t i = 0; length > 0 && i < n; i++) {
        struct text word = text_from(words[i].word);
        if (words[i].is_whole ? text_equal(given, word) : text_contains(given, word)) {
            return words[i].class;
        }
    }
    return 0;
}

enum repair_material repair_material_of(struct text word) {
    return class_of(materials, ARRAY_LEN(materials), word);
}

enum repair_shape repair_shape_of(struct text word) {
    return class_of(shapes, ARRAY_LEN(shapes), word);
}

/* --- names --- */

const char *repair_scope_name(enum repair_scope scope) {
    static const char *const names[REPAIR_SCOPES] = {
        [REPAIR_NONE] = "none",
        [REPAIR_CLEAN] = "clean",
        [REPAIR_SPOT] = "spot",
        [REPAIR_FULL] = "full",
        [REPAIR_DIG] = "dig",
    };
    return names[scope];
}

const char *repair_material_name(enum repair_material material) {
    static const char *const names[REPAIR_MATERIALS] = {
        [REPAIR_MATERIAL_ANY] = "any",
        [REPAIR_MATERIAL_RIGID] = "rigid",
        [REPAIR_MATERIAL_REINFORCED] = "reinforced",
        [REPAIR_MATERIAL_FLEXIBLE] = "flexible",
        [REPAIR_MATERIAL_METAL] = "metal",
        [REPAIR_MATERIAL_BRICK] = "brick",
    };
    return names[material];
}

const char *repair_shape_name(enum repair_shape shape) {
    static const char *const names[REPAIR_SHAPES] = {
        [REPAIR_SHAPE_ANY] = "any",
        [REPAIR_SHAPE_CIRCULAR] = "circular",
        [REPAIR_SHAPE_OTHER] = "other",
    };
    return names[shape];
}

const char *repair_unit_name(enum repair_unit unit) {
    static const char *const names[REPAIR_UNITS] = {
        [REPAIR_UNIT_M] = "m",
        [REPAIR_UNIT_M2] = "m2",
        [REPAIR_UNIT_PIECE] = "piece",
    };
    return names[unit];
}
