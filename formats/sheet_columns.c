#include "formats/sheet_columns.h"

#include <stdio.h>
#include <string.h>

#include "core/base.h"
#include "core/index.h"

static const struct {
    enum sheet_role role;
    const char *heading;
} aliases[] = {
#define ROLE(id, name) {SHEET_##id, name},
#define ALIAS(id, heading)
#include "formats/sheet_roles.def"
#undef ROLE
#undef ALIAS
#define ROLE(id, name)
#define ALIAS(id, heading) {SHEET_##id, heading},
#include "formats/sheet_roles.def"
#undef ROLE
#undef ALIAS
};

const char *sheet_role_name(enum sheet_role role) {
    return aliases[role].heading; /* the canonical ones come first, in the order of the enum */
}

/* --- folding --- */

double sheet_unit_m(struct text name) {
    static const struct {
        const char *name;
        double metres;
    } units[] = {
        {"m",            1            },
        {"metre",        1            },
        {"metres",       1            },
        {"meter",        1            },
        {"meters",       1            },
        {"米",          1            },
        {"cm",           0.01         },
        {"厘米",       0.01         },
        {"mm",           0.001        },
        {"毫米",       0.001        },
        {"ft",           0.3048       },
        {"feet",         0.3048       },
        {"foot",         0.3048       },
        {"us-ft",        1200.0 / 3937},
        {"us survey ft", 1200.0 / 3937},
        {"in",           0.0254       },
        {"inch",         0.0254       },
        {"inches",       0.0254       },
        {"\"",           0.0254       },
    };

    name = text_trim(name);
    if (name.n > 1 && name.at[name.n - 1] == '.') {
        name.n--;
    }
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        if (text_equal_nocase(name, text_from(units[i].name))) {
            return units[i].metres;
        }
    }
    return 0;
}

/* Full-width forms to ASCII, blanks and line breaks to ' ', ASCII letters to lower case. */
static size_t narrow(struct text text, char *out, size_t size) {
    size_t n = 0;

    for (size_t i = 0; i < text.n && n + 3 < size; i++) {
        const unsigned char *at = (const unsigned char *)text.at + i;
        size_t left = text.n - i;
        unsigned char c = at[0];
        if (left >= 3 && c == 0xEF && at[1] == 0xBC && at[2] >= 0x81) { /* U+FF01 .. U+FF3F */
            c = (unsigned char)(at[2] - 0x80 + 0x20);
            i += 2;
        } else if (left >= 3 && c == 0xEF && at[1] == 0xBD && at[2] <= 0x9E) { /* .. U+FF5E */
            c = (unsigned char)(at[2] - 0x80 + 0x60);
            i += 2;
        } else if (left >= 3 && c == 0xE3 && at[1] == 0x80 && at[2] == 0x80) { /* U+3000 */
            c = ' ';
            i += 2;
        } else if (left >= 2 && c == 0xC2 && at[1] == 0xA0) { /* no-break space */
            c = ' ';
            i += 1;
        }
        if (c >= 'A' && c <= 'Z') {
            c = (unsigned char)(c + ('a' - 'A'));
        }
        out[n++] = c <= ' ' ? ' ' : (char)c;
    }
    return n;
}

/* Where the unit behind a heading starts, with its bracket, '_' or blank; text.n without one. */
static size_t unit_start(struct text text, double *unit_m) {
    char last = text.n == 0 ? 0 : text.at[text.n - 1];
    size_t i = text.n;

    *unit_m = 0;
    if (last == ')' || last == ']') {
        char open = last == ')' ? '(' : '[';
        while (i > 0 && text.at[i - 1] != open) {
            i--;
        }
        struct text inside = text_part(text, i, text.n - 1);
        *unit_m = i == 0 ? 0 : sheet_unit_m(inside);
        bool is_percent = i > 0 && text_equal(text_trim(inside), TEXT("%"));
        return *unit_m != 0 || is_percent ? i - 1 : text.n;
    }
    while (i > 0 && (text.at[i - 1] >= 'a' && text.at[i - 1] <= 'z')) {
        i--;
    }
    bool is_apart = i > 0 && (text.at[i - 1] == '_' || text.at[i - 1] == ' ' ||
                                 (unsigned char)text.at[i - 1] >= 0x80);
    *unit_m = is_apart && i < text.n ? sheet_unit_m(text_part(text, i, text.n)) : 0;
    return *unit_m != 0 ? i : text.n;
}

size_t sheet_heading_fold(struct text heading, char *out, size_t size, double *unit_m) {
    size_t n = narrow(text_trim(heading), out, size), n_kept = 0;
    struct text text = text_trim((struct text){out, n});

    text = text_part(text, 0, unit_start(text, unit_m));
    for (size_t i = 0; i < text.n; i++) {
        if (strchr(" _-./#:()[]*'\"", text.at[i]) == NULL) {
            out[n_kept++] = text.at[i];
        }
    }
    return n_kept;
}

/* --- roles --- */

enum { FOLDED_BYTES = 160 };

static struct text fold(struct arena *arena, struct text heading, double *unit_m) {
    char folded[FOLDED_BYTES];
    size_t n = sheet_heading_fold(heading, folded, sizeof folded, unit_m);

    return arena_copy(arena, (struct text){folded, n});
}

/* What the search works with; lives as long as the search. */
struct search {
    struct arena arena;
    struct index roles; /* folded heading -> role */
    const struct read_options *options;
};

static void search_release(struct search *search) {
    arena_release(&search->arena);
    index_release(&search->roles);
}

static void search_start(struct search *search) {
    double unit_m;

    for (size_t i = 0; i < ARRAY_LEN(aliases); i++) {
        struct text folded = fold(&search->arena, text_from(aliases[i].heading), &unit_m);
        index_add(&search->roles, folded, (uint32_t)aliases[i].role);
    }
}

/* --column ROLE=HEADING, taken apart. */
struct given {
    struct text role, heading;
};

static struct given given_of(const char *option) {
    struct text text = text_from(option);
    const char *mark = strchr(option, '=');
    size_t n = mark == NULL ? text.n : (size_t)(mark - option);

    return (struct given){
        text_trim(text_part(text, 0, n)), text_trim(text_part(text, n + 1, text.n))};
}

/* SHEET_ROLES when there is no such role. */
static enum sheet_role role_of_name(struct text name) {
    char folded[FOLDED_BYTES], known[FOLDED_BYTES];
    double unit_m;
    size_t n = sheet_heading_fold(name, folded, sizeof folded, &unit_m);

    for (size_t role = 0; role < SHEET_ROLES; role++) {
        struct text canonical = text_from(aliases[role].heading);
        size_t known_n = sheet_heading_fold(canonical, known, sizeof known, &unit_m);
        if (n == known_n && memcmp(folded, known, n) == 0) {
            return (enum sheet_role)role;
        }
    }
    return SHEET_ROLES;
}

static bool check_roles(const struct read_options *options, struct error *err) {
    char list[700] = "";
    size_t n = 0;

    for (size_t i = 0; i < options->n_columns; i++) {
        struct given given = given_of(options->columns[i]);
        if (role_of_name(given.role) != SHEET_ROLES && given.heading.n > 0) {
            continue;
        }
        for (size_t role = 0; role < SHEET_ROLES && n < sizeof list; role++) {
            n += (size_t)snprintf(
                list + n, sizeof list - n, "%s%s", role == 0 ? "" : ", ", aliases[role].heading);
        }
        return error_set(err, ERROR_USAGE, "--column '%.80s': not ROLE=HEADING; the roles are %s",
            options->columns[i], list);
    }
    return true;
}

static bool may_repeat(enum sheet_role role) {
    return role == SHEET_PHOTO || role == SHEET_REMARK;
}

static void set_role(struct sheet_columns *columns, size_t column, enum sheet_role role) {
    struct sheet_column *at = &columns->at[column];

    at->role = role;
    if (columns->first[role] == NO_COLUMN) {
        columns->first[role] = column;
        columns->n_roles++;
        for (size_t i = 0; i < at->heading.n; i++) {
            if ((unsigned char)at->heading.at[i] >= 0x80) {
                columns->n_chinese++;
                break;
            }
        }
    }
}

/* The column with this heading: as written, else folded; NO_COLUMN when there is none. */
static size_t find_heading(const struct sheet_columns *columns, struct text heading) {
    char wanted[FOLDED_BYTES], folded[FOLDED_BYTES];
    double unit_m;
    size_t n = sheet_heading_fold(heading, wanted, sizeof wanted, &unit_m);

    for (size_t i = 0; i < columns->n; i++) {
        if (text_equal(columns->at[i].heading, heading)) {
            return i;
        }
    }
    for (size_t i = 0; i < columns->n; i++) {
        size_t folded_n =
            sheet_heading_fold(columns->at[i].heading, folded, sizeof folded, &unit_m);
        if (n == folded_n && memcmp(wanted, folded, n) == 0) {
            return i;
        }
    }
    return NO_COLUMN;
}

/* Gives the row's cells their roles; returns how many of --column were found. */
static size_t read_headings(struct search *search, const struct sheet_row *row, struct arena *arena,
    struct sheet_columns *out) {
    const struct read_options *options = search->options;
    struct sheet_columns columns = {.n = row->n_cells};
    size_t n_given = 0;

    columns.at = ARENA_NEW(arena, struct sheet_column, row->n_cells);
    for (size_t role = 0; role < SHEET_ROLES; role++) {
        columns.first[role] = NO_COLUMN;
    }
    for (size_t i = 0; i < columns.n; i++) {
        columns.at[i].role = SHEET_UNUSED;
        columns.at[i].heading = arena_copy(arena, text_trim(row->cells[i]));
    }
    for (size_t i = 0; i < options->n_columns; i++) {
        struct given given = given_of(options->columns[i]);
        size_t column = find_heading(&columns, given.heading);
        if (column != NO_COLUMN) {
            set_role(&columns, column, role_of_name(given.role));
            n_given++;
        }
    }
    for (size_t i = 0; i < columns.n; i++) {
        struct text folded = fold(&search->arena, columns.at[i].heading, &columns.at[i].unit_m);
        uint32_t role = folded.n == 0 ? INDEX_NONE : index_find(&search->roles, folded);
        bool is_free = role != INDEX_NONE && columns.at[i].role == SHEET_UNUSED &&
                       (columns.first[role] == NO_COLUMN || may_repeat((enum sheet_role)role));
        if (is_free) {
            set_role(&columns, i, (enum sheet_role)role);
        }
    }
    *out = columns;
    return n_given;
}

void sheet_headings_list(
    const struct sheet_columns *columns, enum sheet_headings which, char *out, size_t size) {
    size_t n = 0;

    out[0] = '\0';
    for (size_t i = 0; i < columns->n; i++) {
        struct text heading = text_cut(columns->at[i].heading, 60);
        bool is_wanted = which == HEADINGS_ALL || columns->at[i].role == SHEET_UNUSED;
        if (heading.n == 0 || !is_wanted) {
            continue;
        }
        if (size - n < heading.n + sizeof ", '', ...") {
            snprintf(out + n, size - n, ", ...");
            return;
        }
        n +=
            (size_t)snprintf(out + n, size - n, "%s'%.*s'", n == 0 ? "" : ", ", TEXT_ARGS(heading));
    }
}

static bool say_missing_heading(
    const struct sheet_columns *columns, const struct read_options *options, struct error *err) {
    char list[700];

    sheet_headings_list(columns, HEADINGS_ALL, list, sizeof list);
    for (size_t i = 0; i < options->n_columns; i++) {
        if (find_heading(columns, given_of(options->columns[i]).heading) == NO_COLUMN) {
            return error_set(err, ERROR_USAGE, "--column '%.80s': no such heading; there are %s",
                options->columns[i], list);
        }
    }
    return true;
}

/* The heading row is the first of those with the most known headings. */
static size_t best_row(
    struct search *search, const struct sheet_rows *rows, const struct read_options *options) {
    enum { ROWS = 30 };
    size_t best = 0, most = 0;
    struct sheet_row row;

    for (size_t i = 0; i < ROWS && rows->next(rows->context, &row); i++) {
        struct sheet_columns columns;
        size_t n_given = read_headings(search, &row, &search->arena, &columns);
        size_t score = columns.n_roles + n_given * (options->n_columns > 0);
        if (score > most) {
            most = score;
            best = i;
        }
    }
    return best;
}

bool sheet_columns_find(const struct sheet_rows *rows, const struct read_options *options,
    struct arena *arena, struct sheet_columns *out, struct error *err) {
    CLEANUP(search_release) struct search search = {.options = options};
    struct sheet_columns columns = {0};
    struct sheet_row row;

    if (!check_roles(options, err)) {
        return false;
    }
    search_start(&search);
    size_t best = best_row(&search, rows, options);
    rows->rewind(rows->context);
    for (size_t i = 0; i <= best; i++) {
        if (!rows->next(rows->context, &row)) {
            return error_set(err, ERROR_FORMAT, "there is no row in it");
        }
    }
    size_t n_given = read_headings(&search, &row, arena, &columns);
    if (n_given < options->n_columns && !say_missing_heading(&columns, options, err)) {
        return false;
    }
    *out = columns;
    return true;
}
