#include "tests/core/town.h"

#include <math.h>

#include "core/base.h"

static const struct {
    const char *code;
    enum code_role role;
} roles[] = {
    {"BCD", ROLE_START_NODE },
    {"BCE", ROLE_FINISH_NODE},
    {"BDC", ROLE_ABANDONED  },
    {"YJ",  ROLE_NODE       },
};

struct town *town_new(void) {
    size_t capacity = 0;
    struct town *town = array_reserve(NULL, &capacity, 1, sizeof *town);

    *town = (struct town){.locate = locate_defaults};
    town->survey.file.path = TEXT("town.csv");
    return town;
}

void town_release(struct town **town) {
    network_release(&(*town)->network);
    survey_release(&(*town)->survey);
    match_yield_release(&(*town)->yield);
    findings_release(&(*town)->findings);
    array_release(town);
}

uint32_t town_node(struct town *town, const char *id, double x, double y) {
    struct node *node = network_add_node(&town->network);

    node->id = text_from(id);
    node->at = (struct xy){x, y};
    return (uint32_t)town->network.n_nodes - 1;
}

static uint32_t find_node(const struct town *town, const char *id) {
    for (size_t i = 0; id != NULL && i < town->network.n_nodes; i++) {
        if (text_equal(town->network.nodes[i].id, text_from(id))) {
            return (uint32_t)i;
        }
    }
    return NO_NODE;
}

struct segment *town_segment(struct town *town, const char *id, const char *from, const char *to) {
    struct segment *segment = network_add_segment(&town->network);

    segment->id = text_from(id);
    segment->from_node = find_node(town, from);
    segment->to_node = find_node(town, to);
    segment->number_in_file = (uint32_t)town->network.n_segments;
    if (segment->from_node != NO_NODE && segment->to_node != NO_NODE) {
        struct xy *line = ARENA_NEW(&town->network.arena, struct xy, 2);
        line[0] = town->network.nodes[segment->from_node].at;
        line[1] = town->network.nodes[segment->to_node].at;
        segment->line = (struct polyline){line, 2};
    }
    return segment;
}

void town_bend(struct town *town, struct segment *segment, double x, double y) {
    struct xy *line = ARENA_NEW(&town->network.arena, struct xy, 3);

    line[0] = segment->line.at[0];
    line[1] = (struct xy){x, y};
    line[2] = segment->line.at[1];
    segment->line = (struct polyline){line, 3};
}

struct inspection *town_visit(struct town *town, struct visit visit) {
    struct inspection *inspection = survey_add_inspection(&town->survey);

    inspection->line = (uint32_t)town->survey.n_inspections;
    inspection->segment_ref = text_from(visit.ref);
    inspection->start_node = text_from(visit.start);
    inspection->finish_node = text_from(visit.finish);
    inspection->direction = (uint8_t)visit.direction;
    inspection->inspected_m = visit.inspected_m > 0 ? visit.inspected_m : NAN;
    inspection->expected_m = visit.expected_m > 0 ? visit.expected_m : NAN;
    inspection->diameter_mm = visit.diameter_mm > 0 ? (float)visit.diameter_mm : NAN;
    inspection->inspected_on = visit.on;
    inspection->is_abandoned = visit.is_abandoned;
    inspection->object = visit.is_node ? OBJECT_NODE : OBJECT_SEGMENT;
    return inspection;
}

struct observation *town_see(struct town *town, const char *code, double chainage_m) {
    struct text none = {0};
    uint32_t number = survey_add_code(&town->survey, none, text_from(code), none, none);
    struct observation *observation = survey_add_observation(&town->survey);

    for (size_t i = 0; i < ARRAY_LEN(roles); i++) {
        if (text_equal(text_from(code), text_from(roles[i].code))) {
            town->survey.codes[number].role = roles[i].role;
        }
    }
    observation->code = number;
    observation->chainage_m = chainage_m;
    observation->line = (uint32_t)town->survey.n_observations;
    return observation;
}

struct observation *town_mark(
    struct town *town, const char *code, double chainage_m, enum mark mark, int number) {
    struct observation *observation = town_see(town, code, chainage_m);

    observation->mark = (uint8_t)mark;
    observation->mark_number = (uint16_t)number;
    return observation;
}

static void number_inspections(struct town *town) {
    town->n = town->survey.n_inspections;
    for (size_t i = 0; i < town->n; i++) {
        struct inspection *inspection = &town->survey.inspections[i];
        inspection->number = (uint32_t)i;
        inspection->first_observation_id = inspection->first_observation;
        town->list[i] = inspection;
    }
}

void town_match(struct town *town) {
    number_inspections(town);
    network_connect(&town->network);
    struct matcher *matcher = matcher_new(&town->network, &match_defaults);
    match_inspections(matcher, town->list, town->n, &town->yield);
    matcher_release(matcher);
}

void town_locate(struct town *town) {
    town_match(town);
    locate_inspections(
        &town->network, town->list, town->n, town->yield.stretches, &town->locate, &town->findings);
}

static struct coverage decide(struct town *town, uint32_t segment) {
    uint32_t numbers[256];
    size_t n = 0;

    for (size_t i = 0; i < town->yield.n_stretches; i++) {
        if (town->yield.stretches[i].segment == segment) {
            numbers[n++] = (uint32_t)i;
        }
    }
    return current_decide(&town->network, segment, (struct segment_runs){numbers, n}, town->list,
        town->yield.stretches, &town->findings);
}

void town_decide(struct town *town) {
    number_inspections(town);
    current_find_duplicates(town->list, town->n, &town->findings);
    town_locate(town);
    for (size_t i = 0; i < town->network.n_segments; i++) {
        decide(town, (uint32_t)i);
    }
}

struct coverage town_coverage(struct town *town, const char *segment) {
    for (size_t i = 0; i < town->network.n_segments; i++) {
        if (text_equal(town->network.segments[i].id, text_from(segment))) {
            struct findings said = town->findings;
            town->findings = (struct findings){0};
            struct coverage coverage = decide(town, (uint32_t)i);
            findings_release(&town->findings);
            town->findings = said;
            return coverage;
        }
    }
    return (struct coverage){NAN, NAN};
}

struct inspection *town_inspection(struct town *town, size_t number) {
    return &town->survey.inspections[number];
}

struct observation *town_row(struct town *town, size_t inspection, size_t row) {
    return &inspection_observations(town_inspection(town, inspection))[row];
}

const char *town_segment_of(struct town *town, size_t number) {
    const struct inspection *inspection = town_inspection(town, number);

    if (inspection->n_stretches == 0) {
        return "";
    }
    const struct stretch *stretch = &town->yield.stretches[inspection->first_stretch];
    return town->network.segments[stretch->segment].id.at;
}

struct xy town_place(struct town *town, size_t inspection, size_t row) {
    const struct observation *observation = town_row(town, inspection, row);

    if (observation->stretch == NO_STRETCH) {
        return (struct xy){NAN, NAN};
    }
    uint32_t segment = town->yield.stretches[observation->stretch].segment;
    return polyline_point_at(town->network.segments[segment].line, observation->along_m);
}

static size_t count(const struct findings *findings, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < findings->n; i++) {
        n += findings->at[i].kind == kind;
    }
    return n;
}

size_t town_findings(const struct town *town, enum finding_kind kind) {
    return count(&town->findings, kind) + count(&town->yield.findings, kind);
}
