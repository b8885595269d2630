/* The header of a RIBX record: an inspection of a pipe (ZB_A) or of a manhole (ZB_C). */
#include <math.h>

#include "core/base.h"
#include "formats/survey/en_values.h"
#include "formats/survey/ribx.h"

/* The header in hand: its values are views into `raw`. */
struct header {
    struct ribx *ribx;
    struct survey *survey;
    struct inspection *inspection;
    struct inspection_more *more;
    const char *raw;
};

static struct text value_of(const struct header *header, enum ribx_element word) {
    return xml_record_value(&header->ribx->record, header->raw, word);
}

/* Codes of pipes and of manholes that mean the same. */
static struct text either(
    const struct header *header, enum ribx_element of_pipe, enum ribx_element of_manhole) {
    return value_of(header, header->ribx->is_manhole ? of_manhole : of_pipe);
}

static double number_of(const struct header *header, enum ribx_element word, const char *element) {
    return ribx_number(header->ribx, header->ribx->record.line, element, value_of(header, word));
}

void ribx_inspection_begin(struct ribx *ribx) {
    struct inspection *inspection = survey_add_inspection(ribx->survey);

    inspection->line = ribx->record.line;
    inspection->segment_ref = arena_copy(&ribx->survey->arena,
        xml_record_value(&ribx->record, ribx->record.raw, ribx->is_manhole ? EL_CAA : EL_AAA));
    ribx->has_inspection = true;
}

/* --- what the header says --- */

static struct text word_or(const char *word, struct text value) {
    return word == NULL ? value : text_from(word);
}

static void fill_common(const struct header *header) {
    struct inspection *inspection = header->inspection;
    struct inspection_more *more = header->more;
    struct text date = either(header, EL_ABF, EL_CBF);
    enum sewer_system system = en_system(either(header, EL_ACK, EL_CCK));

    if (date.n > 0 && !text_to_date(date, &inspection->inspected_on)) {
        ribx_find(header->ribx, FINDING_DATE_INVALID, inspection->line, "date", date);
    }
    inspection->operator_word = pool_add(&header->survey->words, either(header, EL_ABH, EL_CBH));
    inspection->method_word = pool_add(&header->survey->words, either(header, EL_ABE, EL_CBE));
    more->time = either(header, EL_ABG, EL_CBG);
    more->purpose = either(header, EL_ABP, EL_CBP);
    more->standard = either(header, EL_ABA, EL_CBA);
    more->street = either(header, EL_AAJ, EL_CAJ);
    more->material = either(header, EL_ACD, EL_CCD);
    more->weather =
        word_or(en_weather(either(header, EL_ADA, EL_CDA)), either(header, EL_ADA, EL_CDA));
    if (system != SYSTEM_UNKNOWN) {
        more->system = text_from(sewer_system_name(system));
    }
    more->video = either(header, EL_ABS, EL_CBS);
    if (more->video.n == 0) {
        more->video = either(header, EL_ABO, EL_CBO);
    }
    more->remark = header->ribx->remark;
}

static void fill_sizes(const struct header *header) {
    struct inspection *inspection = header->inspection;
    double height = number_of(header, EL_ACB, "ACB"), width = number_of(header, EL_ACC, "ACC");
    double expected_m = number_of(header, EL_ABQ, "ABQ");

    en_set_sizes(width, height, &inspection->diameter_mm, &inspection->height_mm);
    inspection->expected_m = expected_m > 0 ? expected_m : NAN;
    inspection->zero = (uint8_t)en_zero(value_of(header, EL_ABC));
    header->more->shape = word_or(en_shape(value_of(header, EL_ACA)), value_of(header, EL_ACA));
}

/* --- where the camera started --- */

/* AAB names the node; without it BCD may, and else it is node 1. */
static struct text start_of(const struct header *header) {
    struct text start = value_of(header, EL_AAB), node1 = value_of(header, EL_AAD);
    struct text named = header->ribx->run.start_named;

    if (start.n > 0) {
        return start;
    }
    bool is_named = named.n > 0 && text_equal(named, value_of(header, EL_AAF));
    start = is_named ? value_of(header, EL_AAF) : node1;
    if (start.n > 0 &&
        (header->inspection->n_observations > 0 || header->ribx->run.n_measured > 0)) {
        header->inspection->start_is_assumed = true;
        ribx_find(header->ribx, FINDING_START_ASSUMED, header->inspection->line,
            is_named ? "from its start observation" : "node 1, AAB is missing:", start);
    }
    return start;
}

static void fill_ends(const struct header *header) {
    struct text node1 = value_of(header, EL_AAD), node2 = value_of(header, EL_AAF);
    struct inspection *inspection = header->inspection;
    struct inspection_more *more = header->more;
    struct text start = start_of(header), flow = value_of(header, EL_AAK);
    bool is_node2 = text_equal(start, node2) && !text_equal(start, node1);
    struct xy at1 = ribx_point(value_of(header, EL_AAE)),
              at2 = ribx_point(value_of(header, EL_AAG));
    struct xy start_at = ribx_point(value_of(header, EL_AAC));

    inspection->start_node = start;
    inspection->finish_node = is_node2 ? node1 : node2;
    if (start.n > 0 && node1.n > 0 && node2.n > 0 && !is_node2 && !text_equal(start, node1)) {
        ribx_find(header->ribx, FINDING_START_NODE_CONTRADICTS, inspection->line,
            "AAB is neither AAD nor AAF:", start);
    }
    inspection->direction = (uint8_t)(text_equal_nocase(flow, TEXT("A"))   ? DIRECTION_DOWNSTREAM
                                      : text_equal_nocase(flow, TEXT("B")) ? DIRECTION_UPSTREAM
                                                                           : DIRECTION_UNKNOWN);
    inspection->is_lateral = value_of(header, EL_AAV).n > 0 && node2.n == 0;
    more->direction_text = flow;
    more->start_at = xy_is_set(start_at) ? start_at : is_node2 ? at2 : at1;
    more->finish_at = is_node2 ? at1 : at2;
    more->has_coordinates = xy_is_set(more->start_at) && xy_is_set(more->finish_at);
}

/* --- how far it came --- */

/* Why nothing was done; RIBX 1.3. */
static struct text not_done_reason(const struct header *header) {
    static const char *const reasons[] = {"vehicle or obstacle on the access",
        "street not accessible for the vehicle", "plants block the access", "not found",
        "cover stuck"};
    struct text reason = either(header, EL_AXD, EL_CXD);
    size_t at = reason.n == 1 ? (size_t)(unsigned char)reason.at[0] - 'A' : ARRAY_LEN(reasons);

    if (at < ARRAY_LEN(reasons)) {
        return text_from(reasons[at]);
    }
    return header->ribx->remark.n > 0 ? header->ribx->remark : reason;
}

static void fill_lengths(const struct header *header) {
    struct inspection *inspection = header->inspection;
    const struct ribx_run *run = &header->ribx->run;
    bool is_not_done = either(header, EL_AXD, EL_CXD).n > 0 && !run->has_finish;

    inspection->is_abandoned = !run->has_finish && (run->has_abandoned || is_not_done);
    if (inspection->is_abandoned) {
        header->more->abandoned_reason = run->has_abandoned ? run->reason : not_done_reason(header);
    }
    if (inspection->object == OBJECT_NODE) {
        return;
    }
    inspection->inspected_m = inspection->is_abandoned && run->has_abandoned
                                  ? fmax(run->abandoned_m, run->last_m)
                                  : run->last_m;
    if (inspection->inspected_m < 0) {
        inspection->inspected_m = NAN;
    }
    if (inspection->n_observations == 0) {
        inspection->inspected_m = 0; /* a header shows no wall */
    }
}

void ribx_inspection_end(struct ribx *ribx) {
    struct survey *survey = ribx->survey;
    struct inspection *inspection = &survey->inspections[survey->n_inspections - 1];
    struct text raw = arena_copy(&survey->arena, (struct text){ribx->record.raw, ribx->record.n});
    struct header header = {ribx, survey, inspection, inspection_more(survey, inspection), raw.at};

    inspection->raw = raw.at;
    inspection->raw_n = (uint32_t)raw.n;
    inspection->object = ribx->is_manhole ? OBJECT_NODE : OBJECT_SEGMENT;
    inspection->segment_ref = either(&header, EL_AAA, EL_CAA);
    fill_common(&header);
    if (ribx->is_manhole) {
        inspection->counts_up = text_equal_nocase(value_of(&header, EL_CBC), TEXT("A"));
    } else {
        fill_sizes(&header);
        fill_ends(&header);
    }
    fill_lengths(&header);
    if (inspection->n_observations == 0) {
        inspection_note_empty(survey, inspection);
    }
}
