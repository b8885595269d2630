/* A file that is read through counts as memory only in part, and is read right all the same. */
#include <stdlib.h>

#include "formats/survey_format.h"
#include "tests/formats/temp_files.h"

enum { RUNS = 60000, LEAST_BYTES = 48 * 1024 * 1024, MOST_KIB = 32 * 1024 };

static size_t resident_file_kib(void) {
    char line[256];
    size_t kib = 0;
    FILE *status = fopen("/proc/self/status", "r");

    while (status != NULL && fgets(line, sizeof line, status) != NULL) {
        if (strncmp(line, "RssFile:", 8) == 0) {
            kib = strtoul(line + 8, NULL, 10);
        }
    }
    if (status != NULL) {
        fclose(status);
    }
    return kib;
}

/* Progress is called while the file is mapped. */
struct watch {
    size_t before_kib, most_kib, n_calls;
};

static void look(void *context, size_t n_observations) {
    struct watch *watch = context;
    size_t kib = resident_file_kib();

    (void)n_observations;
    watch->n_calls++;
    watch->most_kib = kib > watch->most_kib ? kib : watch->most_kib;
}

static struct temp_path write_large(const struct temp_folder *folder) {
    struct temp_path path = temp_path_of(folder, "large.xml");
    FILE *file = fopen(path.at, "w");

    cr_assert_not_null(file);
    fputs("<?xml version='1.0'?>\n<DATA><ZA><A1>UTF-8</A1><A6>2011</A6></ZA>\n", file);
    for (unsigned i = 0; i < RUNS; i++) {
        fprintf(file,
            "<ZB><AAA>P%u</AAA><AAB>A%u</AAB><AAD>A%u</AAD><AAF>B%u</AAF><ABF>2024-05-06</ABF>\n"
            "<ZC><I>0</I><A>BCD</A><D>A%u</D></ZC><ZC><I>%u.5</I><A>BAB</A><B>B</B></ZC></ZB>\n"
            "<!-- %700s -->\n",
            i, i, i, i, i, i % 40, "");
    }
    fputs("</DATA>\n", file);
    long n = ftell(file);
    cr_assert_eq(fclose(file), 0);
    cr_assert_gt(n, LEAST_BYTES);
    return path;
}

Test(mapped_pages, of_a_large_document_go_back) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(survey_release) struct survey survey = {0};
    struct temp_path path = write_large(&folder);
    struct watch watch = {.before_kib = resident_file_kib()};
    struct read_options options = {.progress = look, .progress_context = &watch};
    struct error err = {0};

    cr_assert(survey_read(path.at, NULL, &options, &survey, &err), "%s", err.text);
    cr_expect_eq(survey.n_inspections, RUNS);
    cr_expect_eq(survey.n_observations, 2 * RUNS);
    cr_expect_eq(survey.observations[2 * RUNS - 1].chainage_m, (RUNS - 1) % 40 + 0.5);
    cr_expect(text_equal(survey.inspections[RUNS - 1].segment_ref, TEXT("P59999")));
    cr_expect_null(survey.mapping, "it is borrowed while it is read");
    cr_expect_gt(watch.n_calls, 1);
    cr_expect_lt(watch.most_kib, watch.before_kib + MOST_KIB, "%zu KiB of %zu bytes",
        watch.most_kib - watch.before_kib, (size_t)survey.file.size_bytes);
}
