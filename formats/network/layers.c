/* Which layers of a file are sewers, which are manholes, and which column means what. */
#include <math.h>

#include "core/base.h"
#include "formats/network/reader.h"
#include "formats/network/values.h"

enum { ENCODING_SAMPLE = 2000 };

/* --- encoding --- */

struct sample {
    struct encoding_evidence *evidence;
    size_t n_fields;
};

static void visit_sample(void *context, const struct vector_feature *feature) {
    struct sample *sample = context;

    for (size_t i = 0; i < sample->n_fields; i++) {
        encoding_evidence_add(sample->evidence, feature->values[i].text);
    }
}

static struct encoding_verdict judge_encoding(
    struct reader *reader, struct vector_file *file, size_t number) {
    const struct vector_layer *layer = vector_layer(file, number);
    struct encoding_evidence evidence = {
        .given = reader->request->encoding, .ldid = layer->ldid, .cpg = layer->cpg};
    size_t *fields = ARENA_NEW(&reader->arena, size_t, layer->n_fields + 1);
    struct sample sample = {&evidence, 0};
    struct error ignored = {0};

    if (!layer->is_raw) {
        return (struct encoding_verdict){.encoding = "UTF-8"};
    }
    for (size_t i = 0; i < layer->n_fields; i++) {
        encoding_evidence_add(&evidence, layer->fields[i].name);
        if (layer->fields[i].type == VECTOR_TEXT) {
            fields[sample.n_fields++] = i;
        }
    }
    struct vector_read read = {.layer = number,
        .wanted = fields,
        .n_wanted = sample.n_fields,
        .without_geometry = true,
        .limit = ENCODING_SAMPLE,
        .visit = visit_sample,
        .context = &sample};
    if (evidence.given == NULL && sample.n_fields > 0) {
        vector_read(file, &read, &ignored); /* damage is said when the layer is read in earnest */
    }
    return encoding_decide(&evidence);
}

static void report_encoding(struct reader *reader, const struct vector_layer *layer,
    const struct encoding_verdict *verdict, struct text path) {
    struct network_report *report = reader->report;
    struct text said = text_from(verdict->text);

    if (verdict->differs) {
        reader_flaw(reader, FINDING_ENCODING_DIFFERS, (struct finding_place){.file = path},
            "layer '%.*s': %s", TEXT_ARGS(layer->name), verdict->text);
    }
    if (text_contains(report->encoding, said)) {
        return;
    }
    report->encoding = report->encoding.n == 0 ? arena_copy(&report->arena, said)
                                               : arena_printf(&report->arena, "%.*s; %.*s: %.*s",
                                                     TEXT_ARGS(report->encoding),
                                                     TEXT_ARGS(layer->name), TEXT_ARGS(said));
}

static bool read_headings(struct reader *reader, const struct vector_layer *layer,
    struct layer_plan *plan, struct error *err) {
    struct text *raw = ARENA_NEW(&reader->arena, struct text, layer->n_fields + 1);
    struct text *text = ARENA_NEW(&reader->arena, struct text, layer->n_fields + 1);
    struct word_decoder decoder;

    if (!word_decoder_open(plan->verdict.encoding, &decoder)) {
        return error_set(err, ERROR_USAGE, "no such encoding: '%s'", plan->verdict.encoding);
    }
    for (size_t i = 0; i < layer->n_fields; i++) {
        raw[i] = layer->fields[i].name;
        text[i] = arena_copy(&reader->arena, word_decoder_text(&decoder, &reader->arena, raw[i]));
    }
    word_decoder_release(&decoder);
    plan->headings =
        (struct headings){raw, text, layer->n_fields, layer->is_dbf, plan->verdict.encoding};
    return true;
}

/* --- what a layer is --- */

static bool has_coordinates(const struct columns *columns) {
    return (columns_have(columns, COLUMN_EASTING) && columns_have(columns, COLUMN_NORTHING)) ||
           (columns_have(columns, COLUMN_X) && columns_have(columns, COLUMN_Y));
}

static bool is_node_table(const struct columns *columns, enum wanted_layers wanted) {
    bool has_levels = columns_have(columns, COLUMN_GROUND) ||
                      columns_have(columns, COLUMN_INVERT) || columns_have(columns, COLUMN_DEPTH);

    return columns_have(columns, COLUMN_NODE_ID) &&
           (has_coordinates(columns) || (wanted == WANTED_NODES && has_levels));
}

static bool is_segment_table(const struct columns *columns) {
    bool has_from =
        columns_have(columns, COLUMN_FROM_NODE) || columns_have(columns, COLUMN_START_POINT);
    bool has_to =
        columns_have(columns, COLUMN_TO_NODE) || columns_have(columns, COLUMN_FINISH_POINT);

    return has_from && has_to && !columns_have(columns, COLUMN_DEFECT);
}

static void classify(
    const struct vector_layer *layer, enum wanted_layers wanted, struct layer_plan *plan) {
    switch (layer->geometry) {
    case VECTOR_NONE:
        plan->has_nodes = is_node_table(&plan->columns, wanted);
        plan->has_segments = is_segment_table(&plan->columns);
        break;
    case VECTOR_POINT:
        plan->has_nodes = true;
        break;
    case VECTOR_LINE:
        plan->has_segments = true;
        break;
    case VECTOR_MIXED:
        plan->has_nodes = plan->has_segments = true;
        break;
    case VECTOR_POLYGON:
        break;
    }
    if (wanted == WANTED_NODES) {
        plan->has_segments = false;
    }
}

static bool plan_layer(struct reader *reader, struct vector_file *file, enum wanted_layers wanted,
    struct layer_plan *plan, struct error *err) {
    const struct vector_layer *layer = vector_layer(file, plan->layer);

    plan->columns = columns_none();
    plan->verdict = judge_encoding(reader, file, plan->layer);
    if (!read_headings(reader, layer, plan, err)) {
        return false;
    }
    if (layer->geometry != VECTOR_LINE) {
        columns_find(&plan->headings, ROLES_OF_NODES, &reader->given, &plan->columns);
    }
    if (layer->geometry != VECTOR_POINT) {
        columns_find(&plan->headings, ROLES_OF_SEGMENTS, &reader->given, &plan->columns);
    }
    classify(layer, wanted, plan);
    reader->columns_seen = arena_printf(&reader->arena, "%.*s%s%.*s: %.*s",
        TEXT_ARGS(reader->columns_seen), reader->columns_seen.n == 0 ? "" : "; ",
        TEXT_ARGS(layer->name), TEXT_ARGS(headings_list(&plan->headings, &reader->arena)));
    return true;
}

/* --- which of them to take --- */

static bool is_named(struct vector_file *file, const struct layer_plan *plan, const char *name) {
    return text_equal(vector_layer(file, plan->layer)->name, text_from(name));
}

/* Our own results hold segments and nodes beside many layers that look like them. */
static void prefer_own_layers(
    struct reader *reader, struct vector_file *file, struct layer_plan *plans, size_t n) {
    bool is_own = false;

    for (size_t i = 0; i < n; i++) {
        reader->is_own_result = reader->is_own_result || is_named(file, &plans[i], "source_files");
        is_own = is_own || (plans[i].has_segments && is_named(file, &plans[i], "segments"));
    }
    for (size_t i = 0; i < n && is_own; i++) {
        plans[i].has_segments = plans[i].has_segments && is_named(file, &plans[i], "segments");
        plans[i].has_nodes = plans[i].has_nodes && is_named(file, &plans[i], "nodes");
    }
}

/* Where some layers have columns of the trade, those without any are streets or the like. */
static void drop_strangers(struct layer_plan *plans, size_t n) {
    bool knows_segments = false, knows_nodes = false;

    for (size_t i = 0; i < n; i++) {
        knows_segments =
            knows_segments ||
            (plans[i].has_segments && columns_have_any(&plans[i].columns, ROLES_OF_SEGMENTS));
        knows_nodes =
            knows_nodes || (plans[i].has_nodes && columns_have(&plans[i].columns, COLUMN_NODE_ID));
    }
    for (size_t i = 0; i < n; i++) {
        if (knows_segments && !columns_have_any(&plans[i].columns, ROLES_OF_SEGMENTS)) {
            plans[i].has_segments = false;
        }
        if (knows_nodes && !columns_have(&plans[i].columns, COLUMN_NODE_ID)) {
            plans[i].has_nodes = false;
        }
    }
}

static void report_columns(struct reader *reader, const struct vector_layer *layer,
    const struct layer_plan *plan, struct text path) {
    struct network_report *report = reader->report;
    bool *is_used = ARENA_NEW(&reader->arena, bool, plan->headings.n + 1);
    struct text unused = {0};

    for (size_t i = 0; i < COLUMN_ROLES; i++) {
        enum role_layers of = column_role_layers((enum column_role)i);
        bool counts = of == ROLES_OF_SEGMENTS ? plan->has_segments : plan->has_nodes;
        size_t column = plan->columns.of[i];
        if (column == NO_COLUMN || !counts) {
            continue;
        }
        is_used[column] = true;
        report->roles = array_reserve(
            report->roles, &report->roles_capacity, report->n_roles + 1, sizeof *report->roles);
        report->roles[report->n_roles++] = (struct field_role){
            text_from(column_role_name((enum column_role)i)),
            arena_copy(&report->arena, plan->headings.text[column]),
            arena_copy(&report->arena, layer->name),
            plan->columns.is_given[i],
        };
    }
    for (size_t i = 0; i < plan->headings.n && unused.n < 600; i++) {
        if (!is_used[i]) {
            unused = arena_printf(&reader->arena, "%.*s%s'%.*s'", TEXT_ARGS(unused),
                unused.n == 0 ? "" : ", ", TEXT_ARGS(plan->headings.text[i]));
        }
    }
    if (unused.n > 0) {
        reader_flaw(reader, FINDING_COLUMN_UNKNOWN, (struct finding_place){.file = path},
            "layer '%.*s': %.*s", TEXT_ARGS(layer->name), TEXT_ARGS(unused));
    }
}

static bool is_chinese(const struct headings *headings) {
    for (size_t i = 0; i < headings->n; i++) {
        const struct text text = headings->text[i];
        for (size_t k = 0; k + 2 < text.n; k++) {
            unsigned char c = (unsigned char)text.at[k];
            if (c >= 0xE4 && c <= 0xE9) { /* U+4000-9FFF */
                return true;
            }
        }
        if (text_equal_nocase(text, TEXT("S_Exp")) || text_equal_nocase(text, TEXT("Exp_No"))) {
            return true; /* the survey convention in pinyin and English */
        }
    }
    return false;
}

static double unit_of_column(const struct layer_plan *plan, enum column_role role) {
    size_t column = plan->columns.of[role];

    return column == NO_COLUMN ? NAN : heading_unit_m(plan->headings.text[column]);
}

static void open_range(struct reader *reader, const struct vector_layer *layer,
    const struct layer_plan *plan, struct text path) {
    const struct columns *columns = &plan->columns;

    reader->ranges = array_reserve(
        reader->ranges, &reader->ranges_capacity, reader->n_ranges + 1, sizeof *reader->ranges);
    reader->ranges[reader->n_ranges++] = (struct layer_range){
        .layer = arena_copy(&reader->arena, layer->name),
        .crs = layer->crs == NULL ? NULL : arena_copy(&reader->arena, text_from(layer->crs)).at,
        .path = path,
        .diameter_unit_m = unit_of_column(plan, COLUMN_DIAMETER),
        .length_unit_m = unit_of_column(plan, COLUMN_LENGTH),
        .has_xy_columns =
            layer->geometry == VECTOR_NONE &&
            (!columns_have(columns, COLUMN_EASTING) || !columns_have(columns, COLUMN_NORTHING)),
        .is_table = layer->geometry == VECTOR_NONE,
        .is_chinese = is_chinese(&plan->headings),
    };
}

static void read_plans(struct reader *reader, struct vector_file *file,
    const struct layer_plan *plans, size_t n, struct text path) {
    size_t first = reader->n_ranges;

    for (size_t i = 0; i < n; i++) {
        const struct vector_layer *layer = vector_layer(file, plans[i].layer);
        open_range(reader, layer, &plans[i], path);
        if (!plans[i].has_nodes && !plans[i].has_segments) {
            reader_flaw(reader, FINDING_LAYER_UNUSED, (struct finding_place){.file = path},
                "'%.*s'", TEXT_ARGS(layer->name));
            continue;
        }
        if (vector_layer(file, plans[i].layer)->is_raw) {
            report_encoding(reader, layer, &plans[i].verdict, path);
        }
        report_columns(reader, layer, &plans[i], path);
    }
    for (size_t i = 0; i < n; i++) {
        reader_read_nodes(reader, file, &plans[i], &reader->ranges[first + i]);
    }
    for (size_t i = 0; i < n; i++) {
        reader_read_segments(reader, file, &plans[i], &reader->ranges[first + i]);
    }
}

static bool nothing_found(
    const struct reader *reader, const char *path, enum wanted_layers wanted, struct error *err) {
    return error_set(err, ERROR_FORMAT,
        wanted == WANTED_NODES
            ? N_("'%s': nothing in it that could be nodes: no points, and no table with columns for "
                 "node_id, x and y. Columns found: %.*s")
            : N_("'%s': nothing in it that could be a network: no lines or points, and no table with "
                 "columns for from_node and to_node, or node_id, x and y. Columns found: %.*s"),
        path, TEXT_ARGS(reader->columns_seen));
}

bool reader_read_file(
    struct reader *reader, const char *path, enum wanted_layers wanted, struct error *err) {
    struct vector_file *file = NULL;
    bool has_any = false;

    if (!vector_open(path, &file, err)) {
        return wanted == WANTED_NODES ? error_wrap(err, "reading the nodes")
                                      : error_wrap(err, "reading the network");
    }
    size_t n = vector_n_layers(file);
    struct text name = arena_copy(&reader->network->arena, text_from(path));
    struct layer_plan *plans = ARENA_NEW(&reader->arena, struct layer_plan, n + 1);
    if (reader->report->driver.n == 0 || wanted == WANTED_ALL) {
        reader->report->driver = arena_copy(&reader->report->arena, text_from(vector_driver(file)));
    }
    for (size_t i = 0; i < n; i++) {
        plans[i].layer = i;
        if (!plan_layer(reader, file, wanted, &plans[i], err)) {
            vector_close(file);
            return false;
        }
        if (wanted == WANTED_ALL && reader->request->nodes_path != NULL) {
            plans[i].has_nodes = false;
        }
    }
    prefer_own_layers(reader, file, plans, n);
    drop_strangers(plans, n);
    for (size_t i = 0; i < n; i++) {
        has_any = has_any || plans[i].has_nodes || plans[i].has_segments;
    }
    if (has_any) {
        read_plans(reader, file, plans, n, name);
    }
    vector_close(file);
    return has_any || nothing_found(reader, path, wanted, err);
}
