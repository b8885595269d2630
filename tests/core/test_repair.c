#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "tests/core/repair_segment.h"

/* name, DN, length, defects, works */
static const struct {
    const char *name;
    double diameter_mm, segment_m;
    const char *defects, *want;
} plans[] = {
    {"nothing asks for nothing",                          600,  60,  "",                                   ""                                         },
    {"a pipe with only light defects is left",            600,  60,  "PL1@3 BX1@5 CJ1@10-20 FS1@0-60",     ""                                         },
    {"one break gets one sleeve",                         600,  60,  "PL3@10",                             "spot point CIPP 9.75-10.25"               },
    {"a long defect is covered to both sides",            600,  60,  "FS2@10-12",                          "spot point CIPP 9.75-12.25"               },
    {"a sleeve does not stick out of the pipe",           600,  60,  "PL3@0 PL3@60",
     "spot point CIPP 0-0.5 / spot point CIPP 59.5-60"                                                                                                },
    {"spots 3 m apart are one",                           600,  60,  "PL2@10 TJ2@13",                      "spot point CIPP 9.75-13.25"               },
    {"spots farther apart are two",                       600,  60,  "PL2@10 TJ2@13.01",
     "spot point CIPP 9.75-10.25 / spot point CIPP 12.76-13.26"                                                                                       },
    {"spots join in chains",                              600,  60,  "PL2@10 PL2@15 PL2@12.5",             "spot point CIPP 9.75-15.25"               },
    {"three spots are mended one by one",                 600,  60,  "PL2@10 PL2@20 PL2@30",
     "spot point CIPP 9.75-10.25 / spot point CIPP 19.75-20.25 / spot point CIPP 29.75-30.25"                                                         },
    {"four are lined",                                    600,  60,  "PL2@10 PL2@20 PL2@30 PL2@40",        "full inversion CIPP 0-60"                 },
    {"four in three spots are not",                       600,  60,  "PL2@10 PL2@20 PL2@30 PL2@32",
     "spot point CIPP 9.75-10.25 / spot point CIPP 19.75-20.25 / spot point CIPP 29.75-32.25"                                                         },
    {"30 % of the length is not over 30 %",               600,  10,  "FS2@2-4.5",                          "spot point CIPP 1.75-4.75"                },
    {"more is lined",                                     600,  10,  "FS2@2-4.6",                          "full inversion CIPP 0-10"                 },
    {"light defects do not count as spots",               600,  60,  "PL2@10 PL2@20 PL2@30 PL1@40",
     "spot point CIPP 9.75-10.25 / spot point CIPP 19.75-20.25 / spot point CIPP 29.75-30.25"                                                         },
    {"a collapse is dug up",                              600,  60,  "PL4!@20",                            "dig open cut 19-21"                       },
    {"a collapse by its own code too, graded or not",     600,  60,  "collapse@20",                        "dig open cut 19-21"                       },
    {"the pit takes in what lies in it",                  600,  60,  "PL4!@20 PL3@20.5 PL3@25",
     "dig open cut 19-21 / spot point CIPP 24.75-25.25"                                                                                               },
    {"lost shape is dug up",                              600,  60,  "BX4!@20",                            "dig open cut 19-21"                       },
    {"a leak that is a hazard follows the matrix",        600,  60,  "SL4!@20",
     "spot soil grouting + stainless quick-lock sleeve 19.75-20.25"                                                                                   },
    {"an open joint that is a hazard too",                600,  60,  "TJ4!@20",                            "spot point CIPP 19.75-20.25"              },
    {"an offset of grade 4 is dug up",                    600,  60,  "CK4!@20",                            "dig open cut 19-21"                       },
    {"but lined when all is lined",                       600,  60,  "CK4!@20 PL2@1 PL2@30 PL2@40",
     "full inversion CIPP 0-60"                                                                                                                       },
    {"a dig and a lining",                                600,  60,  "PL4!@20 PL2@1 PL2@30 PL2@40 PL2@50",
     "dig open cut 19-21 / full inversion CIPP 0-60"                                                                                                  },
    {"deformation below DN 800 is lined",                 600,  60,  "BX2@20",                             "full inversion CIPP 0-60"                 },
    {"heavy deformation is for short pipes",              600,  60,  "BX3@20",                             "full short pipe lining 0-60"              },
    {"the lining must mend all",                          600,  60,  "BX3@20 FS2@30",                      "full fold and form lining 0-60"           },
    {"heavy deformation from DN 800",                     800,  60,  "BX3@20",                             "spot point CIPP 19.75-20.25"              },
    {"rings where sleeves end",                           1600, 60,  "PL3@20",                             "spot stainless expansion ring 19.75-20.25"},
    {"no sleeve for grade 4 there: spray",                1600, 60,  "PL4@20",                             "full cement mortar spray 0-60"            },
    {"offsets from DN 800 are no case for a lining",      1000, 60,  "CK2@1 CK2@20 PL2@30 PL2@40",
     "spot point CIPP 0.75-1.25 / spot point CIPP 19.75-20.25 / "
        "spot stainless quick-lock sleeve 29.75-30.25 / spot stainless quick-lock sleeve "
        "39.75-40.25"                                                                                                                                 },
    {"many of them are: a trench",                        1000, 60,  "CK2@1 CK2@20 CK2@30 CK2@40 PL2@50",
     "dig open cut 0-60"                                                                                                                              },
    {"a sag is dug up, a liner keeps it",                 600,  60,  "QF3@10-14",                          "dig open cut 9-15"                        },
    {"a slight sag is left",                              600,  60,  "QF2@10-14",                          ""                                         },
    {"neighbours that no method shares are mended apart", 600,  60,  "SL4@10 CK3@11",
     "spot soil grouting + stainless quick-lock sleeve 9.75-10.25 / spot point CIPP 10.75-11.25"                                                      },
    {"a void is filled first",                            600,  60,  "soil3@10 PL3@11",
     "spot soil grouting + point CIPP 9.75-11.25"                                                                                                     },
    {"sediment: the whole pipe is jetted",                600,  60,  "CJ3@10-20 CJ2@30-40",
     "clean high-pressure jetting 0-60"                                                                                                               },
    {"roots are cut where they are",                      600,  60,  "SG3@10 SG2@40",
     "clean root cutting 9.5-10.5 / clean root cutting 39.5-40.5"                                                                                     },
    {"obstacles are removed",                             600,  60,  "ZW2@10",                             "clean obstacle removal 10-10"             },
    {"a wall is milled off",                              600,  60,  "CQ2@10",                             "clean robot milling 10-10"                },
    {"scale is scraped off",                              600,  60,  "JG3@10",                             "clean mechanical descaling 9.5-10.5"      },
    {"scum is recorded only",                             600,  60,  "FZ2@10",                             ""                                         },
    {"cleaning does not count as spots",                  600,  60,  "PL2@10 SG2@1 SG2@20 SG2@30 SG2@40",
     "spot point CIPP 9.75-10.25 / clean root cutting 0.5-1.5 / clean root cutting 19.5-20.5 / "
        "clean root cutting 29.5-30.5 / clean root cutting 39.5-40.5"                                                                                 },
    {"an intruding branch is milled back",                600,  60,  "AJ2@10",                             "spot robot milling 10-10"                 },
    {"many branches are no case for a lining",            600,  60,  "AJ2@10 AJ2@20 AJ2@30 AJ2@40",
     "spot robot milling 10-10 / spot robot milling 20-20 / spot robot milling 30-30 / "
        "spot robot milling 40-40"                                                                                                                    },
    {"a branch too wide for the robot is cut by hand",    1500, 60,  "AJ2@10",
     "spot hand repair 9.75-10.25"                                                                                                                    },
    {"small pipes",                                       200,  60,  "PL3@10",                             "spot point CIPP 9.75-10.25"               },
    {"small pipes burst open",                            200,  60,  "BX3@10 SL2@20",                      "full pipe bursting 0-60"                  },
    {"a diameter that nobody knows: the scope alone",     NAN,  60,  "PL3@10",                             "spot ? 9.75-10.25"                        },
    {"... of a lining",                                   NAN,  60,  "PL3@10 PL3@20 PL3@30 PL3@40",        "full ? 0-60"                              },
    {"... but a collapse is dug up whatever it is",       NAN,  60,  "PL4!@10",                            "dig open cut 9-11"                        },
    {"... and jetting is jetting",                        NAN,  60,  "CJ3@10",                             "clean high-pressure jetting 0-60"         },
    {"without a length there is no share",                600,  NAN, "PL3@10",                             "spot point CIPP 9.75-10.25"               },
};

Test(repair, plans) {
    for (size_t i = 0; i < ARRAY_LEN(plans); i++) {
        CLEANUP(repair_segment_release) struct repair_segment segment;

        repair_segment_build(&segment);
        segment.request.site.diameter_mm = plans[i].diameter_mm;
        segment.request.site.segment_m = plans[i].segment_m;
        repair_segment_log(&segment, plans[i].defects);
        cr_expect_str_eq(repair_segment_text(&segment), plans[i].want, "%s: '%s', not '%s'",
            plans[i].name, segment.text, plans[i].want);
        cr_expect_eq(segment.plan.n_undecided, 0, "%s", plans[i].name);
    }
}

/* name, DN, defects, reason, alternatives, exclusions: of the first repair */
static const struct {
    const char *name;
    double diameter_mm;
    const char *defects, *reason, *alternatives, *exclusions;
} words[] = {
    {"a spot",                              600,  "PL3@12",                            "PL3 at 12.0 m",                                         "stainless quick-lock sleeve",               ""},
    {"a stretch",                           600,  "FS2@3-4.5",                         "FS2 at 3.0-4.5 m",                                      "stainless quick-lock sleeve",               ""},
    {"a joined spot names the worst first", 600,  "PL2@12 TJ3@14",
     "one spot, neighbours within 3 m: TJ3 at 14.0 m, PL2 at 12.0 m",                                                                           "stainless quick-lock sleeve",               ""},
    {"many spots",                          600,  "PL2@10 PL2@20 PL3@30 PL2@40",
     "4 spots, more than 3: PL3 at 30.0 m, PL2 at 10.0 m, PL2 at 20.0 m and 1 more",                                                            "UV-CIPP; pad lining; fold and form lining", ""},
    {"a large share",                       600,  "PL2@10-30",
     "spots over 20.5 of 60.0 m, more than 30 %: PL2 at 10.0-30.0 m",                                                                           "UV-CIPP; pad lining; fold and form lining", ""},
    {"a method too few",                    600,  "BX2@10",                            "no spot method for BX2 at 10.0 m: BX2 at 10.0 m",
     "UV-CIPP; short pipe lining; fold and form lining",                                                                                                                                     ""},
    {"a lining that deformation excludes",  600,  "BX3@12 FS2@30",
     "no spot method for BX3 at 12.0 m: BX3 at 12.0 m, FS2 at 30.0 m",                                                                          "",
     "inversion CIPP excluded: deformation BX3 at 12.0 m; UV-CIPP excluded: deformation BX3 at "
        "12.0 m; short pipe lining excluded: not for FS2 at 30.0 m"                                                                                                                            },
    {"a diameter beyond the maker's",       1800, "TJ3@10",                            "TJ3 at 10.0 m",                                         "",
     "point CIPP excluded: DN 1800 over 1500; stainless quick-lock sleeve excluded: DN 1800 over "
        "1500"                                                                                                                                                                                 },
    {"both at once",                        1800, "BX2@1 BX3@12 PL2@20 PL2@30 PL2@40", "BX2 at 1.0 m",                                          "",
     "point CIPP excluded: DN 1800 over 1500; stainless quick-lock sleeve excluded: DN 1800 over "
        "1500; inversion CIPP excluded: deformation BX3 at 12.0 m; UV-CIPP excluded: DN 1800 over "
        "1600, deformation BX3 at 12.0 m"                                                                                                                                                      },
    {"a collapse",                          600,  "PL4!@10",                           "emergency: collapse, PL4 at 10.0 m",                    "",
     "linings and sleeves excluded: shape lost, PL4 at 10.0 m"                                                                                                                                 },
    {"an unknown diameter",                 NAN,  "PL3@10",                            "PL3 at 10.0 m; diameter unknown: no method was chosen",
     "",                                                                                                                                                                                     ""},
};

Test(repair, words) {
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        CLEANUP(repair_segment_release) struct repair_segment segment;

        repair_segment_build(&segment);
        segment.request.site.diameter_mm = words[i].diameter_mm;
        repair_segment_log(&segment, words[i].defects);
        repair_segment_plan(&segment);
        cr_assert(segment.plan.n > 0, "%s", words[i].name);
        const struct repair *first = &segment.plan.at[0];
        cr_expect(text_equal(first->reason, text_from(words[i].reason)), "%s: '%.*s'",
            words[i].name, TEXT_ARGS(first->reason));
        cr_expect(text_equal(first->alternatives, text_from(words[i].alternatives)), "%s: '%.*s'",
            words[i].name, TEXT_ARGS(first->alternatives));
        cr_expect(text_equal(first->exclusions, text_from(words[i].exclusions)), "%s: '%.*s'",
            words[i].name, TEXT_ARGS(first->exclusions));
    }
}

Test(repair, the_density_of_the_scheme_decides_too) {
    CLEANUP(repair_segment_release) struct repair_segment segment;

    repair_segment_build(&segment);
    segment.request.site.is_dense = true;
    repair_segment_log(&segment, "PL2@10");
    cr_expect_str_eq(repair_segment_text(&segment), "full inversion CIPP 0-60");
    cr_expect(text_equal(
        segment.plan.at[0].reason, TEXT("defects over the whole length: PL2 at 10.0 m")));
    segment.request.site.diameter_mm = 1000;
    segment.defects[0].family = FAMILY_OFFSET;
    cr_expect_str_eq(repair_segment_text(&segment), "dig open cut 0-60", "%s", segment.text);
}

/* RI, MI, defects, works */
static const struct {
    double structural_index, functional_index;
    const char *defects, *want;
    uint32_t n_left;
} idle[] = {
    {1,    NAN, "PL2@10",             "",                                           1},
    {1.01, NAN, "PL2@10",             "spot point CIPP 9.75-10.25",                 0},
    {0.7,  NAN, "PL4!@10",            "dig open cut 9-11",                          0},
    {0.7,  NAN, "collapse@10",        "dig open cut 9-11",                          0},
    {0.7,  NAN, "soil1@10",           "spot soil grouting + point CIPP 9.75-10.25", 0},
    {0.7,  NAN, "CJ2@10",             "clean high-pressure jetting 0-60",           0},
    {NAN,  0.9, "CJ2@10 PL2@10",      "spot point CIPP 9.75-10.25",                 1},
    {NAN,  NAN, "PL1@10 CJ1@3 FZ1@4", "",                                           3},
};

Test(repair, an_index_of_class_I_asks_for_no_works) {
    for (size_t i = 0; i < ARRAY_LEN(idle); i++) {
        CLEANUP(repair_segment_release) struct repair_segment segment;

        repair_segment_build(&segment);
        segment.request.site.structural_index = idle[i].structural_index;
        segment.request.site.functional_index = idle[i].functional_index;
        repair_segment_log(&segment, idle[i].defects);
        cr_expect_str_eq(
            repair_segment_text(&segment), idle[i].want, "case %zu: '%s'", i, segment.text);
        cr_expect_eq(segment.plan.n_left, idle[i].n_left, "case %zu", i);
    }
}

/* DN, defects, left undecided, finding */
static const struct {
    double diameter_mm;
    const char *defects;
    uint32_t n_undecided;
    const char *detail; /* NULL: none */
} undecided[] = {
    {600, "PL2@10",                   0, NULL                                                           },
    {600, "",                         0, NULL                                                           },
    {600, "PL@10",                    1, "PL at 10.0 m (not graded)"                                    },
    {600, "other3@10-12",             1, "other3 at 10.0-12.0 m (no row for other of grade 3 at DN 600)"},
    {600, "XY3@10",                   1, "XY3 at 10.0 m (no row for this code of grade 3 at DN 600)"    },
    {NAN, "XY3@10",                   1, "XY3 at 10.0 m (no row for this code of grade 3)"              },
    {600, "PL3@nan",                  1, "PL3 (no place)"                                               },
    {600, "PL@1 PL@2 PL@3 PL@4 PL@5", 5,
     "PL at 1.0 m (not graded), PL at 2.0 m (not graded), PL at 3.0 m (not graded) and 2 more"          },
    {NAN, "PL2@10 CJ3@4",             0, "diameter unknown: no method for 1 of 2 repairs"               },
    {NAN, "PL2@10 PL@20",             1,
     "diameter unknown: no method for 1 of 1 repairs; PL at 20.0 m (not graded)"                        },
    {NAN, "CJ3@4",                    0, NULL                                                           },
};

Test(repair, what_cannot_be_decided_is_told) {
    for (size_t i = 0; i < ARRAY_LEN(undecided); i++) {
        CLEANUP(repair_segment_release) struct repair_segment segment;
        const char *want = undecided[i].detail;

        repair_segment_build(&segment);
        segment.request.site.diameter_mm = undecided[i].diameter_mm;
        repair_segment_log(&segment, undecided[i].defects);
        repair_segment_plan(&segment);
        cr_expect_eq(segment.plan.n_undecided, undecided[i].n_undecided, "case %zu", i);
        cr_assert_eq(segment.findings.n, want != NULL, "case %zu", i);
        if (want != NULL) {
            cr_expect_eq(segment.findings.at[0].kind, FINDING_REPAIR_UNDECIDED);
            cr_expect(text_equal(segment.findings.at[0].detail, text_from(want)), "case %zu: %.*s",
                i, TEXT_ARGS(segment.findings.at[0].detail));
        }
        segment.request.findings = NULL;
        repair_segment_plan(&segment);
        cr_expect_eq(segment.findings.n, want != NULL, "nobody listens: case %zu", i);
    }
}

/* Every defect is mended, left or undecided, whatever the order; and the plan is the same. */
Test(repair, order_of_defects_does_not_matter) {
    static const char *const logs[] = {
        "PL4!@20 PL3@20.5 SL3@1 CK2@2 CJ2@3-9 TJ@4 BX3@30 FS2@40-44 SG3@2 TL1@7 PL2@50 PL2@55",
        "CK3@1 PL3@2 SL4@3 CK4@4 TJ2@5 QF3@6-9 AJ2@8 soil2@8 CR3@20 collapse@21 FZ1@3",
    };
    static const double diameters_mm[] = {200, 600, 1000, 1800, NAN};

    for (size_t i = 0; i < ARRAY_LEN(logs) * ARRAY_LEN(diameters_mm); i++) {
        CLEANUP(repair_segment_release) struct repair_segment one, two;
        struct repair_segment *both[] = {&one, &two};
        for (size_t k = 0; k < 2; k++) {
            repair_segment_build(both[k]);
            both[k]->request.site.diameter_mm = diameters_mm[i % ARRAY_LEN(diameters_mm)];
            repair_segment_log(both[k], logs[i / ARRAY_LEN(diameters_mm)]);
        }
        size_t n = one.request.n;
        for (size_t k = 0; k < n; k++) {
            two.defects[k] = one.defects[n - 1 - k];
        }
        repair_segment_text(&one);
        cr_expect_str_eq(repair_segment_text(&two), one.text, "%zu", i);

        uint32_t n_mended = 0, n_told = 0;
        for (size_t k = 0; k < n; k++) {
            cr_expect_eq(one.plan.repair_of[k], two.plan.repair_of[n - 1 - k], "%zu: %zu", i, k);
            n_mended += repair_of_defect(&one.plan, k) != NULL;
        }
        for (size_t k = 0; k < one.plan.n; k++) {
            cr_expect(text_equal(one.plan.at[k].reason, two.plan.at[k].reason), "%zu", i);
            cr_expect(text_equal(one.plan.at[k].exclusions, two.plan.at[k].exclusions), "%zu", i);
            n_told += one.plan.at[k].n_defects;
        }
        cr_expect_eq(n_mended, n_told, "%zu: n_defects of the repairs", i);
        cr_expect_eq(n_mended + one.plan.n_left + one.plan.n_undecided, n, "%zu", i);
    }
}

Test(repair, the_worst_scope_and_its_method_stand_for_the_segment) {
    CLEANUP(repair_segment_release) struct repair_segment segment;

    repair_segment_build(&segment);
    repair_segment_log(&segment, "CJ2@10 PL2@20 SL4@40");
    repair_segment_plan(&segment);
    cr_expect_eq(segment.plan.worst_scope, REPAIR_SPOT);
    cr_expect(text_equal(segment.plan.main_method, TEXT("point CIPP")));
    cr_expect_null(repair_segment(&(struct repair_request){0}, NULL).at, "no defects, no costs");
    cr_expect_null(repair_of_defect(&(struct repair_plan){0}, 0));
}

/* defects, priority of the segment, priority, trenchless: of the first repair */
static const struct {
    const char *defects;
    uint8_t segment, want;
    bool is_trenchless;
} urgencies[] = {
    {"PL4!@10",     3, 1, false},
    {"collapse@10", 0, 1, false},
    {"SL3!@10",     1, 1, true },
    {"PL3@10",      0, 3, true },
    {"PL3@10",      2, 3, true },
    {"PL3@10",      4, 4, true },
    {"PL2@10",      0, 4, true },
    {"CK4@10",      1, 2, false},
    {"CJ4@10",      2, 2, true },
    {"soil@10",     0, 4, true },
};

Test(repair, priority_and_trench) {
    for (size_t i = 0; i < ARRAY_LEN(urgencies); i++) {
        CLEANUP(repair_segment_release) struct repair_segment segment;

        repair_segment_build(&segment);
        segment.request.site.priority = urgencies[i].segment;
        repair_segment_log(&segment, urgencies[i].defects);
        repair_segment_plan(&segment);
        cr_assert_eq(segment.plan.n, 1, "case %zu", i);
        cr_expect_eq(segment.plan.at[0].priority, urgencies[i].want, "case %zu: %d", i,
            segment.plan.at[0].priority);
        cr_expect_eq(segment.plan.at[0].is_trenchless, urgencies[i].is_trenchless, "case %zu", i);
    }
}

/* material, shape, DN, defects, works */
static const struct {
    const char *material, *shape;
    double diameter_mm;
    const char *defects, *want, *exclusions;
} pipes[] = {
    {"PVC",             NULL,     1000, "FS2@1-40",      "full inversion CIPP 0-60",
     "cement mortar spray excluded: material 'PVC'"                                                           },
    {"RCP",             NULL,     1000, "FS2@1-40",      "full cement mortar spray 0-60",                   ""},
    {NULL,              "egg",    600,  "PL2@10",        "spot point CIPP 9.75-10.25",
     "stainless quick-lock sleeve excluded: shape 'egg'"                                                      },
    {"钢筋混凝土", "圆形", 200,  "BX3@10 SL2@20", "dig open cut 9-11 / spot point CIPP 19.75-20.25",
     "pipe bursting excluded: material '钢筋混凝土'"                                                     },
    {"concrete",        NULL,     400,  "BX4@10",        "dig open cut 9-11",
     "linings and sleeves excluded: shape lost, BX4 at 10.0 m"                                                },
};

Test(repair, material_and_shape) {
    for (size_t i = 0; i < ARRAY_LEN(pipes); i++) {
        CLEANUP(repair_segment_release) struct repair_segment segment;

        repair_segment_build(&segment);
        segment.request.site.material = text_from(pipes[i].material);
        segment.request.site.shape = text_from(pipes[i].shape);
        segment.request.site.diameter_mm = pipes[i].diameter_mm;
        repair_segment_log(&segment, pipes[i].defects);
        cr_expect_str_eq(
            repair_segment_text(&segment), pipes[i].want, "case %zu: '%s'", i, segment.text);
        cr_expect(text_equal(segment.plan.at[0].exclusions, text_from(pipes[i].exclusions)),
            "case %zu: '%.*s'", i, TEXT_ARGS(segment.plan.at[0].exclusions));
    }
}

/* defects, quantity, unit, cost with the prices below, currency: of the first repair */
static const struct {
    const char *defects;
    double diameter_mm, quantity;
    const char *unit;
    double cost;
    const char *currency;
} bills[] = {
    {"PL3@10",          600, 1,  "piece", 2000,    "CNY"},
    {"PL3@10 PL3@12",   600, 2,  "piece", 4000,    "CNY"},
    {"FS2@10-12",       600, 5,  "piece", 10000,   "CNY"},
    {"PL3@10 PL3@10.2", 600, 2,  "piece", 4000,    "CNY"},
    {"PL3@10",          400, 1,  "piece", 1500,    "CNY"},
    {"PL3@10",          500, 1,  "piece", 2000,    "CNY"},
    {"PL3@10",          200, 1,  "piece", NAN,     NULL },
    {"SL4@10",          600, 1,  "piece", 3500,    "CNY"},
    {"CR2@10",          600, 1,  "piece", NAN,     NULL },
    {"soil2@10",        600, 1,  "piece", 2500,    "CNY"},
    {"BX2@10",          500, 60, "m",     94247.8, "CNY"},
    {"CJ3@10",          600, 60, "m",     600,     "CNY"},
    {"SG3@10",          600, 1,  "m",     NAN,     NULL },
    {"CJ3@10",          NAN, 60, "m",     600,     "CNY"},
    {"PL4!@10",         NAN, 2,  "m",     NAN,     NULL },
};

Test(repair, costs) {
    uint8_t point = repair_method_find(&repair_defaults, TEXT("point CIPP"));
    const struct repair_price prices[] = {
        {point, 300,     500,               REPAIR_UNIT_PIECE, 1500,  "CNY"},
        {                                   point,  500,     800, REPAIR_UNIT_PIECE,              2000, "CNY"     },
        { repair_method_find(&repair_defaults,    TEXT("CIPP")),   0,    INFINITY,              REPAIR_UNIT_M2,                                                       1000,
         "CNY"},
        {                                                            repair_method_find(&repair_defaults,    TEXT("soil grouting")),   0,                 INFINITY,
         REPAIR_UNIT_PIECE,                               500,      "CNY"},
        { repair_method_find(&repair_defaults,    TEXT("不锈钢快速锁")),   0, INFINITY,                                                 REPAIR_UNIT_PIECE,
         3000,                                                      "CNY"},
        { repair_method_find(&repair_defaults,    TEXT("robot milling")),   0,                 INFINITY,
         REPAIR_UNIT_PIECE,                                10,      "EUR"},
        { repair_method_find(&repair_defaults,    TEXT("jetting")),   0,     INFINITY,                REPAIR_UNIT_M,                                                       10,
         "CNY"},
        {                                                            repair_method_find(&repair_defaults,  TEXT("open cut")), 300,     INFINITY,                REPAIR_UNIT_M,                                                       10,
         "CNY"},
    };
    struct repair_tables tables = repair_defaults;

    tables.prices = prices;
    tables.n_prices = ARRAY_LEN(prices);
    for (size_t i = 0; i < ARRAY_LEN(bills); i++) {
        CLEANUP(repair_segment_release) struct repair_segment segment;
        repair_segment_build(&segment);
        segment.request.tables = &tables;
        segment.request.site.diameter_mm = bills[i].diameter_mm;
        repair_segment_log(&segment, bills[i].defects);
        repair_segment_plan(&segment);
        const struct repair *repair = &segment.plan.at[0];
        cr_expect_float_eq(
            repair->quantity, bills[i].quantity, 1e-6, "case %zu: %g", i, repair->quantity);
        cr_expect(text_equal(repair->unit, text_from(bills[i].unit)), "case %zu", i);
        cr_expect_eq(isnan(repair->cost), isnan(bills[i].cost), "case %zu: %g", i, repair->cost);
        if (!isnan(bills[i].cost)) {
            cr_expect_float_eq(repair->cost, bills[i].cost, 0.1, "case %zu: %g", i, repair->cost);
        }
        cr_expect(text_equal(repair->currency, text_from(bills[i].currency)), "case %zu", i);
    }
}

Test(repair, without_prices_nothing_costs_anything) {
    CLEANUP(repair_segment_release) struct repair_segment segment;

    repair_segment_build(&segment);
    repair_segment_log(&segment, "PL3@10 CJ3@20");
    repair_segment_plan(&segment);
    cr_assert_eq(segment.plan.n, 2);
    cr_expect(isnan(segment.plan.at[0].cost) && isnan(segment.plan.at[1].cost));
    cr_expect_eq(segment.plan.at[0].currency.n, 0);
}
