#include "core/match/fit.h"

#include <math.h>

#include "core/base.h"
#include "core/match/normalise.h"

double logged_length_m(const struct inspection *inspection) {
    if (inspection->expected_m > 0) {
        return inspection->expected_m;
    }
    return inspection->inspected_m > 0 && !inspection->is_abandoned ? inspection->inspected_m : NAN;
}

double drawn_length_m(const struct segment *segment) {
    if (segment->drawn_m > 0) {
        return segment->drawn_m;
    }
    return segment->length_m > 0 ? segment->length_m : 0;
}

static bool is_near(const struct matcher *matcher, double logged_m, double length_m) {
    double tolerance_m =
        fmax(matcher->options.length_tolerance * length_m, matcher->options.length_tolerance_m);

    return fabs(logged_m - length_m) <= tolerance_m; /* false for NAN */
}

bool fits_length(const struct matcher *matcher, const struct inspection *inspection,
    const struct segment *segment) {
    double logged_m = logged_length_m(inspection);

    return is_near(matcher, logged_m, segment->length_m) ||
           (segment->drawn_m > 0 && is_near(matcher, logged_m, segment->drawn_m));
}

bool fits_diameter(const struct inspection *inspection, const struct segment *segment) {
    double logged_mm = (double)inspection->diameter_mm, mm = (double)segment->diameter_mm;

    return fabs(logged_mm - mm) <= 0.05 * mm;
}

/* --- reference suffix --- */

static bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* What tells ids of parallel segments apart, of a normal form: the letter behind a number (w12b),
 * else what follows the last dash. */
static struct text suffix_of(struct text form) {
    if (form.n >= 2 && is_letter(form.at[form.n - 1]) && is_digit(form.at[form.n - 2])) {
        return text_part(form, form.n - 1, form.n);
    }
    for (size_t i = form.n; i > 0; i--) {
        if (form.at[i - 1] == '-') {
            return text_part(form, i, form.n);
        }
    }
    return form;
}

static bool fits_suffix(const struct matcher *matcher, const struct inspection *inspection,
    const struct segment *segment) {
    struct folded folded, own_folded;
    bool is_given = inspection->more != NULL && text_trim(inspection->more->suffix).n > 0;
    struct text given = is_given ? inspection->more->suffix : inspection->segment_ref;
    struct text suffix = id_fold_short(given, &folded);

    (void)matcher;
    if (!is_given) {
        suffix = suffix_of(suffix);
    } else if (suffix.n > 1 && suffix.at[0] == '-') {
        suffix = text_part(suffix, 1, suffix.n);
    }
    struct text own = id_fold_short(segment_own_id(segment), &own_folded);
    return suffix.n > 0 && text_equal(suffix, suffix_of(own));
}

/* --- material --- */

static bool fits_material(const struct matcher *matcher, const struct inspection *inspection,
    const struct segment *segment) {
    struct folded folded, own_folded;

    if (inspection->more == NULL) {
        return false;
    }
    struct text material = id_fold_short(inspection->more->material, &folded);
    struct text own = network_word(matcher->network, segment->material);
    return material.n > 0 && text_equal(material, id_fold_short(own, &own_folded));
}

static bool fits_size(const struct matcher *matcher, const struct inspection *inspection,
    const struct segment *segment) {
    (void)matcher;
    return fits_diameter(inspection, segment);
}

/* --- telling apart --- */

static const struct {
    const char *word;
    bool (*fits)(const struct matcher *matcher, const struct inspection *inspection,
        const struct segment *segment);
} marks[] = {
    {"suffix",   fits_suffix  },
    {"diameter", fits_size    },
    {"material", fits_material},
    {"length",   fits_length  },
};

const char *tell_apart(
    const struct matcher *matcher, const struct inspection *inspection, struct few *few) {
    if (few->is_cut) {
        return NULL;
    }
    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        struct few left = {0};
        for (size_t k = 0; k < few->n; k++) {
            if (marks[i].fits(matcher, inspection, &matcher->network->segments[few->at[k]])) {
                few_add(&left, few->at[k]);
            }
        }
        if (left.n == 1) {
            *few = left;
            return marks[i].word;
        }
        if (left.n > 1) { /* nobody fits: this says nothing */
            *few = left;
        }
    }
    return NULL;
}
