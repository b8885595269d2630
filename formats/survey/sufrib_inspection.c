/* A *RIOO or *PUT of a SUF-RIB file with its observations becomes inspections: one for each end of
 * the pipe that the camera came in at, by ZZB, which says it in every row.  Whether AAK says with
 * or against the flow changes nothing in that. */
#include <math.h>

#include "core/base.h"
#include "formats/survey/en_values.h"
#include "formats/survey/sufrib.h"

/* The record in hand. */
struct header {
    struct sufrib *sufrib;
    struct survey *survey;
    struct inspection *inspection;
    struct inspection_more *more;
    struct sufrib_record record;
};

static struct text word_or(const char *word, struct text value) {
    return word == NULL ? value : text_from(word);
}

static void fill_date(const struct header *header, size_t field, const char *code) {
    struct text date = header->record.at[field];

    if (date.n > 0 && !text_to_date(date, &header->inspection->inspected_on)) {
        sufrib_note(header->sufrib, FINDING_DATE_INVALID, header->record.number, code, date);
    }
}

/* What *ALGE says of every inspection. */
static void fill_common(const struct header *header) {
    struct pool *words = &header->survey->words;
    struct text alge = header->sufrib->alge;
    struct text method = sufrib_field(alge, ALGE_ABE), purpose = sufrib_field(alge, ALGE_ABP);

    header->inspection->method_word = pool_add(words, word_or(sufrib_method(method), method));
    header->inspection->operator_word = pool_add(words, sufrib_field(alge, ALGE_ABH));
    header->more->purpose = word_or(sufrib_purpose(purpose), purpose);
    header->more->standard = sufrib_field(alge, ALGE_ABA);
}

/* What is no number is told once, with the network. */
static double number_of(const struct header *header, enum rioo_field field) {
    double number = NAN;

    return text_to_double(header->record.at[field], &number) ? number : (double)NAN;
}

static void fill_sizes(const struct header *header) {
    double height = number_of(header, RIOO_ACB), width = number_of(header, RIOO_ACC);

    en_set_sizes(width, height, &header->inspection->diameter_mm, &header->inspection->height_mm);
}

static void fill_pipe(const struct header *header) {
    const struct text *at = header->record.at;
    struct inspection *inspection = header->inspection;
    struct inspection_more *more = header->more;
    double expected_m = number_of(header, RIOO_ABQ);

    fill_date(header, RIOO_ABF, "ABF");
    fill_sizes(header);
    inspection->expected_m = expected_m > 0 ? expected_m : NAN;
    inspection->zero = (uint8_t)en_zero(at[RIOO_ABC]);
    inspection->is_lateral = at[RIOO_AAH].n > 0 && at[RIOO_AAF].n == 0;
    more->direction_text = at[RIOO_AAK];
    more->time = at[RIOO_ABG];
    more->video = at[RIOO_ABO];
    more->street = at[RIOO_AAJ];
    more->remark = at[RIOO_ADE];
    more->material = at[RIOO_ACD];
    more->shape = word_or(en_shape(at[RIOO_ACA]), at[RIOO_ACA]);
    more->weather = word_or(en_weather(at[RIOO_ADA]), at[RIOO_ADA]);
    if (en_system(at[RIOO_ACK]) != SYSTEM_UNKNOWN) {
        more->system = text_from(sewer_system_name(en_system(at[RIOO_ACK])));
    }
}

static void fill_manhole(const struct header *header) {
    const struct text *at = header->record.at;
    struct inspection_more *more = header->more;

    fill_date(header, PUT_CBF, "CBF");
    header->inspection->counts_up = text_equal_nocase(at[PUT_CBC], TEXT("A"));
    more->time = at[PUT_CBG];
    more->video = at[PUT_CBO];
    more->street = at[PUT_CAJ];
    more->remark = at[PUT_CDE];
    more->material = at[PUT_CCD];
    more->weather = word_or(en_weather(at[PUT_CDA]), at[PUT_CDA]);
}

/* --- where the camera started --- */

static void set_ends(const struct header *header, bool is_from_node2) {
    const struct text *at = header->record.at;
    struct inspection *inspection = header->inspection;
    struct inspection_more *more = header->more;
    bool is_down = text_equal_nocase(at[RIOO_AAK], TEXT("A"));
    bool is_up = text_equal_nocase(at[RIOO_AAK], TEXT("B"));

    inspection->start_node = at[is_from_node2 ? RIOO_AAF : RIOO_AAD];
    inspection->finish_node = at[is_from_node2 ? RIOO_AAD : RIOO_AAF];
    more->start_at = sufrib_coordinates(at[is_from_node2 ? RIOO_AAG : RIOO_AAE]);
    more->finish_at = sufrib_coordinates(at[is_from_node2 ? RIOO_AAE : RIOO_AAG]);
    more->has_coordinates = xy_is_set(more->start_at) && xy_is_set(more->finish_at);
    if (is_down || is_up) { /* AAK tells the flow: A from node 1 to node 2 */
        inspection->direction =
            (uint8_t)(is_down != is_from_node2 ? DIRECTION_DOWNSTREAM : DIRECTION_UPSTREAM);
    }
}

/* Without ZZB the start observation knows best, if it names an end of the pipe. */
static bool starts_at_node2(const struct header *header, const struct sufrib_run *run) {
    return run->start_named.n > 0 &&
           text_equal_nocase(run->start_named, header->record.at[RIOO_AAF]) &&
           !text_equal_nocase(run->start_named, header->record.at[RIOO_AAD]);
}

static void find_start(
    const struct header *header, enum run_from from, const struct sufrib_run *run) {
    if (header->record.line.n == 0) {
        return; /* nothing but observations: those named in them are all that is known */
    }
    bool is_from_node2 =
        from == RUN_FROM_NODE2 || (from == RUN_UNKNOWN && starts_at_node2(header, run));
    set_ends(header, is_from_node2);
    if (from == RUN_UNKNOWN && header->inspection->n_observations > 0) {
        header->inspection->start_is_assumed = true;
        sufrib_note(header->sufrib, FINDING_START_ASSUMED, header->inspection->line,
            "ZZB is missing, start node", header->inspection->start_node);
    }
}

/* --- BCD and BCE --- */

/* BCD as BCE and the other way round, told as delivered. */
static uint32_t turned_code(struct survey *survey, const struct code *code) {
    struct text turned = text_equal_nocase(code->code, TEXT("BCD")) ? TEXT("BCE") : TEXT("BCD");
    const struct code was = *code; /* the array may move */

    return survey_add_code(
        survey, was.delivered.n > 0 ? was.delivered : was.code, turned, was.char1, was.char2);
}

static bool names(struct text named, struct text node, struct text other) {
    return named.n > 0 && text_equal_nocase(named, node) && !text_equal_nocase(named, other);
}

/* A run from node 2 whose BCE lies before its BCD, or that has one of them only, of the wrong end.
 */
static bool are_ends_turned(const struct inspection *inspection, const struct sufrib_run *run) {
    struct text start = inspection->start_node, finish = inspection->finish_node;
    bool has_start = !isnan(run->start_m), has_finish = !isnan(run->finish_m);

    if (has_start && has_finish) {
        return run->finish_m < run->start_m;
    }
    return (has_finish && !has_start && names(run->finish_named, start, finish)) ||
           (has_start && !has_finish && run->start_m > 0 && run->start_m >= run->last_m &&
               names(run->start_named, finish, start));
}

void sufrib_turn_ends(
    struct sufrib *sufrib, struct inspection *inspection, struct sufrib_run *run) {
    struct survey *survey = sufrib->survey;
    struct sufrib_run was = *run;

    if (!are_ends_turned(inspection, run)) {
        return;
    }
    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        struct observation *observation = &survey->observations[inspection->first_observation + i];
        struct text code = survey->codes[observation->code].code;
        if (en_names_node(code)) {
            observation->code = turned_code(survey, &survey->codes[observation->code]);
        }
    }
    run->start_m = was.finish_m;
    run->finish_m = was.start_m;
    run->start_named = was.finish_named;
    run->finish_named = was.start_named;
    sufrib->n_turned++;
}

/* --- how far it came --- */

static void fill_lengths(const struct header *header, const struct sufrib_run *run) {
    struct inspection *inspection = header->inspection;
    bool has_finish = !isnan(run->finish_m);

    inspection->is_abandoned = !has_finish && (run->has_abandoned || run->is_interrupted);
    if (inspection->is_abandoned) {
        header->more->abandoned_reason = run->reason;
    }
    inspection->inspected_m = inspection->is_abandoned && run->has_abandoned
                                  ? fmax(run->abandoned_m, run->last_m)
                                  : run->last_m;
    if (inspection->inspected_m < 0) {
        inspection->inspected_m = NAN;
    }
    if (inspection->n_observations == 0 && inspection->object == OBJECT_SEGMENT) {
        inspection->inspected_m = 0; /* a dated record shows no wall */
    }
}

static void observe_all(struct sufrib *sufrib, const struct sufrib_object *object, uint32_t group,
    struct sufrib_run *run) {
    uint32_t row = group == NO_GROUP ? NO_GROUP : sufrib->groups[group].first;

    for (; row != NO_GROUP; row = sufrib->rows.at[row].next) {
        sufrib_observe(sufrib, object, sufrib->rows.at[row].line, sufrib->rows.at[row].number, run);
    }
}

/* What has no record is known by its observations. */
static void report_unknown(struct sufrib *sufrib, const struct inspection *inspection) {
    findings_add(&sufrib->survey->findings, FINDING_SEGMENT_UNKNOWN,
        inspection_place(inspection, inspection->line),
        "%u observations of '%.*s', which has no *%s record", (unsigned)inspection->n_observations,
        TEXT_ARGS(text_cut(inspection->segment_ref, 100)),
        inspection->object == OBJECT_NODE ? "PUT" : "RIOO");
}

void sufrib_inspect(struct sufrib *sufrib, struct sufrib_object *object, enum run_from from) {
    struct survey *survey = sufrib->survey;
    struct inspection *inspection = survey_add_inspection(survey);
    struct sufrib_run run = {.start_m = NAN, .finish_m = NAN, .last_m = NAN, .abandoned_m = NAN};
    struct header header = {sufrib, survey, inspection, inspection_more(survey, inspection),
        sufrib_split(object->line, object->number)};

    object->inspection[from] = (uint32_t)(survey->n_inspections - 1);
    inspection->object = object->is_manhole ? OBJECT_NODE : OBJECT_SEGMENT;
    inspection->segment_ref = object->id;
    inspection->line = object->number;
    inspection->raw = object->line.at;
    inspection->raw_n = (uint32_t)object->line.n;
    fill_common(&header);
    if (object->line.n > 0 && object->is_manhole) {
        fill_manhole(&header);
    } else if (object->line.n > 0) {
        fill_pipe(&header);
    }
    observe_all(sufrib, object, object->group[from], &run);
    if (!object->is_manhole) {
        find_start(&header, from, &run);
        sufrib_turn_ends(sufrib, inspection, &run);
        fill_lengths(&header, &run);
    }
    if (object->line.n == 0) {
        report_unknown(sufrib, inspection);
    } else if (inspection->n_observations == 0) {
        inspection_note_empty(survey, inspection);
    }
}
