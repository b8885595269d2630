#pragma once
/* The arithmetic of ISYBAU (Arbeitshilfen Abwasser), apart from its tables.
 *
 * Damage classes run from 1, light, to 5; 0 is no damage.  structural.grade is the worst damage
 * class of stability and structural.score its highest damage number, functional.* those of
 * operation; structural.index is the object number (OZ) and index_grade the object class. Densities
 * are NAN: there are none.  The figures of tightness are among the listed ones. */
#include "core/scheme/en_common.h"

extern const struct en_terms isybau_terms;

/* What a defect is worth: a number for each requirement that has a class, NAN for others. */
struct isybau_numbers {
    double of[DEFECT_GROUPS];
    double largest; /* the damage number SZE; NAN without any class */
};

struct isybau_numbers isybau_numbers_of(
    const struct scheme_request *request, const struct judged_defect *defect);

/* The addition for the length of all damages: `share` is sum(number length) / (largest L). */
double isybau_length_addition(double share);

/* For the table. */
void isybau_assess(const struct scheme_request *request, struct assessment *assessment,
    struct scheme_outcome *outcome);
