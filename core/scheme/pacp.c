/* PACP: from graded defects to ratings, apart for structure and for operation and maintenance
 * (O&M), then overall.
 *
 *     occurrences of a defect          1; length / 1.5 m (5 ft), rounded, for a continuous one
 *     grade score (SG1 to SG5 ...)     grade x occurrences
 *     rating (SPR, MPR, OPR)           their sum
 *     index (SPRI, MPRI, OPRI)         rating / occurrences
 *     quick rating (SQR, MQR, OQR)     highest grade, its count, next grade, its count
 *     likelihood of failure (SLOF ...) first digit + count / 10; with a letter the digit + 1
 *
 * Into the common columns: score the rating, mean and index its index, peak the worst grade, grade
 * and index_grade the same as a grade (0: no defect).  Segments are ranked by the likelihood: the
 * index is a mean, which gets better by one more slight defect. */
#include "core/scheme/pacp.h"

#include <math.h>

#include "core/base.h"

static const double continuous_from_m = 1; /* 3 ft */
static const double occurrence_m = 1.5;    /* 5 ft */
static const double hair_m = 1e-6;

/* The likelihood of failure came with version 7. */
enum { LIKELIHOOD_SINCE = 7 };

/* --- the arithmetic --- */

uint64_t pacp_occurrences(double length_m) {
    if (!(length_m >= continuous_from_m - hair_m)) {
        return 1;
    }
    double rounded = floor((length_m + hair_m) / occurrence_m + 0.5);
    return rounded < 1 ? 1 : (uint64_t)rounded;
}

static uint64_t total_of(const struct pacp_counts *counts) {
    uint64_t n = 0;

    for (size_t grade = 1; grade <= PACP_GRADES; grade++) {
        n += counts->n[grade];
    }
    return n;
}

double pacp_rating(const struct pacp_counts *counts) {
    double rating = 0;

    for (size_t grade = 1; grade <= PACP_GRADES; grade++) {
        rating += (double)grade * (double)counts->n[grade];
    }
    return rating;
}

/* The highest grade below `below` that occurs; 0 without one. */
static size_t next_grade(const struct pacp_counts *counts, size_t below) {
    for (size_t grade = below; grade-- > 1;) {
        if (counts->n[grade] > 0) {
            return grade;
        }
    }
    return 0;
}

static size_t worst_grade(const struct pacp_counts *counts) {
    return next_grade(counts, PACP_GRADES + 1);
}

/* 0-9; A for 10 to 14, B for 15 to 19 and so on, Z for all above. */
static char count_letter(uint64_t n) {
    uint64_t letter = n < 10 ? 0 : (n - 10) / 5;

    return (char)(n < 10 ? '0' + (int)n : 'A' + (int)(letter > 25 ? 25 : letter));
}

void pacp_quick_rating(const struct pacp_counts *counts, char out[5]) {
    size_t grade = PACP_GRADES + 1;

    for (size_t i = 0; i < 4; i += 2) {
        grade = grade == 0 ? 0 : next_grade(counts, grade);
        out[i] = (char)('0' + (int)grade);
        out[i + 1] = grade == 0 ? '0' : count_letter(counts->n[grade]);
    }
    out[4] = '\0';
}

double pacp_likelihood(const struct pacp_counts *counts) {
    size_t grade = worst_grade(counts);
    uint64_t n = counts->n[grade];

    if (grade == 0) {
        return 1;
    }
    return (double)grade + (n < 10 ? (double)n / 10 : 1);
}

/* --- one group --- */

struct rated {
    struct pacp_counts counts;
    struct scheme_item worst;
};

static void trace_defect(const struct scheme_request *request, const struct judged_defect *defect,
    const struct scheme_rule *rule, uint64_t n) {
    struct line label = {.phrases = trace_phrases(request->trace)};

    if (request->trace == NULL) {
        return;
    }
    scheme_add_label(request->table, defect, &label);
    scheme_add_place(defect->from_m, defect->to_m, &label);
    trace_add(request->trace, "  %.*s: grade %d x %llu (%.6g m; %s; %s)",
        TEXT_ARGS(line_text(&label)), grade_number(rule->grade), (unsigned long long)n,
        defect->to_m - defect->from_m, trace_word(request->trace, rule->meaning),
        trace_word(request->trace, rule->source));
}

/* The worst defect is that of the highest grade, the first along the segment of equals. */
static struct rated rate(const struct scheme_request *request, enum defect_group group) {
    struct rated rated = {.worst = {.n = 0}};

    trace_add(request->trace, "%s grades, version %u",
        trace_word(request->trace, request->table->group_names[group]),
        request->site->coding_version);
    for (size_t i = 0; i < request->n; i++) {
        const struct judged_defect *defect = &request->defects[i];
        const struct scheme_rule *rule = defect->verdicts[group].rule;
        if (rule == NULL || !grade_is_number(rule->grade)) {
            continue;
        }
        uint64_t n = pacp_occurrences(defect->to_m - defect->from_m);
        rated.counts.n[grade_number(rule->grade)] += n;
        trace_defect(request, defect, rule, n);
        if (rated.worst.n == 0 || grade_number(rule->grade) > rated.worst.score) {
            rated.worst = (struct scheme_item){.from_m = defect->from_m,
                .to_m = defect->to_m,
                .score = grade_number(rule->grade),
                .n = 1,
                .worst = {(uint32_t)i}};
        }
    }
    scheme_trace_undecided(request, group);
    return rated;
}

static double index_of(const struct pacp_counts *counts) {
    uint64_t n = total_of(counts);

    return n == 0 ? 0 : pacp_rating(counts) / (double)n;
}

static struct condition condition_of(const struct pacp_counts *counts) {
    size_t worst = worst_grade(counts);
    uint8_t grade = grade_from_number((double)worst);

    return (struct condition){
        .score = pacp_rating(counts),
        .peak = (double)worst,
        .mean = index_of(counts),
        .density = NAN,
        .index = index_of(counts),
        .grade = grade,
        .index_grade = grade,
    };
}

/* --- the segment --- */

/* What the figures of a group are called. */
struct names {
    const char *scores[PACP_GRADES + 1];
    const char *rating, *index, *quick, *likelihood;
};

static const struct names structural_names = {
    {NULL, "SG1", "SG2", "SG3", "SG4", "SG5"},
    "SPR", "SPRI", "SQR", "SLOF"
};
static const struct names om_names = {
    {NULL, "MG1", "MG2", "MG3", "MG4", "MG5"},
    "MPR", "MPRI", "MQR", "MLOF"
};
static const struct names overall_names = {
    {NULL, "OG1", "OG2", "OG3", "OG4", "OG5"},
    "OPR", "OPRI", "OQR", "OLOF"
};

static void list_figures(const struct scheme_request *request, struct assessment *assessment,
    const struct pacp_counts *counts, const struct names *names) {
    char quick[5];

    for (size_t grade = 1; grade <= PACP_GRADES; grade++) {
        scheme_add_figure(
            request, assessment, names->scores[grade], (double)grade * (double)counts->n[grade]);
    }
    pacp_quick_rating(counts, quick);
    scheme_add_figure(request, assessment, names->rating, pacp_rating(counts));
    scheme_add_figure(request, assessment, names->index, index_of(counts));
    scheme_add_word(
        request, assessment, names->quick, arena_copy(request->arena, text_from(quick)));
    trace_add(request->trace, "%s %g, %s %.6g, %s %s", names->rating, pacp_rating(counts),
        names->index, index_of(counts), names->quick, quick);
    if (request->site->coding_version >= LIKELIHOOD_SINCE) {
        scheme_add_figure(request, assessment, names->likelihood, pacp_likelihood(counts));
        trace_add(request->trace, "%s %.2g", names->likelihood, pacp_likelihood(counts));
    }
}

static void conclude(const struct scheme_request *request, const struct rated *rated,
    enum defect_group group, const struct condition *condition, struct scheme_outcome *outcome) {
    const char *name = request->table->group_names[group];
    uint8_t priority = scheme_priority_of(request->table, name, condition->grade);
    char quick[5];

    const struct scheme_class *row = scheme_class_of(request->table, "grade", condition->peak);
    trace_add(request->trace, "%s: worst grade %d (%s), priority %u",
        trace_word(request->trace, name), grade_number(condition->grade),
        trace_word(request->trace, row == NULL ? N_("not classed") : row->meaning), priority);
    if (priority != 0 && priority < outcome->priority) {
        outcome->priority = priority;
    }
    if (rated->worst.n == 0) {
        return;
    }
    struct scheme_headline *headline = &outcome->headlines[outcome->n_headlines++];
    *headline = (struct scheme_headline){.priority = priority,
        .index = pacp_likelihood(&rated->counts),
        .worst = rated->worst,
        .figure.phrases = outcome->phrases};
    pacp_quick_rating(&rated->counts, quick);
    line_add(&headline->figure, phrases_word(outcome->phrases, name));
    line_add(&headline->figure, " ");
    line_add(&headline->figure, quick);
}

void pacp_assess(const struct scheme_request *request, struct assessment *assessment,
    struct scheme_outcome *outcome) {
    struct rated structural = rate(request, GROUP_STRUCTURAL);
    struct rated om = rate(request, GROUP_FUNCTIONAL);
    struct pacp_counts overall = {{0}};

    for (size_t grade = 1; grade <= PACP_GRADES; grade++) {
        overall.n[grade] = structural.counts.n[grade] + om.counts.n[grade];
    }
    assessment->structural = condition_of(&structural.counts);
    assessment->functional = condition_of(&om.counts);
    assessment->diameter_is_missing = false; /* nobody asks for it */
    list_figures(request, assessment, &structural.counts, &structural_names);
    list_figures(request, assessment, &om.counts, &om_names);
    list_figures(request, assessment, &overall, &overall_names);
    conclude(request, &structural, GROUP_STRUCTURAL, &assessment->structural, outcome);
    conclude(request, &om, GROUP_FUNCTIONAL, &assessment->functional, outcome);
}
