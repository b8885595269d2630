/* The rows of a repair table, one kind after the other. */
#include <math.h>

#include "formats/repair/draft.h"

static const char *scope_name(size_t scope) {
    return repair_scope_name((enum repair_scope)scope);
}

static const char *material_name(size_t material) {
    return repair_material_name((enum repair_material)material);
}

static const char *shape_name(size_t shape) {
    return repair_shape_name((enum repair_shape)shape);
}

static const char *unit_name(size_t unit) {
    return repair_unit_name((enum repair_unit)unit);
}

/* --- where --- */

/* Upper-case letters and digits, a letter first. */
static bool looks_like_code(struct text text) {
    for (size_t i = 0; i < text.n; i++) {
        bool is_digit = text.at[i] >= '0' && text.at[i] <= '9';
        if (!(text.at[i] >= 'A' && text.at[i] <= 'Z') && !(is_digit && i > 0)) {
            return false;
        }
    }
    return text.n > 0 && text.n <= 8;
}

bool repair_read_defect(struct repair_cells *cells, struct repair_where *where) {
    struct text cell = repair_cell(cells, COLUMN_DEFECT), cut = text_cut(cell, 80);

    for (size_t i = FAMILY_NONE + 1; i < FAMILIES; i++) {
        if (text_equal(cell, text_from(defect_family_name((enum defect_family)i)))) {
            where->family = (enum defect_family)i;
            return true;
        }
    }
    if (looks_like_code(cell)) {
        where->code = repair_cell_keep(cells, COLUMN_DEFECT);
        return true;
    }
    return repair_cell_bad(cells, COLUMN_DEFECT,
        "'%.*s' is neither a family of defects nor a code in capitals", TEXT_ARGS(cut));
}

static bool read_range(struct repair_cells *cells, struct repair_where *where) {
    bool is_right = repair_cell_grade(cells, COLUMN_GRADE_FROM, 0, &where->severity_from);
    is_right &=
        repair_cell_grade(cells, COLUMN_GRADE_TO, REPAIR_SEVERITY_MOST, &where->severity_to);
    is_right &= repair_cell_number(cells, COLUMN_DN_FROM, 0, &where->dn_from_mm);
    is_right &= repair_cell_number(cells, COLUMN_DN_BELOW, INFINITY, &where->dn_below_mm);
    if (!is_right) {
        return false;
    }
    if (where->severity_from > where->severity_to) {
        return repair_cell_bad(cells, COLUMN_GRADE_FROM, "'%d' is above grade_to '%d'",
            where->severity_from, where->severity_to);
    }
    if (!(where->dn_from_mm < where->dn_below_mm)) {
        return repair_cell_bad(cells, COLUMN_DN_FROM, "'%g' is not below dn_below '%g'",
            where->dn_from_mm, where->dn_below_mm);
    }
    return true;
}

static bool read_pipe(struct repair_cells *cells, struct repair_where *where) {
    size_t material = 0, shape = 0;
    bool is_right =
        repair_cell_word(cells, COLUMN_MATERIAL, material_name, REPAIR_MATERIALS, &material);

    is_right &= repair_cell_word(cells, COLUMN_SHAPE, shape_name, REPAIR_SHAPES, &shape);
    where->material = (enum repair_material)material;
    where->shape = (enum repair_shape)shape;
    return is_right;
}

/* --- methods in a cell --- */

/* "soil grouting + point CIPP": what comes first, and the method. */
static bool read_choice(struct repair_cells *cells, const struct repair_draft *draft,
    enum repair_column column, struct text text, struct repair_choice *choice) {
    struct text cut = text_cut(text, 80), first = repair_cut(&text, '+'), second = text_trim(text);

    if (text_contains(second, TEXT("+"))) {
        return repair_cell_bad(cells, column, "'%.*s' is more than two methods", TEXT_ARGS(cut));
    }
    uint8_t one = repair_draft_method(cells, draft, column, first);
    uint8_t two = second.n == 0 ? one : repair_draft_method(cells, draft, column, second);
    *choice = (struct repair_choice){.main = two, .before = second.n == 0 ? 0 : one};
    return one != 0 && two != 0;
}

static bool is_for(const struct repair_method *method, enum repair_scope scope) {
    bool may_dig = scope == REPAIR_SPOT || scope == REPAIR_FULL;

    return repair_method_is_for(method, scope) ||
           (may_dig && repair_method_is_for(method, REPAIR_DIG));
}

bool repair_read_choices(struct repair_cells *cells, const struct repair_draft *draft,
    enum repair_column column, struct repair_row *row) {
    struct text left = repair_cell(cells, column);
    bool is_right = true;
    size_t n = 0;

    while (left.n > 0) {
        struct text part = repair_cut(&left, '|');
        struct repair_choice choice;
        if (n == REPAIR_CHOICES_MOST) {
            return repair_cell_bad(cells, column, "more than %d methods", REPAIR_CHOICES_MOST);
        }
        if (!read_choice(cells, draft, column, part, &choice)) {
            is_right = false;
            continue;
        }
        const struct repair_method *method = &draft->methods[choice.main];
        if (!is_for(method, row->scope)) {
            is_right = repair_cell_bad(cells, column, "'%s' is no method of scope '%s'",
                method->name, repair_scope_name(row->scope));
        }
        row->choices[n++] = choice;
    }
    return is_right;
}

/* --- matrix, exclusions, limits --- */

void repair_read_matrix(struct repair_cells *cells, struct repair_draft *draft) {
    struct repair_row row = {.source = repair_cell_keep(cells, COLUMN_SOURCE)};
    size_t scope = 0;
    bool is_right = repair_read_defect(cells, &row.where);

    is_right &= read_range(cells, &row.where);
    is_right &= read_pipe(cells, &row.where);
    is_right &= repair_cell_yes(cells, COLUMN_HAZARD, &row.where.is_hazard);
    if (repair_cell(cells, COLUMN_SCOPE).n == 0) {
        repair_cell_bad(cells, COLUMN_SCOPE, "there is none");
        return;
    }
    if (!repair_cell_word(cells, COLUMN_SCOPE, scope_name, REPAIR_SCOPES, &scope)) {
        return;
    }
    row.scope = (enum repair_scope)scope;
    bool has_methods = repair_cell(cells, COLUMN_METHODS).n > 0;
    if (has_methods == (scope == REPAIR_NONE)) {
        repair_cell_bad(cells, COLUMN_METHODS,
            has_methods ? "scope 'none' has no methods" : "there is no method");
        return;
    }
    is_right &= repair_read_choices(cells, draft, COLUMN_METHODS, &row);
    if (is_right) {
        repair_draft_add(cells, draft, &row);
    }
}

void repair_read_exclusion(struct repair_cells *cells, struct repair_draft *draft) {
    struct repair_exclusion exclusion = {.source = repair_cell_keep(cells, COLUMN_SOURCE)};
    bool is_right =
        repair_cell(cells, COLUMN_DEFECT).n == 0 || repair_read_defect(cells, &exclusion.where);

    exclusion.method =
        repair_draft_method(cells, draft, COLUMN_NAME, repair_cell(cells, COLUMN_NAME));
    is_right &= exclusion.method != 0;
    is_right &= read_range(cells, &exclusion.where);
    is_right &= read_pipe(cells, &exclusion.where);
    if (!is_right) {
        return;
    }
    if (draft->n_exclusions == REPAIR_ROWS_MOST) {
        repair_cell_bad(cells, COLUMN_TABLE, "more than %d exclusions", REPAIR_ROWS_MOST);
        return;
    }
    draft->in_file |= (uint64_t)1 << exclusion.method;
    draft->exclusions = array_reserve(draft->exclusions, &draft->exclusions_capacity,
        draft->n_exclusions + 1, sizeof *draft->exclusions);
    draft->exclusions[draft->n_exclusions++] = exclusion;
}

void repair_read_limit(struct repair_cells *cells, struct repair_draft *draft) {
    struct text name = repair_cell(cells, COLUMN_NAME), cut = text_cut(name, 80);
    double value = NAN;

    for (size_t i = 0; i < repair_n_limits; i++) {
        if (!text_equal(name, text_from(repair_limit_list[i].name))) {
            continue;
        }
        if (repair_cell_number(cells, COLUMN_VALUE, NAN, &value) && isnan(value)) {
            repair_cell_bad(cells, COLUMN_VALUE, "there is none");
        }
        *repair_limit_at(&draft->limits, i) = value;
        return;
    }
    repair_cell_bad(cells, COLUMN_NAME, "'%.*s' is no limit", TEXT_ARGS(cut));
}

/* --- methods --- */

static bool read_scopes(struct repair_cells *cells, uint8_t *scopes) {
    struct text left = repair_cell(cells, COLUMN_SCOPE);

    while (left.n > 0) {
        struct text part = repair_cut(&left, '|'), cut = text_cut(part, 80);
        size_t scope = REPAIR_CLEAN;
        while (scope < REPAIR_SCOPES && !text_equal_nocase(part, text_from(scope_name(scope)))) {
            scope++;
        }
        if (scope == REPAIR_SCOPES) {
            return repair_cell_bad(cells, COLUMN_SCOPE, "'%.*s' is not known", TEXT_ARGS(cut));
        }
        *scopes |= (uint8_t)(1U << scope);
    }
    return true;
}

/* The place of a method in the draft: its own when its name is known, else a new one.  Only the
 * English name tells. */
static size_t place_of(const struct repair_draft *draft, struct text name) {
    size_t i = 1;

    while (i < draft->n_methods && !text_equal_nocase(name, text_from(draft->methods[i].name))) {
        i++;
    }
    return i;
}

void repair_read_method(struct repair_cells *cells, struct repair_draft *draft) {
    struct repair_method method = {
        .name = repair_cell_keep(cells, COLUMN_NAME),
        .name_zh = repair_cell_keep(cells, COLUMN_NAME_ZH),
        .aliases = repair_cell_keep(cells, COLUMN_ALIASES),
        .source = repair_cell_keep(cells, COLUMN_SOURCE),
    };
    struct text name = repair_cell(cells, COLUMN_NAME), cut = text_cut(name, 80);
    size_t unit = 0, place = place_of(draft, name);
    bool is_right = read_scopes(cells, &method.scopes);

    is_right &= repair_cell_number(cells, COLUMN_DN_MIN, 0, &method.dn_min_mm);
    is_right &= repair_cell_number(cells, COLUMN_DN_MAX, INFINITY, &method.dn_max_mm);
    is_right &= repair_cell_number(cells, COLUMN_PIECE_M, 0, &method.piece_m);
    is_right &= repair_cell_yes(cells, COLUMN_WHOLE_SEGMENT, &method.is_whole);
    is_right &= repair_cell_yes(cells, COLUMN_TRENCHLESS, &method.is_trenchless);
    is_right &= repair_cell_word(cells, COLUMN_UNIT, unit_name, REPAIR_UNITS, &unit);
    method.unit = (enum repair_unit)unit;
    if (name.n == 0) {
        is_right = repair_cell_bad(cells, COLUMN_NAME, "there is none");
    } else if (text_contains(name, TEXT("|")) || text_contains(name, TEXT("+"))) {
        is_right = repair_cell_bad(cells, COLUMN_NAME, "'%.*s' has a | or + in it", TEXT_ARGS(cut));
    } else if (place == REPAIR_METHODS_MOST) {
        is_right =
            repair_cell_bad(cells, COLUMN_NAME, "more than %d methods", REPAIR_METHODS_MOST - 1);
    } else if ((draft->in_file >> place & 1) != 0) {
        is_right = repair_cell_bad(cells, COLUMN_NAME, "'%.*s' is there twice", TEXT_ARGS(cut));
    }
    if (method.piece_m > 0 && method.piece_m < 0.01) {
        is_right =
            repair_cell_bad(cells, COLUMN_PIECE_M, "'%g' is less than 0.01 m", method.piece_m);
    }
    if (is_right && method.dn_min_mm > method.dn_max_mm) {
        is_right = repair_cell_bad(
            cells, COLUMN_DN_MIN, "'%g' is above dn_max '%g'", method.dn_min_mm, method.dn_max_mm);
    }
    if (!is_right) {
        return;
    }
    draft->methods[place] = method;
    draft->n_methods += place == draft->n_methods;
    draft->in_file |= (uint64_t)1 << place;
}

void repair_read_soil_first(struct repair_cells *cells, struct repair_draft *draft) {
    struct text name = repair_cell(cells, COLUMN_SOIL_FIRST);
    size_t place = place_of(draft, repair_cell(cells, COLUMN_NAME));

    if (place < draft->n_methods && name.n > 0) {
        draft->methods[place].soil_first =
            repair_draft_method(cells, draft, COLUMN_SOIL_FIRST, name);
    }
}
