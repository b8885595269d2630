#define _XOPEN_SOURCE 700 /* symlink, nftw */
#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "formats/media.h"

/* A folder with a survey and photos, and one beside it that nobody gave. */
struct place {
    char path[64];
};

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *walk) {
    (void)info;
    (void)type;
    (void)walk;
    return remove(path);
}

static void place_release(struct place *place) {
    nftw(place->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void path_in(const struct place *place, const char *name, char out[256]) {
    snprintf(out, 256, "%s/%s", place->path, name);
}

static void make_folder(const struct place *place, const char *name) {
    char path[256];

    path_in(place, name, path);
    cr_assert_eq(mkdir(path, 0700), 0, "%s", path);
}

static void make_file(const struct place *place, const char *name) {
    char path[256];

    path_in(place, name, path);
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file, "%s", path);
    fputs(name, file); /* no two are the same */
    fclose(file);
}

static struct place place_new(void) {
    struct place place = {"/tmp/chainage-media-XXXXXX"};
    char target[256], link[256];

    cr_assert_not_null(mkdtemp(place.path));
    static const char *const folders[] = {
        "job", "job/Photos", "job/Photos/A", "job/Photos/B", "card", "card/DCIM", "secret", "out"};
    static const char *const files[] = {"job/s.csv", "job/top.jpg", "job/Photos/One.JPG",
        "job/Photos/A/two.jpg", "job/Photos/B/two.jpg", "job/Photos/照片 3.jpg", "card/DCIM/4.mpg",
        "card/one.jpg", "secret/five.jpg"};
    for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
        make_folder(&place, folders[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        make_file(&place, files[i]);
    }
    path_in(&place, "secret", target);
    path_in(&place, "job/Photos/link", link);
    cr_assert_eq(symlink(target, link), 0);
    path_in(&place, "secret/five.jpg", target);
    path_in(&place, "job/five.jpg", link);
    cr_assert_eq(symlink(target, link), 0);
    return place;
}

/* With one observation for each photo. */
static void fill(
    struct result *result, const struct place *place, const char *const *photos, size_t n) {
    size_t capacity = 0;

    *result = (struct result){.n_surveys = 1};
    result->surveys = array_reserve(NULL, &capacity, 1, sizeof *result->surveys);
    struct survey *survey = &result->surveys[0];
    *survey = (struct survey){.n_observations = 0};
    survey->file.path = arena_printf(&survey->arena, "%s/job/s.csv", place->path);
    survey_add_inspection(survey)->id = TEXT("I1");
    for (size_t i = 0; i < n; i++) {
        struct observation *observation = survey_add_observation(survey);
        observation->line = (uint32_t)i + 2;
        observation_more(survey, observation)->photo = text_from(photos[i]);
    }
}

static const struct {
    const char *name, *reference, *want;
} cases[] = {
    {"in the survey's folder",               "top.jpg",                   "../job/top.jpg"            },
    {"below it, in another case",            "one.jpg",                   "../job/Photos/One.JPG"     },
    {"by a path of another machine",         "D:\\Work\\Photos\\ONE.jpg", "../job/Photos/One.JPG"     },
    {"the folder decides between two",       "X:\\b\\two.jpg",            "../job/Photos/B/two.jpg"   },
    {"of two nobody knows which",            "two.jpg",                   NULL                        },
    {"in another script, without extension", "照片 3",                  "../job/Photos/照片 3.jpg"},
    {"in a given folder",                    "4.MPG",                     "../card/DCIM/4.mpg"        },
    {"behind a link to a folder",            "link/five.jpg",             NULL                        },
    {"behind a link to a file",              "five.jpg",                  NULL                        },
    {"outside",                              "../secret/five.jpg",        NULL                        },
    {"nowhere",                              "6.jpg",                     NULL                        },
    {"a folder is no file",                  "Photos",                    NULL                        },
};

Test(media, files_are_found_by_name) {
    CLEANUP(place_release) struct place place = place_new();
    CLEANUP(media_release) struct media *media = NULL;
    CLEANUP(result_release) struct result result = {0};
    struct error err = {0};
    const char *photos[ARRAY_LEN(cases)];
    char card[256], output[256];

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        photos[i] = cases[i].reference;
    }
    fill(&result, &place, photos, ARRAY_LEN(cases));
    path_in(&place, "card", card);
    path_in(&place, "out/o.gpkg", output);
    cr_assert(media_new(
                  &(struct media_request){
                      .result = &result,
                      .folders = (const char *const[]){card},
                      .n_folders = 1,
                      .output = output,
                  },
                  &result.findings, &media, &err),
        "%s", err.text);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct text got = media_find(media, 0, text_from(cases[i].reference));
        cr_expect(
            text_equal(got, text_from(cases[i].want)), "%s: '%.*s'", cases[i].name, TEXT_ARGS(got));
    }
    cr_assert_eq(result.findings.n, 2);
    cr_expect_eq(result.findings.at[0].kind, FINDING_MEDIA_MISSING);
    cr_expect(text_equal(result.findings.at[0].detail, TEXT("5 in all: 'link/five.jpg'")), "%.*s",
        TEXT_ARGS(result.findings.at[0].detail));
    cr_expect_eq(result.findings.at[0].place.line, 9);
    cr_expect_eq(result.findings.at[1].kind, FINDING_MEDIA_AMBIGUOUS);
    cr_expect(text_equal(result.findings.at[1].detail, TEXT("1 in all: 'two.jpg'")), "%.*s",
        TEXT_ARGS(result.findings.at[1].detail));
}

Test(media, a_database_in_db_has_its_photos_beside_that_folder) {
    CLEANUP(place_release) struct place place = place_new();
    CLEANUP(media_release) struct media *media = NULL;
    CLEANUP(result_release) struct result result = {0};
    struct error err = {0};
    const char *photos[] = {"one.jpg"};
    char output[256];

    make_folder(&place, "job/Db");
    fill(&result, &place, photos, 1);
    result.surveys[0].file.path =
        arena_printf(&result.surveys[0].arena, "%s/job/Db/p.db3", place.path);
    path_in(&place, "out/o.gpkg", output);
    cr_assert(media_new(&(struct media_request){.result = &result, .output = output},
                  &result.findings, &media, &err),
        "%s", err.text);
    struct text got = media_find(media, 0, TEXT("one.jpg"));
    cr_expect(text_equal(got, TEXT("../job/Photos/One.JPG")), "'%.*s'", TEXT_ARGS(got));
}

static void find_with_copies(
    const struct place *place, struct result *result, struct media **media, const char *output) {
    struct error err = {0};
    char card[256];

    path_in(place, "card", card);
    cr_assert(media_new(
                  &(struct media_request){
                      .result = result,
                      .folders = (const char *const[]){card},
                      .n_folders = 1,
                      .output = output,
                      .copies = true,
                  },
                  &result->findings, media, &err),
        "%s", err.text);
}

static bool is_file(const struct place *place, const char *name) {
    char path[256];
    struct stat info;

    path_in(place, name, path);
    return lstat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* The output lies in the survey's folder: a second run finds the copies of the first one there. */
Test(media, copies_lie_beside_the_output) {
    static const char *const photos[] = {"top.jpg", "4.mpg", "6.jpg"};
    CLEANUP(place_release) struct place place = place_new();
    CLEANUP(result_release) struct result result = {0};
    char output[256];

    fill(&result, &place, photos, ARRAY_LEN(photos));
    make_folder(&place, "job/out");
    path_in(&place, "job/out/o.gpkg", output);
    for (int run = 0; run < 2; run++) {
        CLEANUP(media_release) struct media *media = NULL;
        find_with_copies(&place, &result, &media, output);
        struct text top = media_find(media, 0, TEXT("top.jpg"));
        struct text film = media_find(media, 0, TEXT("4.mpg"));
        cr_expect(text_equal(top, TEXT("o-media/1/top.jpg")), "'%.*s'", TEXT_ARGS(top));
        cr_expect(text_equal(film, TEXT("o-media/2/DCIM/4.mpg")), "'%.*s'", TEXT_ARGS(film));
    }
    cr_expect(is_file(&place, "job/out/o-media/1/top.jpg"));
    cr_expect(is_file(&place, "job/out/o-media/2/DCIM/4.mpg"));
    cr_expect_not(is_file(&place, "job/out/o-media/2/one.jpg"), "nobody named it");
}

Test(media, what_lies_below_the_output_stays_there) {
    static const char *const photos[] = {"one.jpg"};
    CLEANUP(place_release) struct place place = place_new();
    CLEANUP(media_release) struct media *media = NULL;
    CLEANUP(result_release) struct result result = {0};
    char output[256];

    fill(&result, &place, photos, ARRAY_LEN(photos));
    path_in(&place, "job/o.gpkg", output);
    find_with_copies(&place, &result, &media, output);
    cr_expect(text_equal(media_find(media, 0, TEXT("one.jpg")), TEXT("Photos/One.JPG")));
    cr_expect_not(is_file(&place, "job/o-media/1/Photos/One.JPG"));
}

Test(media, a_copy_that_cannot_be_made_is_an_error) {
    static const char *const photos[] = {"top.jpg"};
    CLEANUP(place_release) struct place place = place_new();
    CLEANUP(media_release) struct media *media = NULL;
    CLEANUP(result_release) struct result result = {0};
    struct error err = {0};
    char output[256];

    fill(&result, &place, photos, ARRAY_LEN(photos));
    make_file(&place, "out/o-media"); /* where the folder should be */
    path_in(&place, "out/o.gpkg", output);
    cr_expect_not(
        media_new(&(struct media_request){.result = &result, .output = output, .copies = true},
            &result.findings, &media, &err));
    cr_expect_eq(err.kind, ERROR_FILE);
    cr_expect_not_null(strstr(err.text, "copying photos and videos"), "%s", err.text);
}

Test(media, a_given_folder_must_be_there) {
    CLEANUP(place_release) struct place place = place_new();
    CLEANUP(media_release) struct media *media = NULL;
    CLEANUP(result_release) struct result result = {0};
    struct error err = {0};
    char output[256];

    fill(&result, &place, NULL, 0);
    path_in(&place, "out/o.gpkg", output);
    cr_expect_not(media_new(
        &(struct media_request){
            .result = &result,
            .folders = (const char *const[]){"no such folder"},
            .n_folders = 1,
            .output = output,
        },
        &result.findings, &media, &err));
    cr_expect_eq(err.kind, ERROR_FILE);
    cr_expect_not_null(strstr(err.text, "'no such folder'"));
    cr_expect_null(media);
}

Test(media, nobody_asks_and_nothing_is_found) {
    cr_expect_eq(media_find(NULL, 0, TEXT("a.jpg")).n, 0);
}
