/* Photos and videos: named where they must be, there where they are named, of one place each. */
#include "core/catalogue/letters.h"
#include "core/check/work.h"
#include "core/reference.h"

/* Who named a photo first. */
struct photos {
    struct index names;
    const struct observation **first; /* an array of its own; with their inspections */
    const struct inspection **of;
    size_t n, capacity, of_capacity;
};

static void photos_release(struct photos *photos) {
    index_release(&photos->names);
    array_release(&photos->first);
    array_release(&photos->of);
}

static const struct file_names *media_of(
    const struct check_work *work, const struct inspection *inspection) {
    const struct check_request *request = work->request;

    return request->media == NULL ? NULL
                                  : request->media[inspection->survey - request->result->surveys];
}

/* --- named --- */

/* Grades as delivered, 1 to 4: those of CJJ 181 and DB31. */
static bool has_delivered_grades(enum catalogue catalogue) {
    return catalogue == CATALOGUE_CJJ181 || catalogue == CATALOGUE_DB31;
}

static void check_named(
    struct check_work *work, const struct inspection *inspection, const struct observation *row) {
    if (!has_delivered_grades(inspection->survey->catalogue) || row->mark == MARK_END ||
        row->grade < work_limit(work, CHECK_PHOTO_NAMED) ||
        (row->more != NULL && row->more->photo.n > 0)) {
        return;
    }
    work_add(work, of_row(CHECK_PHOTO_NAMED, inspection, row, N_("the name of a photo")),
        N_("'%.*s' of grade %d without a photo"),
        TEXT_ARGS(observation_code(inspection, row)->code), (int)row->grade);
}

/* --- there --- */

/* The next that is a name; numbers alone are counters of the camera, not files. */
static bool next_file(struct text *rest, struct text *name) {
    while (reference_next(rest, name)) {
        for (size_t i = 0; i < name->n; i++) {
            if (!is_digit(name->at[i])) {
                return true;
            }
        }
    }
    return false;
}

static void check_there(struct check_work *work, const struct inspection *inspection,
    const struct observation *row, enum check_rule rule, struct text names) {
    const struct file_names *media = media_of(work, inspection);
    struct text name;

    while (media != NULL && next_file(&names, &name)) {
        if (!file_names_has(media, name)) {
            work_add(work, of_row(rule, inspection, row, N_("a file of that name with the survey")),
                N_("'%.*s' is not there"), TEXT_ARGS(text_cut(name, 200)));
        }
    }
}

/* --- of one place --- */

static bool is_same_place(const struct inspection *inspection, const struct observation *row,
    const struct inspection *other, const struct observation *other_row) {
    return inspection == other && row->chainage_m == other_row->chainage_m;
}

static void check_unique(struct check_work *work, const struct inspection *inspection,
    const struct observation *row, struct photos *photos) {
    struct text rest = row->more->photo, name;

    while (next_file(&rest, &name)) {
        uint32_t number = index_add(&photos->names, name, (uint32_t)photos->n);
        if (number == photos->n) {
            photos->first = array_reserve(
                photos->first, &photos->capacity, photos->n + 1, sizeof *photos->first);
            photos->of =
                array_reserve(photos->of, &photos->of_capacity, photos->n + 1, sizeof *photos->of);
            photos->first[photos->n] = row;
            photos->of[photos->n++] = inspection;
        } else if (!is_same_place(inspection, row, photos->of[number], photos->first[number])) {
            work_add(work, of_row(CHECK_PHOTO_UNIQUE, inspection, row, N_("a photo of its own")),
                N_("'%.*s' is also that of '%.*s' at %.2f m"), TEXT_ARGS(text_cut(name, 200)),
                TEXT_ARGS(photos->of[number]->id), photos->first[number]->chainage_m);
        }
    }
}

/* --- all --- */

static void check_inspection(
    struct check_work *work, const struct inspection *inspection, struct photos *photos) {
    const struct observation *rows = inspection_observations(inspection);
    struct text video = inspection->more == NULL ? (struct text){0} : inspection->more->video;

    check_there(work, inspection, NULL, CHECK_VIDEO_THERE, video);
    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        const struct observation *row = &rows[i];
        check_named(work, inspection, row);
        if (row->more == NULL) {
            continue;
        }
        check_there(work, inspection, row, CHECK_PHOTO_THERE, row->more->photo);
        if (!inspection->is_duplicate) {
            check_unique(work, inspection, row, photos);
        }
        if (!text_equal(row->more->video, video)) {
            check_there(work, inspection, row, CHECK_VIDEO_THERE, row->more->video);
            video = row->more->video;
        }
    }
}

void check_pictures(struct check_work *work) {
    const struct result *result = work->request->result;

    for (size_t i = 0; i < result->n_surveys; i++) {
        struct photos photos = {0};
        for (size_t k = 0; k < result->surveys[i].n_inspections; k++) {
            check_inspection(work, &result->surveys[i].inspections[k], &photos);
        }
        photos_release(&photos);
    }
}
