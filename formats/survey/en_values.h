#pragma once
/* What values of EN 13508-2 mean, in whatever kind of file they come.  NULL or false when the list
 * has no such value; the words are ours. */
#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/network.h"
#include "core/survey.h"
#include "core/text.h"

const char *en_shape(struct text aca);
const char *en_weather(struct text ada);
enum sewer_system en_system(struct text ack);
enum zero_point en_zero(struct text abc);
bool en_clock(struct text value, uint8_t *hour); /* 1-12; 0 for none, which is also 00 */
bool en_names_node(struct text code);            /* quantification 1 of BCD and BCE is a node */

/* Width and height in mm, NAN or 0 unset, as we keep them: the height of a round pipe is NAN. */
void en_set_sizes(double width_mm, double height_mm, float *diameter_mm, float *kept_height_mm);

/* A code with a third characterisation, which the Netherlands have, is more than a code has fields
 * for: as text, "BBF A - B"; {0} without one. */
struct text en_code_with_third(
    struct arena *arena, struct text code, struct text char1, struct text char2, struct text char3);
