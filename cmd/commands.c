#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/print.h"

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
