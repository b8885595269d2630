#include <stdio.h>

#include "cmd/command.h"
#include "cmd/pen.h"
#include "cmd/print.h"
#include "cmd/style_options.h"
#include "formats/gpkg/renew.h"
#include "formats/theme_file.h"

static void print_line(void *context, struct text line) {
    (void)context;
    fwrite(line.at, 1, line.n, stdout);
    putchar('\n');
}

static void say(const char *path, const struct renew_report *report, enum language language) {
    static const char *const projects[] = {
        [PROJECT_NONE] = N_("none (--project yes puts one in)"),
        [PROJECT_RENEWED] = N_("renewed"),
        [PROJECT_KEPT] = N_("kept, somebody saved it in QGIS"),
    };
    const struct pen pen = {stdout, language};

    print_text(stdout, text_from(path));
    pen_print(pen, N_("\n  styles   %zu renewed, %zu of others kept\n"), report->styles.n_renewed,
        report->styles.n_kept);
    pen_print(pen, N_("  project  %s\n"), lang_text(language, projects[report->project]));
}

/* Themes first: a slip in one leaves every file as it was. */
static bool do_job(const struct style_options *options, struct arena *arena, struct error *err) {
    struct theme theme = theme_default;
    struct findings findings = {0};

    bool is_read =
        options->theme == NULL || theme_read(options->theme, arena, &theme, &findings, err);
    if (!is_read) {
        print_flaws(&findings);
    }
    findings_release(&findings);
    if (!is_read) {
        return false;
    }
    if (options->prints_theme) {
        theme_print(&theme, print_line, NULL);
        return true;
    }
    for (size_t i = 0; i < options->results.n; i++) {
        const struct renew_request request = {
            .path = options->results.at[i],
            .theme = &theme,
            .wants_project = options->has_project,
            .language = options->lang == NULL ? NULL : &err->language,
        };
        struct renew_report report = {0};
        if (!gpkg_renew(&request, &report, err)) {
            return false;
        }
        if (!options->is_quiet) {
            say(request.path, &report, err->language);
        }
    }
    return true;
}

static bool check_operands(const struct style_options *options, struct error *err) {
    if (options->results.n == 0 && !options->prints_theme) {
        return error_set(err, ERROR_USAGE, "which result? (chainage style RESULT.gpkg)");
    }
    return options->results.n == 0 || !options->prints_theme ||
           error_set(err, ERROR_USAGE, "style: option '--print-theme' takes no result, found '%s'",
               options->results.at[0]);
}

static int style_main(int argc, char **argv, enum language language) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct style_options options = {0};
    struct error err = {.language = language};

    bool is_fine = options_parse(&style_option_table, argc, argv, &options, &options.results, &err);
    if (is_fine && options.wants_help) {
        help_print_command(&command_style, language);
    } else if (is_fine) {
        is_fine = check_operands(&options, &err) && do_job(&options, &arena, &err);
    }
    words_release(&options.results);
    return is_fine ? 0 : command_fail(&err);
}

const struct command command_style = {
    .name = "style",
    .summary = "renew how results look in QGIS, or print the theme",
    .operands = "RESULT.gpkg...",
    .about =
        "Gives results of `chainage run` the styles, titles and value lists of this version, or of "
        "a theme.  No row of data is touched; a style of your own stays when it has a name of its "
        "own.  A project in the file is renewed too, unless somebody saved it in QGIS: also after "
        "the file got another name, which a project does not survive by itself.",
    .options = &style_option_table,
    .run = style_main,
};
