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

/* What lies about in a folder must look like a survey, not just like a table. */
enum { MOST_DEPTH = 32, LEAST_EVIDENCE = 8 };

static void add(struct delivery *delivery, struct delivered_file file) {
    delivery->at =
        array_reserve(delivery->at, &delivery->capacity, delivery->n + 1, sizeof *delivery->at);
    delivery->at[delivery->n++] = file;
}

static void list_other(
    struct delivery *delivery, const char *path, const char *shown, const char *note) {
    delivery->others = array_reserve(delivery->others, &delivery->others_capacity,
        delivery->n_others + 1, sizeof *delivery->others);
    delivery->others[delivery->n_others++] =
        (struct delivered_file){.path = path, .shown = shown, .note = note};
}

/* In the list and in the findings. */
static void add_other(
    struct delivery *delivery, const char *path, const char *shown, const char *note) {
    list_other(delivery, path, shown, note);
    findings_add(&delivery->findings, FINDING_NO_SURVEY,
        (struct finding_place){.file = text_from(shown)}, "%s", note);
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
    return name[0] == '.' || strncmp(name, "~$", 2) == 0 || strcmp(name, "__MACOSX") == 0 ||
           strcmp(name, "Thumbs.db") == 0 || strcmp(name, "desktop.ini") == 0;
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

/* What no format reads: a survey that is known all the same is missed. */
static void add_unread(
    struct delivery *delivery, const struct source *source, const char *path, const char *shown) {
    const struct unsupported *known = source_unsupported(source);

    if (known == NULL) {
        add_other(delivery, path, shown,
            arena_printf(&delivery->arena, "it looks like %s", source_looks_like(source)).at);
        return;
    }
    list_other(delivery, path, shown,
        arena_printf(&delivery->arena, "it is %s; %s", known->what, known->instead).at);
    findings_add(&delivery->findings,
        known->is_survey ? FINDING_SURVEY_UNSUPPORTED : FINDING_NO_SURVEY,
        (struct finding_place){.file = text_from(shown)}, "it is %s; %s", known->what,
        known->instead);
}

const char delivery_of_shapefile[] = N_("it belongs to a shapefile");

bool delivery_is_of_shapefile(const struct source *source) {
    CLEANUP(arena_release) struct arena arena = {0};
    size_t n = strlen(source->path);

    if (!source_has_extension(source, ".dbf")) {
        return false;
    }
    const char *small = arena_printf(&arena, "%.*s.shp", (int)n - 4, source->path).at;
    const char *capital = arena_printf(&arena, "%.*s.SHP", (int)n - 4, source->path).at;
    return access(small, F_OK) == 0 || access(capital, F_OK) == 0;
}

static bool take_file(struct delivery *delivery, const char *path, const char *shown, bool is_named,
    unsigned depth, struct error *err) {
    struct source source = {0};
    struct error ignored = {0};

    if (!source_open(path, &source, is_named ? err : &ignored)) {
        if (!is_named) {
            add_other(
                delivery, path, shown, arena_copy(&delivery->arena, text_from(ignored.text)).at);
        }
        return !is_named;
    }
    const struct survey_format *format = survey_format_detect(&source);
    /* the first member of a tar begins right behind its name and may look like a survey */
    if ((format == NULL || source.head[0] != 'P') && unpack_is_archive(&source)) {
        if (depth > 0) {
            add_other(delivery, path, shown,
                "an archive in a folder or another archive is not unpacked; name it to read it");
            return true;
        }
        return take_archive(delivery, path, shown, depth, err);
    }
    if (!is_named && format != NULL && format->is_companion != NULL &&
        format->is_companion(&source)) {
        list_other(delivery, path, shown, "it is read together with a file beside it");
    } else if (!is_named && format != NULL && format->is_named_only) {
        add_other(delivery, path, shown, "it is a result of chainage; name it to have it read");
    } else if (!is_named && format != NULL && format->bid(&source) < LEAST_EVIDENCE) {
        add_other(delivery, path, shown, "a table without the headings of a survey");
    } else if (!is_named && delivery_is_of_shapefile(&source)) {
        add_other(delivery, path, shown, delivery_of_shapefile);
    } else if (is_named || format != NULL) {
        add(delivery, (struct delivered_file){path, shown, format, NULL, is_named, NULL});
    } else {
        add_unread(delivery, &source, path, shown);
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
        add_other(delivery, path, shown, "a link in a folder is not followed");
        return true;
    }
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
        return take_folder(delivery, path, shown, depth, err);
    }
    return take_file(delivery, path, shown, is_named, depth, err);
}

/* The files from `from` on were found in the operand, or in the folder that was made for it. */
static void set_root(
    struct delivery *delivery, size_t from, const char *operand, size_t n_folders) {
    const char *root =
        delivery->n_folders > n_folders ? delivery->folders[delivery->n_folders - 1] : operand;

    for (size_t i = from; i < delivery->n; i++) {
        delivery->at[i].root = delivery->at[i].is_named ? NULL : root;
    }
}

bool delivery_open(const char *const *operands, size_t n, struct delivery *out, struct error *err) {
    for (size_t i = 0; i < n; i++) {
        size_t from = out->n, n_folders = out->n_folders;
        if (!take(out, operands[i], operands[i], true, 0, err)) {
            return false;
        }
        set_root(out, from, operands[i], n_folders);
    }
    return true;
}

bool delivery_is_unpacked(const struct delivery *delivery, const char *root) {
    for (size_t i = 0; i < delivery->n_folders; i++) {
        if (strcmp(delivery->folders[i], root) == 0) {
            return true;
        }
    }
    return false;
}

void delivery_release(struct delivery *delivery) {
    for (size_t i = 0; i < delivery->n_folders; i++) {
        unpack_remove(delivery->folders[i]);
    }
    array_release(&delivery->folders);
    array_release(&delivery->at);
    array_release(&delivery->others);
    findings_release(&delivery->findings);
    arena_release(&delivery->arena);
    *delivery = (struct delivery){0};
}
