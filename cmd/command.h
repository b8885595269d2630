#pragma once
/* Commands: one file and one struct each. */
#include <stddef.h>

#include "cmd/options.h"

struct command {
    const char *name;
    const char *summary;  /* one line, for the list of commands */
    const char *operands; /* what stands behind the options: SURVEY... */
    const char *about;    /* some lines for `chainage help NAME` */
    const struct option_table *options;
    /* argv[0] is the command's name; gives the exit status.  The language is that of --lang. */
    int (*run)(int argc, char **argv, enum language language);
};

/* Keep alphabetical: order carries no meaning. */
extern const struct command command_check, command_convert, command_explain, command_formats,
    command_help, command_identify, command_repairs, command_run, command_schemes, command_style;

extern const struct command *const commands[];
extern const size_t n_commands;

const struct command *command_by_name(const char *name); /* NULL: no such command */

/* The help of one command on stdout. */
void help_print_command(const struct command *command, enum language language);
/* One option as the help shows it. */
void help_print_option(const struct option *option, enum language language);
/* The list of commands on stdout. */
void help_print_all(enum language language);

/* A line on stderr, and the exit status of the error. */
int command_fail(const struct error *err);
