#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/print.h"
#include "cmd/suggest.h"

enum { LEFT = 4, HELP_AT = 34, RIGHT = 80 };

void help_print_all(void) {
    puts("chainage - sewer inspection logs and a network in, a GeoPackage of defects out\n");
    puts("usage: chainage COMMAND [options] [operands]\n");
    puts("commands:");
    for (size_t i = 0; i < n_commands; i++) {
        printf("  %-10s %s\n", commands[i]->name, commands[i]->summary);
    }
    puts("\n`chainage help COMMAND` says more about one, `chainage --version` the version.");
}

void help_print_option(const struct option *option) {
    int n = printf("%*s--%s%s%s", LEFT, "", option->name, option->value == NULL ? "" : "=",
        option->value == NULL ? "" : option->value);

    if (n + 2 > HELP_AT) {
        printf("\n%*s", HELP_AT, "");
    } else {
        printf("%*s", HELP_AT - n, "");
    }
    print_wrapped(stdout, option->help, HELP_AT, RIGHT);
}

void help_print_command(const struct command *command) {
    const struct option_table *options = command->options;
    const char *group = "";

    printf("usage: chainage %s%s%s%s\n\n", command->name,
        options != NULL && options->n > 0 ? " [options]" : "",
        command->operands[0] == '\0' ? "" : " ", command->operands);
    puts(command->about);
    for (size_t i = 0; options != NULL && i < options->n; i++) {
        if (strcmp(group, options->at[i].group) != 0) {
            group = options->at[i].group;
            printf("\n%s:\n", group);
        }
        help_print_option(&options->at[i]);
    }
}

static int help_main(int argc, char **argv) {
    struct error err = {0};

    if (argc < 2 || strcmp(argv[1], "--help") == 0) {
        help_print_all();
        return 0;
    }
    const struct command *command = command_by_name(argv[1]);
    if (command == NULL) {
        error_set(&err, ERROR_USAGE, "there is no command '%s' to help with", argv[1]);
        return command_fail(&err);
    }
    help_print_command(command);
    return 0;
}

const struct command command_help = {
    .name = "help",
    .summary = "say what chainage does, or what one command does",
    .operands = "[COMMAND]",
    .about = "Lists the commands, or describes one with its options.",
    .run = help_main,
};
