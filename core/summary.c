#include "core/summary.h"

static void count_segments(const struct result *result, struct summary *summary) {
    for (size_t i = 0; i < SUMMARY_WORST; i++) {
        summary->worst[i] = NO_SEGMENT;
    }
    for (size_t i = 0; i < result->network.n_segments; i++) {
        const struct assessment *assessment = &result->assessments[i];
        summary->length_m += segment_length_m(&result->network.segments[i]);
        summary->inspected_m += assessment->inspected_m;
        summary->n_inspected_segments += assessment->n_inspections > 0;
        summary->n_assessed_segments += assessment->priority > 0;
        summary->n_collapse_segments += assessment->is_collapse_hazard;
        summary->n_ungraded += assessment->n_ungraded;
        summary->n_open_cases += assessment->n_open_cases;
        summary->n_unlocated += assessment->n_unlocated;
        summary->n_segments_by_scheme[assessment->scheme] += assessment->priority > 0;
        summary->n_soil_entry += assessment->soil_entry == ANSWER_YES;
        summary->n_misconnected += assessment->is_misconnection;
        if (assessment->priority < SUMMARY_PRIORITIES) {
            summary->n_by_priority[assessment->priority]++;
        }
        if (assessment->rank >= 1 && assessment->rank <= SUMMARY_WORST) {
            summary->worst[assessment->rank - 1] = (uint32_t)i;
        }
    }
    summary->n_segments = result->network.n_segments;
    summary->n_nodes = result->network.n_nodes;
    summary->coverage = summary->length_m > 0 ? summary->inspected_m / summary->length_m : 0;
}

enum { GRADES_SHOWN = SUMMARY_GRADES - 1 };

static void count_observations(const struct inspection *inspection, struct summary *summary) {
    const struct observation *observations = inspection_observations(inspection);

    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        const struct observation *observation = &observations[i];
        summary->n_unplaced_by_reason[observation_unplaced_reason(inspection, observation)]++;
        if (!observation_counts(inspection, observation)) {
            continue;
        }
        enum code_kind kind = observation_code(inspection, observation)->kind;
        enum scheme scheme = inspection->survey->graded_by;
        int grade;
        bool has_grade =
            observation_grade(observation, &grade) && grade >= 0 && grade < GRADES_SHOWN;
        summary->n_by_grade[scheme][kind][has_grade ? 1 + grade : 0]++;
        summary->n_current_defects++;
        summary->n_on_nodes += inspection->object == OBJECT_NODE;
        summary->n_collapse_hazards += observation->is_collapse_hazard;
    }
}

static void count_inspections(const struct result *result, struct summary *summary) {
    for (size_t i = 0; i < result->n_inspections; i++) {
        const struct inspection *inspection = result->inspections[i];
        summary->n_node_inspections += inspection->object == OBJECT_NODE;
        summary->n_duplicates += inspection->is_duplicate;
        summary->n_unplaced_inspections += inspection->unplaced != UNPLACED_NOT;
        summary->n_by_match[inspection->match_method]++;
        count_observations(inspection, summary);
    }
    summary->n_inspections = result->n_inspections;
    summary->n_unplaced_by_reason[UNPLACED_NOT] = 0;
}

static void count_repairs(const struct result *result, struct summary *summary) {
    for (size_t i = 0; i < result->n_repairs; i++) {
        const struct repair *repair = result->repairs[i].repair;
        summary->n_repairs[repair->scope]++;
        if (repair_counts_as_trenchless(repair)) {
            summary->n_trenchless++;
            summary->trenchless_m += repair->length_m;
        }
    }
}

static void count_files(const struct result *result, struct summary *summary) {
    summary->n_files = result->n_surveys;
    for (size_t i = 0; i < result->n_surveys; i++) {
        const struct file_tally *tally = &result->file_tallies[i];
        summary->n_damaged_files += result->surveys[i].file.is_damaged;
        summary->rows.n_inspections += tally->n_inspections;
        summary->rows.n_observations += tally->n_observations;
        summary->rows.n_defects += tally->n_defects;
        summary->rows.n_inventory += tally->n_inventory;
        summary->rows.n_unplaced += tally->n_unplaced;
    }
}

/* Does `a` stand before `b`? */
static bool is_before(const struct finding_count *a, const struct finding_count *b) {
    enum severity severity_a = finding_severity(a->kind), severity_b = finding_severity(b->kind);

    if (severity_a != severity_b) {
        return severity_a < severity_b;
    }
    return a->n != b->n ? a->n > b->n : a->kind < b->kind;
}

static void insert(struct summary *summary, struct finding_count count) {
    size_t i = summary->n_finding_kinds++;

    for (; i > 0 && is_before(&count, &summary->findings[i - 1]); i--) {
        summary->findings[i] = summary->findings[i - 1];
    }
    summary->findings[i] = count;
}

static void count_findings(const struct result *result, struct summary *summary) {
    struct finding_count counts[FINDING_KINDS] = {0};

    for (size_t i = 0; i < result->findings.n; i++) {
        enum finding_kind kind = result->findings.at[i].kind;
        if (counts[kind].n++ == 0) {
            counts[kind].kind = kind;
            counts[kind].example = i;
        }
        summary->n_by_severity[finding_severity(kind)]++;
    }
    for (size_t i = 0; i < FINDING_KINDS; i++) {
        if (counts[i].n > 0) {
            insert(summary, counts[i]);
        }
    }
    summary->n_findings = result->findings.n;
}

struct summary summary_of(const struct result *result) {
    struct summary summary = {0};

    count_segments(result, &summary);
    count_inspections(result, &summary);
    count_repairs(result, &summary);
    count_files(result, &summary);
    count_findings(result, &summary);
    return summary;
}

bool summary_has_defects(const struct summary *summary, enum scheme scheme) {
    for (size_t kind = 0; kind <= CODE_INVENTORY; kind++) {
        for (size_t grade = 0; grade < SUMMARY_GRADES; grade++) {
            if (summary->n_by_grade[scheme][kind][grade] > 0) {
                return true;
            }
        }
    }
    return false;
}
