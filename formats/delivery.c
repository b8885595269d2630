#include "formats/delivery.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base.h"
#include "formats/unpack.h"
#include "formats/unsupported.h"

enum { MOST_DEPTH = 32 };

static void add(struct delivery *delivery, struct delivered_file file) {
    delivery->at =
        array_reserve(delivery->at, &delivery->capacity, delivery->n + 1, sizeof *delivery->at);
    delivery->at[delivery->n++] = file;
}

static const char *joined(struct arena *arena, const char *folder, const char *name) {
    size_t n = strlen(folder);

    while (n > 1 && folder[n - 1] == '/') {
        n--;
    }
    return arena_printf(arena, "%.*s/%s", (int)n, folder, name).at;
}

static bool take(struct delivery *delivery, const char *path, const char *shown, bool is_named,
    unsigned depth, struct error *err);

/* --- folders --- */

static int compare_names(const void *a, const void *b) {
    const char *const *x = a, *const *y = b;

    return strcmp(*x, *y);
}

static void close_folder(DIR **folder) {
    if (*folder != NULL) {
        closedir(*folder);
    }
}

/* Hidden files, and what desktops leave behind, are nobody's delivery. */
static bool is_passed_over(const char *name) {
    return name[0] == '.' || strcmp(name, "__MACOSX") == 0 || strcmp(name, "Thumbs.db") == 0 ||
           strcmp(name, "desktop.ini") == 0;
}

static bool take_folder(struct delivery *delivery, const char *path, const char *shown,
    unsigned depth, struct error *err) {
    CLEANUP(close_folder) DIR *folder = opendir(path);
    CLEANUP(array_release) const char **names = NULL;
    size_t n = 0, capacity = 0;

    if (folder == NULL) {
        return error_set(
            err, ERROR_FILE, "cannot read the folder '%s': %s", shown, strerror(errno));
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (!is_passed_over(entry->d_name)) {
            names = array_reserve(names, &capacity, n + 1, sizeof *names);
            names[n++] = arena_copy(&delivery->arena, text_from(entry->d_name)).at;
        }
    }
    if (n > 0) {
        qsort(names, n, sizeof *names, compare_names);
    }
    for (size_t i = 0; i < n; i++) {
        if (!take(delivery, joined(&delivery->arena, path, names[i]),
                joined(&delivery->arena, shown, names[i]), false, depth + 1, err)) {
            return false;
        }
    }
    return true;
}

/* --- archives --- */

static bool take_archive(struct delivery *delivery, const char *path, const char *shown,
    unsigned depth, struct error *err) {
    const char *folder = unpack_archive(path, shown, &delivery->arena, &delivery->findings, err);

    if (folder == NULL) {
        return false;
    }
    delivery->folders = array_reserve(delivery->folders, &delivery->folders_capacity,
        delivery->n_folders + 1, sizeof *delivery->folders);
    delivery->folders[delivery->n_folders++] = (char *)folder;
    return take_folder(delivery, folder, shown, depth, err);
}

/* --- files --- */

static void report_no_survey(
    struct delivery *delivery, const struct source *source, const char *shown) {
    const struct finding_place place = {.file = text_from(shown)};
    const struct unsupported *known = source_unsupported(source);

    if (known != NULL) {
        findings_add(&delivery->findings,
            known->is_survey ? FINDING_SURVEY_UNSUPPORTED : FINDING_NO_SURVEY, place,
            "it is %s; %s", known->what, known->instead);
        return;
    }
    findings_add(&delivery->findings, FINDING_NO_SURVEY, place, "it looks like %s",
        source_looks_like(source));
}

/* The table of a shapefile: looks like a sheet, and is a part of the network. */
static bool belongs_to_shapefile(const struct source *source, struct arena *arena) {
    size_t n = strlen(source->path);

    if (!source_has_extension(source, ".dbf")) {
        return false;
    }
    const char *small = arena_printf(arena, "%.*s.shp", (int)n - 4, source->path).at;
    const char *capital = arena_printf(arena, "%.*s.SHP", (int)n - 4, source->path).at;
    return access(small, F_OK) == 0 || access(capital, F_OK) == 0;
}

static bool take_file(struct delivery *delivery, const char *path, const char *shown, bool is_named,
    unsigned depth, struct error *err) {
    struct source source = {0};
    struct error ignored = {0};

    if (!source_open(path, &source, is_named ? err : &ignored)) {
        if (!is_named) {
            findings_add(&delivery->findings, FINDING_NO_SURVEY,
                (struct finding_place){.file = text_from(shown)}, "%s", ignored.text);
        }
        return !is_named;
    }
    const struct survey_format *format = survey_format_detect(&source);
    if (format == NULL && unpack_is_archive(&source)) {
        if (depth > 0) {
            findings_add(&delivery->findings, FINDING_NO_SURVEY,
                (struct finding_place){.file = text_from(shown)},
                "an archive in a folder or another archive is not unpacked; name it to read it");
            return true;
        }
        return take_archive(delivery, path, shown, depth, err);
    }
    if (!is_named && belongs_to_shapefile(&source, &delivery->arena)) {
        findings_add(&delivery->findings, FINDING_NO_SURVEY,
            (struct finding_place){.file = text_from(shown)}, "it belongs to a shapefile");
    } else if (is_named || format != NULL) {
        add(delivery, (struct delivered_file){path, shown, format, is_named});
    } else {
        report_no_survey(delivery, &source, shown);
    }
    return true;
}

static bool take(struct delivery *delivery, const char *path, const char *shown, bool is_named,
    unsigned depth, struct error *err) {
    struct stat about;

    if (depth > MOST_DEPTH) {
        return error_set(err, ERROR_FILE, "the folder '%s' lies too deep", shown);
    }
    if (lstat(path, &about) == 0 && !is_named && S_ISLNK(about.st_mode)) {
        findings_add(&delivery->findings, FINDING_NO_SURVEY,
            (struct finding_place){.file = text_from(shown)}, "a link in a folder is not followed");
        return true;
    }
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
        return take_folder(delivery, path, shown, depth, err);
    }
    return take_file(delivery, path, shown, is_named, depth, err);
}

bool delivery_open(const char *const *operands, size_t n, struct delivery *out, struct error *err) {
    for (size_t i = 0; i < n; i++) {
        if (!take(out, operands[i], operands[i], true, 0, err)) {
            return false;
        }
    }
    return true;
}

void delivery_release(struct delivery *delivery) {
    for (size_t i = 0; i < delivery->n_folders; i++) {
        unpack_remove(delivery->folders[i]);
    }
    array_release(&delivery->folders);
    array_release(&delivery->at);
    findings_release(&delivery->findings);
    arena_release(&delivery->arena);
    *delivery = (struct delivery){0};
}
