/* From findings to breaches: a table tells the rule, indexes find the inspection. */
#include "core/check/work.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

enum about { RUN, ROW };

static const struct {
    bool is_breach, is_covered;
    enum check_rule rule;
    enum about about;
    const char *expected;
} breaches[FINDING_KINDS] = {
#define BREACH(finding, rule, about, expected) \
    [FINDING_##finding] = {true, false, CHECK_##rule, about, expected},
#define COVERED(finding) [FINDING_##finding] = {.is_covered = true},
#include "core/check/findings.def"
#undef BREACH
#undef COVERED
};

bool work_checks(const struct check_work *work, enum check_rule rule) {
    return work->report->was_checked[rule];
}

double work_limit(const struct check_work *work, enum check_rule rule) {
    return work->request->rules->at[rule].limit;
}

static struct violation *add(struct check_work *work, enum check_rule rule) {
    struct check_report *report = work->report;

    report->at = array_reserve(report->at, &report->capacity, report->n + 1, sizeof *report->at);
    report->at[report->n] = (struct violation){
        .rule = rule, .survey = NO_SURVEY, .inspection = NO_INSPECTION, .station_m = NAN};
    return &report->at[report->n++];
}

static struct text found_text(struct check_work *work, const char *format, va_list args) {
    char text[1024];

    vsnprintf(text, sizeof text, format, args);
    return arena_copy(&work->report->arena, text_cut(text_from(text), 400));
}

static struct violation *add_breach(struct check_work *work, struct breach breach) {
    struct violation *violation = add(work, breach.rule);
    const struct inspection *inspection = breach.inspection;
    const struct survey *survey = breach.survey;

    violation->survey = (uint32_t)(survey - work->request->result->surveys);
    violation->file = survey->file.path;
    violation->expected = breach.expected;
    if (inspection != NULL) {
        violation->inspection = inspection->number;
        violation->inspection_id = inspection->id;
        violation->segment_id = inspection->segment_ref;
        violation->line = inspection->line;
    }
    if (breach.observation != NULL) {
        violation->line = breach.observation->line;
        violation->station_m = breach.observation->chainage_m;
    }
    return violation;
}

void work_add(struct check_work *work, struct breach breach, const char *found, ...) {
    enum language language = work->request->language;
    va_list args;

    if (!work_checks(work, breach.rule)) {
        return;
    }
    struct violation *violation = add_breach(work, breach);
    va_start(args, found);
    violation->found = found_text(work, found, args);
    va_end(args);
    violation->told = violation->found;
    if (language != LANGUAGE_EN) {
        va_start(args, found);
        violation->told = found_text(work, lang_text(language, found), args);
        va_end(args);
    }
}

void work_add_words(struct check_work *work, struct breach breach, const char *found) {
    if (work_checks(work, breach.rule)) {
        struct violation *violation = add_breach(work, breach);
        violation->found = text_from(found);
        violation->told = text_from(lang_text(work->request->language, found));
    }
}

/* --- where a finding is --- */

/* In the order of lines, as most readers deliver: what is not found has no station. */
static const struct observation *observation_at(
    const struct inspection *inspection, uint32_t line) {
    const struct observation *rows = inspection_observations(inspection);
    uint32_t low = 0, high = inspection->n_observations;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (rows[middle].line < line) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < inspection->n_observations && rows[low].line == line ? &rows[low] : NULL;
}

/* The last inspection that begins at the line or before it. */
static const struct inspection *inspection_at(const struct survey *survey, uint32_t line) {
    size_t low = 0, high = survey->n_inspections;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (survey->inspections[middle].line <= line) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == 0 ? NULL : &survey->inspections[low - 1];
}

static const struct inspection *inspection_of(
    const struct check_work *work, uint32_t survey, struct finding_place place) {
    const struct result *result = work->request->result;
    uint32_t number = place.inspection_id.n == 0
                          ? INDEX_NONE
                          : index_find(&work->inspections, place.inspection_id);

    if (number != INDEX_NONE && result->inspections[number]->survey == &result->surveys[survey]) {
        return result->inspections[number];
    }
    if (place.line == 0) {
        return NULL;
    }
    const struct inspection *inspection = inspection_at(&result->surveys[survey], place.line);
    bool is_it = inspection != NULL &&
                 (inspection->line == place.line || observation_at(inspection, place.line) != NULL);
    return is_it ? inspection : NULL;
}

/* The flaws of the network are not the contractor's: its file is none of the surveys. */
static bool is_of_delivery(const struct finding *finding, uint32_t survey) {
    return survey != INDEX_NONE || finding->kind == FINDING_NO_SURVEY ||
           finding->kind == FINDING_SURVEY_UNSUPPORTED || finding->kind == FINDING_MEMBER_LEFT_OUT;
}

static const char *const attachments[] = {
#define ATTACHMENT(extension, what) extension,
#include "core/check/attachments.def"
#undef ATTACHMENT
};

/* Goes with a delivery without being a survey. */
static bool is_attachment(const struct finding *finding) {
    struct text path = finding->place.file;
    size_t n = path.n;

    while (n > 0 && path.at[n - 1] != '.' && path.at[n - 1] != '/') {
        n--;
    }
    for (size_t i = 0; n > 0 && path.at[n - 1] == '.' && i < ARRAY_LEN(attachments); i++) {
        if (text_equal_nocase(text_part(path, n, path.n), text_from(attachments[i]))) {
            return finding->kind == FINDING_NO_SURVEY;
        }
    }
    return false;
}

static void add_finding(struct check_work *work, const struct finding *finding) {
    uint32_t survey = index_find(&work->surveys, finding->place.file);
    bool is_other = !breaches[finding->kind].is_breach;
    enum check_rule rule = is_other ? CHECK_DATA_CONSISTENT : breaches[finding->kind].rule;

    if (breaches[finding->kind].is_covered || !is_of_delivery(finding, survey) ||
        (is_other && finding_severity(finding->kind) == SEVERITY_INFO) || is_attachment(finding)) {
        return;
    }
    const struct inspection *inspection =
        survey == INDEX_NONE ? NULL : inspection_of(work, survey, finding->place);
    const struct observation *observation =
        inspection == NULL || (!is_other && breaches[finding->kind].about == RUN)
            ? NULL
            : observation_at(inspection, finding->place.line);
    if (finding->kind == FINDING_DATE_INVALID && inspection != NULL) {
        work->has_bad_date[inspection->number] = true;
    }
    if (!work_checks(work, rule) || (finding->kind == FINDING_CHAINAGE_INVALID &&
                                        observation != NULL && !isnan(observation->chainage_m))) {
        return; /* a chainage that is a number: station-positive looks at it */
    }

    struct violation *violation = add(work, rule);
    violation->survey = survey == INDEX_NONE ? NO_SURVEY : survey;
    violation->file = finding->place.file;
    violation->line = finding->place.line;
    violation->inspection_id = finding->place.inspection_id;
    violation->segment_id = finding->place.segment_id;
    violation->found = arena_copy(&work->report->arena, finding->detail);
    violation->told = violation->found; /* details of findings are English */
    violation->expected =
        is_other ? finding_sentence(finding->kind) : breaches[finding->kind].expected;
    violation->is_finding = true;
    if (inspection != NULL) {
        violation->inspection = inspection->number;
        violation->inspection_id = inspection->id;
        violation->segment_id = inspection->segment_ref;
        violation->station_m = observation == NULL ? NAN : observation->chainage_m;
    }
}

void work_add_findings(struct check_work *work, const struct findings *findings) {
    for (size_t i = 0; i < findings->n; i++) {
        add_finding(work, &findings->at[i]);
    }
}
