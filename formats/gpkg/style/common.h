#pragma once
/* What several styles share. */

/* A defect that counts now, and once.  QGIS takes flags for true and false, never for 1 and 0. */
#define COUNTS "coalesce(\"is_current\", true) AND \"duplicate_of\" IS NULL"

/* Symbols go with the scale, so that a whole city does not run together. */
#define SHRINK                                                                         \
    " * CASE WHEN @map_scale > $scale_tiny THEN $shrink_tiny WHEN @map_scale > "       \
    "$scale_small THEN $shrink_small WHEN @map_scale < $scale_large THEN $grow_large " \
    "ELSE 1 END"

/* Of a defect, by its severity: key is a property of a symbol layer. */
#define BY_SEVERITY(none, one, two, three, four) \
    "array_get(array(" none ", " one ", " two ", " three ", " four "), coalesce(\"severity\", 0))"
#define SEVERITY_COLOUR(key) \
    key "=" BY_SEVERITY(     \
        "'$severity_none'", "'$severity_1'", "'$severity_2'", "'$severity_3'", "'$severity_4'")
#define SEVERITY_SIZE                                                                  \
    "size=" BY_SEVERITY("$size_severity_none", "$size_severity_1", "$size_severity_2", \
        "$size_severity_3", "$size_severity_4")

/* A priority in words, NULL for none. */
#define PRIORITY_WORDS(number)                                               \
    "array_get(array('$priority_is_1', '$priority_is_2', '$priority_is_3', " \
    "'$priority_is_4', '$priority_is_5'), " number " - 1)"

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
