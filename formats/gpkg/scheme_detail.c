#include "formats/gpkg/scheme_detail.h"

#include <assert.h>
#include <string.h>

#include "core/base.h"

/* One figure: "name":number. */
struct figure {
    const char *name; /* short, of ASCII letters */
    double value;
};

enum { NAME_SIZE = 16, FIGURE_SIZE = NAME_SIZE + DECIMAL_SIZE + 4 };

static void put_figures(
    struct block *block, struct value *at, const struct figure *figures, size_t n) {
    char *text = block_bytes(block, n * FIGURE_SIZE + 2), *end = text;

    for (size_t i = 0; i < n; i++) {
        size_t name_n = strlen(figures[i].name);
        assert(name_n < NAME_SIZE);
        *end++ = i == 0 ? '{' : ',';
        *end++ = '"';
        memcpy(end, figures[i].name, name_n);
        end += name_n;
        *end++ = '"';
        *end++ = ':';
        size_t value_n = decimal_write(figures[i].value, end);
        if (value_n == 0) {
            memcpy(end, "null", 4);
            value_n = 4;
        }
        end += value_n;
    }
    *end++ = '}';
    put_text(at, (struct text){text, (size_t)(end - text)});
}

/* CJJ 181-2012, clause 8. */
static void put_cjj181(struct block *block, struct value *at, const struct assessment *of) {
    const struct condition *structural = &of->structural, *functional = &of->functional;
    const struct figure figures[] = {
        {"S",         structural->mean   },
        {"Smax",      structural->peak   },
        {"F",         structural->score  },
        {"SM",        structural->density},
        {"RI",        structural->index  },
        {"Y",         functional->mean   },
        {"Ymax",      functional->peak   },
        {"G",         functional->score  },
        {"YM",        functional->density},
        {"MI",        functional->index  },
        {"K",         of->area_importance},
        {"E",         of->pipe_importance},
        {"T",         of->soil_influence },
        {"n1",        structural->n_plain},
        {"n2",        structural->n_close},
        {"m1",        functional->n_plain},
        {"m2",        functional->n_close},
        {"unlocated", of->n_unlocated    },
        {"ungraded",  of->n_ungraded     },
    };

    put_figures(block, at, figures, ARRAY_LEN(figures));
}

void put_scheme_detail(struct block *block, struct value *at, const struct assessment *assessment) {
    switch ((enum scheme)assessment->scheme) {
    case SCHEME_CJJ181:
        put_cjj181(block, at, assessment);
        break;
    case SCHEME_NONE:
    case SCHEMES:
        break;
    }
}
