#pragma once
/* Is a pipe of this material rigid or flexible?  Standards judge its deformation by that. */
#include "core/text.h"

enum pipe_stiffness {
    STIFFNESS_UNKNOWN,
    STIFFNESS_RIGID,
    STIFFNESS_FLEXIBLE,
};

/* From the words that networks and logs have for materials: English, German, Chinese, the codes of
 * EN 13508-2 (ACD), ISYBAU, PACP and MSCC. */
enum pipe_stiffness stiffness_of_material(struct text material);

const char *stiffness_name(enum pipe_stiffness stiffness); /* rigid, flexible, unknown */
