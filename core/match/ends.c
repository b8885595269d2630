#include "core/match/ends.h"

#include "core/match/normalise.h"

enum { MAX_SEPARATORS = 16 };

static bool survey_has_nodes(const struct survey *survey) {
    for (size_t i = 0; i < survey->n_codes; i++) {
        enum code_role role = survey->codes[i].role;
        if (role == ROLE_START_NODE || role == ROLE_FINISH_NODE || role == ROLE_NODE) {
            return true;
        }
    }
    return false;
}

static struct text named_node(const struct observation *observation) {
    return observation->more == NULL ? (struct text){0} : text_trim(observation->more->quant1_text);
}

static void add_row(
    const struct inspection *inspection, const struct observation *row, struct node_rows *rows) {
    switch (observation_code(inspection, row)->role) {
    case ROLE_START_NODE:
        if (rows->start.n == 0) {
            rows->start = named_node(row);
        }
        break;
    case ROLE_FINISH_NODE:
        if (rows->finish.n == 0) {
            rows->finish = named_node(row);
        }
        break;
    case ROLE_NODE:
        rows->has_intermediate = true;
        break;
    case ROLE_NONE:
    case ROLE_ABANDONED:
        break;
    }
}

struct node_rows node_rows_of(const struct inspection *inspection, struct survey_roles *roles) {
    struct node_rows rows = {0};
    const struct observation *observations = inspection_observations(inspection);

    if (roles->survey != inspection->survey) {
        *roles = (struct survey_roles){inspection->survey, survey_has_nodes(inspection->survey)};
    }
    for (uint32_t i = 0; roles->has_nodes && i < inspection->n_observations; i++) {
        add_row(inspection, &observations[i], &rows);
    }
    return rows;
}

/* The one of two that is not `name`; {0} when it is neither. */
static struct text other_of(struct text name, struct text a, struct text b) {
    if (text_equal(name, a)) {
        return b;
    }
    return text_equal(name, b) ? a : (struct text){0};
}

static void fill_from_flow(const struct inspection *inspection, struct ends *ends) {
    struct text upstream = text_trim(inspection->more->upstream_node);
    struct text downstream = text_trim(inspection->more->downstream_node);

    if (ends->start.n > 0) {
        ends->finish =
            ends->finish.n > 0 ? ends->finish : other_of(ends->start, upstream, downstream);
        return;
    }
    if (ends->finish.n > 0) {
        ends->start = other_of(ends->finish, upstream, downstream);
        return;
    }
    bool is_up = inspection->direction == DIRECTION_UPSTREAM;
    ends->start = is_up ? downstream : upstream;
    ends->finish = is_up ? upstream : downstream;
    ends->is_start_known = inspection->direction != DIRECTION_UNKNOWN && ends->start.n > 0;
}

struct ends ends_named(const struct inspection *inspection, const struct node_rows *rows) {
    struct ends ends = {
        .start = text_trim(inspection->start_node),
        .finish = text_trim(inspection->finish_node),
    };

    if (ends.start.n == 0) {
        ends.start = rows->start;
    }
    if (ends.finish.n == 0) {
        ends.finish = rows->finish;
    }
    ends.is_start_known = ends.start.n > 0 || ends.finish.n > 0;
    if (inspection->more != NULL && (ends.start.n == 0 || ends.finish.n == 0)) {
        fill_from_flow(inspection, &ends);
    }
    return ends;
}

static struct few find_nodes(const struct matcher *matcher, struct text name, struct ends *ends) {
    enum id_form form;
    struct few few = matcher_find_any(matcher, ID_OF_NODE, name, &form);

    ends->is_normalised |= few.n > 0 && form == ID_NORMALISED;
    return few;
}

/* W1-W2, W1~W2: two known nodes on both sides of exactly one separator. */
static void split_reference(
    const struct matcher *matcher, struct text reference, struct ends *ends) {
    size_t n_separators = 0, n_found = 0;
    struct ends found = {0};

    for (size_t at = 1; at + 1 < reference.n && n_separators < MAX_SEPARATORS; at++) {
        size_t width = id_separator_at(reference, at);
        if (width == 0) {
            continue;
        }
        struct ends split = {
            .start = text_trim(text_part(reference, 0, at)),
            .finish = text_trim(text_part(reference, at + width, reference.n)),
            .is_from_reference = true,
        };
        n_separators++;
        split.starts = find_nodes(matcher, split.start, &split);
        if (split.starts.n == 0) {
            continue;
        }
        split.finishes = find_nodes(matcher, split.finish, &split);
        if (split.finishes.n > 0) {
            n_found++;
            found = split;
        }
    }
    if (n_found == 1) {
        *ends = found;
    }
}

void ends_find(
    const struct matcher *matcher, const struct inspection *inspection, struct ends *ends) {
    if (ends->start.n == 0 && ends->finish.n == 0) {
        split_reference(matcher, text_trim(inspection->segment_ref), ends);
        return;
    }
    ends->starts = find_nodes(matcher, ends->start, ends);
    ends->finishes = find_nodes(matcher, ends->finish, ends);
}

bool ends_any_reference(const struct inspection *inspection, const struct ends *ends) {
    return text_trim(inspection->segment_ref).n > 0 || ends->start.n > 0 || ends->finish.n > 0 ||
           (inspection->more != NULL && inspection->more->has_coordinates);
}
