#pragma once
/* The tables of the output: names and columns are a contract.  One .def file a table in columns/;
 * what is not there is in no GeoPackage. */
#include <stdbool.h>
#include <stddef.h>

/* In the order in which they are written and listed. */
enum gpkg_table_id {
    TABLE_SEGMENTS,
    TABLE_DEFECTS,
    TABLE_DEFECT_LINES,
    TABLE_INVENTORY,
    TABLE_INSPECTIONS,
    TABLE_NODE_INSPECTIONS,
    TABLE_REPAIRS,
    TABLE_NODES,
    TABLE_DISTRICTS, /* only when there are some */
    TABLE_UNPLACED,
    TABLE_FINDINGS,
    TABLE_SOURCE_FILES,
    TABLE_MEDIA,
    TABLE_MEASUREMENTS, /* only when there are some */
    TABLE_INSPECTION_LOGS,
    TABLE_RUNS,
    TABLES,
};

struct gpkg_column {
    const char *name, *type;
    const char *title; /* for people; NULL for the geometry */
};

struct gpkg_table {
    const char *name, *title, *description;
    const char *geometry; /* POINT, LINESTRING, MULTIPOLYGON: then column 0; NULL for attributes */
    const struct gpkg_column *columns;
    size_t n_columns;
};

extern const struct gpkg_table gpkg_tables[TABLES];
/* What the view district_codes shows: a table of its own, not registered, for only columns of
 * tables have a type, and a view that counted would do so whenever somebody opens it. */
extern const struct gpkg_table gpkg_district_codes;

enum { MAX_COLUMNS = 96 };

/* Columns by number: DEFECTS_CODE is the place of `code` in a row of `defects`. */
#define COLUMN(id, name, type, title) SEGMENTS_##id,
enum segments_column {
#include "formats/gpkg/columns/segments.def"
    SEGMENTS_COLUMNS
};
#undef COLUMN

#define COLUMN(id, name, type, title) DEFECTS_##id,
enum defects_column {
#include "formats/gpkg/columns/defects.def"
    DEFECTS_COLUMNS
};
#undef COLUMN

#define COLUMN(id, name, type, title) DEFECT_LINES_##id,
enum defect_lines_column {
#include "formats/gpkg/columns/defect_lines.def"
    DEFECT_LINES_COLUMNS
};
#undef COLUMN

#define COLUMN(id, name, type, title) INVENTORY_##id,
enum inventory_column {
#include "formats/gpkg/columns/inventory.def"
    INVENTORY_COLUMNS
};
#undef COLUMN

#define COLUMN(id, name, type, title) INSPECTIONS_##id,
enum inspections_column {
#include "formats/gpkg/columns/inspections.def"
    INSPECTIONS_COLUMNS
};
#undef COLUMN

#define COLUMN(id, name, type, title) NODE_INSPECTIONS_##id,
enum node_inspections_column {
#include "formats/gpkg/columns/node_inspections.def"
    NODE_INSPECTIONS_COLUMNS
};
#undef COLUMN

#define COLUMN(id, name, type, title) REPAIRS_##id,
enum repairs_column {
#include "formats/gpkg/columns/repairs.def"
    REPAIRS_COLUMNS
};
#undef COLUMN

#define COLUMN(id, name, type, title) NODES_##id,
enum nodes_column {
#include "formats/gpkg/columns/nodes.def"
    NODES_COLUMNS
};
#undef COLUMN

#define COLUMN(id, name, type, title) DISTRICTS_##id,
enum districts_column {
#include "formats/gpkg/columns/districts.def"
    DISTRICTS_COLUMNS
};
#undef COLUMN

#define COLUMN(id, name, type, title) UNPLACED_##id,
enum unplaced_column {
#include "formats/gpkg/columns/unplaced.def"
    UNPLACED_COLUMNS
};
#undef COLUMN

#define COLUMN(id, name, type, title) FINDINGS_##id,
enum findings_column {
#include "formats/gpkg/columns/findings.def"
    FINDINGS_COLUMNS
};
#undef COLUMN

#define COLUMN(id, name, type, title) SOURCE_FILES_##id,
enum source_files_column {
#include "formats/gpkg/columns/source_files.def"
    SOURCE_FILES_COLUMNS
};
#undef COLUMN

#define COLUMN(id, name, type, title) MEDIA_##id,
enum media_column {
#include "formats/gpkg/columns/media.def"
    MEDIA_COLUMNS
};
#undef COLUMN

#define COLUMN(id, name, type, title) MEASUREMENTS_##id,
enum measurements_column {
#include "formats/gpkg/columns/measurements.def"
    MEASUREMENTS_COLUMNS
};
#undef COLUMN

#define COLUMN(id, name, type, title) INSPECTION_LOGS_##id,
enum inspection_logs_column {
#include "formats/gpkg/columns/inspection_logs.def"
    INSPECTION_LOGS_COLUMNS
};
#undef COLUMN

#define COLUMN(id, name, type, title) RUNS_##id,
enum runs_column {
#include "formats/gpkg/columns/runs.def"
    RUNS_COLUMNS
};
#undef COLUMN
