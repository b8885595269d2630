#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/language.h"
#include "cmd/pen.h"
#include "cmd/print.h"
#include "cmd/suggest.h"

enum { LEFT = 4, HELP_AT = 34, RIGHT = 80, NAME_WIDTH = 11 };

void help_print_all(enum language language) {
    const struct pen pen = {stdout, language};

    pen_say(pen,
        N_("chainage - sewer inspection logs and a network in, a GeoPackage of defects out\n\n"));
    pen_say(pen, N_("usage: chainage COMMAND [options] [operands]\n\n"));
    pen_say(pen, N_("commands:\n"));
    for (size_t i = 0; i < n_commands; i++) {
        printf("  %-*s", NAME_WIDTH, commands[i]->name);
        print_wrapped(stdout, lang_text(language, commands[i]->summary), 2 + NAME_WIDTH, RIGHT);
    }
    pen_say(
        pen, N_("\n`chainage help COMMAND` says more about one, `chainage --version` the "
                "version.\n`--lang zh` says it in Chinese, `--lang auto` in the language of the "
                "locale.\n"));
}

void help_print_option(const struct option *option, enum language language) {
    const char *value = lang_text(language, option->value);
    size_t n = LEFT + 2 + strlen(option->name);

    printf("%*s--%s", LEFT, "", option->name);
    if (value != NULL) {
        printf("=%s", value);
        n += 1 + display_width(text_from(value));
    }
    if (n + 2 > HELP_AT) {
        printf("\n%*s", HELP_AT, "");
    } else {
        printf("%*s", (int)(HELP_AT - n), "");
    }
    print_wrapped(stdout, lang_text(language, option->help), HELP_AT, RIGHT);
}

/* A paragraph a line. */
static void print_about(const char *about) {
    while (*about != '\0') {
        size_t n = strcspn(about, "\n");
        char line[2048];
        snprintf(line, sizeof line, "%.*s", (int)n, about);
        print_wrapped(stdout, line, 0, RIGHT);
        about += n + (about[n] != '\0');
    }
}

void help_print_command(const struct command *command, enum language language) {
    const struct option_table *options = command->options;
    const struct pen pen = {stdout, language};
    const char *group = "";

    pen_print(pen, N_("usage: chainage %s"), command->name);
    if (options != NULL && options->n > 0) {
        pen_say(pen, N_(" [options]"));
    }
    printf("%s%s\n\n", command->operands[0] == '\0' ? "" : " ",
        command->operands[0] == '\0' ? "" : lang_text(language, command->operands));
    print_about(lang_text(language, command->about));
    for (size_t i = 0; options != NULL && i < options->n; i++) {
        if (strcmp(group, options->at[i].group) != 0) {
            group = options->at[i].group;
            pen_print(pen, N_("\n%s:\n"), lang_text(language, group));
        }
        help_print_option(&options->at[i], language);
    }
}

struct help_options {
    struct words names;
    bool wants_help;
};

static const struct option rows[] = {
    {.name = "help",
     .type = OPTION_FLAG,
     .offset = offsetof(struct help_options, wants_help),
     .group = "Output",
     .help = "show this and stop"},
    {LANGUAGE_ROW},
};
static const struct option_table table = {rows, ARRAY_LEN(rows)};

static bool print_help(const struct help_options *options, struct error *err) {
    if (options->names.n == 0 || options->wants_help) {
        help_print_all(err->language);
        return true;
    }
    const struct command *command = command_by_name(options->names.at[0]);
    if (command == NULL) {
        return error_set(
            err, ERROR_USAGE, "there is no command '%s' to help with", options->names.at[0]);
    }
    help_print_command(command, err->language);
    return true;
}

static int help_main(int argc, char **argv, enum language language) {
    struct help_options options = {.wants_help = false};
    struct error err = {.language = language};

    bool is_fine = options_parse(&table, argc, argv, &options, &options.names, &err) &&
                   print_help(&options, &err);
    words_release(&options.names);
    return is_fine ? 0 : command_fail(&err);
}

const struct command command_help = {
    .name = "help",
    .summary = "say what chainage does, or what one command does",
    .operands = "[COMMAND]",
    .about = "Lists the commands, or describes one with its options.",
    .options = &table,
    .run = help_main,
};
