/* Real files into every target and back: what differs is what the loss report says, field by field,
 * no more and no less.  Written apart from formats/export/losses.c, which it checks. */
#include "tests/formats/export/round_trip.h"

#include <math.h>

#include "core/network.h"
#include "formats/export/targets.h"
#include "formats/export/translate.h"
#include "tests/samples.h"

static const char *const samples[] = {
    "cn_cjj181/cjj181_longgang_records_gbk.csv",
    "cn_cjj181/cjj181_springboot_0001.xls",
    "csv_shapefile/cctv_log.csv",
    "dwa_m150/SYNTHETIC_typeB_inspection.xml",
    "en13508_txt/kwb_example_13508_2.txt",
    "isybau_xml/ISYBAU_XML-2013-Zustandsdaten_DIN_EN_13508-2_AH_Abwasser.xml",
    "pacp/stillwater_Inspections_v6_headers_only.csv",
    "ribx/nens_RibX_Goed_2016-10-04_ZB_A_C_E_G_J_M.ribx",
    "ribx/rgs_inclined.ribx",
    "ribx/rgs_minimal.ribx",
    "sufrib/sufrib_2008_228-1_DWA.RIB",
    "sufrib/sufrib_224-4_DWA.rib",
    "sufrib/sufrib_232-2_DWA.RIB",
    "sufrib/sufrib_4F1_asfalt_werk.rib",
    "vsa_kek/minimal-dataset-transferdatensatz_VSA-KEK-channel-damage.xtf",
    "wincan/GR7188_BuryStEdmunds.db3",
    "wincan/GR7204.db3",
    "wincan/teksi_wincan_inspection.csv",
};

/* --- reading and translating, as the command does with --keep-untranslated --- */

static void translate(const struct export_target *target, struct survey *survey) {
    CLEANUP(translation_release) struct translation table = {0};
    struct translation_use use = {0};
    bool is_spoken = target->catalogue == CATALOGUE_UNKNOWN ||
                     survey->catalogue == target->catalogue ||
                     survey->catalogue == target->other_catalogue;

    if (!is_spoken) {
        translation_default(&table);
        translate_survey(survey,
            &(struct translate_request){target->catalogue, &table, target->holds_inspection}, &use);
        translation_use_release(&use);
    }
}

/* --- comparing --- */

struct counts {
    size_t at[EXPORT_FIELDS];
};

static bool is_lost(struct export_value was, struct export_value is) {
    return was.is_set && !export_values_equal(&was, &is);
}

static void compare_fields(struct counts *counts, enum export_level level,
    const struct inspection *was, const struct inspection *is, const struct observation *row,
    const struct observation *back) {
    for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
        if (export_field_level(field) == level) {
            counts->at[field] +=
                is_lost(export_value_of(field, was, row), export_value_of(field, is, back));
        }
    }
}

static void compare_inspections(struct counts *counts, const struct export_target *target,
    const struct survey *survey, const struct survey *back) {
    size_t at = 0;

    for (size_t i = 0; i < survey->n_inspections; i++) {
        const struct inspection *was = &survey->inspections[i];
        if (!export_holds_inspection(target, was)) {
            continue;
        }
        cr_assert_lt(at, back->n_inspections);
        const struct inspection *is = &back->inspections[at++];
        const struct observation *rows = inspection_observations(was),
                                 *back_rows = inspection_observations(is);
        compare_fields(counts, EXPORT_OF_INSPECTION, was, is, NULL, NULL);
        for (size_t k = 0, n = 0; k < was->n_observations; k++) {
            if (export_holds_row(target, was, &rows[k])) {
                cr_assert_lt(n, is->n_observations);
                compare_fields(counts, EXPORT_OF_OBSERVATION, was, is, &rows[k], &back_rows[n++]);
            }
        }
    }
    cr_expect_eq(at, back->n_inspections);
}

static const struct node *node_called(const struct network *network, struct text id) {
    for (size_t i = 0; network != NULL && i < network->n_nodes; i++) {
        if (text_equal(network->nodes[i].id, id)) {
            return &network->nodes[i];
        }
    }
    return NULL;
}

/* Every node is there, at its place, or is counted as lost. */
static void compare_nodes(const struct export_target *target, const struct export_losses *losses,
    const struct survey *survey, const struct survey *back, const char *name) {
    size_t n_missing = 0, n_moved = 0;

    for (size_t i = 0; survey->network != NULL && i < survey->network->n_nodes; i++) {
        const struct node *was = &survey->network->nodes[i];
        const struct node *is = node_called(back->network, was->id);
        n_missing += is == NULL;
        n_moved += is != NULL && xy_is_set(was->at) && !(fabs(is->at.y - was->at.y) <= 0.0011);
    }
    cr_expect_eq(losses->at[EXPORT_NETWORK_NODES].n_unheld, n_missing, "%s as %s: %zu nodes", name,
        target->name, n_missing);
    cr_expect_eq(n_moved, 0, "%s as %s", name, target->name);
}

static void expect_counted(const struct export_target *target, const struct export_losses *losses,
    const struct counts *counts, const char *name) {
    for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
        enum export_level level = export_field_level(field);
        size_t told = losses->at[field].n_unheld + losses->at[field].n_altered;
        bool is_counted = level == EXPORT_OF_INSPECTION || level == EXPORT_OF_OBSERVATION;
        cr_expect(!is_counted || counts->at[field] == told,
            "%s as %s: %s differs in %zu rows, and the report tells %zu", name, target->name,
            export_field_name(field), counts->at[field], told);
    }
}

static void try_sample(const struct temp_folder *folder, const struct export_target *target,
    const char *name, const char *from) {
    CLEANUP(survey_release) struct survey survey = {0}, back = {0};
    struct temp_path path = temp_path_of(folder, "sample.out");
    struct read_options options = {0};
    struct error err = {0};
    struct counts counts = {0};
    struct export_losses losses = {0};

    cr_assert(survey_read(from, NULL, &options, &survey, &err), "%s: %s", name, err.text);
    translate(target, &survey);
    struct export_request request = {.surveys = &survey, .n_surveys = 1, .path = path.at};
    if (!export_write(target, &request, &losses, &err)) {
        cr_expect(strstr(err.text, "can hold none of the") != NULL, "%s as %s: %s", name,
            target->name, err.text);
        return;
    }
    cr_expect(losses.is_checked);
    read_target_or_die(target, path.at, survey.catalogue, &back);
    compare_inspections(&counts, target, &survey, &back);
    compare_nodes(target, &losses, &survey, &back, name);
    expect_counted(target, &losses, &counts, name);
    unlink(path.at);
}

Test(real_samples, what_differs_is_what_is_told) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    char path[1024];

    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        if (sample_path(path, sizeof path, samples[i]) == NULL) {
            cr_skip_test("no samples");
        }
        for (size_t k = 0; k < n_export_targets; k++) {
            if (export_targets[k]->reader != NULL) {
                try_sample(&folder, export_targets[k], samples[i], path);
            }
        }
    }
}
