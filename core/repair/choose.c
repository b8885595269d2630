#include "core/repair/choose.h"

#include <math.h>

/* --- does a row take it? --- */

static bool takes_material(enum repair_material wanted, enum repair_material got) {
    return wanted == REPAIR_MATERIAL_ANY || wanted == got ||
           (wanted == REPAIR_MATERIAL_RIGID && got == REPAIR_MATERIAL_REINFORCED);
}

static bool asks_diameter(const struct repair_where *where) {
    return where->dn_from_mm > 0 || where->dn_below_mm < INFINITY;
}

/* Material and shape that are not known are taken for no special ones; a diameter that is not known
 * for any. */
static bool takes_pipe(const struct repair_where *where, const struct repair_pipe *pipe) {
    bool fits = isnan(pipe->diameter_mm) ||
                (pipe->diameter_mm >= where->dn_from_mm && pipe->diameter_mm < where->dn_below_mm);

    return fits && takes_material(where->material, pipe->material) &&
           (where->shape == REPAIR_SHAPE_ANY || where->shape == pipe->shape);
}

static bool takes_defect(const struct repair_where *where, const struct repair_defect *defect) {
    if (where->code == NULL && (where->family == FAMILY_NONE || where->family != defect->family)) {
        return false; /* most rows: asked first, and for every defect of a city */
    }
    return defect->severity >= where->severity_from && defect->severity <= where->severity_to &&
           (!where->is_hazard || defect->is_collapse_hazard) &&
           (where->code == NULL || text_equal_nocase(defect->code, text_from(where->code)));
}

/* The more a row says, the more it counts. */
static int weight_of(const struct repair_where *where) {
    return 8 * where->is_hazard + 4 * (where->code != NULL) +
           2 * (where->material != REPAIR_MATERIAL_ANY) + (where->shape != REPAIR_SHAPE_ANY);
}

/* --- methods --- */

static bool fits_diameter(const struct repair_method *method, double diameter_mm) {
    return isnan(diameter_mm) ||
           (diameter_mm >= method->dn_min_mm && diameter_mm <= method->dn_max_mm);
}

static bool is_about_pipe(const struct repair_where *where) {
    return where->family == FAMILY_NONE && where->code == NULL;
}

const struct repair_exclusion *repair_exclusion_of_pipe(
    const struct repair_pipe *pipe, uint8_t method) {
    const struct repair_tables *tables = pipe->tables;

    for (size_t i = 0; i < tables->n_exclusions; i++) {
        const struct repair_exclusion *exclusion = &tables->exclusions[i];
        if (exclusion->method == method && is_about_pipe(&exclusion->where) &&
            takes_pipe(&exclusion->where, pipe)) {
            return exclusion;
        }
    }
    return NULL;
}

/* The numbers of rows that may be about a defect: listed, or all of them. */
struct listed {
    const uint16_t *at; /* NULL: 0, 1, 2 ... */
    size_t n;
};

static size_t listed_at(const struct listed *listed, size_t i) {
    return listed->at == NULL ? i : listed->at[i];
}

static struct listed rows_about(
    const struct repair_pipe *pipe, const struct repair_defect *defect) {
    const struct repair_lookup *lookup = pipe->lookup;

    if (lookup == NULL) {
        return (struct listed){NULL, pipe->tables->n_rows};
    }
    uint32_t from = lookup->rows_from[defect->family];
    return (struct listed){lookup->rows + from, lookup->rows_from[defect->family + 1] - from};
}

static struct listed exclusions_about(
    const struct repair_pipe *pipe, const struct repair_defect *defect) {
    const struct repair_lookup *lookup = pipe->lookup;

    if (lookup == NULL) {
        return (struct listed){NULL, pipe->tables->n_exclusions};
    }
    uint32_t from = lookup->exclusions_from[defect->family];
    return (struct listed){
        lookup->exclusions + from, lookup->exclusions_from[defect->family + 1] - from};
}

uint64_t repair_excluded_by(
    const struct repair_pipe *pipe, const struct repair_defect *defect, uint64_t methods) {
    const struct listed about = exclusions_about(pipe, defect);
    uint64_t excluded = 0;

    for (size_t i = 0; i < about.n; i++) {
        const struct repair_exclusion *exclusion = &pipe->tables->exclusions[listed_at(&about, i)];
        uint64_t bit = repair_bit(exclusion->method);
        if ((methods & ~excluded & bit) != 0 && takes_defect(&exclusion->where, defect) &&
            takes_pipe(&exclusion->where, pipe)) {
            excluded |= bit;
        }
    }
    return excluded;
}

uint8_t repair_before(const struct repair_row *row, uint8_t method) {
    for (size_t i = 0; i < REPAIR_CHOICES_MOST && row->choices[i].main != 0; i++) {
        if (row->choices[i].main == method) {
            return row->choices[i].before;
        }
    }
    return 0;
}

/* The methods of a row that the pipe and the defect let pass, with what must come before them. */
static uint64_t methods_of(const struct repair_row *row, const struct repair_pipe *pipe,
    const struct repair_defect *defect) {
    uint64_t methods = 0;

    for (size_t i = 0; i < REPAIR_CHOICES_MOST && row->choices[i].main != 0; i++) {
        uint64_t main = repair_bit(row->choices[i].main);
        uint64_t before = row->choices[i].before == 0 ? 0 : repair_bit(row->choices[i].before);
        uint64_t all = (main | before);
        bool is_possible = (pipe->possible & all) == all;
        methods |= is_possible && repair_excluded_by(pipe, defect, all) == 0 ? main : 0;
    }
    return methods;
}

/* --- a pipe, a defect --- */

/* Methods that something about the pipe excludes. */
static uint64_t excluded_by_pipe(const struct repair_pipe *pipe) {
    const struct repair_tables *tables = pipe->tables;
    uint64_t excluded = 0;

    for (size_t i = 0; i < tables->n_exclusions; i++) {
        const struct repair_exclusion *exclusion = &tables->exclusions[i];
        if (is_about_pipe(&exclusion->where) && takes_pipe(&exclusion->where, pipe)) {
            excluded |= repair_bit(exclusion->method);
        }
    }
    return excluded;
}

struct repair_pipe repair_pipe_of(const struct repair_request *request) {
    const struct repair_tables *tables = request->tables;
    const struct repair_site *site = &request->site;
    struct repair_pipe pipe = {
        .tables = tables,
        .lookup = request->lookup,
        .diameter_mm = site->diameter_mm > 0 ? site->diameter_mm : NAN,
        .material = site->is_classed ? site->material_class : repair_material_of(site->material),
        .shape = site->is_classed ? site->shape_class : repair_shape_of(site->shape),
    };

    for (size_t i = 1; i < tables->n_methods; i++) {
        const struct repair_method *method = &tables->methods[i];
        uint64_t bit = repair_bit((uint8_t)i);
        pipe.possible |= fits_diameter(method, pipe.diameter_mm) ? bit : 0;
        pipe.dig |= repair_method_is_for(method, REPAIR_DIG) ? bit : 0;
    }
    pipe.possible &= ~excluded_by_pipe(&pipe);
    return pipe;
}

/* Is the pipe's index so low that nothing is to be done?  Not about collapse, and not where the
 * table asks for works on light defects. */
static bool is_idle(const struct repair_item *item, const struct repair_pipe *pipe,
    const struct repair_site *site) {
    const struct repair_limits *limits = &pipe->tables->limits;
    double index = item->defect->is_structural ? site->structural_index : site->functional_index;

    if (isnan(index) || index > limits->idle_index + 1e-9 || item->offers[REPAIR_DIG].row != NULL) {
        return false;
    }
    for (size_t i = 0; i < REPAIR_SCOPES; i++) {
        const struct repair_row *row = item->offers[i].row;
        if (row != NULL && row->where.severity_from < limits->least_severity) {
            return false;
        }
    }
    return true;
}

static bool asks_nothing(const struct repair_item *item) {
    for (size_t i = REPAIR_NONE + 1; i < REPAIR_SCOPES; i++) {
        if (item->offers[i].row != NULL) {
            return false;
        }
    }
    return true;
}

void repair_item_look_up(
    struct repair_item *item, const struct repair_pipe *pipe, const struct repair_site *site) {
    const struct repair_tables *tables = pipe->tables;
    const struct repair_defect *defect = item->defect;
    const struct listed about = rows_about(pipe, defect);
    int weight = -1;

    for (size_t i = 0; i < about.n; i++) {
        const struct repair_row *row = &tables->rows[listed_at(&about, i)];
        if (!takes_defect(&row->where, defect) || !takes_pipe(&row->where, pipe) ||
            weight_of(&row->where) < weight) {
            continue;
        }
        if (weight_of(&row->where) > weight) {
            weight = weight_of(&row->where);
            for (size_t k = 0; k < REPAIR_SCOPES; k++) {
                item->offers[k] = (struct repair_offer){0};
            }
        }
        struct repair_offer *offer = &item->offers[row->scope];
        bool is_first = offer->row == NULL;
        offer->row = is_first ? row : offer->row;
        if (is_first || isnan(pipe->diameter_mm)) {
            offer->methods |= methods_of(row, pipe, defect);
            offer->is_uncertain =
                isnan(pipe->diameter_mm) && (offer->is_uncertain || asks_diameter(&row->where));
        }
    }
    bool is_light = defect->severity > 0 && defect->severity < tables->limits.least_severity;
    item->is_taken = weight >= 0 || is_light;
    item->is_left = weight < 0 ? is_light : asks_nothing(item) || is_idle(item, pipe, site);
}
