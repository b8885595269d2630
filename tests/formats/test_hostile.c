/* Files made to hurt whoever reads them: each must come to an end soon, in bounded memory, with a
 * refusal or with what is sound in them. */
#include "tests/formats/temp_files.h"

#include <archive.h>
#include <archive_entry.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include "core/arena.h"
#include "core/base.h"
#include "formats/delivery.h"
#include "formats/mdb.h"
#include "formats/survey/formats.h"
#include "formats/table_weight.h"
#include "tests/formats/access_tables.h"
#include "tests/formats/pacp_tables.h"

static const struct read_options no_options = {0};

static size_t n_findings(const struct survey *survey, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < survey->findings.n; i++) {
        n += survey->findings.at[i].kind == kind;
    }
    return n;
}

/* The peak of this process, each test being one of its own. */
static size_t peak_mib(void) {
    struct rusage usage = {0};

    getrusage(RUSAGE_SELF, &usage);
    return (size_t)usage.ru_maxrss / 1024;
}

/* Sanitizers need more memory, and more time. */
static bool is_sanitized(void) {
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
    return true;
#endif
#endif
    return false;
}

/* A text that is put together piece by piece. */
struct pile {
    char *at; /* owned */
    size_t n, capacity;
};

static void pile_release(struct pile *pile) {
    array_release(&pile->at);
}

static void pile_add(struct pile *pile, const char *text) {
    size_t n = strlen(text);

    pile->at = array_reserve(pile->at, &pile->capacity, pile->n + n + 1, 1);
    memcpy(pile->at + pile->n, text, n);
    pile->n += n;
}

static void pile_fill(struct pile *pile, char c, size_t n) {
    pile->at = array_reserve(pile->at, &pile->capacity, pile->n + n + 1, 1);
    memset(pile->at + pile->n, c, n);
    pile->n += n;
}

static void pile_number(struct pile *pile, const char *before, size_t number, const char *after) {
    char digits[32];

    snprintf(digits, sizeof digits, "%zu", number);
    pile_add(pile, before);
    pile_add(pile, digits);
    pile_add(pile, after);
}

static struct text text_of(const struct pile *pile) {
    return (struct text){pile->at, pile->n};
}

/* --- XML --- */

#define XML_HEAD "<Identifikation><Version>2017-07</Version>"
#define XML_RUN                                                                      \
    "<InspizierteAbwassertechnischeAnlage><Objektbezeichnung>H1</Objektbezeichnung>" \
    "<OptischeInspektion><Rohrleitung/></OptischeInspektion>"                        \
    "</InspizierteAbwassertechnischeAnlage>"

enum { MANY = 1000000 };

/* What was before the attack is kept; behind it, when it is harmless, too. */
static void expect_xml(struct pile *pile, size_t n_runs_least, bool is_damaged) {
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("hostile.xml")};
    struct error err = {0};

    pile_add(pile, XML_RUN "</Identifikation>");
    cr_assert(isybau_read_bytes(text_of(pile), &no_options, &survey, &err), "%s", err.text);
    cr_expect_geq(survey.n_inspections, n_runs_least);
    cr_expect_eq(n_findings(&survey, FINDING_FILE_DAMAGED) > 0, is_damaged);
    cr_expect(
        is_sanitized() || peak_mib() < 100 + pile->capacity / (1 << 20), "%zu MiB", peak_mib());
}

static void start_xml(struct pile *pile) {
    pile_add(pile, XML_HEAD XML_RUN);
}

Test(hostile, xml_of_a_million_attributes, .timeout = 60) {
    CLEANUP(pile_release) struct pile pile = {0};

    start_xml(&pile);
    pile_add(&pile, "<x");
    for (size_t i = 0; i < MANY / 2; i++) {
        pile_number(&pile, " a", i, "='1'");
    }
    pile_add(&pile, "/>");
    expect_xml(&pile, 1, true);
}

Test(hostile, xml_of_a_million_namespaces, .timeout = 60) {
    CLEANUP(pile_release) struct pile pile = {0};

    start_xml(&pile);
    pile_add(&pile, "<x");
    for (size_t i = 0; i < MANY / 2; i++) {
        pile_number(&pile, " xmlns:a", i, "='u'");
    }
    pile_add(&pile, "/>");
    expect_xml(&pile, 1, true);
}

Test(hostile, xml_of_a_million_names, .timeout = 60) {
    CLEANUP(pile_release) struct pile pile = {0};

    start_xml(&pile);
    for (size_t i = 0; i < MANY; i++) {
        pile_number(&pile, "<n", i, "/>");
    }
    expect_xml(&pile, 1, true);
}

Test(hostile, xml_of_a_million_comments, .timeout = 60) {
    CLEANUP(pile_release) struct pile pile = {0};

    start_xml(&pile);
    for (size_t i = 0; i < MANY; i++) {
        pile_add(&pile, "<!-- -->");
    }
    expect_xml(&pile, 2, false);
}

Test(hostile, xml_with_a_huge_attribute, .timeout = 60) {
    CLEANUP(pile_release) struct pile pile = {0};

    start_xml(&pile);
    pile_add(&pile, "<x a='");
    pile_fill(&pile, 'y', 100 * MANY);
    pile_add(&pile, "'/>");
    expect_xml(&pile, 1, true);
}

Test(hostile, xml_with_a_huge_comment, .timeout = 60) {
    CLEANUP(pile_release) struct pile pile = {0};

    start_xml(&pile);
    pile_add(&pile, "<!--");
    pile_fill(&pile, 'y', 100 * MANY);
    pile_add(&pile, "-->");
    expect_xml(&pile, 1, true);
}

Test(hostile, xml_of_a_million_levels, .timeout = 60) {
    CLEANUP(pile_release) struct pile pile = {0};

    start_xml(&pile);
    for (size_t i = 0; i < MANY; i++) {
        pile_add(&pile, "<a>");
    }
    expect_xml(&pile, 1, true);
}

/* One long entity, named again and again. */
Test(hostile, xml_that_blows_up_in_the_square, .timeout = 60) {
    CLEANUP(pile_release) struct pile pile = {0};
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("hostile.xml")};
    struct error err = {0};

    pile_add(&pile, "<!DOCTYPE Identifikation [<!ENTITY a '");
    pile_fill(&pile, 'y', 100000);
    pile_add(&pile, "'>]>" XML_HEAD);
    for (size_t i = 0; i < 100000; i++) {
        pile_add(&pile, "&a;");
    }
    pile_add(&pile, XML_RUN "</Identifikation>");
    cr_expect_not(isybau_read_bytes(text_of(&pile), &no_options, &survey, &err));
    cr_expect_not_null(strstr(err.text, "entity"), "%s", err.text);
}

/* --- tables --- */

static void read_csv(const struct pile *pile, struct survey *survey) {
    struct error err = {0};

    survey->file.path = TEXT("hostile.csv");
    cr_expect(sheet_read_bytes(text_of(pile), &no_options, survey, &err) ||
                  (err.kind == ERROR_FORMAT && err.text[0] != '\0'),
        "%s", err.text);
    cr_expect(
        is_sanitized() || peak_mib() < 300 + pile->capacity / (1 << 20), "%zu MiB", peak_mib());
}

Test(hostile, csv_with_a_line_of_100_mb, .timeout = 60) {
    CLEANUP(pile_release) struct pile pile = {0};
    CLEANUP(survey_release) struct survey survey = {0};

    pile_add(&pile, "start_node,finish_node,chainage_m,code,grade\nA,B,1,PL,2\nA,B,2,");
    pile_fill(&pile, 'x', 100 * MANY);
    pile_add(&pile, ",2\nA,B,3,CJ,2\n");
    read_csv(&pile, &survey);
    cr_expect_eq(survey.n_observations, 2);
    cr_expect_eq(n_findings(&survey, FINDING_LINE_TOO_LONG), 1);
}

Test(hostile, csv_with_a_million_columns, .timeout = 60) {
    CLEANUP(pile_release) struct pile pile = {0};
    CLEANUP(survey_release) struct survey survey = {0};

    pile_add(&pile, "start_node,finish_node,chainage_m,code");
    pile_fill(&pile, ',', MANY);
    pile_add(&pile, "\nA,B,1,PL\n");
    read_csv(&pile, &survey);
}

Test(hostile, csv_with_a_hundred_thousand_headings, .timeout = 60) {
    CLEANUP(pile_release) struct pile pile = {0};
    CLEANUP(survey_release) struct survey survey = {0};

    pile_add(&pile, "start_node,finish_node,chainage_m,code");
    for (size_t i = 0; i < 100000; i++) {
        pile_number(&pile, ",h", i, "");
    }
    pile_add(&pile, "\nA,B,1,PL\n");
    read_csv(&pile, &survey);
}

Test(hostile, csv_with_a_row_of_a_million_cells, .timeout = 60) {
    CLEANUP(pile_release) struct pile pile = {0};
    CLEANUP(survey_release) struct survey survey = {0};

    pile_add(&pile, "start_node,finish_node,chainage_m,code\nA,B,1,PL");
    pile_fill(&pile, ',', MANY);
    pile_add(&pile, "\nA,B,3,CJ\n");
    read_csv(&pile, &survey);
    cr_expect_eq(survey.n_observations, 2);
}

/* Each quote might be closed anywhere behind. */
Test(hostile, csv_of_quotes_that_nothing_closes, .timeout = 60) {
    CLEANUP(pile_release) struct pile pile = {0};
    CLEANUP(survey_release) struct survey survey = {0};

    pile_add(&pile, "start_node,finish_node,chainage_m,code\n");
    for (size_t i = 0; i < 200001; i++) {
        pile_add(&pile, "A,B,1,\"\"\"\"\"x\n");
    }
    read_csv(&pile, &survey);
}

/* --- workbooks --- */

struct member {
    const char *name;
    struct text bytes;
    mode_t type;        /* 0: a plain file */
    const char *target; /* of a hard link */
};

static void add_member(struct archive *archive, const struct member *member) {
    struct archive_entry *entry = archive_entry_new();

    archive_entry_copy_pathname(entry, member->name);
    archive_entry_set_mode(entry, 0600);
    archive_entry_set_filetype(entry, member->type == 0 ? AE_IFREG : member->type);
    archive_entry_set_size(entry, (la_int64_t)member->bytes.n);
    if (member->target != NULL) {
        archive_entry_set_hardlink(entry, member->target);
    }
    cr_assert_geq(archive_write_header(archive, entry), ARCHIVE_WARN);
    if (member->bytes.n > 0) {
        archive_write_data(archive, member->bytes.at, member->bytes.n);
    }
    archive_entry_free(entry);
}

static struct temp_path archive_of(const struct temp_folder *folder, const char *name, int format,
    const struct member *members, size_t n) {
    struct temp_path path = temp_path_of(folder, name);
    struct archive *archive = archive_write_new();

    archive_write_set_format(archive, format);
    cr_assert_eq(archive_write_open_filename(archive, path.at), ARCHIVE_OK);
    for (size_t i = 0; i < n; i++) {
        add_member(archive, &members[i]);
    }
    archive_write_close(archive);
    archive_write_free(archive);
    return path;
}

#define SHEET_NS "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

/* A workbook of the sample data with another sheet in it, and strings that cells share. */
static struct temp_path workbook_of(
    const struct temp_folder *folder, struct text sheet_xml, struct text strings_xml) {
    static char bytes[65536];
    const char *source = getenv("CHAINAGE_SOURCE");
    char from[1024];
    struct temp_path path = temp_path_of(folder, "a.xlsx");
    struct archive *in = archive_read_new(), *out = archive_write_new();
    struct archive_entry *entry = NULL;

    snprintf(from, sizeof from, "%s/sample-data/town/inspections/03-newtown-foul-2023.xlsx",
        source == NULL ? "." : source);
    archive_read_support_format_zip(in);
    cr_assert_eq(archive_read_open_filename(in, from, 65536), ARCHIVE_OK, "%s", from);
    archive_write_set_format_zip(out);
    cr_assert_eq(archive_write_open_filename(out, path.at), ARCHIVE_OK);
    while (archive_read_next_header(in, &entry) == ARCHIVE_OK) {
        const char *name = archive_entry_pathname(entry);
        la_ssize_t n = archive_read_data(in, bytes, sizeof bytes);
        cr_assert(n >= 0 && (size_t)n < sizeof bytes, "%s", name);
        struct member member = {
            name, {bytes, (size_t)n},
             0, NULL
        };
        if (strcmp(name, "xl/worksheets/sheet1.xml") == 0) {
            member.bytes = sheet_xml;
        }
        add_member(out, &member);
    }
    if (strings_xml.n > 0) {
        add_member(out, &(struct member){.name = "xl/sharedStrings.xml", .bytes = strings_xml});
    }
    archive_read_free(in);
    archive_write_close(out);
    archive_write_free(out);
    return path;
}

#define SHEET_HEAD "<worksheet xmlns='" SHEET_NS "'><sheetData><row>"
#define CELL(text) "<c t='inlineStr'><is><t>" text "</t></is></c>"
#define SHEET_TAIL "</row></sheetData></worksheet>"

static bool read_workbook(
    struct text sheet, struct text strings, struct survey *survey, struct error *err) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    struct temp_path path = workbook_of(&folder, sheet, strings);

    return survey_read(path.at, NULL, &no_options, survey, err);
}

Test(hostile, a_workbook_that_is_sound, .timeout = 60) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct error err = {0};

    cr_assert(read_workbook(TEXT(SHEET_HEAD CELL("start_node") CELL("finish_node")
                                    CELL("chainage_m") CELL("code") "</row><row>" CELL("A")
                                        CELL("B") CELL("1") CELL("PL") SHEET_TAIL),
                  (struct text){0}, &survey, &err),
        "%s", err.text);
    cr_expect_eq(survey.n_observations, 1);
}

Test(hostile, a_workbook_with_a_bomb_in_it, .timeout = 120) {
    CLEANUP(pile_release) struct pile pile = {0};
    CLEANUP(survey_release) struct survey survey = {0};
    struct error err = {0};
    size_t before = peak_mib();

    pile_add(&pile, SHEET_HEAD "<c t='inlineStr'><is><t>");
    pile_fill(&pile, 'x', 300 * MANY);
    pile_add(&pile, "</t></is></c>" SHEET_TAIL);
    cr_expect_not(read_workbook(text_of(&pile), (struct text){0}, &survey, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    cr_expect_not_null(strstr(err.text, "its reader"), "%s", err.text);
    cr_expect(is_sanitized() || peak_mib() < before + 300 + 100, "%zu MiB", peak_mib());
}

/* Each short row becomes one of as many cells as the first has. */
Test(hostile, a_workbook_of_short_rows_below_a_wide_one, .timeout = 120) {
    CLEANUP(pile_release) struct pile pile = {0};
    CLEANUP(survey_release) struct survey survey = {0};
    struct error err = {0};
    size_t before = peak_mib();

    pile_add(&pile, SHEET_HEAD "<c r='BXX1' t='inlineStr'><is><t>x</t></is></c>");
    for (size_t i = 0; i < 100000; i++) {
        pile_add(&pile, "</row><row><c r='A1'><v>1</v></c>");
    }
    pile_add(&pile, SHEET_TAIL);
    cr_expect_not(read_workbook(text_of(&pile), (struct text){0}, &survey, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    cr_expect(is_sanitized() || strstr(err.text, "its reader") != NULL, "%s", err.text);
    cr_expect(is_sanitized() || peak_mib() < before + 300, "%zu MiB", peak_mib());
}

/* A string of a megabyte, named by every cell. */
Test(hostile, a_workbook_of_one_long_string, .timeout = 120) {
    CLEANUP(pile_release) struct pile pile = {0};
    CLEANUP(pile_release) struct pile strings = {0};
    CLEANUP(survey_release) struct survey survey = {0};
    struct error err = {0};
    size_t before = peak_mib();

    pile_add(&strings, "<sst xmlns='" SHEET_NS "'><si><t>");
    pile_fill(&strings, 'x', MANY);
    pile_add(&strings, "</t></si></sst>");
    pile_add(&pile, SHEET_HEAD);
    for (size_t i = 0; i < 1000; i++) {
        pile_add(&pile, "</row><row><c t='s'><v>0</v></c><c t='s'><v>0</v></c>");
    }
    pile_add(&pile, SHEET_TAIL);
    cr_expect_not(read_workbook(text_of(&pile), text_of(&strings), &survey, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    cr_expect(is_sanitized() || strstr(err.text, "its reader") != NULL ||
                  strstr(err.text, "more comes out") != NULL,
        "%s", err.text);
    cr_expect(is_sanitized() || peak_mib() < before + 700, "%zu MiB", peak_mib());
}

#define STRING_HEAD "<sst xmlns='" SHEET_NS "'><si><t>"
#define STRING_TAIL "</t></si></sst>"
#define ROWS "</row><row>" CELL("A")

/* What is counted before a workbook is read here; a count that can be led astray is none. */
Test(hostile, light_and_heavy_workbooks) {
    const struct {
        const char *name;
        struct text sheet, strings;
        bool is_light;
    } books[] = {
        {"sound",                      TEXT(SHEET_HEAD ROWS SHEET_TAIL),                                          {0},                               true },
        {"strings",                    TEXT(SHEET_HEAD ROWS SHEET_TAIL),                                          TEXT(STRING_HEAD "x" STRING_TAIL), true },
        {"an entity",                  TEXT("<!DOCTYPE worksheet [<!ENTITY a 'x'>]>" SHEET_HEAD ROWS SHEET_TAIL),
         {0},                                                                                                                                        false},
        {"a tag that is none",         TEXT(SHEET_HEAD ROWS SHEET_TAIL),
         TEXT(STRING_HEAD "x<![CDATA[</si>]]>" STRING_TAIL),                                                                                         false},
        {"a string in a string",       TEXT(SHEET_HEAD ROWS SHEET_TAIL),
         TEXT(STRING_HEAD "x<si></si>" STRING_TAIL),                                                                                                 false},
        {"two bytes a letter",         TEXT("<\0w\0o\0r\0k\0s\0h\0e\0e\0t\0/\0>\0"),                              {0},                               false},
        {"two bytes a letter, marked", TEXT("\xFF\xFE<\0w\0o\0r\0k\0s\0h\0e\0e\0t\0/\0>\0"),                      {0},
         false                                                                                                                                            },
    };

    for (size_t i = 0; i < ARRAY_LEN(books); i++) {
        CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
        struct temp_path path = workbook_of(&folder, books[i].sheet, books[i].strings);
        cr_expect_eq(table_is_light(path.at), books[i].is_light, "%s", books[i].name);
    }
}

Test(hostile, a_workbook_is_light_up_to_ten_thousand_rows) {
    for (size_t n = 10000; n <= 10001; n++) {
        CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
        CLEANUP(pile_release) struct pile pile = {0};
        pile_add(&pile, SHEET_HEAD);
        for (size_t i = 1; i < n; i++) {
            pile_add(&pile, "</row><x:row>");
        }
        pile_add(&pile, SHEET_TAIL);
        struct temp_path path = workbook_of(&folder, text_of(&pile), (struct text){0});
        cr_expect_eq(table_is_light(path.at), n == 10000, "%zu", n);
    }
}

Test(hostile, what_is_no_zip_is_not_light) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();

    cr_expect_not(table_is_light(temp_text(&folder, "a.xlsx", "PK\x03\x04 and no more").at));
    cr_expect_not(table_is_light("/nowhere/a.xlsx"));
}

/* --- archives and folders --- */

static const char sheet[] = "start_node,finish_node,chainage_m,code,grade\nA,B,1.0,PL,2\n";

static size_t n_said(const struct delivery *delivery, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < delivery->findings.n; i++) {
        n += delivery->findings.at[i].kind == kind;
    }
    return n;
}

Test(hostile, a_tar_with_links_and_devices) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(delivery_release) struct delivery delivery = {0};
    struct error err = {0};
    const struct member members[] = {
        {"good.csv",   text_from(sheet), 0,        NULL         },
        {"hard.csv",   {0},              0,        "/etc/passwd"},
        {"up.csv",     {0},              0,        "../up.csv"  },
        {"device.csv", {0},              AE_IFCHR, NULL         },
        {"disk.csv",   {0},              AE_IFBLK, NULL         },
        {"pipe.csv",   {0},              AE_IFIFO, NULL         },
    };
    struct temp_path path = archive_of(
        &folder, "a.tar", ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, members, ARRAY_LEN(members));
    const char *operands[] = {path.at};

    cr_assert(delivery_open(operands, 1, &delivery, &err), "%s", err.text);
    cr_expect_eq(delivery.n, 1, "the plain file");
    cr_expect_eq(n_said(&delivery, FINDING_MEMBER_LEFT_OUT), 5);
}

Test(hostile, an_archive_in_an_archive_stays_packed) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(delivery_release) struct delivery delivery = {0};
    struct error err = {0};
    static char bytes[65536];
    const struct member first = {"a.csv", text_from(sheet), 0, NULL};
    struct temp_path inner = archive_of(&folder, "inner.zip", ARCHIVE_FORMAT_ZIP, &first, 1);
    FILE *file = fopen(inner.at, "rb");
    size_t n = fread(bytes, 1, sizeof bytes, file);
    const struct member second = {
        "inner.zip", {bytes, n},
         0, NULL
    };
    struct temp_path outer = archive_of(&folder, "outer.zip", ARCHIVE_FORMAT_ZIP, &second, 1);
    const char *operands[] = {outer.at};

    fclose(file);
    cr_assert(delivery_open(operands, 1, &delivery, &err), "%s", err.text);
    cr_expect_eq(delivery.n, 0);
    cr_expect_eq(delivery.n_others, 1);
}

/* Every field of 32 bits that may be a size says 4 GiB. */
Test(hostile, a_zip_whose_sizes_are_lies, .timeout = 60) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    static char bytes[65536], broken[65536];
    const struct member member = {"a.csv", text_from(sheet), 0, NULL};
    struct temp_path path = archive_of(&folder, "a.zip", ARCHIVE_FORMAT_ZIP, &member, 1);
    FILE *file = fopen(path.at, "rb");
    size_t n = fread(bytes, 1, sizeof bytes, file);

    fclose(file);
    for (size_t at = 4; at + 4 <= n; at++) {
        CLEANUP(delivery_release) struct delivery delivery = {0};
        struct error err = {0};
        memcpy(broken, bytes, n);
        memset(broken + at, 0xFF, 4);
        struct temp_path other = temp_bytes(&folder, "b.zip", broken, n);
        const char *operands[] = {other.at};
        bool is_open = delivery_open(operands, 1, &delivery, &err);
        cr_expect(is_open || err.kind == ERROR_FORMAT, "%zu: %s", at, err.text);
    }
    cr_expect(is_sanitized() || peak_mib() < 200, "%zu MiB", peak_mib());
}

Test(hostile, a_folder_with_a_loop_a_pipe_and_a_device, .timeout = 30) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(delivery_release) struct delivery delivery = {0};
    struct error err = {0};
    const char *operands[] = {folder.path};

    temp_text(&folder, "a.csv", sheet);
    cr_assert_eq(symlink(folder.path, temp_path_of(&folder, "loop").at), 0);
    cr_assert_eq(symlink("self", temp_path_of(&folder, "self").at), 0);
    cr_assert_eq(symlink("/dev/zero", temp_path_of(&folder, "zero.csv").at), 0);
    cr_assert_eq(mkfifo(temp_path_of(&folder, "pipe.csv").at, 0600), 0);
    cr_assert(delivery_open(operands, 1, &delivery, &err), "%s", err.text);
    cr_expect_eq(delivery.n, 1);
    cr_expect_eq(delivery.n_others, 4);
}

Test(hostile, a_device_that_is_named, .timeout = 30) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct error err = {0};

    cr_expect_not(survey_read("/dev/zero", NULL, &no_options, &survey, &err));
    cr_expect_eq(err.kind, ERROR_FILE);
    cr_expect_not_null(strstr(err.text, "no regular file"), "%s", err.text);
}

/* --- SQLite --- */

/* What is done to a sound exchange, how many observations are left of it (0: it may be refused). */
/* clang-format off */
static const struct {
    const char *name, *sql;
    size_t n_least;
} schemas[] = {
    {"nothing", "SELECT 1", 8},
    {"triggers", "CREATE TRIGGER a AFTER INSERT ON PACP_Conditions BEGIN DELETE FROM PACP_Conditions; END", 8},
    {"a view in the place of a table",
     "ALTER TABLE PACP_Conditions RENAME TO x; CREATE VIEW PACP_Conditions AS SELECT * FROM x", 0},
    {"a view that never ends",
     "DROP TABLE PACP_Conditions; CREATE VIEW PACP_Conditions AS WITH RECURSIVE n(x) AS"
     " (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS InspectionID, x AS PACP_Code FROM n", 0},
    {"a generated column of any length",
     "ALTER TABLE PACP_Conditions ADD COLUMN Video_Name AS (printf('%.*c', 400000000, 'x'))", 0},
    {"a cell of 100 MB", "UPDATE PACP_Conditions SET Remarks = zeroblob(100000000) WHERE ConditionID = 1", 0},
    {"a text of 100 MB",
     "UPDATE PACP_Conditions SET Remarks = printf('%.*c', 100000000, 'x') WHERE ConditionID = 1", 0},
    {"a table called like the schema",
     "CREATE TABLE x(type, name); PRAGMA writable_schema = ON;"
     " UPDATE sqlite_schema SET name = 'sqlite_schema', tbl_name = 'sqlite_schema' WHERE name = 'x'", 0},
    {"an index that is somewhere else",
     "CREATE UNIQUE INDEX i ON PACP_Conditions(ConditionID); PRAGMA writable_schema = ON;"
     " UPDATE sqlite_schema SET rootpage = 99999 WHERE name = 'i'", 0},
    {"a table that is its own schema",
     "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'PACP_Conditions'", 0},
    {"two tables on one page",
     "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage ="
     " (SELECT rootpage FROM sqlite_schema WHERE name = 'PACP_Inspections') WHERE name = 'PACP_Conditions'", 0},
    {"a schema that is no SQL",
     "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE (((((' WHERE name = 'PACP_Ratings'", 0},
    {"a virtual table", "CREATE VIRTUAL TABLE v USING fts5(x)", 0},
    {"a check that never ends",
     "CREATE TABLE c(x CHECK (x IN (SELECT 1))); ", 0},
};
/* clang-format on */

Test(hostile, sqlite_schemas, .timeout = 120) {
    for (size_t i = 0; i < ARRAY_LEN(schemas); i++) {
        CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("hostile.db")};
        struct error err = {0};
        sqlite3 *db = NULL;
        sqlite3_int64 n = 0;
        cr_assert_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
        cr_assert_eq(sqlite3_exec(db, pacp_schema, NULL, NULL, NULL), SQLITE_OK);
        cr_assert_eq(sqlite3_exec(db, pacp_content, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_exec(db, schemas[i].sql, NULL, NULL, NULL); /* some are wrong, as it should be */
        unsigned char *bytes = sqlite3_serialize(db, "main", &n, 0);
        sqlite3_close(db);

        size_t before = peak_mib();
        bool is_read = pacp_read_bytes((struct text){(const char *)bytes, (size_t)n},
            (struct text){0}, &no_options, &survey, &err);
        cr_expect(is_read || (err.kind == ERROR_FORMAT && err.text[0] != '\0'), "%s: %s",
            schemas[i].name, err.text);
        cr_expect_geq(survey.n_observations, schemas[i].n_least, "%s", schemas[i].name);
        cr_expect(is_sanitized() || peak_mib() < before + 400, "%s: %zu MiB", schemas[i].name,
            peak_mib() - before);
        sqlite3_free(bytes);
    }
}

/* --- Access --- */

/* Every number of a page's head that may name a page names this one, or the one before: chains that
 * are circles. */
Test(hostile, access_with_circles, .timeout = 240) {
    enum { PAGE = 4096, HEAD = 64 };
    CLEANUP(arena_release) struct arena arena = {0};
    struct text sound = tiny_mdb(&arena, hk_access, ARRAY_LEN(hk_access));
    char *at = (char *)(uintptr_t)sound.at;
    size_t n_told = 0;

    for (size_t page = 1; page < sound.n / PAGE; page++) {
        for (size_t place = 4; place < HEAD; place += 4) {
            CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("hostile.mdb")};
            struct error err = {0};
            char kept[4], *number = at + page * PAGE + place;
            memcpy(kept, number, 4);
            memcpy(number, (const char[]){(char)(page - place % 8 / 4), 0, 0, 0}, 4);
            bool is_read = hk_mdb_read_bytes(sound, &no_options, &survey, &err);
            memcpy(number, kept, 4);
            cr_expect(is_read || (err.kind == ERROR_FORMAT && err.text[0] != '\0'), "%s", err.text);
            n_told += !is_read || n_findings(&survey, FINDING_FILE_DAMAGED) > 0;
        }
    }
    cr_expect_gt(n_told, 10, "%zu", n_told);
}
