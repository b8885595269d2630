#include "formats/gpkg/schema.h"

#include "core/base.h"

#define COLUMN(id, name, type, title) {name, #type, title},
static const struct gpkg_column segments[] = {
#include "formats/gpkg/columns/segments.def"
};
static const struct gpkg_column defects[] = {
#include "formats/gpkg/columns/defects.def"
};
static const struct gpkg_column defect_lines[] = {
#include "formats/gpkg/columns/defect_lines.def"
};
static const struct gpkg_column inventory[] = {
#include "formats/gpkg/columns/inventory.def"
};
static const struct gpkg_column inspections[] = {
#include "formats/gpkg/columns/inspections.def"
};
static const struct gpkg_column node_inspections[] = {
#include "formats/gpkg/columns/node_inspections.def"
};
static const struct gpkg_column repairs[] = {
#include "formats/gpkg/columns/repairs.def"
};
static const struct gpkg_column nodes[] = {
#include "formats/gpkg/columns/nodes.def"
};
static const struct gpkg_column districts[] = {
#include "formats/gpkg/columns/districts.def"
};
static const struct gpkg_column district_codes[] = {
#include "formats/gpkg/columns/district_codes.def"
};
static const struct gpkg_column unplaced[] = {
#include "formats/gpkg/columns/unplaced.def"
};
static const struct gpkg_column findings[] = {
#include "formats/gpkg/columns/findings.def"
};
static const struct gpkg_column source_files[] = {
#include "formats/gpkg/columns/source_files.def"
};
static const struct gpkg_column media[] = {
#include "formats/gpkg/columns/media.def"
};
static const struct gpkg_column measurements[] = {
#include "formats/gpkg/columns/measurements.def"
};
static const struct gpkg_column inspection_logs[] = {
#include "formats/gpkg/columns/inspection_logs.def"
};
static const struct gpkg_column runs[] = {
#include "formats/gpkg/columns/runs.def"
};
#undef COLUMN

_Static_assert((int)SEGMENTS_COLUMNS <= (int)MAX_COLUMNS, "the widest table");

#define TABLE(name, title, description, geometry) \
    { #name, title, description, geometry, name, ARRAY_LEN(name) }

const struct gpkg_table gpkg_tables[TABLES] = {
    [TABLE_SEGMENTS] = TABLE(segments, "Segments",
        "Every segment of the network with its condition and priority", "LINESTRING"),
    [TABLE_DEFECTS] = TABLE(defects, "Defects", "Located defects, one point each", "POINT"),
    [TABLE_DEFECT_LINES] = TABLE(
        defect_lines, "Continuous defects", "Continuous defects along their segment", "LINESTRING"),
    [TABLE_INVENTORY] =
        TABLE(inventory, "Inventory", "Located observations that are no defects", "POINT"),
    [TABLE_INSPECTIONS] =
        TABLE(inspections, "Inspections", "The stretches of segments that were seen", "LINESTRING"),
    [TABLE_NODE_INSPECTIONS] = TABLE(
        node_inspections, "Node inspections", "Inspections of manholes and chambers", "POINT"),
    [TABLE_REPAIRS] =
        TABLE(repairs, "Repairs", "Proposed works: cleaning, repairs, open cuts", "LINESTRING"),
    [TABLE_NODES] = TABLE(nodes, "Nodes", "Manholes, chambers, outfalls", "POINT"),
    [TABLE_DISTRICTS] = TABLE(districts, "Districts", "Counts by district", "MULTIPOLYGON"),
    [TABLE_UNPLACED] =
        TABLE(unplaced, "Unplaced", "Observations and inspections without a place, and why", NULL),
    [TABLE_FINDINGS] =
        TABLE(findings, "Findings", "Flaws in the data with their file and line", NULL),
    [TABLE_SOURCE_FILES] =
        TABLE(source_files, "Source files", "Delivered files and what became of their rows", NULL),
    [TABLE_MEDIA] = TABLE(media, "Media", "Photos and videos of defects", NULL),
    [TABLE_MEASUREMENTS] = TABLE(measurements, "Measurements",
        "Slope, level and the like as robots measured them along the way", NULL),
    [TABLE_INSPECTION_LOGS] = TABLE(inspection_logs, "Logs of inspections",
        "What else the logs told of each inspection, for reading this file again", NULL),
    [TABLE_RUNS] = TABLE(runs, "Runs", "How this file was made", NULL),
};

const struct gpkg_table gpkg_district_codes = {.name = "district_code_counts",
    .columns = district_codes,
    .n_columns = ARRAY_LEN(district_codes)};
#undef TABLE
