#pragma once
/* Small deliveries as tables for tiny_mdb. */
#include "core/base.h"
#include "tests/formats/tiny_mdb.h"

/* Name, columns and cells, row by row. */
#define TABLE(called, heads, values) \
    { called, heads, ARRAY_LEN(heads), values, ARRAY_LEN(values) / ARRAY_LEN(heads) }

/* PACP 8: a run upstream, and one of which little is known. */
static const char *const pacp_inspection_columns[] = {"InspectionID:l", "Pipe_Segment_Reference",
    "Inspection_Date:t", "Inspection_Time:t", "Upstream_MH", "Downstream_MH", "Direction",
    "Height:d", "Length_Surveyed:d", "IsImperial:b", "Reverse_Setup:l", "Additional_Info:m"};
static const char *const pacp_inspections[] = {"12", "P1", "45355", "0.5625", "A", "B", "U", "8",
    "100", "1", "0", "behind the mill", "13", NULL, NULL, NULL, NULL, NULL, NULL, NULL, "0", "1",
    NULL, NULL};
static const char *const pacp_condition_columns[] = {"ConditionID:l", "InspectionID:l",
    "Distance:d", "PACP_Code", "Continuous", "Clock_At_From:l", "Joint:b", "Remarks"};
static const char *const pacp_conditions[] = {"1", "12", "0", "AMH", NULL, NULL, "0", "B", "2",
    "12", "12.5", "CL", "S01", "3", "1", NULL, "3", "12", "100", "AMH", NULL, NULL, "0", NULL};
static const char *const version_columns[] = {"ID:l", "Version"};
static const char *const version[] = {"1", "8.0"};

static const struct tiny_table pacp_access[] = {
    TABLE("PACP Inspections", pacp_inspection_columns, pacp_inspections),
    TABLE("PACP_Conditions", pacp_condition_columns, pacp_conditions),
    TABLE("DB_Version", version_columns, version),
};

/* WinCan 8: one section, its tables in no order. */
static const char *const section_columns[] = {"S_ID", "S_StartNode", "S_EndNode", "S_SectionFlow",
    "S_Sectionlength:d", "S_Sectionname", "S_PipeDia:d"};
static const char *const sections[] = {"{S1}", "30", "20", "1", "30.24", "2", "350"};
static const char *const inspection_columns[] = {"SI_ID", "SI_Section_ID", "SI_InspectionDir",
    "SI_InspectedLength:d", "SI_InspDate:t", "SI_Norm"};
static const char *const inspections[] = {"{I1}", "{S1}", "U", "30", "41670", "EN 13508-2"};
static const char *const observation_columns[] = {"SO_ID", "SO_Inspecs_ID", "SO_Counter:l",
    "SO_Position:d", "SO_OpCode", "SO_Text", "SO_PhotoFilename1"};
static const char *const observations[] = {"{o2}", "{I1}", "2", "4.887", "BABBA", "Fissure",
    "p.JPG", "{o1}", "{I1}", "1", "0", "BCD", NULL, NULL};

static const struct tiny_table wincan_access[] = {
    TABLE("SO_T", observation_columns, observations),
    TABLE("S_T", section_columns, sections),
    TABLE("SI_T", inspection_columns, inspections),
};

/* Hong Kong: three runs, of which two have observations. */
static const char *const run_columns[] = {"smanholeno", "fmanholeno", "dire", "hsize:l", "wsize:l",
    "shape", "mater", "pipelength:d", "testlength:d"};
static const char *const runs[] = {"FMH1", "FMH2", "D", "300", "300", "C", "CO", "40", "39.5",
    "FMH3", "FMH2", "U", "600", "900", "R", "CO", "20", "20", "FMH4", "FMH5", "?", NULL, NULL, NULL,
    NULL, NULL, NULL};
static const char *const row_columns[] = {"pipeid:l", "dist:d", "cont", "code", "diam:l",
    "clockAt:l", "clockTo:l", "percent:l", "remarks", "photo"};
static const char *const rows_of_runs[] = {"2", "0", NULL, "MH", NULL, NULL, NULL, NULL, NULL, NULL,
    "1", "3.5", "S1", "DES", NULL, "5", "7", "10", "silt", "a.jpg", "1", "12", "F1", "DES", NULL,
    "5", "7", "10", NULL, NULL, "2", "7", "x", "CX", "150", "0", "14", NULL, NULL, NULL, "9", "1",
    NULL, "CL", NULL, NULL, NULL, NULL, NULL, NULL};

static const struct tiny_table hk_access[] = {
    TABLE("table1", run_columns, runs),
    TABLE("table2", row_columns, rows_of_runs),
};
