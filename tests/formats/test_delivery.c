/* temp_files.h is first: it needs no more than POSIX. */
#include "tests/formats/temp_files.h"

#include <archive.h>
#include <archive_entry.h>

#include "core/base.h"
#include "formats/delivery.h"
#include "formats/unpack.h"

static const char sheet[] = "start_node,finish_node,chainage_m,code,grade\nA,B,1.0,PL,2\n";

/* --- archives for the tests --- */

struct member {
    const char *name, *bytes; /* no bytes: a link to /etc/passwd */
    size_t n;                 /* 0: as long as the string */
};

static struct temp_path zip_of(const struct temp_folder *folder, const char *name,
    const struct member *members, size_t n_members) {
    struct temp_path path = temp_path_of(folder, name);
    struct archive *archive = archive_write_new();

    archive_write_set_format_zip(archive);
    cr_assert_eq(archive_write_open_filename(archive, path.at), ARCHIVE_OK);
    for (size_t i = 0; i < n_members; i++) {
        struct archive_entry *entry = archive_entry_new();
        size_t n = members[i].n > 0           ? members[i].n
                   : members[i].bytes == NULL ? 0
                                              : strlen(members[i].bytes);
        archive_entry_copy_pathname(entry, members[i].name);
        archive_entry_set_mode(entry, 0600);
        archive_entry_set_filetype(entry, members[i].bytes == NULL ? AE_IFLNK : AE_IFREG);
        if (members[i].bytes == NULL) {
            archive_entry_set_symlink(entry, "/etc/passwd");
        }
        archive_entry_set_size(entry, (la_int64_t)n);
        cr_assert_geq(archive_write_header(archive, entry), ARCHIVE_WARN);
        for (size_t done = 0; done < n;) {
            static char zeros[1 << 20];
            size_t part = n - done < sizeof zeros ? n - done : sizeof zeros;
            archive_write_data(archive, members[i].n > 0 ? zeros : members[i].bytes, part);
            done += part;
        }
        archive_entry_free(entry);
    }
    archive_write_close(archive);
    archive_write_free(archive);
    return path;
}

static size_t n_findings(const struct delivery *delivery, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < delivery->findings.n; i++) {
        n += delivery->findings.at[i].kind == kind;
    }
    return n;
}

/* --- folders --- */

Test(delivery, a_folder_is_its_surveys_in_the_order_of_their_names) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(delivery_release) struct delivery delivery = {0};
    const char *operands[] = {folder.path};
    struct error err = {0};

    temp_text(&folder, "b.csv", sheet);
    temp_text(&folder, "a.csv", sheet);
    temp_text(&folder, "B.csv", sheet);
    temp_text(&folder, "notes.pdf", "%PDF-1.4");
    temp_text(&folder, ".hidden.csv", sheet);
    temp_text(&folder, "~$open.xlsx", "the lock of an office program");
    cr_assert(delivery_open(operands, 1, &delivery, &err), "%s", err.text);
    cr_assert_eq(delivery.n, 3);
    cr_expect_str_eq(strrchr(delivery.at[0].shown, '/'), "/B.csv");
    cr_expect_str_eq(strrchr(delivery.at[1].shown, '/'), "/a.csv");
    cr_expect_str_eq(strrchr(delivery.at[2].shown, '/'), "/b.csv");
    cr_expect_eq(n_findings(&delivery, FINDING_NO_SURVEY), 1, "the PDF is listed, no more");
    cr_expect_not_null(strstr(delivery.findings.at[0].detail.at, "a PDF document"));
}

Test(delivery, a_survey_that_no_reader_reads_is_missed) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(delivery_release) struct delivery delivery = {0};
    const char *operands[] = {folder.path};
    struct error err = {0};

    temp_text(&folder, "a.itf", "SCNT\nTransfer\n");
    temp_text(&folder, "a_Meta.db3", "SQLite format 3");
    cr_assert(delivery_open(operands, 1, &delivery, &err), "%s", err.text);
    cr_expect_eq(delivery.n, 0);
    cr_expect_eq(n_findings(&delivery, FINDING_SURVEY_UNSUPPORTED), 1, "the transfer");
    cr_expect_eq(n_findings(&delivery, FINDING_NO_SURVEY), 1, "a catalogue holds no inspections");
    cr_assert_eq(delivery.n_others, 2, "both are listed");
    cr_expect_not_null(strstr(delivery.others[0].note, "export INTERLIS 2"));
}

Test(delivery, a_file_that_was_named_is_read_whatever_it_is) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(delivery_release) struct delivery delivery = {0};
    struct temp_path path = temp_text(&folder, "notes.pdf", "%PDF-1.4");
    const char *operands[] = {path.at};
    struct error err = {0};

    cr_assert(delivery_open(operands, 1, &delivery, &err));
    cr_assert_eq(delivery.n, 1);
    cr_expect(delivery.at[0].is_named);
    cr_expect_null(delivery.at[0].format);
}

Test(delivery, the_table_of_a_shapefile_is_no_sheet) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(delivery_release) struct delivery delivery = {0};
    const char *operands[] = {folder.path};
    struct error err = {0};

    temp_text(&folder, "pipes.dbf", sheet);
    temp_text(&folder, "pipes.shp", "x");
    cr_assert(delivery_open(operands, 1, &delivery, &err));
    cr_expect_eq(delivery.n, 0);
    cr_expect_eq(n_findings(&delivery, FINDING_NO_SURVEY), 2);
}

Test(delivery, what_is_not_there_is_an_error) {
    CLEANUP(delivery_release) struct delivery delivery = {0};
    const char *operands[] = {"/no/such/delivery"};
    struct error err = {0};

    cr_assert_not(delivery_open(operands, 1, &delivery, &err));
    cr_expect_eq(err.kind, ERROR_FILE);
    cr_expect_not_null(strstr(err.text, "/no/such/delivery"));
}

Test(delivery, tables_that_belong_together_are_read_once) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(delivery_release) struct delivery delivery = {0};
    const char *operands[] = {folder.path};
    struct error err = {0};

    temp_text(&folder, "x_inspection.csv", "SI_ID,SI_Section_ID\n1,1\n");
    temp_text(&folder, "x_section.csv", "S_ID,S_StartNode\n1,A\n");
    temp_text(&folder, "y_section.csv", "S_ID,S_StartNode\n1,A\n");
    temp_text(&folder, "prices.csv", "what,price\npipe,12\n");
    cr_assert(delivery_open(operands, 1, &delivery, &err));
    cr_assert_eq(delivery.n, 2);
    cr_expect_str_eq(strrchr(delivery.at[0].shown, '/'), "/x_inspection.csv");
    cr_expect_str_eq(strrchr(delivery.at[1].shown, '/'), "/y_section.csv", "it is alone");
    cr_assert_eq(delivery.n_others, 2);
    cr_expect_str_eq(delivery.others[0].note, "a table without the headings of a survey");
    cr_expect_str_eq(delivery.others[1].note, "it is read together with a file beside it");
}

/* --- archives --- */

Test(delivery, an_archive_is_its_surveys_under_its_own_name) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(delivery_release) struct delivery delivery = {0};
    const struct member members[] = {
        {"lot 2/b.csv", sheet,      0},
        {"lot 1/a.csv", sheet,      0},
        {"readme.pdf",  "%PDF-1.4", 0}
    };
    struct temp_path zip = zip_of(&folder, "d.zip", members, ARRAY_LEN(members));
    const char *operands[] = {zip.at};
    struct error err = {0};
    char made[600];

    cr_assert(delivery_open(operands, 1, &delivery, &err), "%s", err.text);
    cr_assert_eq(delivery.n, 2);
    cr_expect_not_null(strstr(delivery.at[0].shown, "d.zip/lot 1/a.csv"));
    cr_expect_not_null(strstr(delivery.at[1].shown, "d.zip/lot 2/b.csv"));
    cr_expect_eq(access(delivery.at[0].path, R_OK), 0);
    snprintf(made, sizeof made, "%s", delivery.at[0].path);
    delivery_release(&delivery);
    cr_expect_neq(access(made, F_OK), 0, "nothing is left behind");
}

Test(delivery, members_that_lead_astray_are_left_out_and_said) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(delivery_release) struct delivery delivery = {0};
    const struct member members[] = {
        {"../up.csv",      sheet, 0},
        {"a/../../up.csv", sheet, 0},
        {"/abs.csv",       sheet, 0},
        {"C:\\drive.csv",  sheet, 0},
        {"..\\up.csv",     sheet, 0},
        {"link.csv",       NULL,  0},
        {"good.csv",       sheet, 0},
        {"good.csv",       sheet, 0},
    };
    struct temp_path zip = zip_of(&folder, "d.zip", members, ARRAY_LEN(members));
    const char *operands[] = {zip.at};
    struct error err = {0};

    cr_assert(delivery_open(operands, 1, &delivery, &err), "%s", err.text);
    cr_expect_eq(delivery.n, 1);
    cr_expect_eq(n_findings(&delivery, FINDING_MEMBER_LEFT_OUT), 7);
    cr_expect_neq(access(temp_path_of(&folder, "up.csv").at, F_OK), 0);
}

Test(delivery, names_in_gbk_become_readable) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(delivery_release) struct delivery delivery = {0};
    const struct member members[] = {
        {"\xBC\xEC\xB2\xE2.csv", sheet, 0}
    };
    struct temp_path zip = zip_of(&folder, "d.zip", members, 1);
    const char *operands[] = {zip.at};
    struct error err = {0};

    cr_assert(delivery_open(operands, 1, &delivery, &err), "%s", err.text);
    cr_assert_eq(delivery.n, 1);
    cr_expect_not_null(strstr(delivery.at[0].shown, "d.zip/检测.csv"), "%s", delivery.at[0].shown);
}

Test(delivery, a_bomb_is_refused_and_leaves_nothing) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(delivery_release) struct delivery delivery = {0};
    const struct member members[] = {
        {"big.csv", "", (size_t)900 << 20}
    };
    struct temp_path zip = zip_of(&folder, "d.zip", members, 1);
    const char *operands[] = {zip.at};
    struct error err = {0};

    cr_assert_not(delivery_open(operands, 1, &delivery, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    cr_expect_not_null(strstr(err.text, "which no delivery does"), "%s", err.text);
    cr_expect_eq(delivery.n_folders, 0);
}

Test(delivery, office_documents_are_no_archives) {
    struct source source = {.head = "PK\x03\x04", .head_n = 200, .extension = ".xlsx"};

    cr_expect(unpack_is_archive(&source));
    memcpy(source.head + 30, "[Content_Types].xml", 19);
    cr_expect_not(unpack_is_archive(&source));
    memcpy(source.head + 30, "mimetypeapplication", 19);
    cr_expect_not(unpack_is_archive(&source));
}
