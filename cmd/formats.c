#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "formats/survey_format.h"

static int formats_main(int argc, char **argv) {
    struct error err = {0};

    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        help_print_command(&command_formats);
        return 0;
    }
    if (argc > 1) {
        error_set(&err, ERROR_USAGE, "formats: takes no operand, found '%s'", argv[1]);
        return command_fail(&err);
    }
    for (size_t i = 0; i < n_survey_formats; i++) {
        const struct survey_format *format = survey_formats[i];
        printf("%-12s %s (%s)\n", format->name, format->description, format->extensions);
    }
    return 0;
}

const struct command command_formats = {
    .name = "formats",
    .summary = "list the survey formats",
    .operands = "",
    .about = "Lists the names of the survey formats, for `chainage run --format`.\n"
             "Networks are read by OGR: `ogrinfo --formats` lists those.",
    .run = formats_main,
};
