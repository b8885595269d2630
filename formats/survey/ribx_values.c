/* Numbers in values of RIBX records. */
#include <math.h>

#include "core/base.h"
#include "formats/survey/ribx.h"

double ribx_number(const struct ribx *ribx, uint32_t line, const char *element, struct text value) {
    double out = NAN;

    if (value.n > 0 && !text_to_double(value, &out)) {
        ribx_find(ribx, FINDING_INVALID_VALUE, line, element, value);
    }
    return out;
}

static bool is_between(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '/' || c == ',' || c == ';';
}

bool ribx_next_number(struct text *rest, double *out) {
    size_t from = 0;

    while (from < rest->n && is_between(rest->at[from])) {
        from++;
    }
    size_t to = from;
    while (to < rest->n && !is_between(rest->at[to])) {
        to++;
    }
    struct text number = text_part(*rest, from, to);
    *rest = text_part(*rest, to, rest->n);
    return number.n > 0 && text_to_double(number, out);
}

struct xy ribx_point(struct text text) {
    double x = 0, y = 0;
    bool is_read = ribx_next_number(&text, &x) && ribx_next_number(&text, &y);

    return is_read && (x != 0 || y != 0) ? (struct xy){x, y} : (struct xy){NAN, NAN};
}
