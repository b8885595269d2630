#include "cmd/style_options.h"

#include "cmd/language.h"
#include "core/base.h"

static const struct option rows[] = {
    {.name = "theme",
     .type = OPTION_TEXT,
     .offset = offsetof(struct style_options,                                   theme),
     .group = "Style",
     .value = "FILE",
     .help = "colours, sizes and scales that differ from ours, as --print-theme prints them"},
    {.name = "lang",
     .type = OPTION_TEXT,
     .offset = offsetof(struct style_options,                                                       lang),
     .group = "Style",
     .value = LANGUAGE_VALUES,
     .help =
            "language of titles, value lists, legends and the project, kept for the next time; what rows "
            "say, like defect names and reasons, stays as it was written (default: that of the "
            "result)"},
    {.name = "project",
     .type = OPTION_SWITCH,
     .offset = offsetof(struct style_options,                                      has_project),
     .group = "Style",
     .value = "yes|no",
     .help =
            "put a project of QGIS into the file when it has none (default no); one of ours that "
            "nobody has saved is renewed anyway"},
    {.name = "print-theme",
     .type = OPTION_FLAG,
     .offset = offsetof(struct style_options,                             prints_theme),
     .group = "Output",
     .help = "print the theme and stop: ours, or with the values of --theme"                                                   },
    {.name = "quiet",
     .type = OPTION_FLAG,
     .offset = offsetof(struct style_options, is_quiet),
     .group = "Output",
     .help = "say nothing when all went well"                                                   },
    {.name = "help",
     .type = OPTION_FLAG,
     .offset = offsetof(struct style_options,                                wants_help),
     .group = "Output",
     .help = "show this and stop"                                                   },
};

const struct option_table style_option_table = {rows, ARRAY_LEN(rows)};
