#include <criterion/criterion.h>
#include <math.h>

#include "tests/formats/network/network_reading.h"

static const struct xy two_lines[2][2] = {
    {{500000, 2500000}, {500030, 2500000}},
    {{500030, 2500000}, {500060, 2500000}},
};

Test(network_dbf, gbk_in_a_dbf_whose_cpg_lies) {
    static const char *const texts[] = {"\xd3\xea\xcb\xae\xb9\xdc", "\xce\xdb\xcb\xae\xb9\xdc"};
    struct temp_folder folder = temp_folder_new();
    /* 管段类型, whole: 8 bytes; the column name is GBK as well */
    struct temp_shape shape = {
        "gx", 0x4D, "UTF-8", "\xb9\xdc\xb6\xce\xc0\xe0\xd0\xcd", texts, two_lines, 2};
    struct temp_path path = temp_shapefile(&folder, &shape);
    CLEANUP(reading_release)
    struct reading reading =
        read_request(&(struct network_request){.path = path.at, .crs = "EPSG:4547"});

    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_expect_eq(reading.network.segments[0].system, SYSTEM_STORM);
    cr_expect_eq(reading.network.segments[1].system, SYSTEM_FOUL);
    cr_expect(
        text_equal(reading.report.encoding, TEXT("GBK (bytes agree; LDID 0x4D; .cpg says UTF-8)")),
        "%.*s", TEXT_ARGS(reading.report.encoding));
    cr_expect_eq(count_findings(&reading.network, FINDING_ENCODING_DIFFERS), 1);
    cr_expect_eq(reading.report.n_roles, 1);
    cr_expect(text_equal(reading.report.roles[0].column, TEXT("管段类型")));
    temp_folder_release(&folder);
}

Test(network_dbf, a_name_cut_within_a_character) {
    static const char *const texts[] = {"雨水", "污水"};
    struct temp_folder folder = temp_folder_new();
    /* 管段类型 in UTF-8, cut behind the first byte of 型 */
    struct temp_shape shape = {"gx", 0, NULL, "管段类\xe5", texts, two_lines, 2};
    struct temp_path path = temp_shapefile(&folder, &shape);
    CLEANUP(reading_release)
    struct reading reading =
        read_request(&(struct network_request){.path = path.at, .crs = "EPSG:4547"});

    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_expect_eq(reading.network.segments[0].system, SYSTEM_STORM);
    cr_expect_eq(reading.network.segments[1].system, SYSTEM_FOUL);
    temp_folder_release(&folder);
}

Test(network_dbf, the_user_knows_the_encoding) {
    static const char *const texts[] = {"\xd3\xea\xcb\xae", "\xce\xdb\xcb\xae"};
    struct temp_folder folder = temp_folder_new();
    struct temp_shape shape = {"gx", 0, NULL, "system", texts, two_lines, 2};
    struct temp_path path = temp_shapefile(&folder, &shape);
    struct network_request request = {.path = path.at, .crs = "EPSG:4547", .encoding = "gb18030"};
    CLEANUP(reading_release) struct reading reading = read_request(&request);

    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_expect_eq(reading.network.segments[0].system, SYSTEM_STORM);
    cr_expect(text_equal(reading.report.encoding, TEXT("gb18030 (given)")));
    request.encoding = "klingon";
    CLEANUP(reading_release) struct reading refused = read_request(&request);
    cr_expect_not(refused.is_read);
    cr_expect_eq(refused.err.kind, ERROR_USAGE);
    temp_folder_release(&folder);
}

Test(network_dbf, vertices_that_are_no_numbers) {
    static const char *const texts[] = {"P", "Q"};
    const struct xy lines[2][2] = {
        {{500000, 2500000}, {500030, 2500000}},
        {{500030, NAN},     {INFINITY, 1}    },
    };
    struct temp_folder folder = temp_folder_new();
    struct temp_shape shape = {"gx", 0, NULL, "PIPE_ID", texts, lines, 2};
    struct temp_path path = temp_shapefile(&folder, &shape);
    CLEANUP(reading_release)
    struct reading reading =
        read_request(&(struct network_request){.path = path.at, .crs = "EPSG:4547"});

    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_assert_eq(reading.network.n_segments, 2);
    cr_expect_float_eq(reading.network.segments[0].drawn_m, 30, 1e-9);
    cr_expect_eq(reading.network.segments[1].line.n, 0);
    cr_expect(text_equal(reading.network.segments[1].id, TEXT("Q")));
    cr_expect_geq(count_findings(&reading.network, FINDING_GEOMETRY_BROKEN), 1);
    temp_folder_release(&folder);
}

Test(network_dbf, a_truncated_shapefile_keeps_what_it_has) {
    static const char *const texts[] = {"P", "Q"};
    struct temp_folder folder = temp_folder_new();
    struct temp_shape shape = {"gx", 0, NULL, "PIPE_ID", texts, two_lines, 2};
    struct temp_path path = temp_shapefile(&folder, &shape);

    cr_assert_eq(truncate(path.at, 200), 0); /* within the second record */
    CLEANUP(reading_release)
    struct reading reading =
        read_request(&(struct network_request){.path = path.at, .crs = "EPSG:4547"});
    cr_assert(reading.is_read, "%s", reading.err.text);
    cr_assert_eq(reading.network.n_segments, 2);
    cr_expect_float_eq(reading.network.segments[0].drawn_m, 30, 1e-9);
    cr_expect_eq(reading.network.segments[1].line.n, 0);
    cr_expect_geq(count_findings(&reading.network, FINDING_FILE_DAMAGED), 1);
    temp_folder_release(&folder);
}
