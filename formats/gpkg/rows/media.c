/* Rows of `media`: each photo and video that is named, with the file if it is there. */
#include <string.h>

#include "core/reference.h"
#include "formats/gpkg/rows/rows.h"

/* Whose media they are. */
struct owner {
    const struct inspection *inspection;
    uint32_t order; /* of the observation; 0: the inspection itself */
    bool has_row;   /* the observation is in `defects` or `inventory` */
    uint32_t n;     /* media so far */
};

/* OWNER/NUMBER */
static void put_media_id(struct block *block, struct value *at, const struct owner *owner) {
    char digits[DECIMAL_SIZE];
    size_t n_digits = decimal_write(owner->n, digits);
    struct value id = {0};

    if (owner->order == 0) {
        put_text(&id, owner->inspection->id);
    } else {
        put_observation_id(block, &id, owner->inspection, owner->order);
    }
    char *text = block_bytes(block, id.n + 1 + n_digits);
    if (id.n > 0) {
        memcpy(text, id.bytes, id.n);
    }
    text[id.n] = '/';
    memcpy(text + id.n + 1, digits, n_digits);
    put_text(at, (struct text){text, id.n + 1 + n_digits});
}

static void add_media(struct maker *maker, struct block *block, struct owner *owner,
    const char *kind, struct text delivered) {
    size_t survey = maker_survey(maker, owner->inspection);
    struct text reference;

    while (reference_next(&delivered, &reference)) {
        struct text path = media_find(maker->request->media, survey, reference);
        struct value *row = block_add_row(block);
        owner->n++;
        put_media_id(block, &row[MEDIA_MEDIA_ID], owner);
        if (owner->has_row) {
            put_observation_id(block, &row[MEDIA_DEFECT_ID], owner->inspection, owner->order);
        }
        put_text(&row[MEDIA_INSPECTION_ID], owner->inspection->id);
        put_string(&row[MEDIA_KIND], kind);
        put_text(&row[MEDIA_PATH], path);
        put_text(&row[MEDIA_DELIVERED_PATH], reference);
        put_bool(&row[MEDIA_EXISTS], path.n > 0);
    }
}

static void add_of_inspection(
    struct maker *maker, struct block *block, const struct inspection *inspection) {
    struct owner owner = {.inspection = inspection};

    if (inspection->more != NULL) {
        add_media(maker, block, &owner, "video", inspection->more->video);
    }
}

static void add_of_observation(
    struct maker *maker, struct block *block, const struct inspection *inspection, uint32_t order) {
    const struct observation *observation = &inspection_observations(inspection)[order - 1];
    struct owner owner = {
        .inspection = inspection,
        .order = order,
        .has_row = observation_is_placed(inspection, observation),
    };

    if (observation->more != NULL) {
        add_media(maker, block, &owner, "photo", observation->more->photo);
        add_media(maker, block, &owner, "video", observation->more->video);
    }
}

/* Part 0 of an inspection is itself, the others are its observations. */
bool make_media(struct maker *maker, struct block *block) {
    const struct result *result = maker->result;

    for (; maker->next < result->n_inspections; maker->next++, maker->next_part = 0) {
        const struct inspection *inspection = result->inspections[maker->next];
        while (maker->next_part <= inspection->n_observations) {
            if (!block_has_room(block)) {
                return true;
            }
            uint32_t part = maker->next_part++;
            if (part == 0) {
                add_of_inspection(maker, block, inspection);
            } else {
                add_of_observation(maker, block, inspection, part);
            }
        }
    }
    return false;
}
