#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/print.h"
#include "cmd/suggest.h"

/* Keep alphabetical: order carries no meaning. */
const struct command *const commands[] = {
    &command_check,
    &command_convert,
    &command_explain,
    &command_formats,
    &command_help,
    &command_identify,
    &command_repairs,
    &command_run,
    &command_schemes,
    &command_style,
};
const size_t n_commands = ARRAY_LEN(commands);

const struct command *command_by_name(const char *name) {
    for (size_t i = 0; i < n_commands; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

int command_fail(const struct error *err) {
    fflush(stdout);
    fputs("chainage: ", stderr);
    print_text(stderr, text_from(err->text));
    fputc('\n', stderr);
    return (int)err->kind;
}

static int refuse(const char *name) {
    struct suggestion suggestion = {.given = name};
    struct error err = {0};
    char hint[128];

    for (size_t i = 0; i < n_commands; i++) {
        suggestion_offer(&suggestion, commands[i]->name);
    }
    suggestion_say(&suggestion, "", hint, sizeof hint);
    error_set(
        &err, ERROR_USAGE, "unknown %s '%s'%s", name[0] == '-' ? "option" : "command", name, hint);
    return command_fail(&err);
}

static int dispatch(int argc, char **argv) {
    struct error err = {0};

    if (argc < 2) {
        error_set(&err, ERROR_USAGE, "which command? `chainage help` lists them");
        return command_fail(&err);
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("chainage " CHAINAGE_VERSION);
        return 0;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        help_print_all();
        return 0;
    }
    const struct command *command = command_by_name(argv[1]);
    return command == NULL ? refuse(argv[1]) : command->run(argc - 1, argv + 1);
}

int main(int argc, char **argv) {
    struct error err = {0};

#ifdef SIGXFSZ
    signal(SIGXFSZ, SIG_IGN); /* a file size limit becomes an error that can be reported */
#endif
    int status = dispatch(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        error_set(&err, ERROR_FILE, "standard output cannot be written");
        return status != 0 ? status : command_fail(&err);
    }
    return status;
}
