/* The tables of the schemes, for people who know the standards. */
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/language.h"
#include "cmd/pen.h"
#include "cmd/print.h"
#include "cmd/print_table.h"
#include "cmd/scheme_options.h"
#include "cmd/suggest.h"
#include "core/scheme/scheme.h"
#include "formats/scheme_table.h"

enum {
    NAME_WIDTH = 14,
    VERSION_WIDTH = 8,
    CATALOGUE_WIDTH = 18,
    TEXT_AT = NAME_WIDTH + VERSION_WIDTH,
    RIGHT = 100
};

struct schemes_options {
    bool is_csv, wants_help;
    struct words names;
};

static const struct option rows[] = {
    {.name = "csv",
     .type = OPTION_FLAG,
     .offset = offsetof(struct schemes_options, is_csv),
     .group = "Output",
     .help = "the table as CSV, in the layout that `chainage run --scheme-table` reads"},
    {.name = "help",
     .type = OPTION_FLAG,
     .offset = offsetof(struct schemes_options, wants_help),
     .group = "Output",
     .help = "show this and stop"},
    {LANGUAGE_ROW                        },
};

static const struct option_table schemes_options = {rows, ARRAY_LEN(rows)};

/* --- the list --- */

static struct text append(
    struct arena *arena, struct text list, const char *before, const char *word) {
    return arena_printf(arena, "%.*s%s%s", TEXT_ARGS(list), before, word);
}

static struct text catalogues_of(
    const struct scheme_table *table, enum language language, struct arena *arena) {
    struct text list = text_from(lang_text(language, N_("codes:"))), start = list;

    for (size_t i = 0; i < ARRAY_LEN(table->catalogues); i++) {
        if (table->catalogues[i] != CATALOGUE_UNKNOWN) {
            list = append(
                arena, list, list.n > start.n ? ", " : " ", catalogue_name(table->catalogues[i]));
        }
    }
    return list;
}

static struct text options_of(enum scheme scheme, enum language language, struct arena *arena) {
    struct text list = text_from(lang_text(language, N_("options:"))), start = list;

    for (size_t i = 0; i < n_scheme_options; i++) {
        if (scheme_options[i].scheme == scheme) {
            list = append(arena, list, " --", scheme_options[i].name);
        }
    }
    return list.n > start.n ? list : (struct text){0};
}

static void list_scheme(enum scheme scheme, enum language language, struct arena *arena) {
    const struct scheme_table *table = scheme_built_in.at[scheme];
    struct text options = options_of(scheme, language, arena);

    printf("%-*s%-*s", NAME_WIDTH, table->name, VERSION_WIDTH, table->version);
    print_wrapped(stdout, lang_text(language, table->title), TEXT_AT, RIGHT);
    printf("%*s", TEXT_AT, "");
    print_wrapped(stdout, catalogues_of(table, language, arena).at, TEXT_AT, RIGHT);
    if (options.n > 0) {
        printf("%*s", TEXT_AT, "");
        print_wrapped(stdout, options.at, TEXT_AT, RIGHT);
    }
}

static void list_all(enum language language, struct arena *arena) {
    const struct pen pen = {stdout, language};

    for (enum scheme scheme = SCHEME_NONE + 1; scheme < SCHEMES; scheme++) {
        if (scheme_built_in.at[scheme] != NULL) {
            list_scheme(scheme, language, arena);
        }
    }
    pen_say(
        pen, N_("\nGraded by default, when neither --scheme nor the file asks for another one:\n"));
    for (enum catalogue catalogue = CATALOGUE_UNKNOWN + 1; catalogue < CATALOGUES; catalogue++) {
        const char *name = scheme_name(scheme_of_catalogue(catalogue));
        pen_print(pen, N_("  codes %-*s%s\n"), CATALOGUE_WIDTH, catalogue_name(catalogue),
            name == NULL ? lang_text(language, N_("by no scheme")) : name);
    }
}

/* --- one scheme --- */

static const char *const titles[SCHEME_PARTS] = {
    [PART_RULES] = N_("rules: the first row of a code that fits decides for its group"),
    [PART_CLASSES] = N_("classes: of figures"),
    [PART_CHOICES] = N_("choices: what somebody has to choose"),
    [PART_HAZARDS] = N_("hazards: defects that stand for collapse"),
    [PART_FIGURE_HAZARDS] = N_("figures that stand for collapse, from this value on"),
    [PART_OPENINGS] = N_("openings: defects that soil could come through"),
    [PART_PRIORITIES] = N_("priorities: of grades, 1 emergency to 5 none"),
};

static struct text translated(struct text english, enum language language, struct arena *arena) {
    return english.n == 0 ? english : text_from(lang_text(language, arena_copy(arena, english).at));
}

static struct text meaning_with_source(
    const struct scheme_cells *cells, enum language language, struct arena *arena) {
    struct text meaning = translated(cells->at[SCHEME_COLUMN_MEANING], language, arena);
    struct text source = translated(cells->at[SCHEME_COLUMN_SOURCE], language, arena);

    if (source.n == 0 || meaning.n == 0) {
        return source.n == 0 ? meaning : source;
    }
    return arena_printf(arena, "%.*s (%.*s)", TEXT_ARGS(meaning), TEXT_ARGS(source));
}

/* "over 50" is a hair above 50 in tables; people need not see the hair. */
static struct text without_hair(struct text cell, struct arena *arena) {
    enum { LONG = 9 };
    double number = 0;

    if (cell.n > LONG && text_to_double(cell, &number)) {
        return arena_printf(arena, "%.*g", LONG, number);
    }
    return cell;
}

/* ">4 to 7 %" or "4 to <7 %", whichever end is in it; ">7 %", "<=4 %" with one end, "" with none.
 */
static struct text range_text(
    struct text from, struct text to, struct text unit, bool upper_is_in, struct arena *arena) {
    const char *above = upper_is_in ? ">" : "", *below = upper_is_in ? "" : "<";

    if (from.n == 0 && to.n == 0) {
        return (struct text){0};
    }
    if (to.n == 0) {
        above = upper_is_in ? ">" : ">=";
    } else if (from.n == 0) {
        below = upper_is_in ? "<=" : "<";
    }
    return arena_printf(arena, "%s%.*s%s%s%.*s%s%.*s", from.n == 0 ? "" : above, TEXT_ARGS(from),
        from.n > 0 && to.n > 0 ? " to " : "", to.n == 0 ? "" : below, TEXT_ARGS(to),
        unit.n == 0 ? "" : " ", TEXT_ARGS(unit));
}

/* What takes several columns for machines takes one for people; `counted` shows only where it is
 * not. */
static void condense(const struct scheme_table *table, enum scheme_part part,
    struct scheme_cells *row, struct arena *arena) {
    struct text *at = row->at, none = {0};

    at[SCHEME_COLUMN_FROM] = without_hair(at[SCHEME_COLUMN_FROM], arena);
    at[SCHEME_COLUMN_TO] = without_hair(at[SCHEME_COLUMN_TO], arena);
    at[SCHEME_COLUMN_DN_OVER] =
        range_text(at[SCHEME_COLUMN_DN_OVER], at[SCHEME_COLUMN_DN_TO], none, true, arena);
    at[SCHEME_COLUMN_DN_TO] = none;
    if (part != PART_RULES) {
        return;
    }
    if (!text_equal(at[SCHEME_COLUMN_MEASURE], TEXT("grade"))) {
        at[SCHEME_COLUMN_FROM] = range_text(at[SCHEME_COLUMN_FROM], at[SCHEME_COLUMN_TO],
            at[SCHEME_COLUMN_UNIT], table->upper_is_in, arena);
        at[SCHEME_COLUMN_TO] = none;
        at[SCHEME_COLUMN_UNIT] = at[SCHEME_COLUMN_FROM].n == 0 ? at[SCHEME_COLUMN_UNIT] : none;
    }
    if (text_equal(at[SCHEME_COLUMN_COUNTED], TEXT("yes"))) {
        at[SCHEME_COLUMN_COUNTED] = none;
    }
}

static struct text heading_of(enum scheme_column column, enum scheme_part part) {
    if (column == SCHEME_COLUMN_DN_OVER) {
        return TEXT("dn_mm");
    }
    if (column == SCHEME_COLUMN_FROM && part == PART_RULES) {
        return TEXT("range");
    }
    if (column == SCHEME_COLUMN_MEANING) {
        return part == PART_OPENINGS || part == PART_PRIORITIES ? TEXT("source")
                                                                : TEXT("meaning (source)");
    }
    return text_from(scheme_column_heading(column));
}

/* Columns from `code` on, the last one with meaning and source. */
static void print_part(const struct scheme_table *table, enum scheme_part part,
    enum language language, struct arena *arena) {
    enum { FIRST = SCHEME_COLUMN_CODE, LAST = SCHEME_COLUMN_MEANING, N = LAST - FIRST + 1 };
    size_t n = scheme_part_rows(table, part).n;
    struct text *cells = ARENA_NEW(arena, struct text, (n + 1) * N);

    if (n == 0) {
        return;
    }
    for (int column = FIRST; column <= LAST; column++) {
        cells[column - FIRST] = heading_of((enum scheme_column)column, part);
    }
    for (size_t i = 0; i < n; i++) {
        struct scheme_cells row = scheme_table_cells(table, part, i, arena);
        struct text *to = cells + (i + 1) * N;
        condense(table, part, &row, arena);
        memcpy(to, &row.at[FIRST], (N - 1) * sizeof *to);
        to[N - 1] = meaning_with_source(&row, language, arena);
    }
    printf("\n%s\n", lang_text(language, titles[part]));
    print_table(stdout, &(struct print_table){cells, n + 1, N}, 2, RIGHT);
}

static void print_scheme(enum scheme scheme, enum language language, struct arena *arena) {
    const struct scheme_table *table = scheme_built_in.at[scheme];
    bool has_options = options_of(scheme, language, arena).n > 0;

    list_scheme(scheme, language, arena);
    for (enum scheme_part part = PART_RULES; part < SCHEME_PARTS; part++) {
        print_part(table, part, language, arena);
    }
    if (has_options) {
        pen_say((struct pen){stdout, language},
            N_("\noptions of `chainage run`: points that the standard leaves open, and what the "
               "network may not tell\n"));
    }
    for (size_t i = 0; i < n_scheme_options; i++) {
        if (scheme_options[i].scheme == scheme) {
            help_print_option(scheme_option_row(&scheme_options[i]), language);
        }
    }
}

/* --- the command --- */

static bool refuse_scheme(const char *name, struct arena *arena, struct error *err) {
    struct suggestion suggestion = {.given = name};
    struct text list = {0};
    char hint[128];

    for (enum scheme scheme = SCHEME_NONE + 1; scheme < SCHEMES; scheme++) {
        if (scheme_name(scheme) != NULL) {
            suggestion_offer(&suggestion, scheme_name(scheme));
            list = append(arena, list, list.n == 0 ? "" : ", ", scheme_name(scheme));
        }
    }
    suggestion_say(&suggestion, "", err->language, hint, sizeof hint);
    return error_set(
        err, ERROR_USAGE, "schemes: '%s' is none of %.*s%s", name, TEXT_ARGS(list), hint);
}

static bool show(const struct schemes_options *options, struct arena *arena, struct error *err) {
    if (options->names.n > 1) {
        return error_set(
            err, ERROR_USAGE, "schemes: one name at a time, found '%s'", options->names.at[1]);
    }
    if (options->names.n == 0 && options->is_csv) {
        return error_set(err, ERROR_USAGE, "schemes: option '--csv' needs the name of a scheme");
    }
    if (options->names.n == 0) {
        list_all(err->language, arena);
        return true;
    }
    enum scheme scheme = scheme_from_name(text_from(options->names.at[0]));
    if (scheme == SCHEME_NONE) {
        return refuse_scheme(options->names.at[0], arena, err);
    }
    if (options->is_csv) {
        struct text csv = scheme_table_csv(scheme_built_in.at[scheme], arena);
        fwrite(csv.at, 1, csv.n, stdout);
    } else {
        print_scheme(scheme, err->language, arena);
    }
    return true;
}

static int schemes_main(int argc, char **argv, enum language language) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct schemes_options options = {0};
    struct error err = {.language = language};

    bool is_fine = options_parse(&schemes_options, argc, argv, &options, &options.names, &err);
    if (is_fine && options.wants_help) {
        help_print_command(&command_schemes, language);
    } else if (is_fine) {
        is_fine = show(&options, &arena, &err);
    }
    words_release(&options.names);
    return is_fine ? 0 : command_fail(&err);
}

const struct command command_schemes = {
    .name = "schemes",
    .summary = "list the assessment schemes, or print the tables of one",
    .operands = "[NAME]",
    .about =
        "Without a name: the schemes, whose codes they grade, and the options of `chainage run` "
        "that belong to them.  With a name: all rows of its tables, for checking them against the "
        "standard.  Rows that are to be read differently go to `chainage run --scheme-table`.",
    .options = &schemes_options,
    .run = schemes_main,
};
