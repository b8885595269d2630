#pragma once
/* --lang: in which language a command talks to people. */
#include <stdbool.h>

#include "cmd/options.h"
#include "core/lang.h"

/* The rows of --lang.  All commands share the values; what they fall back on is in the help. */
#define LANGUAGE_VALUES "en|zh|auto"
#define LANGUAGE_HELP                                                                               \
    "language of what people read: titles, legends, reasons, reports, errors, this help; auto: by " \
    "LC_ALL, LC_MESSAGES, LANG (default en, whatever the locale)"

/* Of commands that work on a result, which has a language of its own. */
#define LANGUAGE_HELP_RESULT                                                                          \
    "language of what people read; auto: by LC_ALL, LC_MESSAGES, LANG (default: that of the result; " \
    "of errors and this help en)"

/* Of commands that need not know it once they run: main has read it ahead, see language_asked. */
#define LANGUAGE_ROW                                                                        \
    .name = "lang", .type = OPTION_READ_AHEAD, .group = "Output", .value = LANGUAGE_VALUES, \
    .help = LANGUAGE_HELP

/* What was asked for, and what it comes to. */
struct language_choice {
    const char *name; /* `auto` as the locale that it stands for; NULL: nothing was asked for */
    enum language language;
    bool is_foreign; /* there are no texts in it: English */
};

/* A value of --lang; NULL for none.  Borrows it, or the environment. */
struct language_choice language_choose(const char *value);

/* The value of the last --lang of the command line, wherever it stands before `--`: errors in front
 * of it are told in that language too.  NULL without one. */
const char *language_asked(int argc, char **argv);
