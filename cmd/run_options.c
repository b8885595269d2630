#include "cmd/run_options.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmd/language.h"

enum { MAX_THREADS = 64 };

/* CJJ 181-2012, tables of K and T: the numbers, and words for them. */
static const struct choice importances[] = {
    {"0",         0 },
    {"3",         3 },
    {"6",         6 },
    {"10",        10},
    {"other",     0 },
    {"road",      3 },
    {"main-road", 6 },
    {"centre",    10},
};

static const struct choice soils[] = {
    {"0",               0 },
    {"6",               6 },
    {"8",               8 },
    {"10",              10},
    {"ordinary",        0 },
    {"fine-sand",       10},
    {"loess-1",         6 },
    {"loess-2",         6 },
    {"loess-3",         8 },
    {"loess-4",         10},
    {"mucky",           8 },
    {"mud",             10},
    {"red-clay",        8 },
    {"silt",            10},
    {"swelling-medium", 8 },
    {"swelling-strong", 10},
    {"swelling-weak",   6 },
};

static const struct choice calibrations[] = {
    {"auto",    CALIBRATION_AUTO   },
    {"none",    CALIBRATION_NONE   },
    {"stretch", CALIBRATION_STRETCH},
};

static const struct choice length_units[] = {
    {"m",  UNIT_METRE},
    {"ft", UNIT_FOOT },
};

static const struct choice merged_lengths[] = {
    {"extent", MERGED_EXTENT},
    {"metre",  MERGED_METRE },
};

static const struct choice merges[] = {
    {"chained", MERGE_CHAINED},
    {"window",  MERGE_WINDOW },
};

static const struct choice pacp_versions[] = {
    {"6", 6},
    {"7", 7},
    {"8", 8},
};

static const struct choice rank_bys[] = {
    {"priority",  RANK_BY_PRIORITY },
    {"composite", RANK_BY_COMPOSITE},
};

static const struct choice schemes[] = {
    {"auto",       SCHEME_NONE  },
    {"cjj181",     SCHEME_CJJ181},
    {"db31-2022",  SCHEME_DB31  },
    {"dwa-m149-3", SCHEME_DWA   },
    {"isybau",     SCHEME_ISYBAU},
    {"pacp",       SCHEME_PACP  },
    {"vsa-2023",   SCHEME_VSA   },
    {"wrc-srm",    SCHEME_WRC   },
    {"wsa05",      SCHEME_WSA05 },
};

static const struct choice spacings[] = {
    {"both",   SPACING_BOTH  },
    {"second", SPACING_SECOND},
};

static const struct choice srm_limits[] = {
    {"srm", SRM_LIMITS_SRM},
    {"hk",  SRM_LIMITS_HK },
};

static const struct choice srm_peaks[] = {
    {"single", PEAK_SINGLE},
    {"sum",    PEAK_SUM   },
};

static const struct choice zero_rules[] = {
    {"F", ZERO_RULE_F},
    {"G", ZERO_RULE_G},
};

enum { RUN = false, RESULT = true };

static const struct option rows[] = {
#define ROW(type, name, field, group, value, does, help)                          \
    name, OPTION_##type, offsetof(struct run_options, field), group, value, help, \
        .shapes_result = does
#define OPTION(...) {ROW(__VA_ARGS__)},
#define CHOICE(name, field, group, value, does, list, help) \
    {ROW(CHOICE, name, field, group, value, does, help), .choices = list, ARRAY_LEN(list)},
#define COUNT(name, field, group, value, does, limit, help) \
    {ROW(COUNT, name, field, group, value, does, help), .most = limit},
#include "cmd/run_options.def"
#undef ROW
#undef OPTION
#undef CHOICE
#undef COUNT
};

const struct option_table run_option_table = {rows, ARRAY_LEN(rows)};

/* --- values that are more than a word --- */

bool tolerance_parse(const char *value, double *share, double *metres) {
    struct text rest = text_from(value);
    double new_share = share == NULL ? 0 : *share, new_metres = *metres;

    for (size_t n = 0; rest.n > 0; n++) {
        const char *comma = memchr(rest.at, ',', rest.n);
        size_t end = comma == NULL ? rest.n : (size_t)(comma - rest.at);
        struct text unit = {0};
        double number = 0;
        if (n == 2 || !text_to_quantity(text_part(rest, 0, end), &number, &unit) ||
            !(number >= 0 && number <= 1e6)) {
            return false;
        }
        if (share != NULL && n == 0 && text_equal(unit, TEXT("%"))) {
            new_share = number / 100;
        } else if (unit.n == 0 || text_equal(unit, TEXT("m"))) {
            new_metres = number;
            n = 1; /* metres end it */
        } else {
            return false;
        }
        rest = text_part(rest, end + 1, rest.n);
        if (comma != NULL && rest.n == 0) {
            return false;
        }
    }
    if (share != NULL) {
        *share = new_share;
    }
    *metres = new_metres;
    return true;
}

static bool set_tolerance(
    const char *name, const char *value, double *share, double *metres, struct error *err) {
    if (value == NULL || tolerance_parse(value, share, metres)) {
        return true;
    }
    if (share == NULL) {
        return error_set(
            err, ERROR_USAGE, "option '--%s': '%s' is not metres from 0 on, like 2", name, value);
    }
    return error_set(err, ERROR_USAGE,
        "option '--%s': '%s' is not a share and metres from 0 on, like 5%%, 2 or 5%%,2", name,
        value);
}

static bool check_tolerances(struct run_options *options, struct error *err) {
    struct match_options *match = &options->pipeline.match;
    struct locate_options *locate = &options->pipeline.locate;

    return set_tolerance("beyond-tolerance", options->beyond_tolerance, NULL,
               &locate->beyond_tolerance_m, err) &&
           set_tolerance("length-tolerance", options->length_tolerance, &match->length_tolerance,
               &match->length_tolerance_m, err) &&
           set_tolerance("match-tolerance", options->match_tolerance, NULL,
               &match->coordinate_tolerance_m, err) &&
           set_tolerance("stretch-tolerance", options->stretch_tolerance, &locate->length_tolerance,
               &locate->length_tolerance_m, err);
}

bool timestamp_parse(const char *value, char out[32]) {
    struct text text = text_from(value), date = text_part(text, 0, 10);
    struct text clock = text_part(text, 10, text.n);
    int hour = 0, minute = 0, second = 0, n = 0;
    int32_t day = 0;

    if (date.n != 10 || date.at[4] != '-' || date.at[7] != '-' || !text_to_date(date, &day)) {
        return false;
    }
    if (clock.n > 0 &&
        (clock.n > 10 || sscanf(clock.at, "T%2d:%2d:%2d%n", &hour, &minute, &second, &n) != 3 ||
            n != 9 || (clock.n == 10 && clock.at[9] != 'Z'))) {
        return false;
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
        return false;
    }
    snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02d.000Z", (int)(day / 10000),
        (int)(day / 100 % 100), (int)(day % 100), hour, minute, second);
    return true;
}

static bool check_time(struct run_options *options, struct error *err) {
    if (options->time == NULL) {
        return true;
    }
    if (strcmp(options->time, "now") == 0) {
        time_t now = time(NULL);
        struct tm utc = {0};
        gmtime_r(&now, &utc);
        strftime(options->timestamp, sizeof options->timestamp, "%Y-%m-%dT%H:%M:%S.000Z", &utc);
        return true;
    }
    if (!timestamp_parse(options->time, options->timestamp)) {
        return error_set(err, ERROR_USAGE,
            "option '--time': '%s' is neither 'now' nor like 2024-05-01T10:00:00Z", options->time);
    }
    return true;
}

/* False when --soil is no number and no soil. */
static bool set_soil_by_name(struct run_options *options) {
    for (size_t i = 0; i < ARRAY_LEN(soils); i++) {
        if (strcmp(soils[i].name, options->soil) == 0) {
            options->pipeline.assess.soil_influence = soils[i].value;
            return true;
        }
    }
    return false;
}

/* A number, a soil, or else a file. */
static bool check_soil(struct run_options *options, struct error *err) {
    double number;

    if (options->soil == NULL || set_soil_by_name(options)) {
        return true;
    }
    if (!text_to_double(text_from(options->soil), &number) && access(options->soil, F_OK) == 0) {
        options->soil_path = options->soil;
        return true;
    }
    return error_set(err, ERROR_USAGE,
        "option '--soil': '%s' is neither 0, 6, 8, 10, the name of a soil nor a file",
        options->soil);
}

/* False when --groundwater is no word. */
static bool set_groundwater_by_name(struct run_options *options) {
    for (enum groundwater i = GROUNDWATER_UNKNOWN; i <= GROUNDWATER_ABOVE; i++) {
        const char *name = i == GROUNDWATER_UNKNOWN ? "unknown" : groundwater_name(i);
        if (strcmp(name, options->groundwater) == 0) {
            options->pipeline.assess.groundwater = (uint8_t)i;
            return true;
        }
    }
    return false;
}

/* A word, or else a file. */
static bool check_groundwater(struct run_options *options, struct error *err) {
    if (options->groundwater == NULL || set_groundwater_by_name(options)) {
        return true;
    }
    if (access(options->groundwater, F_OK) == 0) {
        options->groundwater_path = options->groundwater;
        return true;
    }
    return error_set(err, ERROR_USAGE,
        "option '--groundwater': '%s' is neither above, changing, below, unknown nor a file",
        options->groundwater);
}

bool role_words_check(const char *name, const struct words *words, struct error *err) {
    for (size_t i = 0; i < words->n; i++) {
        const char *mark = strchr(words->at[i], '=');
        if (mark == NULL || mark == words->at[i] || mark[1] == '\0') {
            return error_set(
                err, ERROR_USAGE, "option '--%s': '%s' is not like ROLE=NAME", name, words->at[i]);
        }
    }
    return true;
}

void run_options_choose_language(struct run_options *options) {
    struct language_choice choice = language_choose(options->lang);

    options->language = choice.language;
    options->lang =
        choice.name == NULL || choice.is_foreign ? choice.name : lang_name(choice.language);
    if (options->language != LANGUAGE_EN) {
        options->phrases = phrases_in(options->language);
        options->pipeline.assess.phrases = &options->phrases;
    }
}

static int processors(void) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    return n < 1 ? 1 : n > MAX_THREADS ? MAX_THREADS : (int)n;
}

struct run_options run_options_default(void) {
    return (struct run_options){
        .pipeline = {match_defaults, locate_defaults, assess_defaults, &repair_defaults,
                     RANK_BY_PRIORITY, 1},
        .output = "defects.gpkg",
        .n_threads = processors(),
    };
}

bool run_options_parse_description(
    struct text description, struct run_options *out, struct arena *arena, struct error *err) {
    *out = run_options_default();
    if (!options_parse_description(&run_option_table, description, out, arena, err) ||
        !check_tolerances(out, err)) {
        err->kind = ERROR_FORMAT;
        return false;
    }
    if (out->soil != NULL && !set_soil_by_name(out)) {
        out->soil_path = out->soil;
    }
    if (out->groundwater != NULL && !set_groundwater_by_name(out)) {
        out->groundwater_path = out->groundwater;
    }
    run_options_choose_language(out);
    return true;
}

bool run_options_parse(int argc, char **argv, struct run_options *out, struct error *err) {
    *out = run_options_default();
    if (!options_parse(&run_option_table, argc, argv, out, &out->surveys, err)) {
        return false;
    }
    if (out->wants_help) {
        return true;
    }
    if (out->surveys.n == 0) {
        return error_set(
            err, ERROR_USAGE, "which surveys? (chainage run SURVEY... --network FILE)");
    }
    out->pipeline.n_threads = (unsigned)out->n_threads;
    run_options_choose_language(out);
    return role_words_check("column", &out->columns, err) &&
           role_words_check("field", &out->fields, err) && check_tolerances(out, err) &&
           check_groundwater(out, err) && check_soil(out, err) && check_time(out, err);
}

void run_options_release(struct run_options *options) {
    words_release(&options->surveys);
    words_release(&options->shown);
    words_release(&options->columns);
    words_release(&options->fields);
    words_release(&options->media);
    words_release(&options->scheme_tables);
}
