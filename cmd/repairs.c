#include <stdio.h>

#include "cmd/command.h"
#include "cmd/language.h"
#include "cmd/print.h"
#include "formats/repair_table.h"

struct repairs_options {
    bool wants_costs, wants_help;
};

static const struct option rows[] = {
    {.name = "costs",
     .type = OPTION_FLAG,
     .offset = offsetof(struct repairs_options, wants_costs),
     .group = "Output",
     .help = "instead a list of unit costs to be filled in, for `chainage run --unit-costs`"},
    {.name = "help",
     .type = OPTION_FLAG,
     .offset = offsetof(struct repairs_options, wants_help),
     .group = "Output",
     .help = "show this and stop"},
    {LANGUAGE_ROW                        },
};
static const struct option_table table = {rows, ARRAY_LEN(rows)};

static void print_line(void *context, struct text line) {
    (void)context;
    fwrite(line.at, 1, line.n, stdout);
    putchar('\n');
}

static int repairs_main(int argc, char **argv, enum language language) {
    struct repairs_options options = {0};
    struct words operands = {0};
    struct error err = {.language = language};

    bool is_parsed = options_parse(&table, argc, argv, &options, &operands, &err);
    if (is_parsed && operands.n > 0) {
        is_parsed =
            error_set(&err, ERROR_USAGE, "repairs: takes no operand, found '%s'", operands.at[0]);
    }
    words_release(&operands);
    if (!is_parsed) {
        return command_fail(&err);
    }
    if (options.wants_help) {
        help_print_command(&command_repairs, language);
    } else if (options.wants_costs) {
        repair_costs_print(&repair_defaults, print_line, NULL);
    } else {
        repair_table_print(&repair_defaults, print_line, NULL);
    }
    return 0;
}

const struct command command_repairs = {
    .name = "repairs",
    .summary = "print the decision table of repairs, to check or to edit it",
    .operands = "",
    .about =
        "Prints methods, the matrix of which of them mends what, exclusions and limits as CSV, "
        "each row with its source.  Edit it and give it to `chainage run --repair-table`.",
    .options = &table,
    .run = repairs_main,
};
