/* The condition data of ISYBAU XML:
 *
 *     <InspizierteAbwassertechnischeAnlage>
 *       <Objektbezeichnung>120005</Objektbezeichnung> <Anlagentyp>1</Anlagentyp> ...
 *       <OptischeInspektion>
 *         <Auftragskennung>1</Auftragskennung> <Inspektionsdatum>2013-04-30</Inspektionsdatum> ...
 *         <Rohrleitung>                          or Knoten, or Bauwerk
 *           <Inspektionsrichtung>U</Inspektionsrichtung> ...
 *           <RGrunddaten><KnotenZulauf>...       always the upstream node
 *           <Inspektionsdaten>
 *             <RZustand><Station>0.00</Station> <InspektionsKode>BCD</InspektionsKode> ...
 */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/survey/isybau.h"

static struct inspection *newest_inspection(const struct isybau *isybau) {
    return &isybau->survey->inspections[isybau->survey->n_inspections - 1];
}

/* The value as a number; NAN when it is missing, and with a finding when it is none. */
static double number(
    const struct isybau *isybau, uint32_t line, const char *element, struct text value) {
    double out = NAN;

    if (value.n > 0 && !text_to_double(value, &out)) {
        isybau_find(isybau, FINDING_INVALID_VALUE, line, element, value);
    }
    return out;
}

/* --- Jobs --- */

void isybau_order_end(struct isybau *isybau) {
    struct survey *survey = isybau->survey;
    const struct xml_record *fields = &isybau->order;
    struct text key = xml_record_value(fields, fields->raw, EL_Auftragskennung);
    struct text system = xml_record_value(fields, fields->raw, EL_Kodiersystem);
    struct text program = xml_record_value(fields, fields->raw, EL_Systemname);
    struct text version = xml_record_value(fields, fields->raw, EL_Version);

    if (isybau->generator.n == 0 && program.n > 0) {
        isybau->generator = arena_printf(&survey->arena, "%.*s%s%.*s", TEXT_ARGS(program),
            version.n > 0 ? " " : "", TEXT_ARGS(version));
    }
    if (key.n == 0) {
        return;
    }
    if (system.n > 0 && isybau_standard(system) == NULL) {
        isybau_find(isybau, FINDING_UNKNOWN_VALUE, fields->line, "Kodiersystem", system);
    }
    key = arena_copy(&survey->arena, key);
    if (index_add(&isybau->order_index, key, (uint32_t)isybau->n_orders) != isybau->n_orders) {
        isybau_find(isybau, FINDING_DUPLICATE_ID, fields->line, "Auftragskennung", key);
        return;
    }
    isybau->orders = array_reserve(
        isybau->orders, &isybau->orders_capacity, isybau->n_orders + 1, sizeof *isybau->orders);
    isybau->orders[isybau->n_orders++] = (struct isybau_order){
        .key = key,
        .standard = isybau_standard(system),
        .purpose = isybau_purpose(xml_record_value(fields, fields->raw, EL_Inspektionszweck)),
        .is_en = isybau_standard_is_en(system),
        .has_system = system.n > 0,
    };
}

static void join_order(struct isybau *isybau, struct inspection *inspection, struct text key) {
    uint32_t at = key.n == 0 ? INDEX_NONE : index_find(&isybau->order_index, key);

    if (at == INDEX_NONE) {
        if (key.n > 0) {
            findings_add(&isybau->survey->findings, FINDING_UNKNOWN_VALUE,
                inspection_place(inspection, inspection->line),
                "Auftragskennung '%.*s' names no Auftrag", TEXT_ARGS(text_cut(key, 100)));
        }
        return;
    }
    const struct isybau_order *order = &isybau->orders[at];
    if (order->standard != NULL) {
        inspection_more(isybau->survey, inspection)->standard = text_from(order->standard);
    }
    if (order->purpose != NULL) {
        inspection_more(isybau->survey, inspection)->purpose = text_from(order->purpose);
    }
    if (order->is_en) {
        isybau->n_observations_en += inspection->n_observations;
    } else if (order->has_system) {
        isybau->n_observations_other += inspection->n_observations;
    }
}

/* Keys of jobs are good inside one collective. */
void isybau_collective_end(struct isybau *isybau) {
    struct survey *survey = isybau->survey;

    for (size_t i = isybau->first_inspection_of_collective; i < survey->n_inspections; i++) {
        join_order(isybau, &survey->inspections[i], isybau->inspection_orders[i]);
    }
    isybau->first_inspection_of_collective = survey->n_inspections;
    isybau->n_orders = 0;
    index_release(&isybau->order_index);
}

/* --- Inspections --- */

void isybau_inspection_begin(struct isybau *isybau, uint32_t line) {
    struct survey *survey = isybau->survey;
    struct inspection *inspection = survey_add_inspection(survey);

    inspection->line = line;
    inspection->segment_ref = arena_copy(&survey->arena,
        xml_record_value(&isybau->object, isybau->object.raw, EL_Objektbezeichnung));
    isybau->inspection_orders =
        array_reserve(isybau->inspection_orders, &isybau->inspection_orders_capacity,
            survey->n_inspections, sizeof *isybau->inspection_orders);
    isybau->inspection_orders[survey->n_inspections - 1] = (struct text){0};
    isybau->saw_pipe = isybau->saw_node = isybau->saw_finish = false;
    isybau->far_end_reached = isybau->is_abandoned = false;
    isybau->abandoned_reason = (struct text){0};
    isybau->n_whole_length = 0;
}

/* The header as delivered: what is said of the object, then of the inspection. */
static const char *keep_header(struct isybau *isybau, struct inspection *inspection) {
    struct text object = {isybau->object.raw, isybau->object.n};
    struct text own = {isybau->inspection.raw, isybau->inspection.n};
    struct text raw = arena_printf(&isybau->survey->arena, "%.*s%s%.*s", TEXT_ARGS(object),
        object.n > 0 && own.n > 0 ? "; " : "", TEXT_ARGS(own));

    inspection->raw = raw.at;
    inspection->raw_n = (uint32_t)raw.n;
    return raw.at + (raw.n - own.n);
}

/* O runs with the flow, from the upstream node. */
static void fill_direction(struct isybau *isybau, struct inspection *inspection,
    struct inspection_more *more, struct text direction) {
    more->direction_text = direction;
    if (text_equal_nocase(direction, TEXT("O"))) {
        inspection->direction = DIRECTION_DOWNSTREAM;
        inspection->start_node = more->upstream_node;
        inspection->finish_node = more->downstream_node;
    } else if (text_equal_nocase(direction, TEXT("U"))) {
        inspection->direction = DIRECTION_UPSTREAM;
        inspection->start_node = more->downstream_node;
        inspection->finish_node = more->upstream_node;
    } else {
        isybau_find(
            isybau, FINDING_UNKNOWN_VALUE, inspection->line, "Inspektionsrichtung", direction);
        return;
    }
    inspection->start_is_assumed = inspection->start_node.n > 0;
}

static struct text word_or(const char *word, struct text value) {
    return word == NULL ? value : text_from(word);
}

static void fill_profile(struct isybau *isybau, struct inspection *inspection,
    struct inspection_more *more, const char *raw) {
    const struct xml_record *fields = &isybau->inspection;
    struct text shape = xml_record_value(fields, raw, EL_Profilart);
    struct text sewer = xml_record_value(fields, raw, EL_Kanalart);
    double width = number(
        isybau, fields->line, "Profilbreite", xml_record_value(fields, raw, EL_Profilbreite));
    double height =
        number(isybau, fields->line, "Profilhoehe", xml_record_value(fields, raw, EL_Profilhoehe));

    inspection->diameter_mm = (float)(isnan(width) ? height : width);
    if (!isnan(width) && !isnan(height) && width != height) {
        inspection->height_mm = (float)height;
    }
    more->shape = word_or(isybau_shape(shape), shape);
    more->material = xml_record_value(fields, raw, EL_Material);
    if (isybau_system(sewer) != SYSTEM_UNKNOWN) {
        more->system = text_from(sewer_system_name(isybau_system(sewer)));
    }
}

static void fill_pipe(struct isybau *isybau, struct inspection *inspection, const char *raw) {
    const struct xml_record *fields = &isybau->inspection;
    struct inspection_more *more = inspection_more(isybau->survey, inspection);

    more->upstream_node = xml_record_value(fields, raw, EL_KnotenZulauf);
    more->downstream_node = xml_record_value(fields, raw, EL_KnotenAblauf);
    fill_direction(isybau, inspection, more, xml_record_value(fields, raw, EL_Inspektionsrichtung));
    inspection->zero = (uint8_t)isybau_zero(xml_record_value(fields, raw, EL_BezugspunktLage));
    /* Between the nodes' centres, whatever the zero of the stations is. */
    inspection->inspected_m = number(isybau, fields->line, "Inspektionslaenge",
        xml_record_value(fields, raw, EL_Inspektionslaenge));
    if (inspection->inspected_m < 0) {
        isybau_find(isybau, FINDING_INVALID_VALUE, fields->line, "Inspektionslaenge",
            xml_record_value(fields, raw, EL_Inspektionslaenge));
        inspection->inspected_m = NAN;
    }
    fill_profile(isybau, inspection, more, raw);
}

static void fill_object(struct isybau *isybau, struct inspection *inspection, const char *raw) {
    struct text type = xml_record_value(&isybau->object, isybau->object.raw, EL_Anlagentyp);
    struct text pipe_type = xml_record_value(&isybau->inspection, raw, EL_Rohrleitungstyp);
    bool is_node_type = text_equal(type, TEXT("3")) || text_equal(type, TEXT("4"));
    bool is_node = isybau->saw_node || (is_node_type && !isybau->saw_pipe);

    inspection->object = is_node ? OBJECT_NODE : OBJECT_SEGMENT;
    inspection->is_lateral =
        text_equal(type, TEXT("2")) || (type.n == 0 && text_equal(pipe_type, TEXT("1")));
    if (is_node) {
        /* 1: heights above the lowest invert; 2: depths below the cover */
        inspection->counts_up = text_equal(
            xml_record_value(&isybau->inspection, raw, EL_BezugspunktVertikal), TEXT("1"));
    } else {
        fill_pipe(isybau, inspection, raw);
    }
}

static void fill_circumstances(
    struct isybau *isybau, struct inspection *inspection, const char *raw) {
    struct survey *survey = isybau->survey;
    const struct xml_record *fields = &isybau->inspection;
    struct inspection_more *more = inspection_more(survey, inspection);
    struct text date = xml_record_value(fields, raw, EL_Inspektionsdatum);
    struct text weather = xml_record_value(fields, raw, EL_Wetter);
    struct text method = xml_record_value(fields, raw, EL_Inspektionsverfahren);

    if (date.n > 0 && !text_to_date(date, &inspection->inspected_on)) {
        isybau_find(isybau, FINDING_DATE_INVALID, fields->line, "Inspektionsdatum", date);
    }
    inspection->operator_word =
        pool_add(&survey->words, xml_record_value(fields, raw, EL_NameUntersucher));
    inspection->method_word = pool_add(&survey->words, word_or(isybau_method(method), method));
    more->time = xml_record_value(fields, raw, EL_Uhrzeit);
    more->weather = word_or(isybau_weather(weather), weather);
    more->video = xml_record_value(fields, raw, EL_Videoablagereferenz);
    more->remark = xml_record_value(fields, raw, EL_Bemerkung);
    more->street = arena_copy(
        &survey->arena, xml_record_value(&isybau->object, isybau->object.raw, EL_Strassenname));
}

void isybau_inspection_end(struct isybau *isybau) {
    struct survey *survey = isybau->survey;
    struct inspection *inspection = newest_inspection(isybau);
    const char *raw = keep_header(isybau, inspection);

    fill_object(isybau, inspection, raw);
    fill_circumstances(isybau, inspection, raw);
    isybau->inspection_orders[survey->n_inspections - 1] =
        xml_record_value(&isybau->inspection, raw, EL_Auftragskennung);
    if (isybau->is_abandoned && !isybau->saw_finish && !isybau->far_end_reached) {
        inspection->is_abandoned = true;
        inspection_more(survey, inspection)->abandoned_reason = isybau->abandoned_reason;
    }
    if (inspection->n_observations == 0) {
        inspection_note_empty(survey, inspection);
    }
}

/* The name of the object may stand behind its inspections. */
void isybau_object_end(struct isybau *isybau) {
    struct survey *survey = isybau->survey;
    struct text name = arena_copy(&survey->arena,
        xml_record_value(&isybau->object, isybau->object.raw, EL_Objektbezeichnung));

    for (size_t i = isybau->first_inspection_of_object; i < survey->n_inspections; i++) {
        survey->inspections[i].segment_ref = name;
    }
}
