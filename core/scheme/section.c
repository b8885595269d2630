/* The flow section of pipes that are not round.
 *
 * Standards ask for the circle of the same area.  Only width and height are known, so that the area
 * is taken as a share of their product:
 *     rectangle 1; ellipse and oval pi/4; egg 3:2 0.766; arch (half circle on a square half) 0.893;
 *     mouth 0.79.  These are the shares of the usual proportions, computed or remembered [K]. */
#include <math.h>

#include "core/assess.h"
#include "core/base.h"

static const double pi = 3.14159265358979323846;

/* Keep the longer words before those that they contain. */
static const struct {
    const char *word; /* anywhere in the shape, ASCII letters small */
    double share;
} shapes[] = {
    {"rectang",  1     },
    {"rechteck", 1     },
    {"矩",      1     },
    {"方",      1     },
    {"egg",      0.766 },
    {"eiform",   0.766 },
    {"eiprofil", 0.766 },
    {"卵",      0.766 },
    {"蛋",      0.766 },
    {"arch",     0.893 },
    {"拱",      0.893 },
    {"mouth",    0.79  },
    {"maul",     0.79  },
    {"oval",     0.7854},
    {"ellip",    0.7854},
    {"椭圆",   0.7854},
    {"circ",     0.7854},
    {"kreis",    0.7854},
    {"round",    0.7854},
    {"圆",      0.7854},
};

static double share_of(struct text shape) {
    char small[64];
    size_t n = shape.n < sizeof small ? shape.n : sizeof small;

    for (size_t i = 0; i < n; i++) {
        char c = shape.at[i];
        small[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    for (size_t i = 0; i < ARRAY_LEN(shapes); i++) {
        if (text_contains((struct text){small, n}, text_from(shapes[i].word))) {
            return shapes[i].share;
        }
    }
    return 1;
}

double equivalent_diameter_mm(double width_mm, double height_mm, struct text shape) {
    if (!(width_mm > 0)) {
        return NAN;
    }
    if (!(height_mm > 0)) {
        return width_mm;
    }
    double share = share_of(shape);
    if (width_mm >= height_mm && width_mm <= height_mm && share < 0.8 && share > 0.78) {
        return width_mm; /* a circle whose height was given too */
    }
    return sqrt(4 * share * width_mm * height_mm / pi);
}
