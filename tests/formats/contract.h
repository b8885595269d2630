#pragma once
/* Tables and columns that QGIS projects and SQL of others rely on. */

static const struct {
    const char *table, *columns; /* names with a blank behind each */
} contract[] = {
    {"segments",
     "segment_id from_node to_node system material shape diameter_mm height_mm year_built length_m "
        "street district owner inspected_on inspected_m coverage n_inspections scheme n_defects "
        "n_structural n_functional structural_score structural_grade structural_density repair_index "
        "repair_grade functional_score functional_grade functional_density maintenance_index "
        "maintenance_grade collapse_hazard collapse_reason soil_entry misconnection priority "
        "priority_reason rank repair_method repair_scope next_inspection_due scheme_detail "           },
    {"defects",
     "defect_id segment_id node_id inspection_id code scheme name kind grade score chainage_m "
        "along_m length_m clock_from clock_to char1 char2 quant1 quant2 at_joint remark photo video "
        "video_time position_method position_error_m is_current duplicate_of collapse_hazard "
        "trenchless misconnection district source_file source_line "                                   },
    {"defect_lines",       "defect_id segment_id code name kind grade from_m to_m length_m is_current "},
    {"inventory",
     "defect_id segment_id node_id inspection_id code scheme name kind grade chainage_m along_m "
        "clock_from clock_to char1 char2 quant1 quant2 at_joint remark photo video video_time "
        "position_method position_error_m is_current duplicate_of district source_file source_line "   },
    {"inspections",
     "inspection_id segment_id source_file source_format delivered_segment_ref start_node "
        "finish_node direction inspected_on method operator standard expected_m inspected_m "
        "is_complete abandoned_reason match_method match_note is_current n_observations n_defects "    },
    {"node_inspections",
     "inspection_id node_id source_file source_format delivered_segment_ref start_node finish_node "
        "direction inspected_on method operator standard expected_m inspected_m is_complete "
        "abandoned_reason match_method match_note is_current n_observations n_defects "                },
    {"repairs",
     "repair_id segment_id scope method from_m to_m length_m diameter_mm n_defects trenchless reason "
        "priority cost currency district "                                                             },
    {"trenchless_repairs", "repair_id segment_id scope method trenchless "                             },
    {"nodes",              "node_id kind ground_m invert_m n_segments "                                },
    {"districts",
     "name n_segments length_m inspected_m coverage n_defects n_structural n_functional n_grade1 "
        "n_grade2 n_grade3 n_grade4 n_collapse_hazards n_trenchless n_priority1 n_priority2 "
        "n_priority3 n_priority4 n_priority5 trenchless_m defects_per_km "                             },
    {"unplaced",
     "inspection_id delivered_segment_ref start_node finish_node direction inspected_on chainage "
        "code char1 char2 grade clock_from clock_to continuous quant1 quant2 remark photo video "
        "delivered reason reason_text candidates source_file source_line "                             },
    {"findings",           "severity kind source_file source_line inspection_id segment_id detail "    },
    {"source_files",
     "path format version encoding sha256 size_bytes n_inspections n_observations n_defects "
        "n_inventory n_unplaced "                                                                      },
    {"media",              "media_id defect_id inspection_id kind path delivered_path exists "         },
    {"measurements",       "inspection_id along_m kind value unit chainage_m segment_id source_line "  },
    {"runs",
     "program_version command_line options scheme scheme_version crs_operation crs_accuracy_m "
        "timestamp n_observations n_defects n_inventory n_unplaced "                                   },
    {"collapse_hazards",   "defect_id segment_id code collapse_hazard is_current "                     },
    {"district_codes",     "district code grade n_defects "                                            },
};
