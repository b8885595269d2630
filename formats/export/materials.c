#include "formats/export/materials.h"

#include <string.h>

#include "core/base.h"

/* AA to AZ. */
static bool is_en_code(struct text material) {
    return material.n == 2 && material.at[0] == 'A' && material.at[1] >= 'A' &&
           material.at[1] <= 'Z';
}

static enum material_list list_of(const struct survey *survey) {
    static const char *const formats[] = {"en13508", "en13508-xml", "ribx", "sufrib"};
    const char *format = survey->file.format;

    for (size_t i = 0; format != NULL && i < ARRAY_LEN(formats); i++) {
        if (strcmp(format, formats[i]) == 0) {
            return MATERIALS_EN;
        }
    }
    return MATERIALS_GERMAN; /* or words, which look like neither */
}

static struct text told(struct text material, enum material_list from, enum material_list to) {
    return from != to && is_en_code(material) ? (struct text){0} : material;
}

struct text material_of_inspection(const struct inspection *inspection, enum material_list list) {
    return inspection->more == NULL
               ? (struct text){0}
               : told(inspection->more->material, list_of(inspection->survey), list);
}

struct text material_of_segment(
    const struct export_request *request, const struct segment *segment, enum material_list list) {
    enum material_list from = MATERIALS_GERMAN;

    for (size_t i = 0; i < request->n_surveys; i++) {
        if (text_equal(request->surveys[i].file.path, request->network->path)) {
            from = list_of(&request->surveys[i]);
        }
    }
    return told(network_word(request->network, segment->material), from, list);
}
