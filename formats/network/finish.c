/* What only the whole column tells: units of sizes and lengths, the lone S of sewer systems; and
 * ids that are missing or there twice. */
#include <math.h>

#include "core/base.h"
#include "core/index.h"
#include "formats/network/reader.h"

#define FOOT_M 0.3048
#define INCH_MM 25.4

/* --- sizes --- */

static float largest_raw_section(const struct reader *reader, const struct layer_range *range) {
    float largest = 0;

    for (size_t i = range->first_segment; i < range->end_segment; i++) {
        const struct segment *segment = &reader->network->segments[i];
        if (reader->drafts[i].has_raw_section && segment->diameter_mm > largest) {
            largest = segment->diameter_mm;
        }
    }
    return largest;
}

/* No sewer is 10 mm wide.  On a plan in feet sizes count in inches, and 4 of them are few. */
static void settle_sections(struct reader *reader, const struct layer_range *range, double unit_m) {
    float largest = largest_raw_section(reader, range);
    bool is_in_feet = unit_m < 1;
    double factor = 1;

    if (largest > 0 && largest <= (is_in_feet ? 3 : 10)) {
        factor = 1000;
    } else if (largest > 0 && largest <= 200 && is_in_feet) {
        factor = INCH_MM;
    }
    if (factor == 1) {
        return;
    }
    for (size_t i = range->first_segment; i < range->end_segment; i++) {
        struct segment *segment = &reader->network->segments[i];
        if (reader->drafts[i].has_raw_section) {
            segment->diameter_mm = (float)(segment->diameter_mm * factor);
            segment->height_mm = (float)(segment->height_mm * factor);
        }
    }
    reader_flaw(reader, FINDING_UNIT_CONVERTED, (struct finding_place){.file = range->path},
        "layer '%.*s': diameters were taken as %s", TEXT_ARGS(range->layer),
        factor == INCH_MM ? "inches" : "metres");
}

/* --- lengths --- */

/* Lengths in feet show against the drawn ones. */
static double length_factor(const struct reader *reader, const struct layer_range *range) {
    double table = 0, drawn_m = 0;

    if (!isnan(range->length_unit_m)) {
        return range->length_unit_m;
    }
    for (size_t i = range->first_segment; i < range->end_segment; i++) {
        const struct segment *segment = &reader->network->segments[i];
        if (!isnan(segment->length_m) && segment->line.n >= 2) {
            table += segment->length_m;
            drawn_m += polyline_length_m(segment->line);
        }
    }
    double ratio = table / drawn_m;
    return ratio > 3 && ratio < 3.6 ? FOOT_M : 1;
}

static void settle_lengths(struct reader *reader, const struct layer_range *range) {
    double factor = length_factor(reader, range);

    if (factor == 1) {
        return;
    }
    for (size_t i = range->first_segment; i < range->end_segment; i++) {
        reader->network->segments[i].length_m *= factor;
    }
    reader_flaw(reader, FINDING_UNIT_CONVERTED, (struct finding_place){.file = range->path},
        "layer '%.*s': a unit of length is %g m", TEXT_ARGS(range->layer), factor);
}

/* --- levels --- */

/* Levels are in the unit of the plan. */
static void settle_levels(struct reader *reader, double unit_m) {
    struct network *network = reader->network;
    bool has_any = false;

    if (unit_m == 1) {
        return;
    }
    for (size_t i = 0; i < network->n_nodes; i++) {
        struct node *node = &network->nodes[i];
        has_any = has_any || !isnan(node->ground_m) || !isnan(node->invert_m);
        node->ground_m *= unit_m;
        node->invert_m *= unit_m;
    }
    for (size_t i = 0; i < network->n_segments; i++) {
        struct segment *segment = &network->segments[i];
        has_any = has_any || !isnan(segment->from_invert_m) || !isnan(segment->to_invert_m);
        segment->from_invert_m *= unit_m;
        segment->to_invert_m *= unit_m;
    }
    if (has_any) {
        reader_flaw(reader, FINDING_UNIT_CONVERTED, (struct finding_place){.file = network->path},
            "levels are in the unit of the coordinates, %g m", unit_m);
    }
}

/* --- systems --- */

static void settle_systems(struct reader *reader, const struct layer_range *range) {
    for (size_t i = range->first_segment; i < range->end_segment; i++) {
        struct segment *segment = &reader->network->segments[i];
        if (segment->system == SYSTEM_LONE_S) {
            segment->system = range->is_english ? SYSTEM_STORM : SYSTEM_FOUL;
        }
    }
}

/* --- ids --- */

static struct text made_id(struct reader *reader, size_t number) {
    struct network *network = reader->network;
    const struct segment *segment = &network->segments[number];

    if (reader->drafts[number].has_nodes) {
        return arena_printf(&network->arena, "%.*s-%.*s",
            TEXT_ARGS(network->nodes[segment->from_node].id),
            TEXT_ARGS(network->nodes[segment->to_node].id));
    }
    return arena_printf(&network->arena, "#%zu", number + 1);
}

/* A layer without any ids is one flaw, not thousands. */
static void make_ids(struct reader *reader, const struct layer_range *range) {
    size_t n = range->end_segment - range->first_segment, n_missing = 0;

    for (size_t i = range->first_segment; i < range->end_segment; i++) {
        n_missing += !reader->drafts[i].has_id;
    }
    if (n_missing == n && n > 0) {
        reader_flaw(reader, FINDING_ID_MISSING, (struct finding_place){.file = range->path},
            "layer '%.*s': none of %zu segments", TEXT_ARGS(range->layer), n);
    }
    for (size_t i = range->first_segment; i < range->end_segment && n_missing > 0; i++) {
        if (reader->drafts[i].has_id) {
            continue;
        }
        reader->network->segments[i].id = made_id(reader, i);
        if (n_missing < n) {
            reader_flaw(reader, FINDING_ID_MISSING, reader_segment_place(reader, i), "made");
        }
    }
}

/* P#2 of an earlier result is the second P of the network that it was made with. */
static void know_separated_ids(struct reader *reader) {
    CLEANUP(index_release) struct index ids = {0};
    struct network *network = reader->network;

    index_reserve(&ids, network->n_segments);
    for (size_t i = 0; i < network->n_segments; i++) {
        index_add(&ids, network->segments[i].id, (uint32_t)i);
    }
    for (size_t i = 0; i < network->n_segments; i++) {
        struct segment *segment = &network->segments[i];
        size_t n = segment->id.n;
        while (n > 0 && segment->id.at[n - 1] >= '0' && segment->id.at[n - 1] <= '9') {
            n--;
        }
        bool has_number = n > 1 && n < segment->id.n && segment->id.at[n - 1] == '#';
        if (has_number && index_find(&ids, text_part(segment->id, 0, n - 1)) != INDEX_NONE) {
            segment->id_added_n = (uint8_t)(segment->id.n - n + 1);
            network->has_repeated_ids = true;
        }
    }
}

static void separate_ids(struct reader *reader) {
    CLEANUP(index_release) struct index ids = {0};
    struct network *network = reader->network;
    uint32_t *n_copies = NULL;
    size_t capacity = 0;

    index_reserve(&ids, network->n_segments);
    for (size_t i = 0; i < network->n_segments; i++) {
        struct segment *segment = &network->segments[i];
        uint32_t first = index_add(&ids, segment->id, (uint32_t)i);
        if (first == i) {
            continue;
        }
        if (n_copies == NULL) {
            n_copies = array_reserve(NULL, &capacity, network->n_segments, sizeof *n_copies);
            for (size_t k = 0; k < network->n_segments; k++) {
                n_copies[k] = 1;
            }
        }
        if (reader->drafts[i].has_id) {
            reader_flaw(reader, FINDING_DUPLICATE_ID, reader_segment_place(reader, i),
                "first in feature %u", network->segments[first].number_in_file);
        }
        struct text id = segment->id;
        do {
            segment->id =
                arena_printf(&network->arena, "%.*s#%u", TEXT_ARGS(id), ++n_copies[first]);
        } while (index_add(&ids, segment->id, (uint32_t)i) != i);
        segment->id_added_n = (uint8_t)(segment->id.n - id.n);
        network->has_repeated_ids = true;
    }
    array_release(&n_copies);
}

void reader_finish(struct reader *reader, const struct crs *crs) {
    double unit_m = crs_unit_m(crs);

    for (size_t i = 0; i < reader->n_ranges; i++) {
        const struct layer_range *range = &reader->ranges[i];
        settle_sections(reader, range, unit_m);
        settle_lengths(reader, range);
        settle_systems(reader, range);
        make_ids(reader, range);
    }
    settle_levels(reader, unit_m);
    if (reader->is_own_result) {
        know_separated_ids(reader);
    }
    separate_ids(reader);
}
