/* Line layers and tables of pipes, in the coordinates and units of the file.  The hot loop of
 * reading: nothing is allocated but what stays, each distinct word is understood once. */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "core/mend.h"
#include "formats/network/values.h"
#include "formats/network/visitor.h"

/* Numbers of values in a small cache begin here, so that -1 and the like fit. */
enum { CACHE_ZERO = 1000 };

struct segment_visitor {
    struct visitor base;                /* first: it is what visitor_read hands back */
    struct index systems, areas, soils; /* what words mean */
    struct index groundwaters, capacities, zones, soil_groups; /* likewise */
    struct index pairs;  /* of nodes, in tables that name each pair twice */
    bool is_point_table; /* rows are points with the point that they lead to */
    enum sewer_system system_of_layer;
    uint32_t source;
};

/* Degrees are finer than metres. */
static double join_tolerance(struct xy at) {
    return fabs(at.x) <= 360 && fabs(at.y) <= 90 ? 1e-7 : 0.01;
}

static const struct vector_part *longest_part(const struct vector_feature *feature) {
    const struct vector_part *longest = &feature->parts[0];
    double longest_m = -1;

    for (size_t i = 0; i < feature->n_parts; i++) {
        double length_m =
            polyline_length_m((struct polyline){feature->parts[i].at, feature->parts[i].n});
        if (length_m > longest_m) {
            longest_m = length_m;
            longest = &feature->parts[i];
        }
    }
    return longest;
}

static struct polyline join_parts(struct visitor *visitor, const struct vector_feature *feature) {
    struct arena *arena = &visitor->reader->network->arena;
    CLEANUP(arena_release) struct arena scratch = {0};
    struct polyline *parts = ARENA_NEW(&scratch, struct polyline, feature->n_parts);
    size_t n = 0;

    for (size_t i = 0; i < feature->n_parts; i++) {
        parts[i] = (struct polyline){feature->parts[i].at, feature->parts[i].n};
        n += feature->parts[i].n;
    }
    struct xy *at = ARENA_NEW(arena, struct xy, n);
    n = line_join(parts, feature->n_parts, join_tolerance(parts[0].at[0]), at);
    if (n > 0) {
        reader_flaw(visitor->reader, FINDING_GEOMETRY_MULTIPART, visitor_place(visitor),
            "%zu parts meet end to end and were joined", feature->n_parts);
        return (struct polyline){at, n};
    }
    const struct vector_part *longest = longest_part(feature);
    memcpy(at, longest->at, longest->n * sizeof *at);
    reader_flaw(visitor->reader, FINDING_GEOMETRY_MULTIPART, visitor_place(visitor),
        "%zu parts do not meet; the longest was taken", feature->n_parts);
    return (struct polyline){at, longest->n};
}

static struct polyline line_of_columns(struct visitor *visitor) {
    if (!visitor_has(visitor, COLUMN_FROM_X) || !visitor_has(visitor, COLUMN_FROM_Y) ||
        !visitor_has(visitor, COLUMN_TO_X) || !visitor_has(visitor, COLUMN_TO_Y)) {
        return (struct polyline){0};
    }
    struct xy ends[] = {
        {visitor_number(visitor, COLUMN_FROM_X), visitor_number(visitor, COLUMN_FROM_Y)},
        {visitor_number(visitor, COLUMN_TO_X),   visitor_number(visitor, COLUMN_TO_Y)  },
    };
    if (!xy_is_set(ends[0]) || !xy_is_set(ends[1])) {
        return (struct polyline){0};
    }
    struct xy *at = ARENA_NEW(&visitor->reader->network->arena, struct xy, 2);
    memcpy(at, ends, sizeof ends);
    return (struct polyline){at, 2};
}

static struct polyline line_of(struct visitor *visitor, const struct vector_feature *feature) {
    struct arena *arena = &visitor->reader->network->arena;

    if (visitor->layer_geometry == VECTOR_NONE) {
        return line_of_columns(visitor);
    }
    if (feature->n_parts == 0) {
        return (struct polyline){0};
    }
    if (feature->n_parts > 1) {
        return join_parts(visitor, feature);
    }
    size_t n = feature->parts[0].n;
    struct xy *at = ARENA_NEW(arena, struct xy, n);
    memcpy(at, feature->parts[0].at, n * sizeof *at);
    return (struct polyline){at, n};
}

static int16_t read_year(struct visitor *visitor) {
    const struct vector_value *value = visitor_value(visitor, COLUMN_YEAR);

    if (value == NULL) {
        return 0;
    }
    if (value->type != VECTOR_TEXT && value->number >= 1800 && value->number < 2200) {
        return (int16_t)value->number;
    }
    return year_parse(visitor_text(visitor, COLUMN_YEAR));
}

/* Looks a word up in a cache, or understands it and keeps that. */
static int cached(struct visitor *visitor, struct index *cache, enum column_role role,
    int (*understand)(struct visitor *, struct text)) {
    struct text raw = visitor_raw(visitor, role);

    if (raw.n == 0) {
        return WORD_UNKNOWN;
    }
    uint32_t known = index_find(cache, raw);
    if (known != INDEX_NONE) {
        return (int)known - CACHE_ZERO;
    }
    struct text key = arena_copy(&visitor->decoder.arena, raw);
    int value = understand(visitor, visitor_text(visitor, role));
    index_add(cache, key, (uint32_t)(value + CACHE_ZERO));
    return value;
}

static int understand_system(struct visitor *visitor, struct text text) {
    int value = word_value(WORD_SYSTEM, text);

    if (text_equal_nocase(text, TEXT("f")) || text_equal_nocase(text, TEXT("c"))) {
        visitor->range->is_english = true;
    }
    if (value == WORD_UNKNOWN) {
        reader_flaw(visitor->reader, FINDING_UNKNOWN_VALUE, visitor_place(visitor),
            "sewer system '%.*s'", TEXT_ARGS(text));
    }
    return value;
}

static int understand_area(struct visitor *visitor, struct text text) {
    int value = area_importance_parse(text);

    if (value < 0) {
        reader_flaw(visitor->reader, FINDING_UNKNOWN_VALUE, visitor_place(visitor),
            "importance of the area '%.*s'", TEXT_ARGS(text));
    }
    return value;
}

static int understand_soil(struct visitor *visitor, struct text text) {
    int value = soil_influence_parse(text);

    if (value < 0) {
        reader_flaw(visitor->reader, FINDING_UNKNOWN_VALUE, visitor_place(visitor), "soil '%.*s'",
            TEXT_ARGS(text));
    }
    return value;
}

static int told(struct visitor *visitor, const char *what, struct text text, int value) {
    if (value < 0) {
        reader_flaw(visitor->reader, FINDING_UNKNOWN_VALUE, visitor_place(visitor), "%s '%.*s'",
            what, TEXT_ARGS(text));
    }
    return value;
}

static int understand_groundwater(struct visitor *visitor, struct text text) {
    return told(visitor, "groundwater", text, groundwater_parse(text));
}

static int understand_capacity(struct visitor *visitor, struct text text) {
    return told(visitor, "whether the capacity is short", text, answer_parse(text));
}

static int understand_zone(struct visitor *visitor, struct text text) {
    return told(visitor, "protection zone", text, protection_zone_parse(text));
}

static int understand_soil_group(struct visitor *visitor, struct text text) {
    return told(visitor, "soil group", text, soil_group_parse(text));
}

static void read_system(struct segment_visitor *self, struct segment *segment) {
    struct visitor *visitor = &self->base;
    int value = WORD_UNKNOWN;

    if (visitor_has(visitor, COLUMN_SYSTEM)) {
        value = cached(visitor, &self->systems, COLUMN_SYSTEM, understand_system);
    }
    if (value == SYSTEM_S) {
        segment->system = SYSTEM_LONE_S;
    } else {
        segment->system = value == WORD_UNKNOWN ? (uint8_t)self->system_of_layer : (uint8_t)value;
    }
}

static void read_influences(struct segment_visitor *self, struct segment *segment) {
    struct visitor *visitor = &self->base;
    int value = WORD_UNKNOWN;

    if (visitor_has(visitor, COLUMN_AREA_IMPORTANCE)) {
        value = cached(visitor, &self->areas, COLUMN_AREA_IMPORTANCE, understand_area);
        segment->area_importance = value < 0 ? -1 : (int8_t)value;
    }
    if (visitor_has(visitor, COLUMN_SOIL_INFLUENCE)) {
        value = cached(visitor, &self->soils, COLUMN_SOIL_INFLUENCE, understand_soil);
        segment->soil_influence = value < 0 ? -1 : (int8_t)value;
    }
}

static uint8_t read_fact(struct visitor *visitor, struct index *cache, enum column_role role,
    int (*understand)(struct visitor *, struct text)) {
    int value =
        visitor_has(visitor, role) ? cached(visitor, cache, role, understand) : WORD_UNKNOWN;

    return value < 0 ? 0 : (uint8_t)value;
}

static void read_ground(struct segment_visitor *self, struct segment *segment) {
    struct visitor *visitor = &self->base;

    segment->groundwater =
        read_fact(visitor, &self->groundwaters, COLUMN_GROUNDWATER, understand_groundwater);
    segment->capacity_is_short =
        read_fact(visitor, &self->capacities, COLUMN_CAPACITY_IS_SHORT, understand_capacity);
    segment->protection_zone =
        read_fact(visitor, &self->zones, COLUMN_PROTECTION_ZONE, understand_zone);
    segment->soil_group =
        read_fact(visitor, &self->soil_groups, COLUMN_SOIL_GROUP, understand_soil_group);
}

/* Sizes stay in the file's unit while nobody knows it; finish.c sees the whole column. */
static void read_section(struct visitor *visitor, struct segment *segment, struct draft *draft) {
    const struct vector_value *value = visitor_value(visitor, COLUMN_DIAMETER);
    struct section section = {NAN, NAN, visitor->range->diameter_unit_m};

    if (value == NULL) {
        return;
    }
    if (value->type != VECTOR_TEXT) {
        section.width = value->number > 0 ? value->number : NAN;
    } else if (value->text.n > 0) {
        struct section read;
        struct text text = visitor_text(visitor, COLUMN_DIAMETER);
        if (section_parse(text, &read)) {
            read.unit_m = isnan(read.unit_m) ? section.unit_m : read.unit_m;
            section = read;
        } else if (text.n > 0) {
            visitor_invalid(visitor, COLUMN_DIAMETER);
        }
    }
    double height = visitor_number(visitor, COLUMN_HEIGHT);
    if (height > 0 && height != section.width) { /* the same twice is how tables say round */
        section.height = height;
    }
    draft->has_raw_section = isnan(section.unit_m);
    double factor = draft->has_raw_section ? 1 : section.unit_m * 1000;
    segment->diameter_mm = (float)(section.width * factor);
    segment->height_mm = (float)(section.height * factor);
}

static void read_levels(struct visitor *visitor, struct segment *segment, struct draft *draft,
    const struct vector_feature *feature) {
    segment->from_invert_m = visitor_level(visitor, COLUMN_FROM_INVERT);
    segment->to_invert_m = visitor_level(visitor, COLUMN_TO_INVERT);
    if (segment->from_invert_m == 0 && segment->to_invert_m == 0) {
        segment->from_invert_m = segment->to_invert_m = NAN; /* nobody measured */
    }
    draft->from_depth_m = (float)visitor_level(visitor, COLUMN_FROM_DEPTH);
    draft->to_depth_m = (float)visitor_level(visitor, COLUMN_TO_DEPTH);
    draft->first_z = draft->last_z = NAN;
    if (visitor->layer_geometry != VECTOR_NONE && feature->n_parts == 1 &&
        (feature->z_first != 0 || feature->z_last != 0)) {
        draft->first_z = (float)feature->z_first;
        draft->last_z = (float)feature->z_last;
    }
}

static int8_t read_flow(struct visitor *visitor) {
    struct text raw = visitor_raw(visitor, COLUMN_FLOW);
    double number;

    if (raw.n == 0) {
        return 0;
    }
    if (text_to_double(raw, &number) && (number == 0 || number == 1 || number == 2)) {
        visitor->range->has_flow_zero = visitor->range->has_flow_zero || number == 0;
        visitor->range->has_flow_two = visitor->range->has_flow_two || number == 2;
        return (int8_t)(FLOW_FIGURE + (int)number);
    }
    int value = word_value(WORD_FLOW, visitor_text(visitor, COLUMN_FLOW));
    if (value == WORD_UNKNOWN) {
        visitor_invalid(visitor, COLUMN_FLOW);
        return 0;
    }
    return (int8_t)value;
}

static uint32_t node_of(struct visitor *visitor, enum column_role role) {
    struct text id = visitor_text(visitor, role);

    return id.n == 0 ? NO_NODE : reader_node_named(visitor->reader, id);
}

/* The nodes at both ends, and whether their order claims the flow. */
static void read_ends(struct visitor *visitor, struct segment *segment, struct draft *draft) {
    bool has_order = visitor_has(visitor, COLUMN_FROM_NODE) && visitor_has(visitor, COLUMN_TO_NODE);

    segment->from_node = node_of(visitor, has_order ? COLUMN_FROM_NODE : COLUMN_START_POINT);
    segment->to_node = node_of(visitor, has_order ? COLUMN_TO_NODE : COLUMN_FINISH_POINT);
    draft->has_nodes = segment->from_node != NO_NODE && segment->to_node != NO_NODE;
    draft->has_order = has_order && draft->has_nodes;
}

/* Tables of points name each pipe at both of its ends. */
static bool is_known_pair(struct segment_visitor *self, uint32_t a, uint32_t b) {
    uint32_t key[] = {a < b ? a : b, a < b ? b : a};
    struct text text = {(const char *)key, sizeof key};

    if (index_find(&self->pairs, text) != INDEX_NONE) {
        return true;
    }
    index_add(&self->pairs, arena_copy(&self->base.decoder.arena, text), 0);
    return false;
}

/* Is the row of a table a segment at all?  Asked before anything is kept of it. */
static bool is_segment_row(struct segment_visitor *self) {
    struct visitor *visitor = &self->base;
    bool has_order = visitor_has(visitor, COLUMN_FROM_NODE) && visitor_has(visitor, COLUMN_TO_NODE);
    uint32_t from = node_of(visitor, has_order ? COLUMN_FROM_NODE : COLUMN_START_POINT);
    uint32_t to = node_of(visitor, has_order ? COLUMN_TO_NODE : COLUMN_FINISH_POINT);

    if (from != NO_NODE && to != NO_NODE) {
        return !self->is_point_table || !is_known_pair(self, from, to);
    }
    if (!self->is_point_table) {
        reader_flaw(visitor->reader, FINDING_ROW_SKIPPED, visitor_place(visitor),
            "a row of a table without both nodes is no segment");
    }
    return false;
}

/* In a layer of points and lines: a line, or a row that names its nodes and has lost its line. */
static bool is_segment_feature(struct segment_visitor *self, const struct vector_feature *feature) {
    static const enum column_role ends[] = {
        COLUMN_FROM_NODE, COLUMN_TO_NODE, COLUMN_START_POINT, COLUMN_FINISH_POINT};
    struct visitor *visitor = &self->base;

    if (feature->geometry == VECTOR_LINE || feature->geometry == VECTOR_POINT) {
        return feature->geometry == VECTOR_LINE;
    }
    for (size_t i = 0; feature->geometry == VECTOR_NONE && i < ARRAY_LEN(ends); i++) {
        if (visitor_text(visitor, ends[i]).n > 0) {
            return true;
        }
    }
    reader_flaw(visitor->reader, FINDING_ROW_SKIPPED, visitor_place(visitor),
        "a feature that is neither a point nor a line and names no nodes");
    return false;
}

static void visit_segment(void *context, const struct vector_feature *feature) {
    struct segment_visitor *self = context;
    struct visitor *visitor = &self->base;
    struct reader *reader = visitor->reader;

    visitor->values = feature->values;
    visitor->number = feature->number;
    if (visitor->layer_geometry == VECTOR_MIXED && !is_segment_feature(self, feature)) {
        return;
    }
    if (visitor->layer_geometry == VECTOR_NONE && !is_segment_row(self)) {
        return;
    }
    struct segment *segment = network_add_segment(reader->network);
    reader->drafts = array_reserve(
        reader->drafts, &reader->drafts_capacity, reader->n_drafts + 1, sizeof *reader->drafts);
    struct draft *draft = &reader->drafts[reader->n_drafts++];
    *draft = (struct draft){0};

    struct text id = visitor_text(visitor, COLUMN_SEGMENT_ID);
    draft->has_id = id.n > 0;
    segment->id = id.n > 0 ? arena_copy(&reader->network->arena, id) : (struct text){0};
    segment->number_in_file = feature->number;
    segment->source = self->source;
    segment->line = line_of(visitor, feature);
    segment->material = visitor_word(visitor, COLUMN_MATERIAL);
    segment->shape = visitor_word(visitor, COLUMN_SHAPE);
    segment->street = visitor_word(visitor, COLUMN_STREET);
    segment->owner = visitor_word(visitor, COLUMN_OWNER);
    segment->district = visitor_word(visitor, COLUMN_DISTRICT);
    segment->length_m = visitor_number(visitor, COLUMN_LENGTH);
    segment->year_built = read_year(visitor);
    if (!(segment->length_m > 0)) {
        segment->length_m = NAN;
    }
    read_section(visitor, segment, draft);
    read_system(self, segment);
    read_influences(self, segment);
    read_ground(self, segment);
    read_levels(visitor, segment, draft, feature);
    draft->flow = read_flow(visitor);
    read_ends(visitor, segment, draft);
}

void reader_read_segments(struct reader *reader, struct vector_file *file,
    const struct layer_plan *plan, struct layer_range *range) {
    struct network *network = reader->network;
    const struct vector_layer *layer = vector_layer(file, plan->layer);
    const struct columns *columns = &plan->columns;
    struct segment_visitor self = {
        .base = {.reader = reader, .range = range, .plan = plan, .layer_geometry = layer->geometry},
        .system_of_layer = system_of_name(layer->name),
    };

    range->first_segment = network->n_segments;
    if (plan->has_segments) {
        size_t n = layer->n_features < 1u << 26 ? (size_t)layer->n_features : 0;
        self.source = pool_add(&network->words, layer->name);
        self.is_point_table = layer->geometry == VECTOR_NONE &&
                              columns_have(columns, COLUMN_START_POINT) &&
                              columns->of[COLUMN_START_POINT] == columns->of[COLUMN_NODE_ID];
        network->segments = array_reserve(network->segments, &network->segments_capacity,
            network->n_segments + n, sizeof(struct segment));
        reader->drafts = array_reserve(
            reader->drafts, &reader->drafts_capacity, reader->n_drafts + n, sizeof(struct draft));
        visitor_read(&self.base, file, ROLES_OF_SEGMENTS, visit_segment);
        index_release(&self.systems);
        index_release(&self.areas);
        index_release(&self.soils);
        index_release(&self.groundwaters);
        index_release(&self.capacities);
        index_release(&self.zones);
        index_release(&self.soil_groups);
        index_release(&self.pairs);
    }
    range->end_segment = network->n_segments;
}
