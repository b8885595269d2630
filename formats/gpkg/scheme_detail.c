#include "formats/gpkg/scheme_detail.h"

#include <assert.h>
#include <string.h>

#include "core/assess/composite.h"
#include "core/base.h"

/* One figure: "name":number. */
struct number {
    const char *name; /* short, of ASCII letters */
    double value;
};

enum { NAME_SIZE = 32, WORD_SIZE = 128, FIGURE_SIZE = NAME_SIZE + DECIMAL_SIZE + 4 };

static void put_figures(
    struct block *block, struct value *at, const struct number *figures, size_t n) {
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
    const struct number figures[] = {
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

/* A short name or word of a scheme: no quotes, no controls in it. */
static size_t put_word(char *end, struct text word) {
    size_t n = 0;

    end[n++] = '"';
    for (size_t i = 0; i < word.n && i < WORD_SIZE - 2; i++) {
        bool is_plain = word.at[i] != '"' && word.at[i] != '\\' && (unsigned char)word.at[i] >= ' ';
        end[n++] = is_plain ? word.at[i] : ' ';
    }
    end[n++] = '"';
    return n;
}

/* Schemes that list their figures themselves. */
static void put_listed(struct block *block, struct value *at, const struct assessment *of) {
    const struct assessment_more *more = of->more;
    char *text = block_bytes(block, (more->n_figures + 2) * (FIGURE_SIZE + WORD_SIZE) + 64);
    char *end = text;

    *end++ = '{';
    for (size_t i = 0; i < more->n_figures; i++) {
        const struct figure *figure = &more->figures[i];
        size_t value_n = 0;
        end += put_word(end, text_from(figure->name));
        *end++ = ':';
        if (figure->word.n > 0) {
            value_n = put_word(end, figure->word);
        } else {
            value_n = decimal_write(figure->value, end);
        }
        if (value_n == 0) {
            memcpy(end, "null", 4);
            value_n = 4;
        }
        end += value_n;
        *end++ = ',';
    }
    memcpy(end, "\"unlocated\":", 12);
    end += 12;
    end += decimal_write(of->n_unlocated, end);
    memcpy(end, ",\"ungraded\":", 12);
    end += 12;
    end += decimal_write(of->n_ungraded, end);
    memcpy(end, ",\"open_cases\":", 14);
    end += 14;
    end += decimal_write(of->n_open_cases, end);
    *end++ = '}';
    put_text(at, (struct text){text, (size_t)(end - text)});
}

void put_scheme_detail(struct block *block, struct value *at, const struct assessment *assessment) {
    if (assessment->scheme == SCHEME_CJJ181) {
        put_cjj181(block, at, assessment); /* a city has a million of them: not listed one by one */
    } else if (assessment->more != NULL && assessment->more->n_figures > 0) {
        put_listed(block, at, assessment);
    }
}

void put_composite_parts(
    struct block *block, struct value *at, const struct assessment_more *more) {
    struct number parts[COMPOSITE_PARTS];

    for (enum composite_part part = 0; part < COMPOSITE_PARTS; part++) {
        parts[part] = (struct number){composite_part_name(part), more->composite_parts[part]};
    }
    put_figures(block, at, parts, ARRAY_LEN(parts));
}
