#include "core/survey.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/network.h"

struct inspection *survey_add_inspection(struct survey *survey) {
    survey->inspections = array_reserve(survey->inspections, &survey->inspections_capacity,
        survey->n_inspections + 1, sizeof *survey->inspections);
    struct inspection *inspection = &survey->inspections[survey->n_inspections++];
    *inspection = (struct inspection){
        .survey = survey,
        .diameter_mm = NAN,
        .height_mm = NAN,
        .expected_m = NAN,
        .inspected_m = NAN,
        .first_observation = (uint32_t)survey->n_observations,
        .node = NO_NODE,
        .node_score = NAN,
    };
    return inspection;
}

struct observation *survey_add_observation(struct survey *survey) {
    survey->observations = array_reserve(survey->observations, &survey->observations_capacity,
        survey->n_observations + 1, sizeof *survey->observations);
    struct observation *observation = &survey->observations[survey->n_observations++];
    *observation = (struct observation){
        .chainage_m = NAN,
        .position_error_m = NAN,
        .stretch = NO_STRETCH,
        .along_m = NAN,
        .along_to_m = NAN,
        .duplicate_of = NO_OBSERVATION,
        .score = NAN,
    };
    survey->inspections[survey->n_inspections - 1].n_observations++;
    return observation;
}

struct measurement *survey_add_measurement(struct survey *survey) {
    survey->measurements = array_reserve(survey->measurements, &survey->measurements_capacity,
        survey->n_measurements + 1, sizeof *survey->measurements);
    struct measurement *measurement = &survey->measurements[survey->n_measurements++];
    *measurement = (struct measurement){.chainage_m = NAN, .value = NAN};
    return measurement;
}

struct observation_more *observation_more(struct survey *survey, struct observation *observation) {
    if (observation->more == NULL) {
        observation->more = ARENA_NEW(&survey->arena, struct observation_more, 1);
        observation->more->quant1 = NAN;
        observation->more->quant2 = NAN;
    }
    return observation->more;
}

struct inspection_more *inspection_more(struct survey *survey, struct inspection *inspection) {
    if (inspection->more == NULL) {
        inspection->more = ARENA_NEW(&survey->arena, struct inspection_more, 1);
        inspection->more->start_at = (struct xy){NAN, NAN};
        inspection->more->finish_at = (struct xy){NAN, NAN};
        inspection->more->start_delivered = (struct xy){NAN, NAN};
        inspection->more->finish_delivered = (struct xy){NAN, NAN};
    }
    return inspection->more;
}

/* The four texts behind each other with a byte between that no text has. */
static struct text code_key(char *buffer, size_t size, const struct text parts[4]) {
    size_t n = 0;

    for (size_t i = 0; i < 4; i++) {
        size_t fits = n + parts[i].n + 1 < size ? parts[i].n : size - n - 1;
        if (fits > 0) {
            memcpy(buffer + n, parts[i].at, fits);
        }
        n += fits;
        buffer[n++] = '\x1f';
        if (n >= size) {
            break;
        }
    }
    return (struct text){buffer, n};
}

uint32_t survey_add_code(struct survey *survey, struct text delivered, struct text code,
    struct text char1, struct text char2) {
    char buffer[1024];
    struct text key = code_key(buffer, sizeof buffer,
        (const struct text[4]){
            text_part(delivered, 0, 240),
            text_part(code, 0, 240),
            text_part(char1, 0, 240),
            text_part(char2, 0, 240),
        });
    uint32_t known = index_find(&survey->code_index, key);

    if (known != INDEX_NONE) {
        return known;
    }
    survey->codes = array_reserve(
        survey->codes, &survey->codes_capacity, survey->n_codes + 1, sizeof *survey->codes);
    survey->codes[survey->n_codes] = (struct code){
        .delivered = arena_copy(&survey->arena, delivered),
        .code = arena_copy(&survey->arena, code),
        .char1 = arena_copy(&survey->arena, char1),
        .char2 = arena_copy(&survey->arena, char2),
    };
    uint32_t number = (uint32_t)survey->n_codes++;
    return index_add(&survey->code_index, arena_copy(&survey->arena, key), number);
}

const struct code *observation_code(
    const struct inspection *inspection, const struct observation *observation) {
    return &inspection->survey->codes[observation->code];
}

/* Along the circles that the moves make: one observation at a time is in hand. */
void observations_arrange(struct observation *observations, uint32_t *from, size_t n) {
    for (uint32_t i = 0; i < n; i++) {
        struct observation first = observations[i];
        uint32_t to = i;
        while (from[to] != i) {
            uint32_t next = from[to];
            observations[to] = observations[next];
            from[to] = to;
            to = next;
        }
        observations[to] = first;
        from[to] = to;
    }
}

struct observation *inspection_observations(const struct inspection *inspection) {
    struct observation *observations = inspection->survey->observations;

    return observations == NULL ? NULL : observations + inspection->first_observation;
}

struct finding_place inspection_place(const struct inspection *inspection, uint32_t line) {
    return (struct finding_place){
        .file = inspection->survey->file.path,
        .line = line,
        .inspection_id = inspection->id,
        .segment_id = inspection->segment_ref,
    };
}

void inspection_note_empty(struct survey *survey, const struct inspection *inspection) {
    enum { LONGEST = 100 };
    char id[LONGEST + 8] = "", object[2 * LONGEST + 32] = "";
    struct text start = text_cut(inspection->start_node, LONGEST);
    struct text finish = text_cut(inspection->finish_node, LONGEST);

    if (inspection->id.n > 0) {
        snprintf(id, sizeof id, " '%.*s'", TEXT_ARGS(text_cut(inspection->id, LONGEST)));
    }
    if (inspection->segment_ref.n > 0) {
        snprintf(object, sizeof object, " of %s '%.*s'",
            inspection->object == OBJECT_NODE ? "node" : "segment",
            TEXT_ARGS(text_cut(inspection->segment_ref, LONGEST)));
    } else if (start.n > 0 || finish.n > 0) {
        snprintf(
            object, sizeof object, " from '%.*s' to '%.*s'", TEXT_ARGS(start), TEXT_ARGS(finish));
    }
    findings_add(&survey->findings, FINDING_NO_OBSERVATIONS,
        inspection_place(inspection, inspection->line), "inspection%s%s", id, object);
}

struct survey *surveys_unfold(struct survey *surveys, size_t *n, size_t *capacity) {
    size_t n_all = *n, to;

    for (size_t i = 0; i < *n; i++) {
        n_all += surveys[i].n_others;
    }
    surveys = array_reserve(surveys, capacity, n_all, sizeof *surveys);
    to = n_all;
    for (size_t i = *n; i > 0; i--) { /* from behind: each moves up, none over another */
        struct survey first = surveys[i - 1];
        to -= first.n_others;
        for (size_t k = 0; k < first.n_others; k++) {
            surveys[to + k] = first.others[k];
        }
        array_release(&first.others);
        first.n_others = 0;
        surveys[--to] = first;
    }
    *n = n_all;
    for (size_t i = 0; i < n_all; i++) {
        for (size_t k = 0; k < surveys[i].n_inspections; k++) {
            surveys[i].inspections[k].survey = &surveys[i];
        }
    }
    return surveys;
}

void survey_release(struct survey *survey) {
    for (size_t i = 0; i < survey->n_others; i++) {
        survey_release(&survey->others[i]);
    }
    array_release(&survey->others);
    if (survey->network != NULL) {
        network_release(survey->network);
        array_release(&survey->network);
    }
    if (survey->unmap != NULL) {
        survey->unmap(survey->mapping, survey->mapping_n);
    }
    arena_release(&survey->arena);
    pool_release(&survey->words);
    index_release(&survey->code_index);
    findings_release(&survey->findings);
    array_release(&survey->codes);
    array_release(&survey->inspections);
    array_release(&survey->observations);
    array_release(&survey->measurements);
    *survey = (struct survey){0};
}

/* Names of the output's enums: a contract. */

const char *zero_point_name(enum zero_point zero) {
    static const char *const names[] = {
        [ZERO_UNKNOWN] = NULL,
        [ZERO_NODE_CENTRE] = "node_centre",
        [ZERO_INNER_WALL] = "inner_wall",
        [ZERO_PIPE_END] = "pipe_end",
        [ZERO_MIDWAY] = "midway",
    };

    return names[zero];
}

const char *match_method_name(enum match_method method) {
    static const char *const names[MATCH_METHODS] = {
        [MATCH_NONE] = "none",
        [MATCH_SEGMENT_ID] = "segment_id",
        [MATCH_SEGMENT_ID_NORMALISED] = "segment_id_normalised",
        [MATCH_NODE_PAIR] = "node_pair",
        [MATCH_NODE_PAIR_SUFFIX] = "node_pair_suffix",
        [MATCH_CHAIN] = "chain",
        [MATCH_NODE_AND_LENGTH] = "node_and_length",
        [MATCH_COORDINATES] = "coordinates",
        [MATCH_NODE_ID] = "node_id",
        [MATCH_NODE_ID_NORMALISED] = "node_id_normalised",
    };
    return names[method];
}

const char *position_method_name(enum position_method method) {
    static const char *const names[POSITION_METHODS] = {
        [POSITION_NONE] = NULL,
        [POSITION_AS_LOGGED] = "as_logged",
        [POSITION_STRETCHED] = "stretched",
        [POSITION_BEYOND_END] = "beyond_end",
        [POSITION_CHAIN] = "chain",
    };
    return names[method];
}

static const struct {
    const char *name, *sentence;
} unplaced_reasons[UNPLACED_REASONS] = {
    [UNPLACED_NOT] = {NULL,                  NULL                                         },
    [UNPLACED_NO_NETWORK] = {"no_network",          "the run has no network"                     },
    [UNPLACED_NO_MATCH] = {"no_match",            "nothing in the network fits the inspection" },
    [UNPLACED_AMBIGUOUS] = {"ambiguous",           "more than one segment fits the inspection"  },
    [UNPLACED_NO_REFERENCE] = {"no_reference",        "the inspection names no segment and no node"},
    [UNPLACED_SEGMENT_NO_GEOMETRY] = {"no_geometry",         "the segment has no usable geometry"         },
    [UNPLACED_CHAINAGE_MISSING] = {"chainage_missing",    "the observation has no chainage"            },
    [UNPLACED_CHAINAGE_NEGATIVE] = {"chainage_negative",   "the chainage is negative"                   },
    [UNPLACED_CHAINAGE_BEYOND] = {"chainage_beyond_end", "the chainage lies beyond the end"           },
};

const char *unplaced_reason_name(enum unplaced_reason reason) {
    return unplaced_reasons[reason].name;
}

const char *unplaced_reason_sentence(enum unplaced_reason reason) {
    return unplaced_reasons[reason].sentence;
}

const char *direction_name(enum direction direction) {
    switch (direction) {
    case DIRECTION_UNKNOWN:
        return NULL;
    case DIRECTION_DOWNSTREAM:
        return "downstream";
    case DIRECTION_UPSTREAM:
        return "upstream";
    }
    return NULL;
}

const char *code_kind_name(enum code_kind kind) {
    switch (kind) {
    case CODE_STRUCTURAL:
        return "structural";
    case CODE_FUNCTIONAL:
        return "functional";
    case CODE_CONSTRUCTION:
        return "construction";
    case CODE_UNKNOWN:
    case CODE_OTHER:
        return "other";
    case CODE_INVENTORY:
        return "inventory";
    }
    return NULL;
}

const char *catalogue_name(enum catalogue catalogue) {
    static const char *const names[CATALOGUES] = {
        [CATALOGUE_UNKNOWN] = "unknown",
        [CATALOGUE_CJJ181] = "CJJ 181-2012",
        [CATALOGUE_EN13508] = "EN 13508-2",
        [CATALOGUE_DB31] = "DB31/T 444-2022",
        [CATALOGUE_PACP] = "PACP",
        [CATALOGUE_MSCC] = "MSCC",
        [CATALOGUE_WSA05] = "WSA 05",
    };
    return names[catalogue];
}

const char *defect_family_name(enum defect_family family) {
    static const char *const names[FAMILIES] = {
        [FAMILY_NONE] = NULL,
        [FAMILY_BREAK] = "break",
        [FAMILY_COLLAPSE] = "collapse",
        [FAMILY_DEFORMATION] = "deformation",
        [FAMILY_SURFACE] = "surface",
        [FAMILY_OFFSET] = "offset",
        [FAMILY_OPEN_JOINT] = "open joint",
        [FAMILY_ANGLE] = "angle",
        [FAMILY_SEAL] = "seal",
        [FAMILY_SAG] = "sag",
        [FAMILY_CONNECTION] = "connection",
        [FAMILY_INTRUSION] = "intrusion",
        [FAMILY_LEAKAGE] = "leakage",
        [FAMILY_SOIL] = "soil",
        [FAMILY_BRICKWORK] = "brickwork",
        [FAMILY_LINING] = "lining",
        [FAMILY_SEDIMENT] = "sediment",
        [FAMILY_ENCRUSTATION] = "encrustation",
        [FAMILY_OBSTACLE] = "obstacle",
        [FAMILY_ROOTS] = "roots",
        [FAMILY_SCUM] = "scum",
        [FAMILY_VERMIN] = "vermin",
        [FAMILY_OTHER] = "other",
    };
    return names[family];
}

const char *measurement_kind_name(enum measurement_kind kind) {
    static const char *const names[MEASUREMENT_KINDS] = {
        [MEASUREMENT_OTHER] = "other",
        [MEASUREMENT_SLOPE] = "slope",
        [MEASUREMENT_DEVIATION] = "deviation",
        [MEASUREMENT_LEVEL] = "level",
        [MEASUREMENT_PRESSURE] = "pressure",
        [MEASUREMENT_TEMPERATURE] = "temperature",
        [MEASUREMENT_GAS] = "gas",
        [MEASUREMENT_RADAR] = "radar",
        [MEASUREMENT_STRENGTH] = "strength",
        [MEASUREMENT_CAVITY] = "cavity",
        [MEASUREMENT_CORROSION] = "corrosion depth",
        [MEASUREMENT_DEPOSIT] = "deposit thickness",
    };
    return names[kind];
}

const char *measurement_unit_name(enum measurement_unit unit) {
    static const char *const names[MEASUREMENT_UNITS] = {
        [MEASURED_IN_UNKNOWN] = NULL,
        [MEASURED_IN_COUNT] = "1",
        [MEASURED_IN_METRES] = "m",
        [MEASURED_IN_MILLIMETRES] = "mm",
        [MEASURED_IN_KILOGRAMS] = "kg",
        [MEASURED_IN_SECONDS] = "s",
        [MEASURED_IN_DEGREES] = "deg",
        [MEASURED_IN_PERCENT] = "%",
        [MEASURED_IN_CELSIUS] = "degC",
        [MEASURED_IN_PASCALS] = "Pa",
        [MEASURED_IN_METRES_PER_SECOND] = "m/s",
        [MEASURED_IN_SQUARE_METRES] = "m2",
        [MEASURED_IN_CUBIC_METRES] = "m3",
        [MEASURED_IN_CUBIC_METRES_PER_SECOND] = "m3/s",
        [MEASURED_IN_NEWTONS_PER_SQUARE_MILLIMETRE] = "N/mm2",
    };
    return names[unit];
}
