/* Photos and clips of WinCan: rows of SECOBSMM and NODOBSMM, each of one observation.  A clip hangs
 * at the observation where it begins; the times behind that count in it. */
#include <math.h>
#include <stdlib.h>

#include "core/base.h"
#include "formats/survey/wincan.h"

enum medium_kind {
    MEDIUM_OTHER,
    MEDIUM_PHOTO,
    MEDIUM_VIDEO,
};

static bool ends_with(struct text text, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct text part = text_from(list[i]);
        if (text.n >= part.n && text_equal_nocase(text_part(text, text.n - part.n, text.n), part)) {
            return true;
        }
    }
    return false;
}

/* OMM_Type PI1, PI2: pictures; CLI: a clip; for others the name of the file tells. */
static enum medium_kind kind_of(struct text type, struct text name) {
    static const char *const photos[] = {
        ".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp"};
    static const char *const videos[] = {
        ".mp4", ".avi", ".mpg", ".mpeg", ".wmv", ".mov", ".mkv", ".m4v", ".flv"};

    if (text_starts_with(type, TEXT("PI"))) {
        return MEDIUM_PHOTO;
    }
    if (text_starts_with(type, TEXT("CLI"))) {
        return MEDIUM_VIDEO;
    }
    return ends_with(name, photos, ARRAY_LEN(photos))   ? MEDIUM_PHOTO
           : ends_with(name, videos, ARRAY_LEN(videos)) ? MEDIUM_VIDEO
                                                        : MEDIUM_OTHER;
}

static struct text path_of(struct wincan *wincan, const struct wincan_row *row) {
    struct text folder = wincan_value(row, WC_MEDIA_OMM_FilePath);
    struct text name = wincan_value(row, WC_MEDIA_OMM_FileName);
    bool is_closed =
        folder.n > 0 && (folder.at[folder.n - 1] == '\\' || folder.at[folder.n - 1] == '/');

    return arena_printf(&wincan->survey->arena, "%.*s%s%.*s", TEXT_ARGS(folder),
        folder.n == 0 || is_closed ? "" : "\\", TEXT_ARGS(name));
}

/* What the row tells of a medium of this observation; MEDIUM_OTHER, which is said, when none. */
static enum medium_kind read_medium(struct wincan *wincan, const struct wincan_row *row,
    uint32_t observation, struct wincan_medium *out) {
    struct text name = wincan_value(row, WC_MEDIA_OMM_FileName);
    enum medium_kind kind = kind_of(wincan_value(row, WC_MEDIA_OMM_Type), name);

    if (name.n == 0 || kind == MEDIUM_OTHER) {
        wincan_find(wincan, FINDING_UNKNOWN_VALUE, row,
            name.n == 0 ? WC_MEDIA_OMM_FileName : WC_MEDIA_OMM_Type);
        return MEDIUM_OTHER;
    }
    *out = (struct wincan_medium){
        .observation = observation,
        .line = row->line,
        .path = path_of(wincan, row).at,
    };
    return kind;
}

void wincan_take_medium(struct wincan *wincan, struct wincan_row *row) {
    double order = wincan_number(wincan, row, WC_MEDIA_OMM_SortOrder);
    struct wincan_medium medium;

    if (wincan_is_deleted(row, WC_MEDIA_OMM_Deleted)) {
        return;
    }
    uint32_t observation = wincan_follow_memo(
        &wincan->observation_keys, row, WC_MEDIA_OMM_Observation_FK, &wincan->observation_memo);
    if (observation == INDEX_NONE) {
        wincan->n_orphans++;
        return;
    }
    enum medium_kind kind = read_medium(wincan, row, observation, &medium);
    if (kind == MEDIUM_OTHER) {
        return;
    }
    struct wincan_media *media = kind == MEDIUM_VIDEO ? &wincan->videos : &wincan->photos;
    media->at = array_reserve(media->at, &media->capacity, media->n + 1, sizeof *media->at);
    media->at[media->n] = medium;
    media->at[media->n++].order = isnan(order) ? 0 : order;
}

static int by_order(const void *a, const void *b) {
    const struct wincan_medium *x = a, *y = b;

    if (x->observation != y->observation) {
        return x->observation < y->observation ? -1 : 1;
    }
    if (x->order != y->order) {
        return x->order < y->order ? -1 : 1;
    }
    return x->line < y->line ? -1 : x->line > y->line;
}

/* An array grows by what is joined to it: a text of many parts costs no more than its length. */
static void join(struct arena *arena, struct text *list, struct text path) {
    enum { LIST_MAX = 4000 };

    if (list->n < LIST_MAX) {
        *list = list->n == 0 ? path
                             : arena_printf(arena, "%.*s;%.*s", TEXT_ARGS(*list), TEXT_ARGS(path));
    }
}

static void hang_photo(struct wincan *wincan, const struct wincan_medium *medium) {
    struct survey *survey = wincan->survey;
    struct observation *observation = &survey->observations[medium->observation];

    join(&survey->arena, &observation_more(survey, observation)->photo, text_from(medium->path));
}

/* At the inspection too. */
static void hang_video(
    struct wincan *wincan, const struct wincan_medium *medium, uint32_t inspection) {
    struct survey *survey = wincan->survey;
    struct observation *observation = &survey->observations[medium->observation];
    struct text *videos = &inspection_more(survey, &survey->inspections[inspection])->video;
    struct text path = text_from(medium->path);

    join(&survey->arena, &observation_more(survey, observation)->video, path);
    if (!text_contains(*videos, path)) {
        join(&survey->arena, videos, path);
    }
}

void wincan_take_own_medium(struct wincan *wincan, struct wincan_row *row) {
    uint32_t observation = (uint32_t)wincan->survey->n_observations - 1;
    struct wincan_medium medium;

    switch (read_medium(wincan, row, observation, &medium)) {
    case MEDIUM_OTHER:
        break;
    case MEDIUM_PHOTO:
        hang_photo(wincan, &medium);
        break;
    case MEDIUM_VIDEO:
        hang_video(wincan, &medium, wincan->last_inspection);
        break;
    }
}

static void put_in_order(struct wincan_media *media) {
    for (size_t i = 1; i < media->n; i++) {
        if (by_order(&media->at[i - 1], &media->at[i]) > 0) {
            qsort(media->at, media->n, sizeof *media->at, by_order);
            return;
        }
    }
}

void wincan_media_finish(struct wincan *wincan) {
    uint32_t near = 0;

    put_in_order(&wincan->photos);
    for (size_t i = 0; i < wincan->photos.n; i++) {
        hang_photo(wincan, &wincan->photos.at[i]);
    }
    put_in_order(&wincan->videos);
    for (size_t i = 0; i < wincan->videos.n; i++) {
        const struct wincan_medium *medium = &wincan->videos.at[i];
        hang_video(wincan, medium, wincan_inspection_of(wincan, medium->observation, &near));
    }
}

/* After the observations are in order: each has the clip that was running. */
void wincan_media_carry(struct wincan *wincan) {
    struct survey *survey = wincan->survey;

    for (size_t i = 0; i < survey->n_inspections; i++) {
        struct observation *observations = inspection_observations(&survey->inspections[i]);
        struct text running = {0};
        for (size_t k = 0; k < survey->inspections[i].n_observations; k++) {
            struct observation_more *more = observations[k].more;
            if (more != NULL && more->video.n > 0) {
                running = more->video;
            } else if (running.n > 0) {
                observation_more(survey, &observations[k])->video = running;
            }
        }
    }
}
