/* What inspections are about: jobs, points, nodes, sections. */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/survey/wincan.h"

void wincan_take_version(struct wincan *wincan, struct wincan_row *row) {
    struct text version = wincan_value(row, WC_VERSION_VER_Version);

    if (wincan->version.n == 0) {
        wincan->version = arena_copy(&wincan->survey->arena, version);
    }
}

void wincan_take_project(struct wincan *wincan, struct wincan_row *row) {
    if (wincan->crs.n == 0 && !wincan_is_deleted(row, WC_PROJECT_PRJ_Deleted)) {
        wincan->crs = arena_copy(&wincan->keys, wincan_value(row, WC_PROJECT_PRJ_CoordSys));
    }
}

/* Puts the row's own key into the index.  Of several rows with one key the first is meant. */
static void add_key(struct wincan *wincan, struct index *index, const struct wincan_row *row,
    enum wincan_column column, size_t number) {
    struct text key = wincan_guid(&wincan->keys, wincan_value(row, column));

    if (key.n > 0 && index_add(index, key, (uint32_t)number) != number) {
        wincan_find(wincan, FINDING_DUPLICATE_ID, row, column);
    }
}

void wincan_take_job(struct wincan *wincan, struct wincan_row *row) {
    if (wincan_is_deleted(row, WC_JOB_JOB_Deleted)) {
        return;
    }
    wincan->jobs = array_reserve(
        wincan->jobs, &wincan->jobs_capacity, wincan->n_jobs + 1, sizeof *wincan->jobs);
    wincan->jobs[wincan->n_jobs] = (struct wincan_job){
        arena_copy(&wincan->survey->arena, wincan_value(row, WC_JOB_JOB_DefStandard)),
    };
    add_key(wincan, &wincan->job_keys, row, WC_JOB_JOB_PK, wincan->n_jobs++);
}

void wincan_take_point(struct wincan *wincan, struct wincan_row *row) {
    double x = wincan_number(wincan, row, WC_POINT_POINT_X);
    double y = wincan_number(wincan, row, WC_POINT_POINT_Y);

    if (wincan_is_deleted(row, WC_POINT_POINT_Deleted) || isnan(x) || isnan(y) ||
        (x == 0 && y == 0)) {
        return;
    }
    wincan->points = array_reserve(
        wincan->points, &wincan->points_capacity, wincan->n_points + 1, sizeof *wincan->points);
    wincan->points[wincan->n_points] = (struct wincan_point){
        .at = {x, y},
        .z = wincan_number(wincan, row, WC_POINT_POINT_Z),
    };
    add_key(wincan, &wincan->point_keys, row, WC_POINT_POINT_PK, wincan->n_points++);
}

static struct xy point_at(
    const struct wincan *wincan, const struct wincan_row *row, enum wincan_column column) {
    uint32_t number = wincan_follow(&wincan->point_keys, row, column);

    return number == INDEX_NONE ? (struct xy){NAN, NAN} : wincan->points[number].at;
}

/* The vertices of a WKT, owned by the keys' arena. */
static struct polyline line_of(
    struct wincan *wincan, const struct wincan_row *row, enum wincan_column column) {
    struct xy *at = NULL;
    size_t capacity = 0, n = wincan_wkt(wincan_value(row, column), &at, &capacity);

    if (n == SIZE_MAX) {
        wincan_find(wincan, FINDING_GEOMETRY_BROKEN, row, column);
        n = 0;
    }
    struct xy *kept = n == 0 ? NULL : ARENA_NEW(&wincan->keys, struct xy, n);
    if (n > 0) {
        memcpy(kept, at, n * sizeof *kept);
    }
    array_release(&at);
    return (struct polyline){kept, n};
}

void wincan_take_node(struct wincan *wincan, struct wincan_row *row) {
    struct arena *arena = &wincan->survey->arena;
    struct polyline point = line_of(wincan, row, WC_NODE_OBJ_Shape_WKT);

    wincan->nodes = array_reserve(
        wincan->nodes, &wincan->nodes_capacity, wincan->n_nodes + 1, sizeof *wincan->nodes);
    wincan->nodes[wincan->n_nodes] = (struct wincan_node){
        .name = arena_copy(arena, wincan_value(row, WC_NODE_OBJ_Key)),
        .kind = arena_copy(arena, wincan_value(row, WC_NODE_OBJ_NodeType)),
        .at = point.n == 1 ? point.at[0] : point_at(wincan, row, WC_NODE_OBJ_Point_REF),
        .invert_m = wincan_number(wincan, row, WC_NODE_OBJ_NodeInvert),
        .line = row->line,
        .is_deleted = wincan_is_deleted(row, WC_NODE_OBJ_Deleted),
    };
    add_key(wincan, &wincan->node_keys, row, WC_NODE_OBJ_PK, wincan->n_nodes++);
}

/* The node that a live section names; nothing but a finding when it is deleted. */
static uint32_t node_of(
    const struct wincan *wincan, const struct wincan_row *row, enum wincan_column column) {
    uint32_t number = wincan_follow(&wincan->node_keys, row, column);

    if (number == INDEX_NONE) {
        return NO_NODE;
    }
    const struct wincan_node *node = &wincan->nodes[number];
    if (!node->is_deleted) {
        return number;
    }
    if (!wincan_is_deleted(row, WC_SECTION_OBJ_Deleted)) {
        struct finding_place place = wincan->place;
        place.line = row->line;
        findings_add(&wincan->survey->findings, FINDING_OBJECT_DELETED, place,
            "%s of section '%.*s': node '%.*s'", wincan_columns[column].name,
            TEXT_ARGS(text_cut(wincan_value(row, WC_SECTION_OBJ_Key), 100)),
            TEXT_ARGS(text_cut(node->name, 100)));
    }
    return NO_NODE;
}

void wincan_take_section(struct wincan *wincan, struct wincan_row *row) {
    wincan->sections = array_reserve(wincan->sections, &wincan->sections_capacity,
        wincan->n_sections + 1, sizeof *wincan->sections);
    wincan_row_keep(row, &wincan->survey->arena);
    wincan->sections[wincan->n_sections] = (struct wincan_section){
        .name = wincan_value(row, WC_SECTION_OBJ_Key),
        .type = wincan_value(row, WC_SECTION_OBJ_Type),
        .length = wincan_value(row, WC_SECTION_OBJ_Length),
        .real_length = wincan_value(row, WC_SECTION_OBJ_RealLength),
        .shape = wincan_value(row, WC_SECTION_OBJ_Shape),
        .size1 = wincan_value(row, WC_SECTION_OBJ_Size1),
        .size2 = wincan_value(row, WC_SECTION_OBJ_Size2),
        .unit = wincan_value(row, WC_SECTION_OBJ_Unit),
        .material = wincan_value(row, WC_SECTION_OBJ_Material),
        .usage = wincan_value(row, WC_SECTION_OBJ_Usage),
        .flow = wincan_value(row, WC_SECTION_OBJ_FlowDir),
        .street = wincan_value(row, WC_SECTION_OBJ_Street),
        .from_invert = wincan_value(row, WC_SECTION_OBJ_FromNodeInvert),
        .to_invert = wincan_value(row, WC_SECTION_OBJ_ToNodeInvert),
        .built = wincan_value(row, WC_SECTION_OBJ_ConstructionDate),
        .raw = row->kept,
        .raw_n = (uint32_t)row->n_visible,
        .from = node_of(wincan, row, WC_SECTION_OBJ_FromNode_REF),
        .to = node_of(wincan, row, WC_SECTION_OBJ_ToNode_REF),
        .from_at = point_at(wincan, row, WC_SECTION_OBJ_FromPoint_REF),
        .to_at = point_at(wincan, row, WC_SECTION_OBJ_ToPoint_REF),
        .line = line_of(wincan, row, WC_SECTION_OBJ_Shape_WKT),
        .row = row->line,
        .is_deleted = wincan_is_deleted(row, WC_SECTION_OBJ_Deleted),
    };
    add_key(wincan, &wincan->section_keys, row, WC_SECTION_OBJ_PK, wincan->n_sections++);
}
