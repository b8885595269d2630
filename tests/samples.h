#pragma once
/* Real files that are not part of the project: in the folder that CHAINAGE_SHARED names, or in
 * `shared` beside the sources.  Tests of them are skipped where it is missing. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The path of a sample, NULL when it is not there.  `name` as in "isybau_xml/x.xml". */
static inline const char *sample_path(char *buffer, size_t size, const char *name) {
    const char *shared = getenv("CHAINAGE_SHARED"), *source = getenv("CHAINAGE_SOURCE");

    if (shared != NULL) {
        snprintf(buffer, size, "%s/samples/%s", shared, name);
    } else {
        snprintf(buffer, size, "%s/../shared/samples/%s", source == NULL ? "." : source, name);
    }
    return access(buffer, R_OK) == 0 ? buffer : NULL;
}
