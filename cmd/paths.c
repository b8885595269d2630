#include "cmd/paths.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

bool path_is_same(const char *a, const char *b) {
    struct stat status_a, status_b;

    return stat(a, &status_a) == 0 && stat(b, &status_b) == 0 &&
           status_a.st_dev == status_b.st_dev && status_a.st_ino == status_b.st_ino;
}

static bool check_input(const char *output, const char *input, struct error *err) {
    if (input == NULL || !path_is_same(output, input)) {
        return true;
    }
    return error_set(err, ERROR_USAGE, "the output '%s' is the input '%s'", output, input);
}

/* A GeoPackage, or an empty file: nobody's data. */
static bool is_replaceable(FILE *file) {
    static const char sqlite[] = "SQLite format 3";
    char head[100] = {0};
    size_t n = fread(head, 1, sizeof head, file);

    return n == 0 || (n == sizeof head && memcmp(head, sqlite, sizeof sqlite) == 0 &&
                         memcmp(head + 68, "GPKG", 4) == 0);
}

static bool check_replaced(const char *output, struct error *err) {
    struct stat status;

    if (stat(output, &status) != 0) {
        return true; /* new; what is wrong with the folder is told by the writer */
    }
    if (!S_ISREG(status.st_mode)) {
        return S_ISDIR(status.st_mode)
                   ? error_set(err, ERROR_FILE, "the output '%s' is a folder", output)
                   : error_set(err, ERROR_FILE, "the output '%s' is no regular file", output);
    }
    FILE *file = fopen(output, "rb");
    if (file == NULL) {
        return error_set(
            err, ERROR_FILE, "the output '%s' cannot be opened: %s", output, strerror(errno));
    }
    bool may_go = is_replaceable(file);
    fclose(file);
    if (!may_go) {
        return error_set(err, ERROR_USAGE,
            "the output '%s' is there already and is no GeoPackage; it was left alone", output);
    }
    return true;
}

bool output_check(const struct run_options *options, struct error *err) {
    const char *const inputs[] = {options->network, options->nodes, options->districts,
        options->importance, options->groundwater_path, options->soil_path};

    for (size_t i = 0; i < options->surveys.n; i++) {
        if (!check_input(options->output, options->surveys.at[i], err)) {
            return false;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(inputs); i++) {
        if (!check_input(options->output, inputs[i], err)) {
            return false;
        }
    }
    for (size_t i = 0; i < options->scheme_tables.n; i++) {
        if (!check_input(options->output, options->scheme_tables.at[i], err)) {
            return false;
        }
    }
    return check_replaced(options->output, err);
}
