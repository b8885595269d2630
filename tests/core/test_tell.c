/* What an assessment tells of itself: the words are for people, the facts in them must be right. */
#include <criterion/criterion.h>

#include "core/scheme/tell.h"
#include "tests/core/one_segment.h"

static bool tells(const struct trace *trace, enum trace_section section, const char *words) {
    for (size_t i = 0; i < trace->n; i++) {
        if (trace->sections[i] == section && text_contains(trace->at[i], text_from(words))) {
            return true;
        }
    }
    return false;
}

/* T is that of the segment, all options are the defaults. */
static const struct {
    const char *defects;
    int soil_influence;
    enum trace_section section;
    const char *words;
} cases[] = {
  /* scores, items, sums */
    {"PL3@10 FS2@10.8 CK3@11", 0, TRACE_FIGURES,  "merged: 5 + 2 + 5 = 12, capped at 10"                 },
    {"PL2@10 TJ2@11.2",        0, TRACE_FIGURES,  "weighs 1.1 (1.20 m to its neighbour, within 1.5 m)"   },
    {"PL2@10 TJ2@13",          0, TRACE_FIGURES,  "weighs 1.0 (3.00 m to its neighbour, more than 1.5 m)"},
    {"PL2@10",                 0, TRACE_FIGURES,  "weighs 1.0 (no neighbour)"                            },
    {"PL2@10 TJ2@11.2",        0, TRACE_FIGURES,  "S = (1.1 x 2 + 1.1 x 3) / 2 = 2.75"                   },
    {"PL2@10 TJ2@11.2",        0, TRACE_FIGURES,
     "F = the larger of Smax 3 and S 2.75 = 3: grade 2, over 1 up to 3"                                  },
    {"FS3@10-18",              0, TRACE_FIGURES,
     "SM = (5 x 8) / (5 x 40 m) = 0.2: partial or whole, from 0.1 up to 0.5"                             },
    {"PL3@10",                 6, TRACE_FIGURES,  "RI = 0.7 x 5 + 0.1 x 3 + 0.05 x 3 + 0.15 x 6 = 4.85"  },
    {"PL2@10 CJ3@10",          0, TRACE_FIGURES,  "K and E do not act in MI: F is below 4"               },
    {"PL3@10 CJ3@10",          0, TRACE_FIGURES,  "MI = 0.8 x 5 + 0.15 x 3 + 0.05 x 3 = 4.6: grade III"  },
    {"",                       0, TRACE_FIGURES,  "none: F 0"                                            },
 /* hazards, and what is near one */
    {"PL4@10",                 0, TRACE_HAZARDS,  "PL4 at 10.0 m: collapse hazard (collapse"             },
    {"SL3@12",                 0, TRACE_HAZARDS,  "SL3 at 12.0 m: no hazard, T 0 is below 6"             },
    {"SL3@12",                 6, TRACE_HAZARDS,  "SL3 at 12.0 m: collapse hazard"                       },
    {"SL2@12",                 6, TRACE_HAZARDS,  "SL2 at 12.0 m: no hazard, grade 2 is below 3"         },
    {"SL2@12",                 0, TRACE_HAZARDS,  "grade 2 is below 3, T 0 is below 6"                   },
    {"PL0@12",                 0, TRACE_HAZARDS,  "no hazard, no grade, needed from 4"                   },
    {"CK5@12",                 0, TRACE_HAZARDS,  "no hazard, grade 5 is none of the scheme's"           },
    {"PL3@10 FS2@10.5",        0, TRACE_HAZARDS,  "no hazard, scores within 1 m sum up to 7, below 10"   },
    {"PL3@10 CK3@10.5",        0, TRACE_HAZARDS,  "collapse hazard (scores within 1 m reach 10"          },
 /* soil and priority */
    {"PL3@10",                 0, TRACE_SOIL,     "no: the soil does not move, T is below 8"             },
    {"FS3@10",                 8, TRACE_SOIL,     "no: no open defect"                                   },
    {"PL3@10",                 8, TRACE_SOIL,     "undecided: PL3 at 10.0 m"                             },
    {"PL3@10",                 0, TRACE_PRIORITY, "RI 3.95 (II) stands for priority 4"                   },
    {"CK5@12",                 0, TRACE_PRIORITY, "1 defects not graded"                                 },
    {"PL4@10",                 0, TRACE_PRIORITY, "priority 1: collapse hazard"                          },
};

static void build(struct one_segment *one, const char *defects, int t) {
    one_segment_build(one, 40, 800, 3, t);
    one_segment_log(one, defects);
}

Test(tell, what_was_done_is_told_in_its_section) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(one_segment_release) struct one_segment one;
        CLEANUP(trace_release) struct trace trace = {.n = 0};

        build(&one, cases[i].defects, cases[i].soil_influence);

        one_segment_explain(&one, &trace);
        cr_expect(tells(&trace, cases[i].section, cases[i].words), "%s: '%s' is not told",
            cases[i].defects, cases[i].words);
    }
}

Test(tell, a_trace_changes_no_figure) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(one_segment_release) struct one_segment silent, told;
        CLEANUP(trace_release) struct trace trace = {.n = 0};

        build(&silent, cases[i].defects, cases[i].soil_influence);
        build(&told, cases[i].defects, cases[i].soil_influence);
        struct assessment a = one_segment_assess(&silent), b = one_segment_explain(&told, &trace);
        cr_expect_eq(a.priority, b.priority, "%s", cases[i].defects);
        cr_expect_eq(a.structural.index, b.structural.index, "%s", cases[i].defects);
        cr_expect_eq(a.functional.index, b.functional.index, "%s", cases[i].defects);
        cr_expect(text_equal(a.priority_reason, b.priority_reason), "%s", cases[i].defects);
    }
}

Test(tell, observations_have_notes) {
    static const struct {
        const char *defects, *want; /* of the first one */
    } notes[] = {
        {"PL3@10 FS2@10.8", "F: item 1, merged with 1 other"          },
        {"PL3@10 FS2@20",   "F: item 1"                               },
        {"CJ2@10",          "G: item 1"                               },
        {"PL4@10",          "F: item 1; collapse hazard"              },
        {"FZ2@10",          "recorded only, in no figure"             },
        {"CK5@10",          "structural: not graded, no rule takes it"},
        {"XX1@10",          "not graded: no rule of the scheme fits"  },
    };

    for (size_t i = 0; i < ARRAY_LEN(notes); i++) {
        CLEANUP(one_segment_release) struct one_segment one;
        CLEANUP(trace_release) struct trace trace = {.n = 0};

        build(&one, notes[i].defects, 0);

        one_segment_explain(&one, &trace);
        struct text got = trace_notes_about(&trace, &one.survey.observations[0], &one.arena);
        cr_expect(text_equal(got, text_from(notes[i].want)), "%s: '%.*s'", notes[i].defects,
            TEXT_ARGS(got));
    }
}

static const struct {
    const char *figure;
    double value;
    const char *want;
} limits[] = {
    {"F",  0,    "up to 1"           },
    {"F",  3,    "over 1 up to 3"    },
    {"F",  10,   "over 6"            },
    {"SM", 0.05, "below 0.1"         },
    {"SM", 0.1,  "from 0.1 up to 0.5"},
    {"F",  NAN,  ""                  },
    {"ZZ", 1,    ""                  },
};

Test(tell, limits_of_classes) {
    for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
        struct line line = {.n = 0};

        tell_class_limits(&scheme_cjj181, limits[i].figure, limits[i].value, &line);
        cr_expect(text_equal(line_text(&line), text_from(limits[i].want)), "%s %g: '%.*s'",
            limits[i].figure, limits[i].value, TEXT_ARGS(line_text(&line)));
    }
}

Test(tell, nobody_asked) {
    trace_begin(NULL, TRACE_SOIL);
    trace_add(NULL, "%d", 1);
    trace_note(NULL, &limits, "%d", 1);
    cr_expect_eq(trace_notes_about(NULL, &limits, NULL).n, 0);
}
