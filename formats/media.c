/* First which names are wanted, then one walk through each folder that keeps those files only. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "formats/media.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/index.h"
#include "core/reference.h"
#include "formats/gpkg/paths.h"
#include "formats/media/copies.h"
#include "formats/media/walk.h"
#include "formats/media_files.h"

struct file {
    struct text path;  /* normalised, from its folder */
    struct text shown; /* from the output's folder */
    struct text given; /* from its folder, as it is */
    uint32_t next;     /* with the same name; INDEX_NONE: the last */
    bool is_used;      /* some reference means it */
    bool is_copy;      /* made by an earlier run for the same output */
};

struct folder {
    struct media *media;
    struct text path; /* absolute */
    struct index names;
    struct file *files; /* an array of its own */
    size_t n, capacity;
};

struct media {
    struct arena arena;
    struct text output_folder; /* absolute */
    struct text copies;        /* OUTPUT-media/, from there */
    struct index wanted;       /* normalised names */
    struct index known;        /* folders by their path */
    struct folder *folders;    /* an array of its own */
    size_t n_folders, capacity;
    uint32_t *of_surveys; /* the folder of each survey, INDEX_NONE when it has none */
    uint32_t *given;      /* in order */
    size_t n_given;
};

/* --- which names are wanted --- */

struct texts {
    struct text at[3]; /* lists of references */
};

static struct texts of_observation(const struct observation *observation) {
    const struct observation_more *more = observation->more;

    return more == NULL ? (struct texts){0} : (struct texts){{more->photo, more->video}};
}

static struct texts of_inspection(const struct inspection *inspection) {
    return inspection->more == NULL ? (struct texts){0} : (struct texts){{inspection->more->video}};
}

/* Calls `visit` for each reference of the survey. */
struct visitor {
    void (*visit)(
        void *context, struct text reference, const struct inspection *inspection, uint32_t line);
    void *context;
};

static void visit_texts(const struct visitor *visitor, struct texts texts,
    const struct inspection *inspection, uint32_t line) {
    struct text reference;

    for (size_t i = 0; i < ARRAY_LEN(texts.at); i++) {
        while (reference_next(&texts.at[i], &reference)) {
            visitor->visit(visitor->context, reference, inspection, line);
        }
    }
}

static void visit_survey(const struct survey *survey, const struct visitor *visitor) {
    for (size_t i = 0; i < survey->n_inspections; i++) {
        const struct inspection *inspection = &survey->inspections[i];
        const struct observation *observations = inspection_observations(inspection);
        visit_texts(visitor, of_inspection(inspection), inspection, inspection->line);
        for (size_t k = 0; k < inspection->n_observations; k++) {
            visit_texts(
                visitor, of_observation(&observations[k]), inspection, observations[k].line);
        }
    }
}

struct collector {
    struct media *media;
    size_t n;
};

static void want(
    void *context, struct text reference, const struct inspection *inspection, uint32_t line) {
    struct collector *collector = context;
    struct media *media = collector->media;
    char normal[REFERENCE_SIZE];
    struct text name = text_base_name(reference_normalise(reference, normal));

    (void)inspection;
    (void)line;
    collector->n++;
    if (name.n > 0 && index_find(&media->wanted, name) == INDEX_NONE) {
        index_add(&media->wanted, arena_copy(&media->arena, name), 0);
    }
}

/* --- what is there --- */

static void keep(struct folder *folder, struct text key, struct text path, struct text normal) {
    struct media *media = folder->media;
    struct text absolute =
        arena_printf(&media->arena, "%.*s/%.*s", TEXT_ARGS(folder->path), TEXT_ARGS(path));
    uint32_t place = (uint32_t)folder->n;

    folder->files =
        array_reserve(folder->files, &folder->capacity, folder->n + 1, sizeof *folder->files);
    folder->files[folder->n++] = (struct file){
        .path = arena_copy(&media->arena, normal),
        .shown = path_from_folder(&media->arena, media->output_folder, absolute),
        .given = arena_copy(&media->arena, path),
        .next = INDEX_NONE,
    };
    struct file *file = &folder->files[place];
    file->is_copy = text_starts_with(file->shown, media->copies);
    uint32_t first = index_find(&folder->names, key);
    if (first == INDEX_NONE) {
        index_add(&folder->names, arena_copy(&media->arena, key), place);
    } else {
        folder->files[place].next = folder->files[first].next;
        folder->files[first].next = place;
    }
}

static void look_at(void *context, struct text path) {
    struct folder *folder = context;
    char normal_bytes[REFERENCE_SIZE];
    struct text normal = reference_normalise(path, normal_bytes);
    struct text name = text_base_name(normal), stem = reference_stem(name);

    if (name.n == 0) {
        return;
    }
    if (index_find(&folder->media->wanted, name) != INDEX_NONE) {
        keep(folder, name, path, normal);
    }
    if (stem.n < name.n && index_find(&folder->media->wanted, stem) != INDEX_NONE) {
        keep(folder, stem, path, normal);
    }
}

static bool absolute_path(struct arena *arena, struct text path, struct text *out) {
    char found[PATH_MAX];
    const char *given = arena_copy(arena, path).at;

    if (given == NULL || realpath(given, found) == NULL) {
        return false;
    }
    *out = arena_copy(arena, text_from(found));
    return true;
}

static struct text folder_of(struct text path) {
    struct text name = text_base_name(path);

    return name.n == path.n ? TEXT(".") : text_part(path, 0, path.n - name.n);
}

static struct text folder_of_survey(struct media *media, struct text path) {
    const char *given = arena_copy(&media->arena, path).at;

    return text_from(media_files_folder(given == NULL ? "" : given, &media->arena));
}

/* The number of the folder, which is looked through when it is new; INDEX_NONE when it cannot be
 * read. */
static uint32_t add_folder(struct media *media, struct text given) {
    struct text path;

    if (!absolute_path(&media->arena, given, &path)) {
        return INDEX_NONE;
    }
    uint32_t known = index_find(&media->known, path);
    if (known != INDEX_NONE) {
        return known;
    }
    struct folder folder = {.media = media, .path = path};
    if (!walk_folder(path.at, &(struct walk){look_at, &folder, 0})) {
        return INDEX_NONE;
    }
    media->folders = array_reserve(
        media->folders, &media->capacity, media->n_folders + 1, sizeof *media->folders);
    media->folders[media->n_folders] = folder;
    return index_add(&media->known, path, (uint32_t)media->n_folders++);
}

/* --- which file is meant --- */

enum outcome {
    OUTCOME_NONE,
    OUTCOME_ONE,
    OUTCOME_SEVERAL,
};

/* How sure it is that the file is meant: to the letter, or by as many folders as are alike; a copy
 * only when no other is there, so that a second run finds what the first one did. */
static size_t likeness(const struct file *file, struct text normal) {
    enum { SURE = 2 * REFERENCE_SIZE }; /* more than a path has folders */

    if (text_equal(file->path, normal)) {
        return 2 * SURE;
    }
    return 1 + reference_common(file->path, normal) + (file->is_copy ? 0 : SURE);
}

static enum outcome find_in(const struct folder *folder, struct text normal, struct file **out) {
    size_t most = 0;
    enum outcome outcome = OUTCOME_NONE;

    for (uint32_t i = index_find(&folder->names, text_base_name(normal)); i != INDEX_NONE;
         i = folder->files[i].next) {
        struct file *file = &folder->files[i];
        size_t alike = likeness(file, normal);
        if (alike > most) {
            most = alike;
            *out = file;
            outcome = OUTCOME_ONE;
        } else if (alike == most) {
            outcome = OUTCOME_SEVERAL;
        }
    }
    return outcome;
}

static enum outcome find_anywhere(
    const struct media *media, size_t survey, struct text reference, struct file **out) {
    char bytes[REFERENCE_SIZE];
    struct text normal = reference_normalise(reference, bytes);
    uint32_t own = media->of_surveys[survey];
    enum outcome outcome = OUTCOME_NONE;

    if (normal.n == 0) {
        return OUTCOME_NONE;
    }
    if (own != INDEX_NONE) {
        outcome = find_in(&media->folders[own], normal, out);
    }
    for (size_t i = 0; i < media->n_given && outcome == OUTCOME_NONE; i++) {
        outcome = find_in(&media->folders[media->given[i]], normal, out);
    }
    return outcome;
}

struct text media_find(const struct media *media, size_t survey, struct text reference) {
    struct file *file = NULL;

    if (media == NULL || find_anywhere(media, survey, reference, &file) != OUTCOME_ONE) {
        return (struct text){0};
    }
    return file->shown;
}

/* --- what is not there --- */

struct checker {
    const struct media *media;
    size_t survey;
    struct {
        size_t n;
        struct text first;
        struct finding_place place;
    } missing, ambiguous;
};

static void check(
    void *context, struct text reference, const struct inspection *inspection, uint32_t line) {
    struct checker *checker = context;
    struct file *file = NULL;

    switch (find_anywhere(checker->media, checker->survey, reference, &file)) {
    case OUTCOME_ONE:
        file->is_used = true;
        return;
    case OUTCOME_NONE:
        if (checker->missing.n++ == 0) {
            checker->missing.first = reference;
            checker->missing.place = inspection_place(inspection, line);
        }
        return;
    case OUTCOME_SEVERAL:
        if (checker->ambiguous.n++ == 0) {
            checker->ambiguous.first = reference;
            checker->ambiguous.place = inspection_place(inspection, line);
        }
        return;
    }
}

static void check_survey(const struct media *media, size_t number, const struct survey *survey,
    struct findings *findings) {
    struct checker checker = {.media = media, .survey = number};

    visit_survey(survey, &(struct visitor){check, &checker});
    if (checker.missing.n > 0) {
        findings_add(findings, FINDING_MEDIA_MISSING, checker.missing.place, "%zu in all: '%.*s'",
            checker.missing.n, TEXT_ARGS(checker.missing.first));
    }
    if (checker.ambiguous.n > 0) {
        findings_add(findings, FINDING_MEDIA_AMBIGUOUS, checker.ambiguous.place,
            "%zu in all: '%.*s'", checker.ambiguous.n, TEXT_ARGS(checker.ambiguous.first));
    }
}

/* --- copies beside the output --- */

static bool lies_below_output(const struct file *file) {
    return !text_starts_with(file->shown, TEXT("../"));
}

static void add_unreadable(struct findings *findings, size_t n, struct text first) {
    const struct finding_place place = {.file = first};

    if (n > 0) {
        findings_add(
            findings, FINDING_MEDIA_UNREADABLE, place, "%zu in all: '%.*s'", n, TEXT_ARGS(first));
    }
}

static bool is_to_copy(const struct file *file) {
    return file->is_used && !lies_below_output(file);
}

/* Each folder gets one of its own, by its number, and keeps its order inside. */
static size_t list_copies(struct media *media, struct copies_file *copies, struct file **files) {
    size_t n = 0;

    for (size_t i = 0; i < media->n_folders; i++) {
        const struct folder *folder = &media->folders[i];
        for (size_t k = 0; k < folder->n; k++) {
            struct text given = folder->files[k].given;
            if (!is_to_copy(&folder->files[k])) {
                continue;
            }
            files[n] = &folder->files[k];
            copies[n++] = (struct copies_file){
                .from = arena_printf(
                    &media->arena, "%.*s/%.*s", TEXT_ARGS(folder->path), TEXT_ARGS(given))
                            .at,
                .wanted = arena_printf(&media->arena, "%zu/%.*s", i + 1, TEXT_ARGS(given)),
            };
        }
    }
    return n;
}

static size_t count_copies(const struct media *media) {
    size_t n = 0;

    for (size_t i = 0; i < media->n_folders; i++) {
        for (size_t k = 0; k < media->folders[i].n; k++) {
            n += is_to_copy(&media->folders[i].files[k]);
        }
    }
    return n;
}

/* Files that cannot be read are a flaw of the delivery, no reason to stop. */
static void show_copies(struct media *media, const struct copies_file *copies,
    struct file *const *files, size_t n, struct findings *findings) {
    struct text unreadable = {0};
    size_t n_unreadable = 0;

    for (size_t i = 0; i < n; i++) {
        struct file *file = files[i];
        if (copies[i].copy.n > 0) {
            file->shown = arena_printf(
                &media->arena, "%.*s%.*s", TEXT_ARGS(media->copies), TEXT_ARGS(copies[i].copy));
        } else if (n_unreadable++ == 0 || text_compare(file->shown, unreadable) < 0) {
            unreadable = file->shown;
        }
    }
    add_unreadable(findings, n_unreadable, unreadable);
}

static bool copy_used(struct media *media, struct findings *findings, struct error *err) {
    size_t n = count_copies(media);
    struct copies_file *copies = ARENA_NEW(&media->arena, struct copies_file, n);
    struct file **files = ARENA_NEW(&media->arena, struct file *, n);
    struct text folder = text_part(media->copies, 0, media->copies.n - 1);
    const struct copies_request request = {
        .folder = arena_printf(
            &media->arena, "%.*s/%.*s", TEXT_ARGS(media->output_folder), TEXT_ARGS(folder))
                      .at,
        .names = &media->wanted,
        .files = copies,
        .n = list_copies(media, copies, files),
    };

    if (!copies_make(&request, &media->arena, err)) {
        return false;
    }
    show_copies(media, copies, files, n, findings);
    return true;
}

/* --- the whole --- */

static bool add_given(struct media *media, const struct media_request *request, struct error *err) {
    media->given = ARENA_NEW(&media->arena, uint32_t, request->n_folders);
    for (size_t i = 0; i < request->n_folders; i++) {
        uint32_t folder = add_folder(media, text_from(request->folders[i]));
        if (folder == INDEX_NONE) {
            return error_set(err, ERROR_FILE, "cannot read folder '%s'", request->folders[i]);
        }
        media->given[media->n_given++] = folder;
    }
    return true;
}

/* OUTPUT-media/, without the output's extension. */
static struct text copies_name(struct arena *arena, const char *output) {
    struct text stem = reference_stem(text_base_name(text_from(output)));

    return arena_printf(arena, "%.*s-media/", TEXT_ARGS(stem));
}

bool media_new(const struct media_request *request, struct findings *findings, struct media **out,
    struct error *err) {
    const struct result *result = request->result;
    size_t capacity = 0;
    CLEANUP(media_release)
    struct media *media = array_reserve(NULL, &capacity, 1, sizeof *media);

    *media = (struct media){0};
    if (!absolute_path(
            &media->arena, folder_of(text_from(request->output)), &media->output_folder)) {
        return error_set(err, ERROR_FILE, "cannot find the folder of '%s'", request->output);
    }
    media->copies = copies_name(&media->arena, request->output);
    media->of_surveys = ARENA_NEW(&media->arena, uint32_t, result->n_surveys);
    bool *names_any = ARENA_NEW(&media->arena, bool, result->n_surveys);
    for (size_t i = 0; i < result->n_surveys; i++) {
        struct collector collector = {.media = media};
        visit_survey(&result->surveys[i], &(struct visitor){want, &collector});
        names_any[i] = collector.n > 0;
    }
    for (size_t i = 0; i < result->n_surveys; i++) {
        media->of_surveys[i] =
            names_any[i] ? add_folder(media, folder_of_survey(media, result->surveys[i].file.path))
                         : INDEX_NONE;
    }
    if (!add_given(media, request, err)) {
        return false;
    }
    for (size_t i = 0; i < result->n_surveys; i++) {
        if (names_any[i]) {
            check_survey(media, i, &result->surveys[i], findings);
        }
    }
    if (request->copies && !copy_used(media, findings, err)) {
        return error_wrap(err, "copying photos and videos");
    }
    *out = media;
    media = NULL;
    return true;
}

void media_release(struct media **media) {
    if (*media == NULL) {
        return;
    }
    for (size_t i = 0; i < (*media)->n_folders; i++) {
        index_release(&(*media)->folders[i].names);
        array_release(&(*media)->folders[i].files);
    }
    array_release(&(*media)->folders);
    index_release(&(*media)->wanted);
    index_release(&(*media)->known);
    arena_release(&(*media)->arena);
    array_release(media);
}
