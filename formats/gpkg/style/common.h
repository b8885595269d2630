#pragma once
/* What several styles share. */

/* A defect that counts now, and once.  QGIS takes flags for true and false, never for 1 and 0. */
#define COUNTS "coalesce(\"is_current\", true) AND \"duplicate_of\" IS NULL"

/* Symbols go with the scale, so that a whole city does not run together. */
#define SHRINK \
    " * CASE WHEN @map_scale > $scale_tiny THEN $shrink_tiny WHEN @map_scale > $scale_small THEN $shrink_small WHEN @map_scale < $scale_large THEN $grow_large ELSE 1 END"

/* Of a defect, by its grade: key is a property of a symbol layer. */
#define BY_GRADE(none, one, two, three, four, five)                          \
    "array_get(array(" none ", " one ", " two ", " three ", " four ", " five \
    "), min(coalesce(\"grade\", 0), 5))"
#define GRADE_COLOUR(key) \
    key "=" BY_GRADE(     \
        "'$grade_none'", "'$grade_1'", "'$grade_2'", "'$grade_3'", "'$grade_4'", "'$grade_5'")
#define GRADE_SIZE                                                                          \
    "size=" BY_GRADE("$size_grade_none", "$size_grade_1", "$size_grade_2", "$size_grade_3", \
        "$size_grade_4", "$size_grade_5")

/* The feature of another layer of the same file, wherever it stands in the project: the value of
 * its column where its own key has the value of this feature's `key`. */
#define FROM_LAYER(layer, key, column)                                                    \
    "attribute(get_feature(array_first(array_filter(@layer_ids, "                         \
    "layer_property(@element, 'path') = layer_property(@layer_id, 'path') AND "           \
    "layer_property(@element, 'source') LIKE '%layername=" layer "')), '" key "', \"" key \
    "\"), '" column "')"

/* A segment's line: as wide as its diameter asks. */
#define SEGMENT_WIDTH                                                                 \
    "outlineWidth=(CASE WHEN \"diameter_mm\" >= 1500 THEN $width_diameter_4 WHEN "    \
    "\"diameter_mm\" >= 800 THEN $width_diameter_3 WHEN \"diameter_mm\" >= 400 THEN " \
    "$width_diameter_2 ELSE $width_diameter_1 END)" SHRINK
