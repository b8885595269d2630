#include <criterion/criterion.h>
#include <string.h>

#include "cmd/run_options.h"

static const struct {
    const char *value;
    bool is_fine, has_share;
    double share, metres; /* from 0.5 and 7 */
} tolerances[] = {
    {"10%",        true,  true,  0.1,  7  },
    {"2",          true,  true,  0.5,  2  },
    {"2.5m",       true,  true,  0.5,  2.5},
    {"5%,2",       true,  true,  0.05, 2  },
    {" 5 % , 2 m", true,  true,  0.05, 2  },
    {"2",          true,  false, 0.5,  2  },
    {"5%",         false, false, 0.5,  7  },
    {"2,5%",       false, true,  0.5,  7  },
    {"5%,2,1",     false, true,  0.5,  7  },
    {"5%,",        false, true,  0.5,  7  },
    {"-1",         false, true,  0.5,  7  },
    {"2ft",        false, true,  0.5,  7  },
    {"nan",        false, true,  0.5,  7  },
};

Test(run_options, tolerances) {
    for (size_t i = 0; i < ARRAY_LEN(tolerances); i++) {
        double share = 0.5, metres = 7;
        bool is_fine =
            tolerance_parse(tolerances[i].value, tolerances[i].has_share ? &share : NULL, &metres);

        cr_expect_eq(is_fine, tolerances[i].is_fine, "'%s'", tolerances[i].value);
        cr_expect_float_eq(share, tolerances[i].share, 1e-12, "'%s'", tolerances[i].value);
        cr_expect_float_eq(metres, tolerances[i].metres, 1e-12, "'%s'", tolerances[i].value);
    }
}

static const struct {
    const char *value, *want; /* NULL: refused */
} times[] = {
    {"2024-05-01",                "2024-05-01T00:00:00.000Z"},
    {"2024-05-01T10:20:30Z",      "2024-05-01T10:20:30.000Z"},
    {"2024-05-01T10:20:30",       "2024-05-01T10:20:30.000Z"},
    {"2024-02-30",                NULL                      },
    {"2024-05-01T24:00:00Z",      NULL                      },
    {"2024-05-01T10:20:30+02:00", NULL                      },
    {"2024-05-01 10:20:30",       NULL                      },
    {"2024-05-01Z",               NULL                      },
    {"20240501",                  NULL                      },
    {"",                          NULL                      },
};

Test(run_options, times) {
    for (size_t i = 0; i < ARRAY_LEN(times); i++) {
        char got[32] = "";
        bool is_time = timestamp_parse(times[i].value, got);

        cr_expect_eq(is_time, times[i].want != NULL, "'%s'", times[i].value);
        cr_expect_str_eq(got, times[i].want == NULL ? "" : times[i].want, "'%s'", times[i].value);
    }
}

Test(run_options, values_go_where_the_stages_look) {
    const char *line[] = {"run", "a.csv", "--calibration=none", "--merge", "window",
        "--zero-rule=G", "--area-importance=main-road", "--soil=loess-3", "--cap-score",
        "--stretch-tolerance=20%", "--beyond-tolerance=1", "--threads=3", "--pacp-version=8",
        "--scheme=wrc-srm", "--srm-peak=sum", "--srm-limits=hk"};
    struct run_options got = {0};
    struct error err = {0};

    cr_assert(run_options_parse(ARRAY_LEN(line), (char **)line, &got, &err), "%s", err.text);
    cr_expect_eq(got.pipeline.locate.calibration, CALIBRATION_NONE);
    cr_expect_eq(got.pipeline.assess.merge_rule, MERGE_WINDOW);
    cr_expect_eq(got.pipeline.assess.zero_rule, ZERO_RULE_G);
    cr_expect_eq(got.pipeline.assess.area_importance, 6);
    cr_expect_eq(got.pipeline.assess.pacp_version, 8);
    cr_expect_eq(got.pipeline.assess.scheme, SCHEME_WRC);
    cr_expect_eq(got.pipeline.assess.srm_peak, PEAK_SUM);
    cr_expect_eq(got.pipeline.assess.srm_limits, SRM_LIMITS_HK);
    cr_expect_eq(got.pipeline.assess.soil_influence, 8);
    cr_expect_eq(got.soil_path, NULL);
    cr_expect(got.pipeline.assess.cap_score);
    cr_expect_eq(got.pipeline.locate.length_tolerance, 0.2);
    cr_expect_eq(got.pipeline.locate.length_tolerance_m, locate_defaults.length_tolerance_m);
    cr_expect_eq(got.pipeline.locate.beyond_tolerance_m, 1);
    cr_expect_eq(got.pipeline.n_threads, 3);
    cr_expect_str_eq(got.output, "defects.gpkg");
    run_options_release(&got);
}

/* value, what the stages get, whether it is a file; GROUNDWATER_UNKNOWN + 99: refused */
static const struct {
    const char *value;
    int want;
    bool is_file;
} groundwaters[] = {
    {"above",       GROUNDWATER_ABOVE,        false},
    {"changing",    GROUNDWATER_CHANGING,     false},
    {"below",       GROUNDWATER_BELOW,        false},
    {"unknown",     GROUNDWATER_UNKNOWN,      false},
    {"/",           GROUNDWATER_UNKNOWN,      true },
    {"no/such.shp", GROUNDWATER_UNKNOWN + 99, false},
};

Test(run_options, groundwater) {
    for (size_t i = 0; i < ARRAY_LEN(groundwaters); i++) {
        const char *line[] = {"run", "a.csv", "--groundwater", groundwaters[i].value};
        struct run_options got = {0};
        struct error err = {0};
        bool is_fine = groundwaters[i].want != GROUNDWATER_UNKNOWN + 99;

        cr_assert_eq(run_options_parse(ARRAY_LEN(line), (char **)line, &got, &err), is_fine, "'%s'",
            groundwaters[i].value);
        if (is_fine) {
            cr_expect_eq(got.pipeline.assess.groundwater, groundwaters[i].want);
            cr_expect_eq(got.groundwater_path != NULL, groundwaters[i].is_file);
        }
        run_options_release(&got);
    }
}

Test(run_options, the_record_of_a_run_gives_its_options_again) {
    const char *line[] = {"run", "a.csv", "--merge=window", "--zero-rule=G", "--soil=loess-3",
        "--cap-score", "--merge-continuous=no", "--area-importance=centre", "--beyond-tolerance=1",
        "--column=code=a;b", "--network=gone\\pipes.shp", "--time=2024-05-01"};
    CLEANUP(arena_release) struct arena arena = {0};
    struct run_options given = {0}, got = {0};
    struct error err = {0};

    cr_assert(run_options_parse(ARRAY_LEN(line), (char **)line, &given, &err), "%s", err.text);
    struct text record = options_describe(&run_option_table, &given, &arena);
    cr_assert(run_options_parse_description(record, &got, &arena, &err), "%s", err.text);
    cr_expect_eq(
        memcmp(&got.pipeline.assess, &given.pipeline.assess, sizeof got.pipeline.assess), 0);
    cr_expect_eq(got.pipeline.locate.beyond_tolerance_m, 1);
    cr_expect_str_eq(got.network, "gone\\pipes.shp");
    cr_expect_str_eq(got.columns.at[0], "code=a;b");
    struct text again = options_describe(&run_option_table, &got, &arena);
    cr_expect(text_equal(record, again), "%s\n%s", record.at, again.at);
    run_options_release(&given);
    run_options_release(&got);
}

Test(run_options, a_record_may_name_files_that_are_gone) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct run_options got = {0};
    struct error err = {0};

    cr_assert(
        run_options_parse_description(TEXT("soil=gone/soil.shp; network=x"), &got, &arena, &err));
    cr_expect_str_eq(got.soil_path, "gone/soil.shp");
    cr_expect_eq(got.pipeline.assess.soil_influence, 0);
    cr_expect_not(run_options_parse_description(TEXT("beyond-tolerance=much"), &got, &arena, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    run_options_release(&got);
}

Test(run_options, the_table_is_in_order_and_complete) {
    for (size_t i = 0; i < run_option_table.n; i++) {
        const struct option *option = &run_option_table.at[i];
        const struct option *before = i == 0 ? NULL : option - 1;

        cr_expect(option->help != NULL && option->help[0] != '\0', "--%s", option->name);
        cr_expect_eq(option->value == NULL, option->type == OPTION_FLAG, "--%s", option->name);
        cr_expect_eq(option->n_choices > 0, option->type == OPTION_CHOICE, "--%s", option->name);
        cr_expect(before == NULL || strcmp(before->group, option->group) != 0 ||
                      strcmp(before->name, option->name) < 0,
            "--%s is not in alphabetical order", option->name);
    }
}
