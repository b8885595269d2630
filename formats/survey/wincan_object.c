/* What inspections are about: jobs, points, nodes, sections. */
#include <math.h>
#include <stddef.h>
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

/* Puts the row's own key among the others.  Of several rows with one key the first is meant. */
static void add_key(struct wincan *wincan, struct row_keys *keys, const struct wincan_row *row,
    enum wincan_column column, size_t number) {
    char buffer[WINCAN_KEY_MAX];
    struct text key = wincan_key(wincan_value(row, column), buffer);

    if (key.n > 0 && row_keys_add(keys, key, (uint32_t)number) != number) {
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
    struct wincan *wincan, const struct wincan_row *row, enum wincan_column column) {
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
    struct wincan *wincan, const struct wincan_row *row, enum wincan_column column) {
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

static const struct {
    size_t at; /* in struct wincan_section */
    enum wincan_column column;
} section_texts[] = {
    {offsetof(struct wincan_section, name),        WC_SECTION_OBJ_Key             },
    {offsetof(struct wincan_section, type),        WC_SECTION_OBJ_Type            },
    {offsetof(struct wincan_section, length),      WC_SECTION_OBJ_Length          },
    {offsetof(struct wincan_section, real_length), WC_SECTION_OBJ_RealLength      },
    {offsetof(struct wincan_section, shape),       WC_SECTION_OBJ_Shape           },
    {offsetof(struct wincan_section, size1),       WC_SECTION_OBJ_Size1           },
    {offsetof(struct wincan_section, size2),       WC_SECTION_OBJ_Size2           },
    {offsetof(struct wincan_section, unit),        WC_SECTION_OBJ_Unit            },
    {offsetof(struct wincan_section, material),    WC_SECTION_OBJ_Material        },
    {offsetof(struct wincan_section, usage),       WC_SECTION_OBJ_Usage           },
    {offsetof(struct wincan_section, flow),        WC_SECTION_OBJ_FlowDir         },
    {offsetof(struct wincan_section, street),      WC_SECTION_OBJ_Street          },
    {offsetof(struct wincan_section, from_invert), WC_SECTION_OBJ_FromNodeInvert  },
    {offsetof(struct wincan_section, to_invert),   WC_SECTION_OBJ_ToNodeInvert    },
    {offsetof(struct wincan_section, built),       WC_SECTION_OBJ_ConstructionDate},
};
_Static_assert(ARRAY_LEN(section_texts) == WINCAN_SECTION_TEXTS, "every text has its place");

/* NULL when the row says nothing of where it lies; owned by the keys' arena. */
static const struct wincan_drawing *drawing_of(
    struct wincan *wincan, const struct wincan_row *row) {
    struct wincan_drawing drawing = {
        .from_at = point_at(wincan, row, WC_SECTION_OBJ_FromPoint_REF),
        .to_at = point_at(wincan, row, WC_SECTION_OBJ_ToPoint_REF),
        .line = line_of(wincan, row, WC_SECTION_OBJ_Shape_WKT),
    };

    if (drawing.line.n == 0 && !xy_is_set(drawing.from_at) && !xy_is_set(drawing.to_at)) {
        return NULL;
    }
    struct wincan_drawing *kept = ARENA_NEW(&wincan->keys, struct wincan_drawing, 1);
    *kept = drawing;
    return kept;
}

void wincan_take_section(struct wincan *wincan, struct wincan_row *row) {
    wincan->sections = array_reserve(wincan->sections, &wincan->sections_capacity,
        wincan->n_sections + 1, sizeof *wincan->sections);
    wincan_row_keep(row, &wincan->survey->arena);
    struct wincan_kept_section *section = &wincan->sections[wincan->n_sections];
    *section = (struct wincan_kept_section){
        .raw = row->kept,
        .raw_n = (uint32_t)row->n_visible,
        .from = node_of(wincan, row, WC_SECTION_OBJ_FromNode_REF),
        .to = node_of(wincan, row, WC_SECTION_OBJ_ToNode_REF),
        .drawing = drawing_of(wincan, row),
        .row = row->line,
        .is_deleted = wincan_is_deleted(row, WC_SECTION_OBJ_Deleted),
    };
    for (size_t i = 0; i < WINCAN_SECTION_TEXTS; i++) {
        section->texts[i].at = row->value[section_texts[i].column].at;
        section->texts[i].n = row->value[section_texts[i].column].n;
    }
    add_key(wincan, &wincan->section_keys, row, WC_SECTION_OBJ_PK, wincan->n_sections++);
}

struct wincan_section wincan_section_of(const struct wincan *wincan, size_t number) {
    const struct wincan_kept_section *kept = &wincan->sections[number];
    const struct xy nowhere = {NAN, NAN};
    struct wincan_section section = {
        .raw = kept->raw,
        .raw_n = kept->raw_n,
        .from = kept->from,
        .to = kept->to,
        .from_at = kept->drawing == NULL ? nowhere : kept->drawing->from_at,
        .to_at = kept->drawing == NULL ? nowhere : kept->drawing->to_at,
        .line = kept->drawing == NULL ? (struct polyline){0} : kept->drawing->line,
        .row = kept->row,
        .is_deleted = kept->is_deleted,
    };

    for (size_t i = 0; i < WINCAN_SECTION_TEXTS; i++) {
        if (kept->texts[i].n > 0) {
            struct text text = {kept->raw + kept->texts[i].at, kept->texts[i].n};
            memcpy((char *)&section + section_texts[i].at, &text, sizeof text);
        }
    }
    return section;
}
