/* What the values of ISYBAU XML mean.  The lists are those of the format's reference lists (G101,
 * G200, G205, U101, U102, U105, U106, U108); the words are ours. */
#include <string.h>

#include "core/base.h"
#include "formats/survey/isybau.h"

/* The item of a list that a small number names. */
static const char *item(struct text number, const char *const *list, size_t n) {
    long at = 0;

    if (!text_to_int(number, &at) || at < 0 || (size_t)at >= n) {
        return NULL;
    }
    return list[at];
}

const char *isybau_shape(struct text profilart) {
    static const char *const list[] = {"circular", "egg", "mouth", "rectangular", "circular",
        "open rectangular", "egg", "mouth", "trapezium", "double trapezium", "u-shaped", "arch",
        "oval", "other"};
    return item(profilart, list, ARRAY_LEN(list));
}

const char *isybau_node_kind(struct text knotentyp) {
    static const char *const list[] = {"manhole", "connection", "structure"};
    return item(knotentyp, list, ARRAY_LEN(list));
}

const char *isybau_weather(struct text wetter) {
    static const char *const list[] = {NULL, "dry", "rain", "melt water"};
    return item(wetter, list, ARRAY_LEN(list));
}

const char *isybau_method(struct text inspektionsverfahren) {
    static const char *const list[] = {"camera", "walk-through", "from the manhole", "other"};
    return item(inspektionsverfahren, list, ARRAY_LEN(list));
}

const char *isybau_purpose(struct text inspektionszweck) {
    static const char *const list[] = {NULL, "first survey", "routine", "acceptance",
        "end of warranty", "follow-up", "before renovation", "after renovation", "leak test"};
    return item(inspektionszweck, list, ARRAY_LEN(list));
}

const char *isybau_standard(struct text kodiersystem) {
    static const char *const list[] = {NULL, "EN 13508-2:2003", "EN 13508-2:2003, DWA-M 149-2",
        "EN 13508-2:2003, other national rules", "ISYBAU 2001", "ISYBAU 1996", "other",
        "EN 13508-2:2003, Arbeitshilfen Abwasser", "EN 13508-2:2011",
        "EN 13508-2:2011, DWA-M 149-2", "EN 13508-2:2011, Arbeitshilfen Abwasser"};
    return item(kodiersystem, list, ARRAY_LEN(list));
}

bool isybau_standard_is_en(struct text kodiersystem) {
    const char *standard = isybau_standard(kodiersystem);

    return standard != NULL && text_starts_with(text_from(standard), TEXT("EN 13508-2"));
}

bool isybau_edition_is_known(struct text version) {
    static const char *const years[] = {"2006", "2013", "2017", "2020", "2024"};

    for (size_t i = 0; i < ARRAY_LEN(years); i++) {
        if (text_starts_with(version, text_from(years[i]))) {
            return true;
        }
    }
    return false;
}

struct text isybau_crs(struct text crs_lage) {
    static const struct {
        const char *name, *code;
    } list[] = {
        {"ETRS89_UTM31", "EPSG:25831"},
        {"ETRS89_UTM32", "EPSG:25832"},
        {"ETRS89_UTM33", "EPSG:25833"},
        {"DE_DHDN_3GK2", "EPSG:31466"},
        {"DE_DHDN_3GK3", "EPSG:31467"},
        {"DE_DHDN_3GK4", "EPSG:31468"},
        {"DE_DHDN_3GK5", "EPSG:31469"},
    };

    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        if (text_equal_nocase(crs_lage, text_from(list[i].name))) {
            return text_from(list[i].code);
        }
    }
    return crs_lage;
}

/* Two letters: how it flows (K, D, G) and what. */
enum sewer_system isybau_system(struct text entwaesserungsart) {
    switch (entwaesserungsart.n == 2 ? entwaesserungsart.at[1] : 0) {
    case 'R':
        return SYSTEM_STORM;
    case 'S':
        return SYSTEM_FOUL;
    case 'M':
        return SYSTEM_COMBINED;
    default:
        return SYSTEM_UNKNOWN;
    }
}

enum zero_point isybau_zero(struct text bezugspunkt_lage) {
    long number = 0;

    if (!text_to_int(bezugspunkt_lage, &number)) {
        return ZERO_UNKNOWN;
    }
    switch (number) {
    case 1:
        return ZERO_NODE_CENTRE;
    case 2:
        return ZERO_INNER_WALL;
    case 3:
        return ZERO_PIPE_END;
    case 4:
        return ZERO_MIDWAY;
    default:
        return ZERO_UNKNOWN;
    }
}

struct text isybau_timecode(struct arena *arena, struct text timecode) {
    char digits[9] = "00000000";

    if (timecode.n == 0 || timecode.n > 8) {
        return timecode;
    }
    for (size_t i = 0; i < timecode.n; i++) {
        if (timecode.at[i] < '0' || timecode.at[i] > '9') {
            return timecode;
        }
    }
    memcpy(digits + 8 - timecode.n, timecode.at, timecode.n);
    return arena_printf(arena, "%.2s:%.2s:%.2s:%.2s", digits, digits + 2, digits + 4, digits + 6);
}
