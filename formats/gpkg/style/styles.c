#include "core/base.h"
#include "formats/gpkg/style/common.h"
#include "formats/gpkg/style/style.h"

#include "formats/gpkg/style/defects.def"
#include "formats/gpkg/style/lines.def"
#include "formats/gpkg/style/places.def"
#include "formats/gpkg/style/segments.def"

/* Tables without a map have their words, and files that open. */
#define TABLE(table_name)                                                                \
    &(const struct style) {                                                              \
        .table = table_name, .name = "$style_table", .description = "$style_table_says", \
        .shape = SHAPE_NONE, .renderer = RENDER_NOTHING                                  \
    }

const struct style *const styles[] = {
    &style_segments,
    &style_segments_repair,
    &style_segments_maintenance,
    &style_segments_year,
    &style_defects,
    &style_defects_code,
    &style_defect_lines,
    &style_collapse_hazards,
    &style_repairs,
    &style_trenchless_repairs,
    &style_inventory,
    &style_inspections,
    &style_node_inspections,
    &style_nodes,
    &style_districts,
    TABLE("district_codes"),
    TABLE("unplaced"),
    TABLE("findings"),
    TABLE("source_files"),
    TABLE("inspection_logs"),
    TABLE("media"),
    TABLE("runs"),
};
const size_t n_styles = ARRAY_LEN(styles);

const struct style_relation style_relations[] = {
#define RELATION(word, parent, key, child, column) {word, #parent, #key, #child, #column},
#include "formats/gpkg/style/relations.def"
#undef RELATION
};
const size_t n_style_relations = ARRAY_LEN(style_relations);
