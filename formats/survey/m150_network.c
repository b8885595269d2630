/* The network of DWA-M 150: pipes (HG), manholes (KG) and their geometry (GO with points GP).
 *
 * A file of inspections (type B) names pipes without their geometry: a network of its own would
 * only stand in the way of the one that comes with it, and is not delivered then. */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/survey/m150.h"

static struct text value_of(const struct m150 *m150, enum m150_element element) {
    return m150_value(m150, M150_OBJECT, element);
}

static double number_of(const struct m150 *m150, enum m150_element element, const char *name) {
    return m150_number(m150, m150->records[M150_OBJECT].line, name, value_of(m150, element));
}

static struct network *network_of(struct m150 *m150) {
    struct survey *survey = m150->survey;

    if (survey->network == NULL) {
        size_t capacity = 0;
        survey->network = array_reserve(NULL, &capacity, 1, sizeof *survey->network);
        *survey->network = (struct network){.path = survey->file.path};
    }
    return survey->network;
}

/* --- points --- */

/* The zone of a Gauss-Krueger easting is its first digit (2 to 5), that of a UTM easting its first
 * two where they are given; 0 when nothing tells. */
static int epsg_of(double easting, bool is_utm) {
    int millions = easting > 0 && easting < 1e8 ? (int)(easting / 1e6) : 0;

    if (is_utm) {
        return millions >= 31 && millions <= 33 ? 25800 + millions : 0;
    }
    return millions >= 2 && millions <= 5 ? 31464 + millions : 0;
}

/* A point in another system than the first of the file cannot be brought in line with it. */
static bool agrees(struct m150 *m150, double easting, bool is_utm) {
    int epsg = epsg_of(easting, is_utm);

    if (!m150->has_points) {
        m150->has_points = true;
        m150->is_utm = is_utm;
    }
    if (m150->is_utm != is_utm || (epsg != 0 && m150->epsg != 0 && epsg != m150->epsg)) {
        return false;
    }
    m150->epsg = m150->epsg != 0 ? m150->epsg : epsg;
    return true;
}

void m150_point_end(struct m150 *m150) {
    uint32_t line = m150->records[M150_POINT].line;
#define VALUE(element) m150_value(m150, M150_POINT, EL_##element)
#define NUMBER(element) m150_number(m150, line, #element, VALUE(element))
    struct xy gk = {NUMBER(GP003), NUMBER(GP004)}, utm = {NUMBER(GP005), NUMBER(GP006)};
    bool is_utm = text_equal_nocase(VALUE(GP002), TEXT("UTM")) ? xy_is_set(utm) : !xy_is_set(gk);
    struct m150_point point = {
        .at = is_utm ? utm : gk,
        .z = NUMBER(GP007),
        .name = arena_copy(&m150->survey->arena, VALUE(GP001)),
    };
#undef NUMBER
#undef VALUE
    if (!xy_is_set(point.at)) {
        return;
    }
    if (!agrees(m150, point.at.x, is_utm)) {
        m150_find(m150, FINDING_CRS_CONTRADICTS, line,
            "a point in another system than the first of the file", point.name);
        return;
    }
    m150->points = array_reserve(
        m150->points, &m150->points_capacity, m150->n_points + 1, sizeof *m150->points);
    m150->points[m150->n_points++] = point;
}

/* --- geometry --- */

/* GO002 D is the cover: its height is that of the ground. */
static void end_spot(struct m150 *m150) {
    bool is_cover = text_equal_nocase(m150_value(m150, M150_GEOMETRY, EL_GO002), TEXT("D"));

    if (m150->n_points == 0 || m150->spot_is_cover || (!is_cover && xy_is_set(m150->spot.at))) {
        return;
    }
    m150->spot = m150->points[0];
    m150->spot.z = is_cover ? m150->spot.z : NAN;
    m150->spot_is_cover = is_cover;
}

static bool is_line(struct text kind) {
    return kind.n == 0 || text_equal_nocase(kind, TEXT("L")) ||
           text_equal_nocase(kind, TEXT("Poly"));
}

/* Another line of the same pipe counts only where it goes on from the first. */
static void end_line(struct m150 *m150) {
    size_t from = 0;

    if (!is_line(m150_value(m150, M150_GEOMETRY, EL_GO003)) || m150->n_points < 2) {
        return;
    }
    if (m150->n_line > 0) {
        struct xy last = m150->line[m150->n_line - 1].at, next = m150->points[0].at;
        if (last.x != next.x || last.y != next.y) {
            m150->has_gap = true;
            return;
        }
        from = 1;
    }
    m150->line = array_reserve(
        m150->line, &m150->line_capacity, m150->n_line + m150->n_points, sizeof *m150->line);
    for (size_t i = from; i < m150->n_points; i++) {
        m150->line[m150->n_line++] = m150->points[i];
    }
}

void m150_geometry_end(struct m150 *m150) {
    if (m150->is_node) {
        end_spot(m150);
    } else {
        end_line(m150);
    }
}

/* --- manholes --- */

static struct text node_kind(struct text kind) {
    switch (kind.n == 1 ? kind.at[0] & ~32 : 0) {
    case 'S':
        return TEXT("manhole");
    case 'A':
        return TEXT("outfall");
    case 'B':
        return TEXT("structure");
    default:
        return kind;
    }
}

/* A file may have a manhole again for each of its inspections: the first one counts. */
static void add_node(struct m150 *m150) {
    struct network *network = network_of(m150);
    uint32_t line = m150->records[M150_OBJECT].line, number = (uint32_t)network->n_nodes;
    double depth_m = number_of(m150, EL_KG211, "KG211");
    struct text id = arena_copy(&network->arena, value_of(m150, EL_KG001));

    if (id.n > 0 && index_add(&m150->nodes, id, number) != number) {
        return;
    }
    struct node *node = network_add_node(network);
    node->id = id;
    node->line = line;
    node->kind = pool_add(&network->words, node_kind(value_of(m150, EL_KG305)));
    node->at = m150->spot.at;
    node->ground_m = m150->spot.z;
    node->invert_m = m150->spot.z - depth_m;
    m150->has_geometry = m150->has_geometry || xy_is_set(node->at);
    if (node->id.n == 0) {
        node->id = arena_printf(&network->arena, "node-%u", (unsigned)line);
        m150_find(m150, FINDING_ID_MISSING, line, "KG001", node->id);
    }
}

/* --- pipes --- */

/* S12_Ablauf is a point of the node S12. */
static bool is_named_after(struct text point, struct text node) {
    return node.n > 0 && text_starts_with(point, node) &&
           (point.n == node.n || point.at[node.n] == '_');
}

static bool ends_with(struct text text, struct text end) {
    return text.n >= end.n && text_equal(text_part(text, text.n - end.n, text.n), end);
}

/* A line starts at the outlet (Ablauf) of its upstream node, unless its points are in reverse. */
static bool is_backward(const struct m150 *m150, const struct named_ends *ends) {
    if (m150->n_line == 0) {
        return false;
    }
    struct text first = m150->line[0].name, last = m150->line[m150->n_line - 1].name;
    if (is_named_after(first, ends->from) || is_named_after(last, ends->to)) {
        return false;
    }
    return is_named_after(first, ends->to) || is_named_after(last, ends->from) ||
           ends_with(first, TEXT("_Zulauf"));
}

static void fill_line(struct m150 *m150, struct network *network, struct segment *segment) {
    size_t n = m150->n_line;

    if (m150->has_gap) {
        m150_find(
            m150, FINDING_GEOMETRY_MULTIPART, m150->records[M150_OBJECT].line, "pipe", segment->id);
    }
    if (n == 0) {
        return;
    }
    struct xy *at = ARENA_NEW(&network->arena, struct xy, n);
    for (size_t i = 0; i < n; i++) {
        at[i] = m150->line[i].at;
    }
    segment->line = (struct polyline){at, n};
    m150->has_geometry = true;
}

static void fill_sizes(struct m150 *m150, struct segment *segment) {
    double width = number_of(m150, EL_HG306, "HG306"), height = number_of(m150, EL_HG307, "HG307");
    long year = 0;

    segment->diameter_mm = (float)(isnan(width) ? height : width);
    if (!isnan(width) && !isnan(height) && width != height) {
        segment->height_mm = (float)height;
    }
    if (text_to_int(value_of(m150, EL_HG303), &year) && year > 0 && year < 3000) {
        segment->year_built = (int16_t)year;
    }
    segment->length_m = number_of(m150, EL_HG310, "HG310");
    segment->from_invert_m = number_of(m150, EL_HG204, "HG204");
    segment->to_invert_m = number_of(m150, EL_HG209, "HG209");
}

/* A file may have a pipe again for each of its inspections: the same pipe is there once. */
static bool is_repeated(struct m150 *m150, const struct named_ends *ends, struct text id) {
    uint32_t number = (uint32_t)network_of(m150)->n_segments, first = number;

    if (id.n > 0) {
        first = index_add(&m150->segments, id, number);
    }
    return first != number && text_equal(m150->ends[first].from, ends->from) &&
           text_equal(m150->ends[first].to, ends->to);
}

static void add_segment(struct m150 *m150) {
    struct network *network = network_of(m150);
    struct named_ends ends = {
        .from = arena_copy(&network->arena, value_of(m150, EL_HG003)),
        .to = arena_copy(&network->arena, value_of(m150, EL_HG004)),
        .line = m150->records[M150_OBJECT].line,
    };
    struct text id = arena_copy(&network->arena, value_of(m150, EL_HG001));

    if (is_repeated(m150, &ends, id)) {
        return;
    }
    struct segment *segment = network_add_segment(network);
    size_t number = network->n_segments - 1;
    ends.is_backward = is_backward(m150, &ends);
    m150->ends =
        array_reserve(m150->ends, &m150->ends_capacity, network->n_segments, sizeof *m150->ends);
    m150->levels = array_reserve(
        m150->levels, &m150->levels_capacity, network->n_segments, sizeof *m150->levels);
    m150->ends[number] = ends;
    m150->levels[number] = (struct m150_levels){
        m150->n_line > 0 ? m150->line[0].z : NAN,
        m150->n_line > 0 ? m150->line[m150->n_line - 1].z : NAN,
    };
    segment->id = id;
    if (id.n == 0) {
        segment->id =
            arena_printf(&network->arena, "%.*s-%.*s", TEXT_ARGS(ends.from), TEXT_ARGS(ends.to));
        m150_find(m150, FINDING_ID_MISSING, ends.line, "HG001", segment->id);
    }
    segment->number_in_file = ends.line;
    segment->flow_source = FLOW_FROM_FIELDS;
    segment->material = pool_add(&network->words, value_of(m150, EL_HG304));
    segment->shape = pool_add(&network->words, m150_shape(value_of(m150, EL_HG305)));
    segment->street = pool_add(&network->words, value_of(m150, EL_HG102));
    segment->source = pool_add(&network->words, network->path);
    segment->system = (uint8_t)m150_system(value_of(m150, EL_HG302));
    fill_sizes(m150, segment);
    fill_line(m150, network, segment);
    if (segment->street == 0 && value_of(m150, EL_HG101).n > 0) {
        struct text key = arena_copy(&m150->survey->arena, value_of(m150, EL_HG101));
        m150_street_by_key(m150, (struct m150_street){key, NULL, number});
    }
}

void m150_object_network(struct m150 *m150) {
    if (m150->is_node) {
        add_node(m150);
    } else {
        add_segment(m150);
    }
}

/* The points of a pipe lie at its invert: they tell its levels where the pipe itself does not. */
static void fill_levels(const struct m150 *m150, struct segment *segment, size_t number) {
    const struct m150_levels *levels = &m150->levels[number];

    if (isnan(segment->from_invert_m)) {
        segment->from_invert_m = segment->is_flipped ? levels->last_z : levels->first_z;
    }
    if (isnan(segment->to_invert_m)) {
        segment->to_invert_m = segment->is_flipped ? levels->first_z : levels->last_z;
    }
}

void m150_network_finish(struct m150 *m150) {
    struct survey *survey = m150->survey;
    struct network *network = survey->network;

    if (network == NULL) {
        return;
    }
    if (!m150->has_geometry && !text_equal_nocase(m150->type, TEXT("A"))) {
        network_release(network);
        array_release(&survey->network);
        return;
    }
    if (m150->epsg != 0) {
        network->crs = arena_printf(&network->arena, "EPSG:%d", m150->epsg);
    }
    named_ends_join(network, m150->ends, &survey->findings);
    for (size_t i = 0; i < network->n_segments; i++) {
        fill_levels(m150, &network->segments[i], i);
    }
}
