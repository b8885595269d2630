/* Networks and measurements in what is written: there and back. */
#include "tests/formats/export/round_trip.h"

#include <math.h>

#include "core/measure.h"
#include "core/network.h"
#include "formats/export/targets.h"

/* --- a network with every field that a target can hold --- */

static struct node *add_node(
    struct network *network, const char *id, struct xy at, double ground_m, double invert_m) {
    struct node *node = network_add_node(network);

    node->id = text_from(id);
    node->at = at;
    node->ground_m = ground_m;
    node->invert_m = invert_m;
    node->kind = pool_add(&network->words, TEXT("manhole"));
    return node;
}

static struct segment *add_segment(struct network *network, const char *id, struct polyline line) {
    struct segment *segment = network_add_segment(network);

    segment->id = text_from(id);
    segment->from_node = 0;
    segment->to_node = 1;
    segment->line = line;
    segment->flow_source = FLOW_FROM_FIELDS;
    segment->length_m = 40.25;
    segment->from_invert_m = 98.125;
    segment->to_invert_m = 97.5;
    segment->diameter_mm = 300;
    segment->year_built = 1979;
    segment->system = SYSTEM_FOUL;
    segment->material = pool_add(&network->words, TEXT("STZ"));
    segment->shape = pool_add(&network->words, TEXT("circular"));
    segment->street = pool_add(&network->words, TEXT("Bahnhofstraße"));
    return segment;
}

static const struct xy bent[] = {
    {3456100.125, 5612200.5},
    {3456120.001, 5612210  },
    {3456140,     5612200  },
};

/* S1 to S2, bent; in `crs`, with `shift_x` on its eastings. */
static void make_network(struct network *network, const char *crs) {
    add_node(network, "S1", bent[0], 100.5, 98.125);
    add_node(network, "S2", bent[2], 100.25, 97.5);
    add_segment(network, "H1", (struct polyline){bent, ARRAY_LEN(bent)});
    network->crs = text_from(crs);
    network->path = TEXT("made.txt");
}

/* One run of H1 from S1, which bears the network. */
static void make_survey(struct survey *survey, struct network *network) {
    *survey = (struct survey){.file = {.path = TEXT("made.txt")}, .catalogue = CATALOGUE_EN13508};
    struct inspection *inspection = survey_add_inspection(survey);

    inspection->segment_ref = TEXT("H1");
    inspection->start_node = TEXT("S1");
    inspection->finish_node = TEXT("S2");
    inspection->direction = DIRECTION_DOWNSTREAM;
    inspection->inspected_on = 20240304;
    inspection->diameter_mm = 300;
    struct observation *observation = survey_add_observation(survey);
    observation->chainage_m = 40;
    observation->code =
        survey_add_code(survey, (struct text){0}, TEXT("BAB"), TEXT("B"), TEXT("A"));
    survey->network = network;
}

static void release(struct survey *survey) {
    survey->network = NULL; /* the test's own */
    survey_release(survey);
}

static void expect_loss(const struct export_losses *losses, enum export_field field, size_t n,
    const struct export_target *target) {
    size_t is = losses->at[field].n_unheld + losses->at[field].n_altered;

    cr_expect_eq(
        is, n, "%s: %s is lost %zu times, not %zu", target->name, export_field_name(field), is, n);
}

static bool is_of_network(enum export_field field) {
    enum export_level level = export_field_level(field);

    return level == EXPORT_OF_NETWORK || level == EXPORT_OF_NODE || level == EXPORT_OF_SEGMENT;
}

Test(network_out, isybau_and_m150_keep_all_of_it) {
    static const struct export_target *const targets[] = {&export_isybau, &export_m150};
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    struct temp_path path = temp_path_of(&folder, "network.xml");

    for (size_t i = 0; i < ARRAY_LEN(targets); i++) {
        CLEANUP(network_release) struct network network = {0};
        CLEANUP(release) struct survey survey = {0};
        CLEANUP(survey_release) struct survey back = {0};
        make_network(&network, "EPSG:31467");
        make_survey(&survey, &network);
        struct export_losses losses = write_or_die(targets[i], &survey, path.at);
        for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
            if (is_of_network(field)) {
                expect_loss(&losses, field, 0, targets[i]);
            }
        }
        read_target_or_die(targets[i], path.at, CATALOGUE_EN13508, &back);
        cr_assert_not_null(back.network);
        cr_assert_eq(back.network->n_nodes, 2);
        cr_assert_eq(back.network->n_segments, 1);
        cr_expect(text_equal(back.network->crs, TEXT("EPSG:31467")), "%s", targets[i]->name);
        cr_expect_eq(back.network->segments[0].line.n, 3);
        cr_expect_float_eq(back.network->nodes[0].at.x, 3456100.125, 1e-9);
        cr_expect_float_eq(back.network->segments[0].line.at[1].x, 3456120.001, 1e-9);
        cr_expect_float_eq(back.network->segments[0].from_invert_m, 98.125, 1e-9);
    }
}

Test(network_out, utm_gets_its_zone_in_m150) {
    static const struct xy line[] = {
        {570396.5, 5827963.25},
        {570429.5, 5827988   },
    };
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(network_release) struct network network = {.crs = TEXT("EPSG:25832")};
    CLEANUP(release) struct survey survey = {0};
    CLEANUP(survey_release) struct survey back = {0};
    struct temp_path path = temp_path_of(&folder, "utm.xml");

    add_node(&network, "S1", line[0], 40, 38);
    add_node(&network, "S2", line[1], 40, 37);
    add_segment(&network, "H1", (struct polyline){line, 2});
    make_survey(&survey, &network);
    struct export_losses losses = write_or_die(&export_m150, &survey, path.at);
    expect_loss(&losses, EXPORT_NETWORK_CRS, 0, &export_m150);
    expect_loss(&losses, EXPORT_NODE_X, 0, &export_m150);
    expect_loss(&losses, EXPORT_SEGMENT_LINE, 0, &export_m150);
    read_target_or_die(&export_m150, path.at, CATALOGUE_EN13508, &back);
    cr_expect_float_eq(back.network->nodes[0].at.x, 32570396.5, 1e-6);
}

Test(network_out, a_crs_that_m150_cannot_tell_is_lost) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(network_release) struct network network = {0};
    CLEANUP(release) struct survey survey = {0};
    struct temp_path path = temp_path_of(&folder, "other.xml");

    make_network(&network, "EPSG:2056");
    make_survey(&survey, &network);
    struct export_losses losses = write_or_die(&export_m150, &survey, path.at);
    expect_loss(&losses, EXPORT_NETWORK_CRS, 1, &export_m150);
    expect_loss(&losses, EXPORT_NODE_X, 0, &export_m150);
}

/* --- RIBX: what was inspected, and nothing else --- */

Test(network_out, ribx_tells_of_inspected_pipes) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(network_release) struct network network = {0};
    CLEANUP(release) struct survey survey = {0};
    CLEANUP(survey_release) struct survey back = {0};
    struct temp_path path = temp_path_of(&folder, "made.ribx");

    make_network(&network, "EPSG:31370");
    add_node(&network, "S3", bent[1], 101, 97);
    add_segment(&network, "H2", (struct polyline){0})->to_node = 2;
    make_survey(&survey, &network);
    struct export_losses losses = write_or_die(&export_ribx, &survey, path.at);
    expect_loss(&losses, EXPORT_NETWORK_CRS, 0, &export_ribx);
    expect_loss(&losses, EXPORT_NETWORK_NODES, 1, &export_ribx);
    expect_loss(&losses, EXPORT_NETWORK_SEGMENTS, 1, &export_ribx);
    expect_loss(&losses, EXPORT_NODE_X, 0, &export_ribx);
    expect_loss(&losses, EXPORT_SEGMENT_LINE, 0, &export_ribx);
    expect_loss(&losses, EXPORT_SEGMENT_FROM_INVERT, 0, &export_ribx);
    expect_loss(&losses, EXPORT_SEGMENT_LENGTH, 0, &export_ribx);
    expect_loss(&losses, EXPORT_SEGMENT_STREET, 0, &export_ribx);
    expect_loss(&losses, EXPORT_NODE_INVERT, 3, &export_ribx);
    read_target_or_die(&export_ribx, path.at, CATALOGUE_EN13508, &back);
    cr_assert_eq(back.n_inspections, 1, "nothing is planned");
    cr_assert_eq(back.network->n_segments, 1);
    cr_expect(text_equal(back.network->crs, TEXT("EPSG:31370")));
}

Test(network_out, ribx_claims_no_crs_that_nobody_knows) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(network_release) struct network network = {0};
    CLEANUP(release) struct survey survey = {0};
    struct temp_path path = temp_path_of(&folder, "local.ribx");

    make_network(&network, NULL);
    make_survey(&survey, &network);
    struct export_losses losses = write_or_die(&export_ribx, &survey, path.at);
    expect_loss(&losses, EXPORT_NETWORK_NODES, 2, &export_ribx);
    expect_loss(&losses, EXPORT_NETWORK_SEGMENTS, 1, &export_ribx);
}

Test(network_out, ribx_turns_a_pipe_that_was_run_against_the_flow) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(network_release) struct network network = {0};
    CLEANUP(release) struct survey survey = {0};
    struct temp_path path = temp_path_of(&folder, "against.ribx");

    make_network(&network, "EPSG:28992");
    make_survey(&survey, &network);
    survey.inspections[0].start_node = TEXT("S2");
    survey.inspections[0].finish_node = TEXT("S1");
    survey.inspections[0].direction = DIRECTION_UPSTREAM;
    struct export_losses losses = write_or_die(&export_ribx, &survey, path.at);
    expect_loss(&losses, EXPORT_SEGMENT_FROM, 0, &export_ribx);
    expect_loss(&losses, EXPORT_SEGMENT_FROM_INVERT, 0, &export_ribx);
    expect_loss(&losses, EXPORT_SEGMENT_TO_INVERT, 0, &export_ribx);
    expect_loss(&losses, EXPORT_SEGMENT_LINE, 0, &export_ribx);
}

Test(network_out, measurements_are_rows_of_ribx) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(survey_release) struct survey survey = {0}, back = {0};
    struct temp_path path = temp_path_of(&folder, "slope.ribx");

    make_survey(&survey, NULL);
    for (size_t i = 0; i < 4; i++) {
        struct measurement *measurement = survey_add_measurement(&survey);
        *measurement = (struct measurement){.chainage_m = (double)i * 0.1,
            .value = -1.25 + (double)i,
            .line = (uint32_t)i + 5,
            .kind = i < 3 ? MEASUREMENT_SLOPE : MEASUREMENT_GAS,
            .unit = MEASURED_IN_PERCENT};
    }
    struct export_losses losses = write_or_die(&export_ribx, &survey, path.at);
    expect_loss(&losses, EXPORT_MEASUREMENTS, 1, &export_ribx); /* gas has no letter */
    cr_expect_eq(losses.at[EXPORT_MEASUREMENTS].first.line, 8);
    read_target_or_die(&export_ribx, path.at, CATALOGUE_EN13508, &back);
    cr_assert_eq(back.n_measurements, 3);
    cr_expect_eq(back.measurements[1].value, -0.25);
    losses = write_or_die(&export_csv, &survey, path.at);
    expect_loss(&losses, EXPORT_MEASUREMENTS, 4, &export_csv);
}

/* --- the workbook --- */

Test(network_out, the_workbook_has_a_table_of_wells) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(network_release) struct network network = {0};
    CLEANUP(release) struct survey survey = {0};
    CLEANUP(survey_release) struct survey back = {0};
    struct temp_path path = temp_path_of(&folder, "wells.xlsx");

    make_network(&network, NULL);
    make_survey(&survey, &network);
    survey.catalogue = CATALOGUE_CJJ181;
    survey.codes[0].code = TEXT("PL");
    struct export_losses losses = write_or_die(&export_cjj181_xlsx, &survey, path.at);
    expect_loss(&losses, EXPORT_NETWORK_NODES, 0, &export_cjj181_xlsx);
    expect_loss(&losses, EXPORT_NODE_X, 0, &export_cjj181_xlsx);
    expect_loss(&losses, EXPORT_NODE_GROUND, 0, &export_cjj181_xlsx);
    expect_loss(&losses, EXPORT_NODE_INVERT, 2, &export_cjj181_xlsx);
    expect_loss(&losses, EXPORT_NETWORK_SEGMENTS, 1, &export_cjj181_xlsx);
    read_target_or_die(&export_cjj181_xlsx, path.at, CATALOGUE_CJJ181, &back);
    cr_assert_not_null(back.network);
    cr_expect_float_eq(back.network->nodes[1].at.y, 5612200, 1e-6, "X is the northing");
}

/* --- several networks --- */

Test(network_out, one_in_another_crs_is_counted_as_lost) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(network_release) struct network here = {0}, there = {0};
    struct survey surveys[2];
    struct temp_path path = temp_path_of(&folder, "two.xml");
    struct export_losses losses = {0};
    struct error err = {0};

    make_network(&here, "EPSG:31467");
    make_network(&there, "EPSG:25832");
    make_survey(&surveys[0], &here);
    make_survey(&surveys[1], &there);
    struct export_request request = {.surveys = surveys, .n_surveys = 2, .path = path.at};
    cr_assert(export_write(&export_isybau, &request, &losses, &err), "%s", err.text);
    expect_loss(&losses, EXPORT_NETWORK_NODES, 2, &export_isybau);
    expect_loss(&losses, EXPORT_NETWORK_SEGMENTS, 1, &export_isybau);
    cr_expect_null(request.network, "the request is as it was");
    release(&surveys[0]);
    release(&surveys[1]);
}

/* --- materials --- */

Test(network_out, codes_of_materials_that_mean_another_thing_are_left_out) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(survey_release) struct survey survey = {0};
    struct temp_path path = temp_path_of(&folder, "material.out");

    make_survey(&survey, NULL);
    inspection_more(&survey, &survey.inspections[0])->material = TEXT("AZ");
    survey.file.format = "en13508";
    struct export_losses losses = write_or_die(&export_isybau, &survey, path.at);
    expect_loss(&losses, EXPORT_MATERIAL, 1, &export_isybau); /* asbestos cement there */
    losses = write_or_die(&export_ribx, &survey, path.at);
    expect_loss(&losses, EXPORT_MATERIAL, 0, &export_ribx);
    survey.file.format = "isybau";
    losses = write_or_die(&export_ribx, &survey, path.at);
    expect_loss(&losses, EXPORT_MATERIAL, 1, &export_ribx);
    losses = write_or_die(&export_m150, &survey, path.at);
    expect_loss(&losses, EXPORT_MATERIAL, 0, &export_m150);
}
