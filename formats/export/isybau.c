/* ISYBAU XML 2017: the network as master data (isybau_master.c) where there is one, then condition
 * data: one object with one inspection for each of ours, in the order of the schema.  Inspections
 * of one coding system and purpose share an Auftrag.  What is none of the format's lists of words
 * is left out, never replaced. */
#include <math.h>
#include <string.h>

#include "core/arena.h"
#include "core/base.h"
#include "formats/export/en_header.h"
#include "formats/export/isybau_master.h"
#include "formats/export/materials.h"
#include "formats/export/targets.h"
#include "formats/export/xml_out.h"
#include "formats/survey/en_values.h"

static const bool holds[EXPORT_FIELDS] = {
#define HOLDS(field) [EXPORT_##field] = true,
#define LONGEST(field, characters)
#include "formats/export/isybau.def"
#undef HOLDS
#undef LONGEST
};

static const uint8_t longest[EXPORT_FIELDS] = {
#define HOLDS(field)
#define LONGEST(field, characters) [EXPORT_##field] = characters,
#include "formats/export/isybau.def"
#undef HOLDS
#undef LONGEST
};

/* --- lists: the item's number is its place --- */

static const char *const weathers[] = {NULL, "dry", "rain", "melt water"};
static const char *const methods[] = {"camera", "walk-through", "from the manhole", "other"};
static const char *const purposes[] = {NULL, "first survey", "routine", "acceptance",
    "end of warranty", "follow-up", "before renovation", "after renovation", "leak test"};
static const char *const standards[] = {NULL, "EN 13508-2:2003", "EN 13508-2:2003, DWA-M 149-2",
    "EN 13508-2:2003, other national rules", NULL, NULL, NULL,
    "EN 13508-2:2003, Arbeitshilfen Abwasser", "EN 13508-2:2011", "EN 13508-2:2011, DWA-M 149-2",
    "EN 13508-2:2011, Arbeitshilfen Abwasser"};

enum { NOT_LISTED = -1, EN_13508_2_2011 = 8 };

static int item_of(struct text word, const char *const *list, size_t n) {
    for (size_t i = 0; i < n && word.n > 0; i++) {
        if (list[i] != NULL && text_equal(word, text_from(list[i]))) {
            return (int)i;
        }
    }
    return NOT_LISTED;
}

static void put_item(
    struct xml_out *xml, const char *name, struct text word, const char *const *list, size_t n) {
    int item = item_of(word, list, n);

    if (item != NOT_LISTED) {
        xml_out_count(xml, name, (unsigned)item);
    }
}

/* --- jobs --- */

/* A number for each pair of coding system and purpose. */
static unsigned job_of(const struct inspection *inspection, int *standard, int *purpose) {
    const struct inspection_more *more = inspection->more;

    *standard =
        more == NULL ? NOT_LISTED : item_of(more->standard, standards, ARRAY_LEN(standards));
    *purpose = more == NULL ? NOT_LISTED : item_of(more->purpose, purposes, ARRAY_LEN(purposes));
    if (*standard == NOT_LISTED) { /* without one nobody could tell whose codes they are */
        *standard = EN_13508_2_2011;
    }
    return (unsigned)*standard * 16 + (unsigned)(*purpose == NOT_LISTED ? 0 : *purpose) + 1;
}

static void put_jobs(struct xml_out *xml, const struct export_request *request) {
    bool is_there[12 * 16] = {false};
    int standard, purpose;

    xml_out_open(xml, "Auftraege", NULL);
    for (size_t i = 0; i < request->n_inspections; i++) {
        unsigned job = job_of(request->inspections[i], &standard, &purpose);
        if (is_there[job]) {
            continue;
        }
        is_there[job] = true;
        xml_out_open(xml, "Auftrag", NULL);
        xml_out_count(xml, "Auftragsbezeichnung", job);
        xml_out_count(xml, "Auftragskennung", job);
        xml_out_count(xml, "Auftragsart", 1); /* optical inspection */
        if (purpose != NOT_LISTED) {
            xml_out_count(xml, "Inspektionszweck", (unsigned)purpose);
        }
        xml_out_count(xml, "Kodiersystem", (unsigned)standard);
        xml_out_close(xml);
    }
    xml_out_close(xml);
}

/* --- observations --- */

static void put_mark(struct xml_out *xml, const struct observation *observation) {
    static const char *const letters[] = {
        [MARK_NONE] = NULL, [MARK_START] = "A", [MARK_CHANGE] = "C", [MARK_END] = "B"};

    if (observation->mark != MARK_NONE) {
        xml_out_text(xml, "Streckenschaden", text_from(letters[observation->mark]));
    }
    if (observation->mark != MARK_NONE && observation->mark_number > 0) {
        xml_out_count(xml, "StreckenschadenLfdNr", observation->mark_number);
    }
}

static void put_hour(struct xml_out *xml, const char *name, uint8_t hour) {
    if (hour != 0) {
        xml_out_count(xml, name, hour);
    }
}

/* Hours, minutes, seconds and frames: HHMMSSff of 01:02:03:04, frames 00 where none are told.
 * Other counters as they are. */
static void put_video_time(struct xml_out *xml, struct text time) {
    char digits[8] = "00000000";
    size_t n = 0;

    for (size_t i = 0; i < time.n; i++) {
        bool is_between = i % 3 == 2;
        bool fits = is_between ? time.at[i] == ':' : time.at[i] >= '0' && time.at[i] <= '9';
        if (!fits || n == sizeof digits) {
            xml_out_text(xml, "Videozaehler", time);
            return;
        }
        if (!is_between) {
            digits[n++] = time.at[i];
        }
    }
    bool is_time = n == 6 || n == 8;
    xml_out_text(xml, is_time ? "Timecode" : "Videozaehler",
        is_time ? (struct text){digits, sizeof digits} : time);
}

static void put_quantities(struct xml_out *xml, const struct observation_more *more) {
    xml_out_number(xml, "Quantifizierung1Numerisch", more->quant1);
    xml_out_text(xml, "Quantifizierung1Text", more->quant1_text);
    xml_out_number(xml, "Quantifizierung2Numerisch", more->quant2);
    xml_out_text(xml, "Quantifizierung2Text", more->quant2_text);
}

static void put_observation(struct xml_out *xml, const struct inspection *inspection,
    const struct observation *observation) {
    static const struct observation_more none = {.quant1 = NAN, .quant2 = NAN};
    const struct observation_more *more = observation->more == NULL ? &none : observation->more;
    const struct code *code = observation_code(inspection, observation);
    bool is_node = inspection->object == OBJECT_NODE;

    xml_out_open(xml, is_node ? "KZustand" : "RZustand", NULL);
    xml_out_number(xml, is_node ? "VertikaleLage" : "Station", observation->chainage_m);
    put_video_time(xml, more->video_time);
    if (more->video_time.n == 0 && !is_node) {
        xml_out_empty(xml, "Parameter"); /* the schema wants one of these */
    }
    xml_out_text(xml, "InspektionsKode", code->code);
    xml_out_text(xml, "Charakterisierung1", code->char1);
    xml_out_text(xml, "Charakterisierung2", code->char2);
    if (observation->at_joint != 0) {
        xml_out_count(xml, "Verbindung", observation->at_joint == 1);
    }
    put_quantities(xml, more);
    put_mark(xml, observation);
    xml_out_text(xml, "Schachtbereich", more->place);
    put_hour(xml, "PositionVon", observation->clock_from);
    put_hour(xml, "PositionBis", observation->clock_to);
    xml_out_text(xml, "Fotodatei", more->photo);
    xml_out_text(xml, "Kommentar", more->remark);
    xml_out_close(xml);
}

static void put_observations(struct xml_out *xml, const struct inspection *inspection) {
    const struct observation *observations = inspection_observations(inspection);

    if (inspection->n_observations == 0) {
        return;
    }
    xml_out_open(xml, "Inspektionsdaten", NULL);
    for (size_t i = 0; i < inspection->n_observations; i++) {
        if (export_row_has_code(inspection, &observations[i])) {
            put_observation(xml, inspection, &observations[i]);
        }
    }
    xml_out_close(xml);
}

/* --- inspections --- */

static const char *kanalart(struct text system) {
    return isybau_kanalart(en_system(en_system_letter(system)));
}

static const char *anlagentyp(const struct inspection *inspection) {
    return inspection->object == OBJECT_NODE ? "3" : inspection->is_lateral ? "2" : "1";
}

static void put_profile(struct xml_out *xml, const struct inspection *inspection) {
    const struct inspection_more *more = inspection->more;

    xml_out_float(xml, "Profilhoehe",
        isnan(inspection->height_mm) ? inspection->diameter_mm : inspection->height_mm);
    xml_out_float(xml, "Profilbreite", inspection->diameter_mm);
    if (more != NULL) {
        xml_out_text(xml, "Profilart",
            text_from(isybau_shape_number(export_value_of(EXPORT_SHAPE, inspection, NULL).text)));
        xml_out_text(
            xml, "Material", isybau_material(material_of_inspection(inspection, MATERIALS_GERMAN)));
        xml_out_text(xml, "Kanalart", text_from(kanalart(more->system)));
    }
}

/* As the file names them, else by the direction. */
static void put_nodes(struct xml_out *xml, const struct inspection *inspection) {
    const struct inspection_more *more = inspection->more;
    struct en_ends ends = en_ends_of(inspection);
    bool is_named = more != NULL && more->upstream_node.n + more->downstream_node.n > 0;

    struct text up = is_named ? more->upstream_node : ends.node1;
    struct text down = is_named ? more->downstream_node : ends.node2;

    xml_out_text(xml, "KnotenZulauf", up);
    if (up.n > 0) {
        xml_out_count(xml, "KnotenZulaufTyp", 0); /* a manhole: the schema wants to know */
    }
    xml_out_text(xml, "KnotenAblauf", down);
    if (down.n > 0) {
        xml_out_count(xml, "KnotenAblaufTyp", 0);
    }
}

static void put_pipe(struct xml_out *xml, const struct inspection *inspection) {
    static const unsigned zeros[] = {
        [ZERO_NODE_CENTRE] = 1, [ZERO_INNER_WALL] = 2, [ZERO_PIPE_END] = 3, [ZERO_MIDWAY] = 4};

    xml_out_open(xml, "Rohrleitung", NULL);
    xml_out_count(xml, "Rohrleitungstyp", inspection->is_lateral);
    if (inspection->direction != DIRECTION_UNKNOWN) {
        xml_out_text(xml, "Inspektionsrichtung",
            inspection->direction == DIRECTION_DOWNSTREAM ? TEXT("O") : TEXT("U"));
    }
    if (inspection->zero != ZERO_UNKNOWN) {
        xml_out_count(xml, "BezugspunktLage", zeros[inspection->zero]);
    }
    xml_out_number(xml, "Inspektionslaenge", inspection->inspected_m);
    xml_out_open(xml, "RGrunddaten", NULL);
    put_nodes(xml, inspection);
    put_profile(xml, inspection);
    xml_out_close(xml);
    put_observations(xml, inspection);
    xml_out_close(xml);
}

static void put_node(struct xml_out *xml, const struct inspection *inspection) {
    xml_out_open(xml, "Knoten", NULL);
    xml_out_count(xml, "BezugspunktVertikal", inspection->counts_up ? 1 : 2);
    put_observations(xml, inspection);
    xml_out_close(xml);
}

/* The schema's times have seconds. */
static void put_time(struct xml_out *xml, struct text time) {
    char full[9] = "00:00:00";

    if (time.n == 5 && time.at[2] == ':') {
        memcpy(full, time.at, time.n);
        time = text_from(full);
    }
    xml_out_text(xml, "Uhrzeit", time);
}

static void put_circumstances(struct xml_out *xml, const struct inspection *inspection) {
    const struct pool *words = &inspection->survey->words;
    const struct inspection_more *more = inspection->more;
    int standard, purpose;

    xml_out_count(xml, "Auftragskennung", job_of(inspection, &standard, &purpose));
    xml_out_date(xml, "Inspektionsdatum", inspection->inspected_on);
    put_item(xml, "Inspektionsverfahren", pool_word(words, inspection->method_word), methods,
        ARRAY_LEN(methods));
    xml_out_text(xml, "NameUntersucher", pool_word(words, inspection->operator_word));
    if (more != NULL) {
        put_time(xml, more->time);
        put_item(xml, "Wetter", export_value_of(EXPORT_WEATHER, inspection, NULL).text, weathers,
            ARRAY_LEN(weathers));
        xml_out_text(xml, "Videoablagereferenz", more->video);
        xml_out_text(xml, "Bemerkung", more->remark);
    }
}

static void put_inspection(struct xml_out *xml, const struct inspection *inspection) {
    xml_out_open(xml, "InspizierteAbwassertechnischeAnlage", NULL);
    xml_out_text(xml, "Objektbezeichnung", inspection->segment_ref);
    xml_out_text(xml, "Anlagentyp", text_from(anlagentyp(inspection)));
    if (inspection->more != NULL && inspection->more->street.n > 0) {
        xml_out_open(xml, "Lage", NULL);
        xml_out_text(xml, "Strassenname", inspection->more->street);
        xml_out_close(xml);
    }
    xml_out_open(xml, "OptischeInspektion", NULL);
    put_circumstances(xml, inspection);
    if (inspection->object == OBJECT_NODE) {
        put_node(xml, inspection);
    } else {
        put_pipe(xml, inspection);
    }
    xml_out_close(xml);
    xml_out_close(xml);
}

static void put_head(struct xml_out *xml) {
    xml_out_text(xml, "Version", TEXT("2017-07"));
    xml_out_open(xml, "Admindaten", NULL);
    xml_out_open(xml, "Liegenschaft", NULL); /* whose site it is, nobody told */
    xml_out_empty(xml, "Liegenschaftsnummer");
    xml_out_empty(xml, "Liegenschaftsbezeichnung");
    xml_out_close(xml);
    xml_out_open(xml, "Verwaltung", NULL);
    xml_out_count(xml, "Zustaendigkeit", 1);
    xml_out_close(xml);
    xml_out_close(xml);
}

/* The day of the newest inspection: no clock shows in what is written. */
static int newest_day(const struct export_request *request) {
    int newest = 0;

    for (size_t i = 0; i < request->n_inspections; i++) {
        int day = request->inspections[i]->inspected_on;
        newest = day > newest ? day : newest;
    }
    return newest;
}

static void put_condition_key(struct xml_out *xml, int day) {
    xml_out_open(xml, "Kollektiv", NULL);
    xml_out_text(xml, "Kennung", TEXT("ZUS01"));
    xml_out_count(xml, "Kollektivart", 2);
    xml_out_open(xml, "Kollektiveigenschaft", NULL);
    xml_out_open(xml, "Zustandsdaten", NULL);
    xml_out_count(xml, "Inspektion", 1);
    xml_out_count(xml, "Dichtheit", 0);
    xml_out_count(xml, "Film", 0);
    xml_out_close(xml);
    xml_out_close(xml);
    xml_out_count(xml, "Regelwerk", 5);
    xml_out_date(xml, "Bearbeitungsstand", day);
    xml_out_close(xml);
}

static void put_keys(struct xml_out *xml, const struct export_request *request) {
    int day = newest_day(request);

    xml_out_count(xml, "Datenstatus", 1);
    xml_out_date(xml, "Erstellungsdatum", day);
    xml_out_open(xml, "Kennungen", NULL);
    if (request->network != NULL) {
        isybau_master_key(xml, day);
    }
    put_condition_key(xml, day);
    xml_out_close(xml);
}

static bool write(const struct export_request *request, struct text_out *out, struct error *err) {
    struct xml_out xml = {.out = out};

    (void)err; /* nothing here can fail */
    xml_out_begin(&xml);
    xml_out_open(&xml, "Identifikation", " xmlns=\"http://www.bfr-abwasser.de\"");
    put_head(&xml);
    xml_out_open(&xml, "Datenkollektive", NULL);
    put_keys(&xml, request);
    if (request->network != NULL) {
        isybau_master(&xml, request);
    }
    xml_out_open(&xml, "Zustandsdatenkollektiv", NULL);
    xml_out_text(&xml, "Kennung", TEXT("ZUS01"));
    put_jobs(&xml, request);
    for (size_t i = 0; i < request->n_inspections; i++) {
        put_inspection(&xml, request->inspections[i]);
    }
    while (xml.depth > 0) {
        xml_out_close(&xml);
    }
    return true;
}

const struct export_target export_isybau = {
    .name = "isybau",
    .description = "ISYBAU XML 2017, condition data, and master data of a network",
    .extensions = ".xml",
    .reader = "isybau",
    .holds = holds,
    .longest = longest,
    .catalogue = CATALOGUE_EN13508,
    .has_network_crs = true,
    .holds_row = export_row_has_code,
    .write = write,
};
