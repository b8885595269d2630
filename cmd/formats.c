#include <stdio.h>

#include "cmd/command.h"
#include "cmd/language.h"
#include "cmd/print.h"
#include "formats/survey_format.h"

enum { NAME_WIDTH = 13, RIGHT = 100 };

struct formats_options {
    bool wants_help;
};

static const struct option rows[] = {
    {.name = "help",
     .type = OPTION_FLAG,
     .offset = offsetof(struct formats_options, wants_help),
     .group = "Output",
     .help = "show this and stop"},
    {LANGUAGE_ROW},
};
static const struct option_table table = {rows, ARRAY_LEN(rows)};

static void list(enum language language) {
    for (size_t i = 0; i < n_survey_formats; i++) {
        const struct survey_format *format = survey_formats[i];
        char words[512];

        snprintf(words, sizeof words, lang_text(language, N_("%s (%s)")),
            lang_text(language, format->description), format->extensions);
        printf("%-*s", NAME_WIDTH, format->name);
        print_wrapped(stdout, words, NAME_WIDTH, RIGHT);
    }
}

static int formats_main(int argc, char **argv, enum language language) {
    struct formats_options options = {.wants_help = false};
    struct words operands = {0};
    struct error err = {.language = language};

    bool is_parsed = options_parse(&table, argc, argv, &options, &operands, &err);
    if (is_parsed && operands.n > 0) {
        is_parsed =
            error_set(&err, ERROR_USAGE, "formats: takes no operand, found '%s'", operands.at[0]);
    }
    words_release(&operands);
    if (!is_parsed) {
        return command_fail(&err);
    }
    if (options.wants_help) {
        help_print_command(&command_formats, language);
    } else {
        list(language);
    }
    return 0;
}

const struct command command_formats = {
    .name = "formats",
    .summary = "list the survey formats",
    .operands = "",
    .about = "Lists the names of the survey formats, for `chainage run --format`.\n"
             "Networks are read by OGR: `ogrinfo --formats` lists those.",
    .options = &table,
    .run = formats_main,
};
