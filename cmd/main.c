#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/language.h"
#include "cmd/print.h"
#include "cmd/suggest.h"

static int refuse(const char *name, struct error *err) {
    struct suggestion suggestion = {.given = name};
    char hint[128];

    for (size_t i = 0; i < n_commands; i++) {
        suggestion_offer(&suggestion, commands[i]->name);
    }
    suggestion_say(&suggestion, "", err->language, hint, sizeof hint);
    if (name[0] == '-') {
        error_set(err, ERROR_USAGE, "unknown option '%s'%s", name, hint);
    } else {
        error_set(err, ERROR_USAGE, "unknown command '%s'%s", name, hint);
    }
    return command_fail(err);
}

/* How many words --lang takes at argv[at] with its value; 0 when it is none. */
static int n_language_words(int argc, char **argv, int at) {
    if (at >= argc || strncmp(argv[at], "--lang=", strlen("--lang=")) == 0) {
        return at < argc;
    }
    return strcmp(argv[at], "--lang") == 0 && at + 1 < argc ? 2 : 0;
}

/* A --lang in front of the command is one of its options: behind its name, where that looks. */
static void bring_command_forward(int argc, char **argv) {
    int at = 1;

    for (int n = 1; n > 0; at += n) {
        n = n_language_words(argc, argv, at);
    }
    if (at < argc) {
        char *command = argv[at];
        memmove(argv + 2, argv + 1, (size_t)(at - 1) * sizeof *argv);
        argv[1] = command;
    }
}

static int dispatch(int argc, char **argv, enum language language) {
    struct error err = {.language = language};

    bring_command_forward(argc, argv);
    if (argc < 2 || n_language_words(argc, argv, 1) > 0) {
        error_set(&err, ERROR_USAGE, "which command? `chainage help` lists them");
        return command_fail(&err);
    }
    if (strcmp(argv[1], "--lang") == 0) {
        error_set(&err, ERROR_USAGE, "option '--%s' needs a value (%s)", "lang", LANGUAGE_VALUES);
        return command_fail(&err);
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("chainage " CHAINAGE_VERSION);
        return 0;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        help_print_all(language);
        return 0;
    }
    const struct command *command = command_by_name(argv[1]);
    return command == NULL ? refuse(argv[1], &err) : command->run(argc - 1, argv + 1, language);
}

/* Where nothing but English is to be had, that is said once. */
static enum language choose_language(int argc, char **argv) {
    struct language_choice choice = language_choose(language_asked(argc, argv));

    if (choice.is_foreign) {
        fputs("chainage: there are no texts in '", stderr);
        print_text(stderr, text_from(choice.name));
        fputs("'; English ones are used\n", stderr);
    }
    return choice.language;
}

int main(int argc, char **argv) {
    struct error err = {.language = choose_language(argc, argv)};

#ifdef SIGXFSZ
    signal(SIGXFSZ, SIG_IGN); /* a file size limit becomes an error that can be reported */
#endif
    int status = dispatch(argc, argv, err.language);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        error_set(&err, ERROR_FILE, "standard output cannot be written");
        return status != 0 ? status : command_fail(&err);
    }
    return status;
}
