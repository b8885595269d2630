/* One inspection of WinCan: a row of SECINSP with what its section says, or a row of NODINSP.
 *
 * INS_InspectionDir 1 runs from the section's from-node to its to-node, 2 back; OBJ_FlowDir 1 says
 * that the water runs from the from-node to the to-node, 2 back.  The start node comes from the
 * first, the direction needs both.  WinCan 8 writes D and U, with the flow and against it. */
#include <math.h>

#include "core/base.h"
#include "formats/survey/en_values.h"
#include "formats/survey/wincan.h"

static const double foot_m = 0.3048;

/* The inspection in hand. */
struct hand {
    struct wincan *wincan;
    const struct wincan_row *row;
    struct inspection *inspection;
    struct inspection_more *more;
    struct wincan_run *run;
    const struct wincan_section *section; /* NULL when it has none that lives */
    struct wincan_section found;
};

static struct text value_of(const struct hand *hand, enum wincan_column column) {
    return wincan_value(hand->row, column);
}

static struct text first_of(struct text a, struct text b) {
    return a.n > 0 ? a : b;
}

static void find_in_section(const struct hand *hand, const char *column, struct text value) {
    struct finding_place place = hand->wincan->place;

    place.line = hand->section->row;
    place.segment_id = hand->section->name;
    findings_add(&hand->wincan->survey->findings, FINDING_INVALID_VALUE, place, "%s '%.*s'", column,
        TEXT_ARGS(text_cut(value, 200)));
}

/* A number out of the section's row. */
static double section_number(const struct hand *hand, const char *column, struct text value) {
    double out = NAN;

    if (value.n > 0 && (!text_to_double(value, &out) || fabs(out) > 1e9)) {
        find_in_section(hand, column, value);
        return NAN;
    }
    return out;
}

/* --- Coding --- */

/* The job names the rules of coding; INS_Standard of British files is the European norm behind
 * them. */
static void fill_standard(struct hand *hand) {
    struct wincan *wincan = hand->wincan;
    uint32_t job = wincan_follow(&wincan->job_keys, hand->row, WC_INSPECTION_INS_Job_FK);
    const struct text named[] = {
        job == INDEX_NONE ? (struct text){0} : wincan->jobs[job].standard,
        value_of(hand, WC_INSPECTION_INS_RateText),
        value_of(hand, WC_INSPECTION_INS_Standard),
    };

    for (size_t i = 0; i < ARRAY_LEN(named); i++) {
        enum catalogue catalogue = wincan_catalogue(named[i]);
        bool is_better = hand->run->catalogue == CATALOGUE_UNKNOWN ||
                         (hand->run->catalogue == CATALOGUE_EN13508 && i < 2);
        if (catalogue != CATALOGUE_UNKNOWN && is_better) {
            hand->run->catalogue = catalogue;
            hand->more->standard = named[i];
        }
    }
    if (hand->more->standard.n == 0) {
        hand->more->standard = first_of(named[2], named[0]);
    }
}

/* --- Units --- */

static void fill_unit(struct hand *hand) {
    struct wincan *wincan = hand->wincan;
    struct text imperial = value_of(hand, WC_INSPECTION_INS_IsImperial);
    bool is_imperial = imperial.n > 0 && !wincan_is_false(imperial);
    double told_m = wincan->options->length_unit_m;

    hand->run->length_unit_m = told_m > 0 ? told_m : is_imperial ? foot_m : 1;
    wincan->is_imperial = wincan->is_imperial || is_imperial;
    wincan->is_metric =
        wincan->is_metric || imperial.n > 0 || (hand->section != NULL && hand->section->unit.n > 0);
}

static double metres(const struct hand *hand, double length, enum wincan_column column) {
    if (length < 0) {
        wincan_find(hand->wincan, FINDING_INVALID_VALUE, hand->row, column);
        return NAN;
    }
    return length * hand->run->length_unit_m;
}

/* --- Section and ends --- */

static struct text node_name(const struct wincan *wincan, uint32_t node) {
    return node == NO_NODE ? (struct text){0} : wincan->nodes[node].name;
}

static void report_ends(const struct hand *hand, struct text named, struct text derived) {
    findings_add(&hand->wincan->survey->findings, FINDING_DIRECTION_CONTRADICTS,
        inspection_place(hand->inspection, hand->row->line),
        "start node '%.*s', by INS_InspectionDir '%.*s'; the start node was believed",
        TEXT_ARGS(text_cut(named, 100)), TEXT_ARGS(text_cut(derived, 100)));
}

/* The node that the inspection itself names. */
static struct text named_node(const struct hand *hand, enum wincan_column column) {
    struct wincan *wincan = hand->wincan;
    uint32_t node = wincan_follow(&wincan->node_keys, hand->row, column);

    return node == INDEX_NONE || wincan->nodes[node].is_deleted ? (struct text){0}
                                                                : wincan->nodes[node].name;
}

/* `derived` is the node that the direction says, {0} when it says none. */
static void fill_start(struct hand *hand, struct text from, struct text to, struct text derived) {
    struct inspection *inspection = hand->inspection;
    struct text named = first_of(named_node(hand, WC_INSPECTION_INS_StartNode_REF),
        value_of(hand, WC_INSPECTION_INS_StartManhole));

    if (named.n > 0 && derived.n > 0 && !text_equal_nocase(named, derived)) {
        report_ends(hand, named, derived);
    }
    inspection->start_node = first_of(named, derived);
    inspection->start_is_assumed = named.n == 0 && derived.n > 0;
    inspection->finish_node = named_node(hand, WC_INSPECTION_INS_EndNode_REF);
    if (inspection->finish_node.n == 0 && inspection->start_node.n > 0) {
        bool is_from = text_equal_nocase(inspection->start_node, from);
        bool is_to = text_equal_nocase(inspection->start_node, to);
        inspection->finish_node = is_from != is_to ? (is_from ? to : from) : (struct text){0};
    }
}

static void fill_direction(struct hand *hand) {
    const struct wincan *wincan = hand->wincan;
    struct text direction = value_of(hand, WC_INSPECTION_INS_InspectionDir);
    struct text from = node_name(wincan, hand->section->from);
    struct text to = node_name(wincan, hand->section->to);
    bool flows_there = text_equal(hand->section->flow, TEXT("1"));
    bool flows_back = text_equal(hand->section->flow, TEXT("2"));
    bool is_down = text_equal(direction, TEXT("D")), is_up = text_equal(direction, TEXT("U"));
    bool is_there = text_equal(direction, TEXT("1")) || (flows_back ? is_up : is_down);
    bool is_back = text_equal(direction, TEXT("2")) || (flows_back ? is_down : is_up);

    hand->run->start_name = from;
    hand->run->finish_name = to;
    hand->more->direction_text = direction;
    if (direction.n > 0 && !is_there && !is_back) {
        wincan_find(wincan, FINDING_UNKNOWN_VALUE, hand->row, WC_INSPECTION_INS_InspectionDir);
    }
    if (flows_there || flows_back) {
        hand->more->upstream_node = flows_there ? from : to;
        hand->more->downstream_node = flows_there ? to : from;
    }
    if (is_down || is_up) {
        hand->inspection->direction = is_down ? DIRECTION_DOWNSTREAM : DIRECTION_UPSTREAM;
    } else if ((is_there || is_back) && (flows_there || flows_back)) {
        hand->inspection->direction =
            is_there == flows_there ? DIRECTION_DOWNSTREAM : DIRECTION_UPSTREAM;
    }
    fill_start(hand, from, to, is_there ? from : is_back ? to : (struct text){0});
}

static void fill_sizes(struct hand *hand) {
    struct inspection *inspection = hand->inspection;
    const struct wincan_section *section = hand->section;
    double size1 = wincan_number(hand->wincan, hand->row, WC_INSPECTION_INS_Size1);
    double size2 = wincan_number(hand->wincan, hand->row, WC_INSPECTION_INS_Size2);

    size1 = size1 > 0 ? size1 : section_number(hand, "OBJ_Size1", section->size1);
    size2 = size2 > 0 ? size2 : section_number(hand, "OBJ_Size2", section->size2);
    struct wincan_sizes sizes = {section->unit, hand->run->length_unit_m != 1, NAN, NAN};
    wincan_sizes(&sizes, size1, size2);
    inspection->diameter_mm = sizes.width_mm;
    inspection->height_mm = sizes.height_mm;
}

static void fill_section(struct hand *hand) {
    const struct wincan_section *section = hand->section;
    struct text shape = first_of(value_of(hand, WC_INSPECTION_INS_Shape), section->shape);
    const char *shape_word = wincan_shape(hand->run->catalogue, shape);
    enum sewer_system system = wincan_system(hand->run->catalogue, section->usage);
    double length = section_number(hand, "OBJ_RealLength", section->real_length);

    length = length > 0 ? length : section_number(hand, "OBJ_Length", section->length);
    hand->inspection->segment_ref = section->name;
    hand->inspection->is_lateral = text_starts_with(section->type, TEXT("LAT"));
    hand->inspection->expected_m = length > 0 ? length * hand->run->length_unit_m : NAN;
    hand->more->shape = shape_word == NULL ? shape : text_from(shape_word);
    hand->more->material = first_of(value_of(hand, WC_INSPECTION_INS_Material), section->material);
    hand->more->street = section->street;
    hand->more->system =
        system == SYSTEM_UNKNOWN ? section->usage : text_from(sewer_system_name(system));
    fill_direction(hand);
    fill_sizes(hand);
}

/* An inspection may outlive its section, which is deleted then: it is kept without a reference. */
static void find_section(struct hand *hand) {
    struct wincan *wincan = hand->wincan;
    uint32_t number = wincan_follow(&wincan->section_keys, hand->row, WC_INSPECTION_INS_Section_FK);

    if (number != INDEX_NONE && !wincan->sections[number].is_deleted) {
        hand->found = wincan_section_of(wincan, number);
        hand->section = &hand->found;
        return;
    }
    struct finding_place place = wincan->place;
    place.line = hand->row->line;
    if (number == INDEX_NONE) {
        findings_add(&wincan->survey->findings, FINDING_ID_MISSING, place,
            "INS_Section_FK names no section");
        return;
    }
    findings_add(&wincan->survey->findings, FINDING_OBJECT_DELETED, place,
        "inspection '%.*s' of section '%.*s'; kept without its reference",
        TEXT_ARGS(text_cut(value_of(hand, WC_INSPECTION_INS_Key), 100)),
        TEXT_ARGS(text_cut(wincan_section_of(wincan, number).name, 100)));
}

static void find_node(struct hand *hand) {
    struct wincan *wincan = hand->wincan;
    uint32_t number = wincan_follow(&wincan->node_keys, hand->row, WC_INSPECTION_INS_Node_FK);

    hand->inspection->object = OBJECT_NODE;
    if (number == INDEX_NONE) {
        return;
    }
    if (!wincan->nodes[number].is_deleted) {
        hand->inspection->segment_ref = wincan->nodes[number].name;
        return;
    }
    struct finding_place place = wincan->place;
    place.line = hand->row->line;
    findings_add(&wincan->survey->findings, FINDING_OBJECT_DELETED, place,
        "inspection '%.*s' of node '%.*s'; kept without its reference",
        TEXT_ARGS(text_cut(value_of(hand, WC_INSPECTION_INS_Key), 100)),
        TEXT_ARGS(text_cut(wincan->nodes[number].name, 100)));
}

/* --- The rest --- */

/* The key is a date and time where the date is not filled in. */
static void fill_date(struct hand *hand) {
    struct text date = value_of(hand, WC_INSPECTION_INS_StartDate);
    struct text key = value_of(hand, WC_INSPECTION_INS_Key);
    struct text time = value_of(hand, WC_INSPECTION_INS_StartTime);

    if (date.n > 0 && !text_to_date(date, &hand->inspection->inspected_on)) {
        wincan_find(hand->wincan, FINDING_DATE_INVALID, hand->row, WC_INSPECTION_INS_StartDate);
    }
    long ignored;
    bool is_from_key = hand->inspection->inspected_on == 0 && !text_to_int(key, &ignored) &&
                       text_to_date(key, &hand->inspection->inspected_on);
    time = time.n == 0 && is_from_key ? key : time;
    size_t blank = 0;
    while (blank < time.n && time.at[blank] != ' ' && time.at[blank] != 'T') {
        blank++;
    }
    hand->more->time = blank < time.n ? text_trim(text_part(time, blank + 1, time.n)) : time;
}

static void fill_circumstances(struct hand *hand) {
    struct pool *words = &hand->wincan->survey->words;
    struct text method = value_of(hand, WC_INSPECTION_INS_Method);
    const char *word = wincan_method(method);

    hand->inspection->method_word = pool_add(words, word == NULL ? method : text_from(word));
    hand->inspection->operator_word = pool_add(words, value_of(hand, WC_INSPECTION_INS_Observer));
    hand->inspection->inspected_m =
        metres(hand, wincan_number(hand->wincan, hand->row, WC_INSPECTION_INS_InspectedLength),
            WC_INSPECTION_INS_InspectedLength);
    hand->inspection->zero = (uint8_t)en_zero(value_of(hand, WC_INSPECTION_INS_AxialRef));
    hand->more->purpose = value_of(hand, WC_INSPECTION_INS_Purpose);
    hand->more->weather = value_of(hand, WC_INSPECTION_INS_Weather);
    hand->more->video = value_of(hand, WC_INSPECTION_INS_VideoRef);
    hand->more->remark = value_of(hand, WC_INSPECTION_INS_Memo);
    hand->more->abandoned_reason = value_of(hand, WC_INSPECTION_INS_AbortReason);
    hand->inspection->is_abandoned = hand->more->abandoned_reason.n > 0;
    fill_date(hand);
}

/* The section's record, then its own. */
static void keep_raw(const struct hand *hand) {
    struct text own = {hand->row->kept, hand->row->n_visible};
    struct text section = hand->section == NULL
                              ? (struct text){0}
                              : (struct text){hand->section->raw, hand->section->raw_n};
    struct text raw = arena_printf(&hand->wincan->survey->arena, "%.*s%s%.*s", TEXT_ARGS(section),
        section.n > 0 && own.n > 0 ? "; " : "", TEXT_ARGS(own));

    hand->inspection->raw = raw.at;
    hand->inspection->raw_n = (uint32_t)raw.n;
}

static void fill_generator(struct wincan *wincan, const struct wincan_row *row) {
    struct text program = wincan_value(row, WC_INSPECTION_INS_WinCanVersion);

    if (wincan->survey->file.generator.n == 0 && program.n > 0) {
        wincan->survey->file.generator = program;
    }
}

void wincan_take_inspection(struct wincan *wincan, struct wincan_row *row) {
    struct survey *survey = wincan->survey;

    if (wincan_is_deleted(row, WC_INSPECTION_INS_Deleted)) {
        return;
    }
    if (wincan->of_nodes &&
        wincan_follow(&wincan->observed, row, WC_INSPECTION_INS_PK) == INDEX_NONE) {
        wincan->n_stubs++;
        return;
    }
    wincan->runs = array_reserve(
        wincan->runs, &wincan->runs_capacity, survey->n_inspections + 1, sizeof *wincan->runs);
    wincan_row_keep(row, &survey->arena);
    struct hand hand = {
        .wincan = wincan,
        .row = row,
        .inspection = survey_add_inspection(survey),
        .run = &wincan->runs[survey->n_inspections - 1],
    };
    hand.more = inspection_more(survey, hand.inspection);
    *hand.run = (struct wincan_run){.length_unit_m = 1};
    hand.inspection->line = row->line;
    hand.inspection->id = wincan_guid(&survey->arena, wincan_value(row, WC_INSPECTION_INS_PK));
    if (wincan->of_nodes) {
        find_node(&hand);
    } else {
        find_section(&hand);
    }
    fill_standard(&hand);
    fill_unit(&hand);
    if (hand.section != NULL) {
        fill_section(&hand);
    }
    fill_circumstances(&hand);
    keep_raw(&hand);
    fill_generator(wincan, row);
    uint32_t number = (uint32_t)survey->n_inspections - 1;
    char buffer[WINCAN_KEY_MAX];
    struct text key = wincan_key(hand.inspection->id, buffer);
    if (key.n > 0 && row_keys_add(&wincan->inspection_keys, key, number) != number) {
        findings_add(&survey->findings, FINDING_DUPLICATE_ID,
            inspection_place(hand.inspection, row->line), "INS_PK '%.*s'",
            TEXT_ARGS(hand.inspection->id));
    }
}

/* What is known when the observations are. */
void wincan_inspections_finish(struct wincan *wincan) {
    struct survey *survey = wincan->survey;

    for (size_t i = 0; i < survey->n_inspections; i++) {
        struct inspection *inspection = &survey->inspections[i];
        const struct wincan_run *run = &wincan->runs[i];
        if (run->saw_abandoned && !run->saw_finish) {
            inspection->is_abandoned = true;
        }
        if (inspection->n_observations == 0) {
            inspection_note_empty(survey, inspection);
        }
    }
    if (wincan->n_stubs > 0) {
        findings_add(&survey->findings, FINDING_NO_OBSERVATIONS, wincan->place,
            "%zu node inspections that WinCan made by itself were left out", wincan->n_stubs);
    }
    survey->length_unit_is_assumed =
        !wincan->is_imperial && !wincan->is_metric && wincan->options->length_unit_m <= 0;
    if (wincan->is_imperial && wincan->options->length_unit_m <= 0) {
        findings_add(&survey->findings, FINDING_UNIT_CONVERTED, wincan->place,
            "INS_IsImperial: feet of %g m", foot_m);
    }
}
