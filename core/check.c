/* Findings first, then checks of our own over inspections in order; what both tell of one row is
 * told once, in the order of files, inspections and lines. */
#include "core/check.h"

#include <math.h>
#include <stdlib.h>

#include "core/check/work.h"

static void start(struct check_work *work) {
    const struct check_request *request = work->request;
    const struct result *result = request->result;
    size_t capacity = 0;

    for (size_t i = 0; i < CHECK_RULES; i++) {
        work->report->was_checked[i] =
            request->rules->at[i].severity != CHECK_OFF &&
            (request->has_network || !check_rule_row((enum check_rule)i)->needs_network);
    }
    for (size_t i = 0; i < result->n_surveys; i++) {
        index_add(&work->surveys, result->surveys[i].file.path, (uint32_t)i);
    }
    index_reserve(&work->inspections, result->n_inspections);
    work->has_bad_date =
        array_reserve(NULL, &capacity, result->n_inspections + 1, sizeof *work->has_bad_date);
    for (size_t i = 0; i < result->n_inspections; i++) {
        index_add(&work->inspections, result->inspections[i]->id, (uint32_t)i);
        work->has_bad_date[i] = false;
    }
}

static void finish(struct check_work *work) {
    index_release(&work->surveys);
    index_release(&work->inspections);
    array_release(&work->has_bad_date);
}

/* --- order --- */

static int order(uint64_t a, uint64_t b) {
    return (a > b) - (a < b);
}

static int compare(const void *left, const void *right) {
    const struct violation *a = left, *b = right;
    int by = order(a->survey, b->survey);

    by = by != 0 ? by : text_compare(a->file, b->file);
    /* what is about the file as a whole comes first */
    by = by != 0 ? by : order(a->inspection + 1U, b->inspection + 1U);
    by = by != 0 ? by : order(a->line, b->line);
    by = by != 0 ? by : order(a->rule, b->rule);
    by = by != 0 ? by : order(b->is_finding, a->is_finding);
    by = by != 0 ? by : (a->station_m > b->station_m) - (a->station_m < b->station_m);
    return by != 0 ? by : text_compare(a->found, b->found);
}

static bool is_told(const struct violation *finding, const struct violation *own) {
    return finding->is_finding && !own->is_finding && finding->rule == own->rule &&
           finding->survey == own->survey && finding->inspection == own->inspection &&
           finding->line == own->line;
}

static void put_in_order(struct check_report *report) {
    size_t n = 0;

    if (report->n > 0) {
        qsort(report->at, report->n, sizeof *report->at, compare);
    }
    for (size_t i = 0; i < report->n; i++) {
        if (n == 0 || !is_told(&report->at[n - 1], &report->at[i])) {
            report->at[n++] = report->at[i];
        }
    }
    report->n = n;
}

static void count(struct check_report *report, const struct check_rules *rules, size_t n_surveys) {
    size_t capacity = 0;

    report->files = array_reserve(NULL, &capacity, n_surveys + 1, sizeof *report->files);
    for (size_t i = 0; i <= n_surveys; i++) {
        report->files[i] = (struct check_count){0};
    }
    for (size_t i = 0; i < report->n; i++) {
        const struct violation *violation = &report->at[i];
        struct check_count *file =
            &report->files[violation->survey == NO_SURVEY ? n_surveys : violation->survey];
        bool is_error = rules->at[violation->rule].severity == CHECK_ERROR;
        report->n_by_rule[violation->rule]++;
        file->n_errors += is_error;
        file->n_warnings += !is_error;
        report->total.n_errors += is_error;
        report->total.n_warnings += !is_error;
    }
}

/* --- the checks --- */

void check_delivery(const struct check_request *request, struct check_report *out) {
    struct check_work work = {.request = request, .report = out};
    const struct result *result = request->result;

    start(&work);
    work_add_findings(&work, &result->findings);
    for (size_t i = 0; i < result->n_inspections; i++) {
        const struct inspection *inspection = result->inspections[i];
        check_header(&work, inspection);
        check_stations(&work, inspection);
        check_lengths(&work, inspection);
        check_codes(&work, inspection);
        check_ends(&work, inspection);
        check_repeated(&work, inspection);
    }
    check_continuous(&work);
    check_names(&work);
    check_pictures(&work);
    check_coverage(&work);
    finish(&work);
    put_in_order(out);
    count(out, request->rules, result->n_surveys);
}

bool check_is_accepted(const struct check_report *report) {
    return report->total.n_errors == 0;
}

void check_report_release(struct check_report *report) {
    arena_release(&report->arena);
    array_release(&report->at);
    array_release(&report->files);
    *report = (struct check_report){0};
}
