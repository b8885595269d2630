/* Every survey at hand, cut off at each of 200 places and offered to the program's own door: it is
 * refused with a message, or read with a finding that tells the loss, or nothing can show by the
 * rule of its format (is_clean_cut).
 *
 * The surveys are those in sample-data, the seeds of the fuzz targets and, where they are, the real
 * ones. */
#include "tests/formats/temp_files.h"

#include <archive.h>
#include <archive_entry.h>

#include "core/arena.h"
#include "core/base.h"
#include "core/network.h"
#include "formats/delivery.h"
#include "formats/source.h"
#include "formats/survey_format.h"
#include "formats/unpack.h"
#include "tests/formats/access_tables.h"
#include "tests/samples.h"

enum { CUTS = 200 };

static const struct read_options no_options = {0};

/* What a survey holds. */
struct counts {
    size_t n_inspections, n_observations, n_measurements, n_nodes, n_segments;
};

struct sample {
    const char *name;  /* of the file, whose extension counts */
    const char *shown; /* for people */
    struct text bytes;
    struct counts counts; /* of the whole */
};

static struct counts counts_of(const struct survey *survey) {
    const struct network *network = survey->network;

    return (struct counts){survey->n_inspections, survey->n_observations, survey->n_measurements,
        network == NULL ? 0 : network->n_nodes, network == NULL ? 0 : network->n_segments};
}

static bool counts_equal(struct counts a, struct counts b) {
    return a.n_inspections == b.n_inspections && a.n_observations == b.n_observations &&
           a.n_measurements == b.n_measurements && a.n_nodes == b.n_nodes &&
           a.n_segments == b.n_segments;
}

/* --- the rule of each format --- */

/* Is there no separator, outside of quotes, between the cut and the end of its row?  Then the last
 * cell may be shorter than it was, and rows may be missing behind: a table does not say how many it
 * has. */
static bool is_in_last_cell(struct text bytes, size_t at) {
    size_t from = at;
    bool is_quoted = false;

    while (from > 0 && bytes.at[from - 1] != '\n') {
        from--;
    }
    for (size_t i = from; i < bytes.n && from < at; i++) {
        char c = bytes.at[i];
        is_quoted ^= c == '"';
        if (i >= at && !is_quoted && (c == '\n' || c == '\r')) {
            return true;
        }
        if (i >= at && !is_quoted && (c == ',' || c == ';')) {
            return false;
        }
    }
    return true;
}

/* Records of SUFRIB have a number of fields that is known: between two, or in the end of a line. */
static bool is_between_records(struct text bytes, size_t at) {
    return bytes.at[at - 1] == '\n' || bytes.at[at - 1] == '\r' || bytes.at[at] == '\r';
}

/* XML that is cut behind its root is whole. */
static bool is_behind_root(struct text bytes, size_t at) {
    size_t last = bytes.n;

    while (last > 0 && bytes.at[last - 1] != '>') {
        last--;
    }
    return at >= last;
}

static bool is_binary(struct text bytes) {
    return memchr(bytes.at, '\0', bytes.n < 200 ? bytes.n : 200) != NULL &&
           !text_starts_with(bytes, TEXT("\xFF\xFE"));
}

/* Workbooks and databases have parts that nobody asks for. */
static bool is_clean_cut(const struct sample *sample, const struct survey *survey, size_t at) {
    struct text bytes = sample->bytes;

    if (is_binary(bytes)) {
        return counts_equal(counts_of(survey), sample->counts);
    }
    if (memchr(bytes.at, '<', bytes.n < 10 ? bytes.n : 10) != NULL) {
        return is_behind_root(bytes, at);
    }
    return bytes.at[0] == '*' ? is_between_records(bytes, at) : is_in_last_cell(bytes, at);
}

/* --- one cut --- */

static uint32_t count_lines(struct text bytes) {
    uint32_t n = 1;

    for (size_t i = 0; i + 1 < bytes.n; i++) {
        n += bytes.at[i] == '\n';
    }
    return n;
}

/* The file is damaged or cut off, or something is said of its last line. */
static bool tells_loss(const struct survey *survey, struct text cut) {
    uint32_t last = count_lines(cut);

    for (size_t i = 0; i < survey->findings.n; i++) {
        const struct finding *finding = &survey->findings.at[i];
        if (finding->kind == FINDING_FILE_DAMAGED || finding->place.line == last ||
            text_contains(finding->detail, TEXT("cut off"))) {
            return true;
        }
    }
    return false;
}

static void try_cut(const struct temp_folder *folder, const struct sample *sample, size_t at) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct error err = {0};
    struct text cut = text_part(sample->bytes, 0, at);
    struct temp_path path = temp_bytes(folder, sample->name, cut.at, cut.n);

    if (survey_read(path.at, NULL, &no_options, &survey, &err)) {
        cr_expect(tells_loss(&survey, cut) || is_clean_cut(sample, &survey, at),
            "%s (%s) cut at %zu: not a word", sample->shown, survey.file.format, at);
        return;
    }
    cr_expect(err.kind == ERROR_FORMAT || err.kind == ERROR_FILE, "%s cut at %zu: kind %d: %s",
        sample->shown, at, err.kind, err.text);
    const char *said = strstr(err.text, path.at);
    cr_expect(said != NULL && strlen(said) > strlen(path.at) + 10, "%s cut at %zu: '%s'",
        sample->shown, at, err.text);
}

static void try_cuts(const struct temp_folder *folder, const struct sample *sample) {
    for (size_t i = 0; i < CUTS; i++) {
        try_cut(folder, sample, sample->bytes.n * i / CUTS);
    }
    unlink(temp_path_of(folder, sample->name).at);
}

/* --- samples in folders --- */

static size_t try_file(const struct temp_folder *folder, const char *path) {
    CLEANUP(survey_release) struct survey survey = {0};
    static struct source source;
    struct error err = {0};
    void *at = NULL;
    size_t n = 0;

    cr_assert(source_open(path, &source, &err), "%s", err.text);
    if (unpack_is_archive(&source) || !survey_read(path, NULL, &no_options, &survey, &err)) {
        return 0;
    }
    cr_assert(source_map(&source, &at, &n, &err), "%s", err.text);
    struct sample sample = {
        source.name, path, {at, n},
          counts_of(&survey)
    };
    try_cuts(folder, &sample);
    source_unmap(at, n);
    return 1;
}

/* How many surveys were found. */
static size_t try_folder(const struct temp_folder *folder, const char *path) {
    struct dirent **entries = NULL;
    size_t n_tried = 0;
    int n = scandir(path, &entries, NULL, alphasort);

    for (int i = 0; i < n; i++) {
        char inner[4096];
        struct stat about;
        snprintf(inner, sizeof inner, "%s/%s", path, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.' && stat(inner, &about) == 0) {
            n_tried += S_ISDIR(about.st_mode) ? try_folder(folder, inner) : try_file(folder, inner);
        }
        free(entries[i]);
    }
    free(entries);
    return n_tried;
}

static size_t try_source_folder(const char *name) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    const char *source = getenv("CHAINAGE_SOURCE");
    char path[1024];

    snprintf(path, sizeof path, "%s/%s", source == NULL ? "." : source, name);
    return try_folder(&folder, path);
}

Test(truncation, sample_data, .timeout = 300) {
    size_t n = try_source_folder("sample-data");

    cr_expect_geq(n, 13, "%zu", n);
}

Test(truncation, seeds_of_the_fuzz_targets, .timeout = 300) {
    size_t n = try_source_folder("tests/fuzz/seeds");

    cr_expect_geq(n, 25, "%zu", n);
}

static void try_real(const char *name, size_t n_least) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    char path[1024];

    if (sample_path(path, sizeof path, name) == NULL) {
        cr_skip_test("no samples");
    }
    size_t n = try_folder(&folder, path);
    cr_expect_geq(n, n_least, "%s: %zu", name, n);
}

#define REAL(folder, n_least)                  \
    Test(truncation, folder, .timeout = 300) { \
        try_real(#folder, n_least);            \
    }
REAL(cn_cjj181, 5)
REAL(csv_shapefile, 1)
REAL(dwa_m150, 2)
REAL(en13508_txt, 1)
REAL(isybau_xml, 3)
REAL(pacp, 1)
REAL(ribx, 3)
REAL(sufrib, 6)
REAL(vsa_kek, 1)
REAL(wincan, 4)

/* --- made here --- */

static void try_made(const char *name, struct text bytes) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(survey_release) struct survey survey = {0};
    struct error err = {0};
    struct temp_path path = temp_bytes(&folder, name, bytes.at, bytes.n);

    cr_assert(survey_read(path.at, NULL, &no_options, &survey, &err), "%s", err.text);
    struct sample sample = {name, name, bytes, counts_of(&survey)};
    try_cuts(&folder, &sample);
}

Test(truncation, access_of_pacp, .timeout = 300) {
    CLEANUP(arena_release) struct arena arena = {0};

    try_made("pacp.mdb", tiny_mdb(&arena, pacp_access, ARRAY_LEN(pacp_access)));
}

Test(truncation, access_of_wincan, .timeout = 300) {
    CLEANUP(arena_release) struct arena arena = {0};

    try_made("wincan.mdb", tiny_mdb(&arena, wincan_access, ARRAY_LEN(wincan_access)));
}

Test(truncation, access_of_hong_kong, .timeout = 300) {
    CLEANUP(arena_release) struct arena arena = {0};

    try_made("hk.mdb", tiny_mdb(&arena, hk_access, ARRAY_LEN(hk_access)));
}

/* --- archives --- */

/* clang-format off */
static const struct {
    const char *name;
    int format, filter;
    const char *options; /* of the format */
} archives[] = {
    {"deflated.zip", ARCHIVE_FORMAT_ZIP,         ARCHIVE_FILTER_NONE, NULL},
    {"stored.zip",   ARCHIVE_FORMAT_ZIP,         ARCHIVE_FILTER_NONE, "zip:compression=store"},
    {"packed.7z",    ARCHIVE_FORMAT_7ZIP,        ARCHIVE_FILTER_NONE, NULL},
    {"plain.tar",    ARCHIVE_FORMAT_TAR_USTAR,   ARCHIVE_FILTER_NONE, NULL},
    {"gnu.tar",      ARCHIVE_FORMAT_TAR_GNUTAR,  ARCHIVE_FILTER_NONE, NULL},
    {"packed.tgz",   ARCHIVE_FORMAT_TAR_USTAR,   ARCHIVE_FILTER_GZIP, NULL},
};
/* clang-format on */

static void add_member(struct archive *archive, const char *name, const char *bytes) {
    struct archive_entry *entry = archive_entry_new();

    archive_entry_copy_pathname(entry, name);
    archive_entry_set_mode(entry, 0600);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)strlen(bytes));
    cr_assert_geq(archive_write_header(archive, entry), ARCHIVE_WARN);
    archive_write_data(archive, bytes, strlen(bytes));
    archive_entry_free(entry);
}

/* Two sheets and a note. */
static struct temp_path archive_of(const struct temp_folder *folder, size_t kind) {
    static const char sheet[] =
        "start_node,finish_node,chainage_m,code,grade\nA,B,1.0,PL,2\nB,C,2.0,CJ,3\n";
    struct temp_path path = temp_path_of(folder, archives[kind].name);
    struct archive *archive = archive_write_new();

    archive_write_set_format(archive, archives[kind].format);
    archive_write_add_filter(archive, archives[kind].filter);
    cr_assert_eq(archive_write_set_options(archive, archives[kind].options), ARCHIVE_OK);
    archive_write_set_bytes_in_last_block(archive, 1);
    cr_assert_eq(archive_write_open_filename(archive, path.at), ARCHIVE_OK);
    add_member(archive, "a.csv", sheet);
    add_member(archive, "b/note.txt", "nothing else was done");
    add_member(archive, "b/c.csv", sheet);
    archive_write_close(archive);
    archive_write_free(archive);
    return path;
}

/* Something is said of a member, or of a file of it. */
static bool tells_loss_of_member(const struct delivery *delivery) {
    for (size_t i = 0; i < delivery->findings.n; i++) {
        if (delivery->findings.at[i].kind == FINDING_MEMBER_LEFT_OUT) {
            return true;
        }
    }
    return false;
}

static void try_cut_archive(const struct temp_folder *folder, const char *name, struct text cut) {
    CLEANUP(delivery_release) struct delivery delivery = {0};
    struct temp_path path = temp_bytes(folder, name, cut.at, cut.n);
    const char *operands[] = {path.at};
    struct error err = {0};

    if (!delivery_open(operands, 1, &delivery, &err)) {
        cr_expect(err.kind == ERROR_FORMAT && strstr(err.text, path.at) != NULL,
            "%s cut at %zu: %s", name, cut.n, err.text);
        return;
    }
    bool is_named = delivery.n == 1 && delivery.at[0].is_named; /* it looks like no archive */
    cr_expect(is_named || tells_loss_of_member(&delivery) || delivery.n == 2,
        "%s cut at %zu: %zu files and not a word", name, cut.n, delivery.n);
}

Test(truncation, archives, .timeout = 300) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    static char bytes[65536];

    for (size_t kind = 0; kind < ARRAY_LEN(archives); kind++) {
        struct temp_path path = archive_of(&folder, kind);
        FILE *file = fopen(path.at, "rb");
        size_t n = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        cr_assert(n > 100 && n < sizeof bytes, "%s: %zu", archives[kind].name, n);
        for (size_t i = 0; i < CUTS; i++) {
            try_cut_archive(&folder, archives[kind].name, (struct text){bytes, n * i / CUTS});
        }
    }
}
