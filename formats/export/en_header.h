#pragma once
/* The header codes of EN 13508-2 and their values, for text and RIBX. */
#include "formats/export/target.h"

/* An inspection's end nodes as EN names them: node 1 upstream, node 2 downstream; with an unknown
 * direction node 1 is where the camera started. */
struct en_ends {
    struct text node1, node2;
    struct xy at1, at2; /* NAN unset */
};
struct en_ends en_ends_of(const struct inspection *inspection);

/* A, B; C when nothing is known. */
const char *en_flow(uint8_t direction);
/* A to D; NULL when unset. */
const char *en_zero_letter(uint8_t zero);
/* What is no letter of the list is written as it is. */
struct text en_shape_letter(struct text shape);
struct text en_weather_letter(struct text weather);
struct text en_system_letter(struct text system);
