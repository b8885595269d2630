#include <math.h>
#include <string.h>

#include "core/level.h"
#include "formats/gpkg/paths.h"
#include "formats/gpkg/rows/rows.h"

bool (*const row_makers[TABLES])(struct maker *maker, struct block *block) = {
    [TABLE_SEGMENTS] = make_segments,
    [TABLE_DEFECTS] = make_defects,
    [TABLE_DEFECT_LINES] = make_defect_lines,
    [TABLE_INVENTORY] = make_inventory,
    [TABLE_INSPECTIONS] = make_inspections,
    [TABLE_NODE_INSPECTIONS] = make_node_inspections,
    [TABLE_REPAIRS] = make_repairs,
    [TABLE_NODES] = make_nodes,
    [TABLE_DISTRICTS] = make_districts,
    [TABLE_UNPLACED] = make_unplaced,
    [TABLE_FINDINGS] = make_findings,
    [TABLE_SOURCE_FILES] = make_source_files,
    [TABLE_MEDIA] = make_media,
    [TABLE_MEASUREMENTS] = make_measurements,
    [TABLE_INSPECTION_LOGS] = make_inspection_logs,
    [TABLE_RUNS] = make_runs,
};

static bool has_place(const struct inspection *inspection, const struct observation *observation) {
    if (inspection->object == OBJECT_NODE) {
        return inspection->node != NO_NODE;
    }
    return observation->stretch != NO_STRETCH && !isnan(observation->along_m);
}

enum destination observation_destination(
    const struct inspection *inspection, const struct observation *observation) {
    if (!observation_is_placed(inspection, observation)) {
        return TO_UNPLACED;
    }
    if (!has_place(inspection, observation)) {
        return TO_NOWHERE;
    }
    return observation_is_defect(inspection, observation) ? TO_DEFECTS : TO_INVENTORY;
}

bool maker_next_observation(struct maker *maker, enum destination to, struct shown *out) {
    const struct result *result = maker->result;

    for (; maker->next < result->n_inspections; maker->next++, maker->next_part = 0) {
        const struct inspection *inspection = result->inspections[maker->next];
        const struct observation *observations = inspection_observations(inspection);
        while (maker->next_part < inspection->n_observations) {
            const struct observation *observation = &observations[maker->next_part++];
            if (observation_destination(inspection, observation) == to) {
                *out = (struct shown){
                    inspection,
                    observation,
                    observation_code(inspection, observation),
                    maker->next_part,
                };
                return true;
            }
        }
    }
    return false;
}

size_t maker_survey(const struct maker *maker, const struct inspection *inspection) {
    return (size_t)(inspection->survey - maker->result->surveys);
}

struct file_tally *maker_tally(const struct maker *maker, const struct inspection *inspection) {
    return &maker->written[maker_survey(maker, inspection)];
}

struct text maker_source_file(const struct maker *maker, const struct inspection *inspection) {
    return maker->paths->of_surveys[maker_survey(maker, inspection)];
}

void put_observation_id(
    struct block *block, struct value *at, const struct inspection *inspection, uint32_t order) {
    char digits[DECIMAL_SIZE];
    size_t n_digits = decimal_write(order, digits), n = inspection->id.n;
    char *text = block_bytes(block, n + 1 + n_digits);

    if (n > 0) {
        memcpy(text, inspection->id.at, n);
    }
    text[n] = '#';
    memcpy(text + n + 1, digits, n_digits);
    put_text(at, (struct text){text, n + 1 + n_digits});
}

void put_mark(struct block *block, struct value *at, const struct observation *observation) {
    static const char letters[] = {[MARK_START] = 'A', [MARK_CHANGE] = 'C', [MARK_END] = 'B'};
    char digits[DECIMAL_SIZE];

    if (observation->mark == MARK_NONE || observation->mark >= sizeof letters) {
        return;
    }
    size_t n_digits = decimal_write(observation->mark_number, digits);
    char *text = block_bytes(block, n_digits + 2), *end = text;
    *end++ = letters[observation->mark];
    if (n_digits == 1) {
        *end++ = '0';
    }
    memcpy(end, digits, n_digits);
    put_text(at, (struct text){text, (size_t)(end - text) + n_digits});
}

double to_millimetre(double m) {
    return nearbyint(m * 1e3) / 1e3;
}

void trace_levels(const struct maker *maker, const struct segment *segment, double from_m,
    struct polyline part, double *out) {
    struct inverts inverts = segment_inverts(&maker->result->network, segment);

    if (isnan(inverts.from_m) || isnan(inverts.to_m)) {
        return; /* NAN they are */
    }
    level_along_segment_m(segment, inverts, from_m, part, out);
    for (size_t i = 0; i < part.n; i++) {
        out[i] = to_millimetre(out[i]);
    }
}

size_t trace_segment(const struct maker *maker, const struct segment *segment, double from_m,
    double to_m, struct vertices out) {
    if (segment->line.n < 2 || !(from_m < to_m)) {
        return 0;
    }
    size_t n = polyline_substring(segment->line, from_m, to_m, out.at);
    trace_levels(maker, segment, fmax(from_m, 0), (struct polyline){out.at, n}, out.level_m);
    return n;
}

void add_part_of_segment(struct maker *maker, const struct block *block,
    const struct segment *segment, double from_m, double to_m) {
    struct vertices room = shapes_add(&maker->shapes, block, segment->line.n + 2);

    shapes_shorten(&maker->shapes, trace_segment(maker, segment, from_m, to_m, room));
}

const struct segment *shown_segment(const struct maker *maker, const struct shown *shown) {
    const struct result *result = maker->result;

    if (shown->inspection->object == OBJECT_NODE) {
        return NULL;
    }
    return &result->network.segments[result->stretches[shown->observation->stretch].segment];
}

struct text segment_district(const struct maker *maker, size_t segment) {
    const struct result *result = maker->result;

    if (result->segment_district == NULL) {
        return network_word(&result->network, result->network.segments[segment].district);
    }
    uint32_t district = result->segment_district[segment];
    return district == NO_POLYGON ? (struct text){0} : result->districts.at[district].name;
}

void maker_find_words(struct maker *maker) {
    enum language language = maker->request->language;

    for (enum finding_kind kind = 0; kind < FINDING_KINDS; kind++) {
        maker->meanings[kind] = lang_text(language, finding_sentence(kind));
    }
    for (enum unplaced_reason reason = 0; reason < UNPLACED_REASONS; reason++) {
        maker->reasons[reason] = lang_text(language, unplaced_reason_sentence(reason));
    }
}
