/* Rows of `segments`, `nodes` and `districts`. */
#include <math.h>
#include <string.h>

#include "core/scheme/scheme.h"
#include "formats/gpkg/rows/rows.h"
#include "formats/gpkg/scheme_detail.h"

static struct text node_id(const struct network *network, uint32_t node) {
    return node == NO_NODE ? (struct text){0} : network->nodes[node].id;
}

/* A network's ids are its owner's affair; the output must know before it promises an index. */
static void note_id(struct maker *maker, struct text id, size_t number) {
    if (id.n > 0 && index_add(&maker->segment_ids, id, (uint32_t)number) != number) {
        maker->has_repeated_segment_ids = true;
    }
}

/* What decides figures beside the pipe itself; what nobody told stays NULL. */
static void put_surroundings(struct value *row, const struct segment *segment) {
    if (segment->area_importance >= 0) {
        put_integer(&row[SEGMENTS_AREA_IMPORTANCE_GIVEN], segment->area_importance);
    }
    if (segment->soil_influence >= 0) {
        put_integer(&row[SEGMENTS_SOIL_INFLUENCE_GIVEN], segment->soil_influence);
    }
    put_string(&row[SEGMENTS_GROUNDWATER], groundwater_name(segment->groundwater));
    put_answer(&row[SEGMENTS_CAPACITY_IS_SHORT], segment->capacity_is_short);
    put_string(&row[SEGMENTS_PROTECTION_ZONE], protection_zone_name(segment->protection_zone));
    put_number(&row[SEGMENTS_SOIL_GROUP], segment->soil_group);
}

/* What the network's table says. */
static void put_segment(const struct maker *maker, struct value *row, size_t number) {
    const struct network *network = &maker->result->network;
    const struct segment *segment = &network->segments[number];

    put_text(&row[SEGMENTS_SEGMENT_ID], segment->id);
    put_text(&row[SEGMENTS_FROM_NODE], node_id(network, segment->from_node));
    put_text(&row[SEGMENTS_TO_NODE], node_id(network, segment->to_node));
    put_string(&row[SEGMENTS_SYSTEM], sewer_system_name(segment->system));
    put_text(&row[SEGMENTS_MATERIAL], network_word(network, segment->material));
    put_text(&row[SEGMENTS_SHAPE], network_word(network, segment->shape));
    put_metres(&row[SEGMENTS_DIAMETER_MM], segment->diameter_mm);
    put_metres(&row[SEGMENTS_HEIGHT_MM], segment->height_mm);
    put_number(&row[SEGMENTS_YEAR_BUILT], segment->year_built);
    if (segment->line.n >= 2) {
        put_metres(&row[SEGMENTS_LENGTH_M], segment->drawn_m);
    }
    put_metres(&row[SEGMENTS_NETWORK_LENGTH_M], segment->length_m);
    put_text(&row[SEGMENTS_STREET], network_word(network, segment->street));
    put_text(&row[SEGMENTS_DISTRICT], segment_district(maker, number));
    put_text(&row[SEGMENTS_OWNER], network_word(network, segment->owner));
    put_metres(&row[SEGMENTS_FROM_INVERT_M], segment->from_invert_m);
    put_metres(&row[SEGMENTS_TO_INVERT_M], segment->to_invert_m);
    put_surroundings(row, segment);
}

/* What was seen; zeros where nobody looked. */
static void put_inspected(
    struct block *block, struct value *row, const struct assessment *assessment) {
    put_date(block, &row[SEGMENTS_INSPECTED_ON], assessment->inspected_on);
    put_metres(&row[SEGMENTS_INSPECTED_M], assessment->inspected_m);
    put_figure(&row[SEGMENTS_COVERAGE], assessment->coverage);
    put_count(&row[SEGMENTS_N_INSPECTIONS], assessment->n_inspections);
    put_count(&row[SEGMENTS_N_DEFECTS], assessment->n_defects);
    put_count(&row[SEGMENTS_N_STRUCTURAL], assessment->n_structural);
    put_count(&row[SEGMENTS_N_FUNCTIONAL], assessment->n_functional);
}

static void put_grade(struct value *at, uint8_t grade) {
    if (grade_is_number(grade)) {
        put_integer(at, grade_number(grade));
    }
}

static void put_structural(struct value *row, const struct condition *condition) {
    put_figure(&row[SEGMENTS_STRUCTURAL_SCORE], condition->score);
    put_grade(&row[SEGMENTS_STRUCTURAL_GRADE], condition->grade);
    put_figure(&row[SEGMENTS_STRUCTURAL_DENSITY], condition->density);
    put_figure(&row[SEGMENTS_STRUCTURAL_MEAN], condition->mean);
    put_figure(&row[SEGMENTS_STRUCTURAL_PEAK], condition->peak);
    put_string(&row[SEGMENTS_STRUCTURAL_DENSITY_TYPE], density_type_name(condition->density_type));
    put_figure(&row[SEGMENTS_REPAIR_INDEX], condition->index);
    put_grade(&row[SEGMENTS_REPAIR_GRADE], condition->index_grade);
}

static void put_functional(struct value *row, const struct condition *condition) {
    put_figure(&row[SEGMENTS_FUNCTIONAL_SCORE], condition->score);
    put_grade(&row[SEGMENTS_FUNCTIONAL_GRADE], condition->grade);
    put_figure(&row[SEGMENTS_FUNCTIONAL_DENSITY], condition->density);
    put_figure(&row[SEGMENTS_FUNCTIONAL_MEAN], condition->mean);
    put_figure(&row[SEGMENTS_FUNCTIONAL_PEAK], condition->peak);
    put_string(&row[SEGMENTS_FUNCTIONAL_DENSITY_TYPE], density_type_name(condition->density_type));
    put_figure(&row[SEGMENTS_MAINTENANCE_INDEX], condition->index);
    put_grade(&row[SEGMENTS_MAINTENANCE_GRADE], condition->index_grade);
}

static void put_composite(
    struct block *block, struct value *row, const struct assessment_more *more) {
    if (more->composite_parts != NULL) {
        put_figure(&row[SEGMENTS_COMPOSITE_HAZARD], more->composite);
        put_composite_parts(block, &row[SEGMENTS_COMPOSITE_PARTS], more);
    }
}

/* Grades of schemes run up or down; this one scale is for maps. */
static void put_severities(struct value *row, const struct assessment *assessment) {
    const struct scheme_table *table = scheme_built_in.at[assessment->scheme];

    if (table != NULL) {
        put_number(&row[SEGMENTS_REPAIR_SEVERITY],
            scheme_severity(table, assessment->structural.index_grade));
        put_number(&row[SEGMENTS_MAINTENANCE_SEVERITY],
            scheme_severity(table, assessment->functional.index_grade));
    }
}

/* The scheme's figures, where it assessed the segment. */
static void put_assessment(
    struct block *block, struct value *row, const struct assessment *assessment) {
    if (assessment->priority == 0) {
        return;
    }
    if (assessment->scheme != SCHEME_NONE) {
        put_string(&row[SEGMENTS_SCHEME], scheme_name(assessment->scheme));
    }
    put_structural(row, &assessment->structural);
    put_functional(row, &assessment->functional);
    put_severities(row, assessment);
    put_bool(&row[SEGMENTS_COLLAPSE_HAZARD], assessment->is_collapse_hazard);
    put_text(&row[SEGMENTS_COLLAPSE_REASON], assessment->collapse_reason);
    put_answer(&row[SEGMENTS_SOIL_ENTRY], assessment->soil_entry);
    put_bool(&row[SEGMENTS_MISCONNECTION], assessment->is_misconnection);
    if (assessment->next_inspection_on > 0) {
        put_date(block, &row[SEGMENTS_NEXT_INSPECTION_DUE], assessment->next_inspection_on);
        put_string(&row[SEGMENTS_NEXT_INSPECTION_KIND],
            assessment->next_inspection_of == GROUP_STRUCTURAL ? "structural" : "functional");
    }
    if (assessment->more != NULL) {
        put_text(&row[SEGMENTS_SOIL_ENTRY_REASON], assessment->more->soil_entry_reason);
        put_text(&row[SEGMENTS_REPAIR_METHOD], assessment->more->repair_method);
        put_composite(block, row, assessment->more);
    }
    put_string(&row[SEGMENTS_REPAIR_SCOPE], repair_scope_name(assessment->repair_scope));
    put_count(&row[SEGMENTS_N_UNGRADED], assessment->n_ungraded);
    put_count(&row[SEGMENTS_N_OPEN_CASES], assessment->n_open_cases);
    put_integer(&row[SEGMENTS_PRIORITY], assessment->priority);
    put_text(&row[SEGMENTS_PRIORITY_REASON], assessment->priority_reason);
    put_number(&row[SEGMENTS_RANK], assessment->rank);
    put_integer(&row[SEGMENTS_AREA_IMPORTANCE], assessment->area_importance);
    put_integer(&row[SEGMENTS_PIPE_IMPORTANCE], assessment->pipe_importance);
    put_integer(&row[SEGMENTS_SOIL_INFLUENCE], assessment->soil_influence);
    put_scheme_detail(block, &row[SEGMENTS_SCHEME_DETAIL], assessment);
}

bool make_segments(struct maker *maker, struct block *block) {
    const struct network *network = &maker->result->network;

    index_reserve(&maker->segment_ids, network->n_segments);
    for (; maker->next < network->n_segments && block_has_room(block); maker->next++) {
        struct polyline line = network->segments[maker->next].line;
        const struct assessment *assessment = &maker->result->assessments[maker->next];
        struct value *row = block_add_row(block);
        note_id(maker, network->segments[maker->next].id, maker->next);
        put_segment(maker, row, maker->next);
        put_inspected(block, row, assessment);
        put_assessment(block, row, assessment);
        if (line.n >= 2) {
            struct vertices room = shapes_add(&maker->shapes, block, line.n);
            memcpy(room.at, line.at, line.n * sizeof *line.at);
            trace_levels(maker, &network->segments[maker->next], 0, line, room.level_m);
        }
    }
    if (maker->next < network->n_segments) {
        return true;
    }
    index_release(&maker->segment_ids);
    return false;
}

bool make_nodes(struct maker *maker, struct block *block) {
    const struct network *network = &maker->result->network;

    for (; maker->next < network->n_nodes && block_has_room(block); maker->next++) {
        const struct node *node = &network->nodes[maker->next];
        struct value *row = block_add_row(block);
        put_text(&row[NODES_NODE_ID], node->id);
        put_text(&row[NODES_KIND], network_word(network, node->kind));
        put_metres(&row[NODES_GROUND_M], node->ground_m);
        put_metres(&row[NODES_INVERT_M], node->invert_m);
        put_count(&row[NODES_N_SEGMENTS], node->n_segments);
        shapes_add_point(&maker->shapes, block, node->at);
    }
    return maker->next < network->n_nodes;
}

static void put_tally(struct value *row, const struct district_tally *tally) {
    uint32_t n_graded = tally->n_grade[0];

    put_count(&row[DISTRICTS_N_SEGMENTS], tally->n_segments);
    put_metres(&row[DISTRICTS_LENGTH_M], tally->length_m);
    put_metres(&row[DISTRICTS_INSPECTED_M], tally->inspected_m);
    put_figure(&row[DISTRICTS_COVERAGE], tally->inspected_m / tally->length_m);
    put_count(&row[DISTRICTS_N_DEFECTS], tally->n_defects);
    put_count(&row[DISTRICTS_N_STRUCTURAL], tally->n_structural);
    put_count(&row[DISTRICTS_N_FUNCTIONAL], tally->n_functional);
    for (size_t i = 1; i <= 5; i++) {
        put_count(&row[DISTRICTS_N_GRADE1 + i - 1], tally->n_grade[i]);
        put_count(&row[DISTRICTS_N_PRIORITY1 + i - 1], tally->n_priority[i]);
        n_graded += tally->n_grade[i];
    }
    put_count(&row[DISTRICTS_N_GRADE0], tally->n_grade[0]);
    put_count(&row[DISTRICTS_N_UNGRADED], tally->n_defects - n_graded);
    for (size_t i = 1; i < ARRAY_LEN(tally->n_severity); i++) {
        put_count(&row[DISTRICTS_N_SEVERITY1 + i - 1], tally->n_severity[i]);
    }
    put_count(&row[DISTRICTS_N_COLLAPSE_HAZARDS], tally->n_collapse_hazards);
    put_count(&row[DISTRICTS_N_TRENCHLESS], tally->n_trenchless);
    put_metres(&row[DISTRICTS_TRENCHLESS_M], tally->trenchless_m);
    put_figure(&row[DISTRICTS_DEFECTS_PER_KM], tally->n_defects / (tally->inspected_m / 1000));
}

bool make_districts(struct maker *maker, struct block *block) {
    const struct polygons *districts = &maker->result->districts;

    for (; maker->next < districts->n && block_has_room(block); maker->next++) {
        const struct polygon *polygon = &districts->at[maker->next];
        struct value *row = block_add_row(block);
        put_text(&row[DISTRICTS_NAME], polygon->name);
        put_tally(row, &maker->result->district_tallies[maker->next]);
        if (polygon->n > 0) {
            memcpy(shapes_add(&maker->shapes, block, polygon->n).at, polygon->at,
                polygon->n * sizeof *polygon->at);
        }
    }
    return maker->next < districts->n;
}
