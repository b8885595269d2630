#include "cmd/read_tables.h"

#include "formats/plan_files.h"
#include "formats/repair_table.h"
#include "formats/theme_file.h"

static bool read_repair_tables(
    struct run_options *options, struct user_tables *tables, struct error *err) {
    tables->repair = repair_defaults;
    if (options->repair_table != NULL &&
        !repair_table_read(options->repair_table, options->encoding, &tables->arena,
            &tables->repair, &tables->findings, err)) {
        return false;
    }
    if (options->unit_costs != NULL &&
        !repair_costs_read(options->unit_costs, options->encoding, &tables->arena, &tables->repair,
            &tables->findings, err)) {
        return false;
    }
    options->pipeline.repair = &tables->repair;
    return true;
}

/* A composite is reckoned for who asks for it, for its weights or for a rank by it. */
static bool read_weights(
    struct run_options *options, struct user_tables *tables, struct error *err) {
    tables->weights = composite_defaults;
    if (options->weights == NULL && !options->wants_composite &&
        options->pipeline.rank_by != RANK_BY_COMPOSITE) {
        return true;
    }
    options->pipeline.assess.composite = &tables->weights;
    return options->weights == NULL ||
           weights_read(options->weights, &tables->weights, &tables->findings, err);
}

static bool read_theme(
    const struct run_options *options, struct user_tables *tables, struct error *err) {
    tables->theme = theme_default;
    return options->theme == NULL ||
           theme_read(options->theme, &tables->arena, &tables->theme, &tables->findings, err);
}

bool read_tables(struct run_options *options, struct user_tables *tables, struct error *err) {
    return read_repair_tables(options, tables, err) && read_weights(options, tables, err) &&
           read_theme(options, tables, err) &&
           (options->misconnection_words == NULL ||
               misconnection_words_read(options->misconnection_words, &tables->arena,
                   &options->pipeline.assess.misconnection_words, err));
}

void user_tables_release(struct user_tables *tables) {
    findings_release(&tables->findings);
    arena_release(&tables->arena);
}
