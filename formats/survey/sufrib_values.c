/* What values of SUF-RIB mean that are no codes of EN 13508-2, or have words of their own
 * (SUFRIB2.1, appendix).  The words are ours. */
#include <math.h>

#include "core/base.h"
#include "formats/survey/sufrib.h"

struct word {
    char letter;
    const char *word;
};

static const char *word_of(struct text value, const struct word *list, size_t n) {
    for (size_t i = 0; value.n == 1 && i < n; i++) {
        if ((value.at[0] & ~32) == list[i].letter) {
            return list[i].word;
        }
    }
    return NULL;
}

const char *sufrib_method(struct text abe) {
    static const struct word list[] = {
        {'A', "walk-through"    },
        {'B', "camera"          },
        {'C', "from the manhole"},
    };
    return word_of(abe, list, ARRAY_LEN(list));
}

const char *sufrib_purpose(struct text abp) {
    static const struct word list[] = {
        {'A', "acceptance"                   },
        {'B', "end of warranty"              },
        {'C', "routine"                      },
        {'D', "suspected structural problem" },
        {'E', "suspected operational problem"},
        {'F', "suspected infiltration"       },
        {'G', "after renovation"             },
        {'H', "transfer of ownership"        },
        {'I', "planning of investments"      },
        {'J', "sample"                       },
    };
    return word_of(abp, list, ARRAY_LEN(list));
}

const char *sufrib_node_kind(struct text car) {
    static const struct word list[] = {
        {'A', "manhole"           },
        {'B', "inspection chamber"},
        {'C', "lamphole"          },
        {'D', "outfall"           },
        {'E', "rodding eye"       },
    };
    return word_of(car, list, ARRAY_LEN(list));
}

struct xy sufrib_coordinates(struct text text) {
    size_t bar = 0;
    double x = 0, y = 0;

    while (bar < text.n && text.at[bar] != '/') {
        bar++;
    }
    bool is_read = bar < text.n && text_to_double(text_part(text, 0, bar), &x) &&
                   text_to_double(text_part(text, bar + 1, text.n), &y);
    return is_read && (x != 0 || y != 0) ? (struct xy){x, y} : (struct xy){NAN, NAN};
}
