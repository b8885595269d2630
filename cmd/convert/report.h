#pragma once
/* What a conversion did, and what it lost: for people, or for machines. */
#include <stdio.h>

#include "cmd/convert/options.h"
#include "formats/export/losses.h"
#include "formats/export/translate.h"

struct convert_report {
    const struct convert_options *options;
    const struct export_request *request;
    const struct export_losses *losses;
    const struct translation_use *use;
    size_t n_inspections, n_observations; /* of the inputs */
    size_t n_by_severity[SEVERITIES];     /* findings while reading */
};

/* Is anything lost, by the target or by the translation? */
bool convert_report_has_losses(const struct convert_report *report);

void convert_report_print(FILE *to, const struct convert_report *report);
void convert_report_print_json(FILE *to, const struct convert_report *report);

/* Codes that the table does not have, with how many rows and where the first is, a line each. */
void convert_report_untranslated(
    FILE *to, enum language language, const struct translation_use *use);
