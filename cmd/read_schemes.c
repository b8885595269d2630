#include "cmd/read_schemes.h"

#include <string.h>

#include "cmd/print.h"
#include "formats/scheme_table.h"
#include "formats/source.h"

#define SUM_MARK "#sha256="

static void tell_flaws(const struct findings *findings) {
    for (size_t i = 0; i < findings->n; i++) {
        const struct finding *finding = &findings->at[i];
        if (finding->kind == FINDING_SCHEME_ROW_INVALID) {
            fputs("chainage: ", stderr);
            print_text(stderr, finding->place.file);
            fprintf(stderr, ":%u: ", finding->place.line);
            print_text(stderr, finding->detail);
            fputc('\n', stderr);
        }
    }
}

/* The option's value as it is and as it shall be: a file, and the sum that it must have or gets. */
static bool check_sum(const char **value, const char *path, const char *wanted,
    struct run_schemes *out, struct error *err) {
    char sha256[65] = "";

    if (!source_sha256(path, sha256, err)) {
        return false;
    }
    if (wanted != NULL && strcmp(wanted, sha256) != 0) {
        return error_set(
            err, ERROR_FORMAT, "reading '%s': its SHA-256 is '%s', not '%s'", path, sha256, wanted);
    }
    *value = arena_printf(&out->arena, "%s" SUM_MARK "%s", path, sha256).at;
    return true;
}

static bool read_one(const char **value, const char *encoding, struct run_schemes *out,
    struct findings *findings, struct error *err) {
    const struct scheme_set base = out->set;
    const struct scheme_table_request request = {
        .base = &base, .encoding = encoding, .arena = &out->arena};
    const char *mark = strstr(*value, SUM_MARK);
    const char *path =
        mark == NULL ? *value
                     : arena_copy(&out->arena, (struct text){*value, (size_t)(mark - *value)}).at;

    return scheme_table_read(path, &request, &out->set, findings, err) &&
           check_sum(value, path, mark == NULL ? NULL : mark + strlen(SUM_MARK), out, err);
}

bool run_schemes_read(struct run_options *options, struct run_schemes *out,
    struct findings *findings, struct error *err) {
    out->set = scheme_built_in;
    for (size_t i = 0; i < options->scheme_tables.n; i++) {
        const char **value = &options->scheme_tables.at[i];
        if (!read_one(value, options->encoding, out, findings, err)) {
            tell_flaws(findings);
            return false;
        }
    }
    options->pipeline.assess.schemes = &out->set;
    return true;
}

void run_schemes_release(struct run_schemes *schemes) {
    arena_release(&schemes->arena);
    *schemes = (struct run_schemes){0};
}
