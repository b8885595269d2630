#include <math.h>

#include "tests/formats/sufrib_file.h"
#include "tests/formats/temp_files.h"

static void measured(struct file *file, const char *values) {
    add(file, "*MRIO", 20, values);
}

/* name, ZYR to ZYU, what it is; MEASUREMENT_KINDS: nothing */
static const struct {
    const char *name, *values;
    enum measurement_kind kind;
    double value;
    enum measurement_unit unit;
} values[] = {
    {"millimetres from the line", "11=C;12=B;13=7.52;14=-3",  MEASUREMENT_DEVIATION, 7.52,
     MEASURED_IN_MILLIMETRES                                                                                   },
    {"decimetres, by the power",  "11=C;12=B;13=-2;14=-1",    MEASUREMENT_DEVIATION, -200,
     MEASURED_IN_MILLIMETRES                                                                                   },
    {"slope in percent",          "11=A;12=F;13=+1.245",      MEASUREMENT_SLOPE,     1.245, MEASURED_IN_PERCENT},
    {"slope in degrees",          "11=A;12=E;13=.37;14=0",    MEASUREMENT_SLOPE,     0.37,  MEASURED_IN_DEGREES},
    {"too steep to be true",      "11=A;12=E;13=46",          MEASUREMENT_KINDS,     0,     MEASURED_IN_UNKNOWN},
    {"level",                     "11=B;12=B;13=-5.1",        MEASUREMENT_LEVEL,     -5.1,  MEASURED_IN_METRES },
    {"pressure",                  "11=D;12=H;13=1;14=5",      MEASUREMENT_PRESSURE,  1e5,   MEASURED_IN_PASCALS},
    {"thickness of deposits",     "11=K;12=B;13=0.05",        MEASUREMENT_DEPOSIT,   50,
     MEASURED_IN_MILLIMETRES                                                                                   },
    {"no number",                 "11=A;12=F;13=x",           MEASUREMENT_KINDS,     0,     MEASURED_IN_UNKNOWN},
    {"a value out of this world", "11=D;12=H;13=1e300;14=30", MEASUREMENT_KINDS,     0,
     MEASURED_IN_UNKNOWN                                                                                       },
    {"a power out of this world", "11=A;12=F;13=1;14=99",     MEASUREMENT_KINDS,     0,
     MEASURED_IN_UNKNOWN                                                                                       },
};

Test(sufrib_measure, values_of_measurements) {
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        struct file file = {0};
        char text[128];
        alge(&file);
        rioo(&file, P1);
        row(&file, "1=0;2=1;5=P1;6=BCD");
        snprintf(text, sizeof text, "1= 12.40 ;2=1;3=P1;%s", values[i].values);
        measured(&file, text);
        read_or_die(&file, &survey);

        bool is_one = values[i].kind != MEASUREMENT_KINDS;
        cr_expect_eq(survey.n_observations, 1, "%s", values[i].name);
        cr_assert_eq(survey.n_measurements, is_one, "%s", values[i].name);
        cr_expect_eq(count(&survey, FINDING_INVALID_VALUE), !is_one, "%s", values[i].name);
        if (is_one) {
            cr_expect_eq(survey.measurements[0].kind, values[i].kind, "%s", values[i].name);
            cr_expect_eq(survey.measurements[0].unit, values[i].unit, "%s", values[i].name);
            cr_expect_float_eq(
                survey.measurements[0].value, values[i].value, 1e-9, "%s", values[i].name);
            cr_expect_eq(survey.measurements[0].chainage_m, 12.4, "%s", values[i].name);
        }
    }
}

#define SLOPE ";11=A;12=F;13=1"

/* ZYB is not believed where the inspection tells the camera's start. */
Test(sufrib_measure, measurements_count_from_where_the_camera_started) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct file file = {0};
    alge(&file);
    rioo(&file, P1);
    row(&file, "1=30;2=1;5=P1;6=BAF");
    measured(&file, "1=29;2=2;3=P1" SLOPE);
    measured(&file, "1=28;2=2;3=P1" SLOPE);
    rioo(&file, "1=P2;4=N2;6=N3;11=A"); /* both runs: the second came so far */
    row(&file, "1=3;2=1;5=P2;6=BDC");
    row(&file, "1=36;2=2;5=P2;6=BCE");
    measured(&file, "1=20;2=1;3=P2" SLOPE);
    rioo(&file, "1=P3;4=N3;6=N4;11=A"); /* both came so far: ZYB says the second */
    row(&file, "1=40;2=1;5=P3;6=BCE");
    row(&file, "1=40;2=2;5=P3;6=BCE");
    measured(&file, "1=20;2=2;3=P3" SLOPE);
    measured(&file, "1=21;2=2;3=P3" SLOPE);
    rioo(&file, "1=P4;4=N4;6=N5;11=A;18=2024-05-06"); /* no observation: ZYB alone tells */
    measured(&file, "1=20;2=2;3=P4" SLOPE);
    rioo(&file, "1=P5;4=N5;6=N6");
    measured(&file, "1=20;2=2;3=P5" SLOPE);
    measured(&file, "1=20;2=2;3=P9" SLOPE);
    read_or_die(&file, &survey);

    cr_assert_eq(survey.n_inspections, 6);
    cr_assert_eq(survey.n_measurements, 6);
    static const char *const nodes[] = {"N1", "N1", "N3", "N4", "N4", "N5"};
    for (size_t i = 0; i < ARRAY_LEN(nodes); i++) {
        const struct measurement *at = &survey.measurements[i];
        expect_text(survey.inspections[at->inspection].start_node, nodes[i], "start");
    }
    cr_expect_eq(survey.measurements[0].chainage_m, 28, "in order");
    cr_expect_eq(survey.inspections[5].direction, DIRECTION_UPSTREAM, "turned with its start");
    cr_expect_eq(count(&survey, FINDING_START_ASSUMED), 1, "two runs that came so far");
    cr_expect_eq(count(&survey, FINDING_MEASUREMENT_ZERO), 1, "once a file");
    cr_expect_eq(count(&survey, FINDING_ROW_SKIPPED), 1, "pipes without an inspection");
}

static void add_plain(struct file *file, const char *name) {
    char values_of_alge[64];

    snprintf(values_of_alge, sizeof values_of_alge, "1=SUFRIB2.1;11=%s", name);
    add(file, "*ALGE", 12, values_of_alge);
    rioo(file, P1);
}

/* name of the file of measurements, name in ABR, is it found */
static const struct {
    const char *name, *named;
    bool is_found;
} companions[] = {
    {"town.RMB",  "",          true },
    {"Other.Rmb", "OTHER.rmb", true },
    {"other.rmb", "",          false},
};

Test(sufrib_measure, a_file_of_measurements_lies_beside) {
    for (size_t i = 0; i < ARRAY_LEN(companions); i++) {
        CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
        CLEANUP(survey_release) struct survey survey = {0}, alone = {0};
        struct file rib = {0}, rmb = {0};
        struct error err = {0};
        add_plain(&rib, companions[i].named);
        row(&rib, "1=30;2=1;5=P1;6=BAF");
        add_plain(&rmb, "town.RIB");
        measured(&rmb, "1=29;2=1;3=P1" SLOPE);
        struct temp_path path = temp_bytes(&folder, "town.rib", rib.text, rib.n);
        struct temp_path other = temp_bytes(&folder, companions[i].name, rmb.text, rmb.n);

        cr_assert(survey_read(path.at, NULL, &no_options, &survey, &err), "%s", err.text);
        cr_expect_eq(survey.n_measurements, companions[i].is_found, "%s", companions[i].name);
        expect_text(survey.file.encoding, "ASCII", "of the inspections");
        static struct source source;
        cr_assert(source_open(other.at, &source, &err), "%s", err.text);
        cr_expect(format_sufrib.is_companion(&source), "in a folder the other leads");
        cr_assert(source_open(path.at, &source, &err), "%s", err.text);
        cr_expect_not(format_sufrib.is_companion(&source));
        cr_assert(survey_read(other.at, NULL, &no_options, &alone, &err), "%s", err.text);
        cr_expect_str_eq(alone.file.format, "sufrib");
        cr_expect_eq(alone.n_inspections + alone.n_measurements, 0, "it is read with the other");
        cr_expect_eq(count(&alone, FINDING_ROW_SKIPPED), 1);
    }
}

Test(sufrib_measure, measurements_alone_are_refused) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    struct survey survey = {0};
    struct file rmb = {0};
    struct error err = {0};
    add_plain(&rmb, "town.RIB");
    measured(&rmb, "1=29;2=1;3=P1" SLOPE);
    struct temp_path path = temp_bytes(&folder, "lonely.rmb", rmb.text, rmb.n);

    cr_expect_not(survey_read(path.at, NULL, &no_options, &survey, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    cr_expect_not_null(
        strstr(err.text, "belongs to the inspections of 'town.RIB'"), "%s", err.text);
}
