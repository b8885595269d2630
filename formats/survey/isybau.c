/* ISYBAU XML, the German exchange format of the Arbeitshilfen Abwasser, 2006 to 2024:
 *
 *     <Identifikation xmlns="...">          the namespace changes with the edition
 *       <Version>2013-02</Version>
 *       <Datenkollektive>
 *         <Stammdatenkollektiv>             master data: the network
 *           <AbwassertechnischeAnlage>...   a node or an edge, see isybau_network.c
 *         <Zustandsdatenkollektiv>          condition data: the survey
 *           <Auftraege><Auftrag>...         jobs
 *           <InspizierteAbwassertechnischeAnlage>
 *             <OptischeInspektion>...       see isybau_survey.c
 *
 * The elements stream by.  Each record (job, inspected object, inspection, observation, asset)
 * gathers its values as they end and is made into ours when it ends itself. */
#include "formats/survey/isybau.h"

#include <string.h>

#include "core/base.h"
#include "formats/source.h"
#include "formats/survey/formats.h"
#include "formats/survey/xml_survey.h"

static const char *const words[EL_WORDS] = {
#define WORD(name) #name,
#include "formats/survey/isybau_words.def"
#undef WORD
};

_Static_assert((int)EL_WORDS < (int)XML_RECORD_WORDS, "a record has room for every word");

void isybau_find(const struct isybau *isybau, enum finding_kind kind, uint32_t line,
    const char *element, struct text value) {
    struct finding_place place = isybau->place;

    if (isybau->inspection_depth > 0) {
        place.segment_id =
            isybau->survey->inspections[isybau->survey->n_inspections - 1].segment_ref;
    }
    place.line = line;
    findings_add(&isybau->survey->findings, kind, place, "%s '%.*s'", element,
        TEXT_ARGS(text_cut(value, 200)));
}

/* --- Where we are --- */

uint16_t isybau_above(const struct isybau *isybau, unsigned up) {
    return isybau->depth > up ? isybau->path[isybau->depth - 1 - up] : XML_OTHER;
}

/* Begins a record unless one of its kind is open. */
static bool enter(
    struct isybau *isybau, unsigned *depth, struct xml_record *fields, const struct xml_tag *tag) {
    if (*depth > 0) {
        return false;
    }
    *depth = isybau->depth;
    xml_record_clear(fields, tag->line);
    return true;
}

static bool leave(const struct isybau *isybau, unsigned *depth) {
    if (*depth == 0 || *depth != isybau->depth) {
        return false;
    }
    *depth = 0;
    return true;
}

static void start_in_inspection(struct isybau *isybau, const struct xml_tag *tag) {
    switch (tag->word) {
    case EL_RZustand:
    case EL_KZustand:
    case EL_BZustand:
        enter(isybau, &isybau->record_depth, &isybau->record, tag);
        break;
    case EL_Rohrleitung:
        isybau->saw_pipe = true;
        break;
    case EL_Knoten:
    case EL_Bauwerk:
        isybau->saw_node = true;
        break;
    default:
        break;
    }
}

static void start_in_object(struct isybau *isybau, const struct xml_tag *tag) {
    if (isybau->inspection_depth > 0) {
        start_in_inspection(isybau, tag);
    } else if (tag->word == EL_OptischeInspektion) {
        enter(isybau, &isybau->inspection_depth, &isybau->inspection, tag);
        isybau_inspection_begin(isybau, tag->line);
    } else if (tag->word == EL_Pruefung) {
        isybau->n_leak_tests++;
    }
}

static void on_start(void *context, const struct xml_tag *tag) {
    struct isybau *isybau = context;

    isybau->path[isybau->depth++] = tag->word;
    if (isybau->object_depth > 0) {
        start_in_object(isybau, tag);
    } else if (isybau->asset_depth > 0) {
        isybau_asset_start(isybau, tag->word);
    } else if (tag->word == EL_AbwassertechnischeAnlage) {
        enter(isybau, &isybau->asset_depth, &isybau->asset, tag);
        isybau_asset_begin(isybau, tag->line);
    } else if (tag->word == EL_InspizierteAbwassertechnischeAnlage) {
        enter(isybau, &isybau->object_depth, &isybau->object, tag);
        isybau->first_inspection_of_object = isybau->survey->n_inspections;
    } else if (tag->word == EL_Auftrag) {
        enter(isybau, &isybau->order_depth, &isybau->order, tag);
    }
}

/* --- Values --- */

static void keep(struct isybau *isybau, struct xml_record *fields, const struct xml_tag *tag,
    unsigned word, struct text value) {
    if (!xml_record_add(fields, tag->name, word, value)) {
        isybau_find(
            isybau, FINDING_LINE_TOO_LONG, tag->line, "the record is too long at", tag->name);
    }
}

/* Values of an inspection stand under these; those under others (a connection, a class, a document)
 * have the same names and are kept in the raw text only. */
static bool is_of_inspection(uint16_t parent) {
    switch (parent) {
    case EL_OptischeInspektion:
    case EL_Rohrleitung:
    case EL_RGrunddaten:
    case EL_Knoten:
    case EL_KGrunddaten:
    case EL_Bauwerk:
        return true;
    default:
        return false;
    }
}

/* The values of an observation that are used. */
static bool is_used_in_record(uint16_t word) {
    switch (word) {
    case EL_Charakterisierung1:
    case EL_Charakterisierung2:
    case EL_Fotodatei:
    case EL_Fotonummer:
    case EL_Frame:
    case EL_GrundAbbruch:
    case EL_InspektionsKode:
    case EL_Kommentar:
    case EL_MaxSKeAuto:
    case EL_PositionBis:
    case EL_PositionVon:
    case EL_Quantifizierung1Numerisch:
    case EL_Quantifizierung1Text:
    case EL_Quantifizierung2Numerisch:
    case EL_Quantifizierung2Text:
    case EL_SKBvAuto:
    case EL_SKBvManu:
    case EL_SKDvAuto:
    case EL_SKDvManu:
    case EL_SKSvAuto:
    case EL_SKSvManu:
    case EL_Schachtbereich:
    case EL_Station:
    case EL_Streckenschaden:
    case EL_StreckenschadenLfdNr:
    case EL_Timecode:
    case EL_Verbindung:
    case EL_VertikaleLage:
    case EL_Videozaehler:
    case EL_Zustandsbeschreibung:
        return true;
    default:
        return false;
    }
}

/* Said once for each name. */
static void report_unused(struct isybau *isybau, const struct xml_tag *tag) {
    if (index_find(&isybau->unknown, tag->name) != INDEX_NONE) {
        return;
    }
    index_add(&isybau->unknown, arena_copy(&isybau->survey->arena, tag->name), 0);
    isybau_find(isybau, FINDING_COLUMN_UNKNOWN, tag->line, "element", tag->name);
}

static void value_of_record(struct isybau *isybau, const struct xml_tag *tag, struct text value) {
    bool is_used = is_used_in_record(tag->word);

    if (!is_used) {
        report_unused(isybau, tag);
    }
    keep(isybau, &isybau->record, tag, is_used ? tag->word : EL_WORDS, value);
}

static void value_of_object(struct isybau *isybau, const struct xml_tag *tag, struct text value) {
    uint16_t parent = isybau_above(isybau, 1);

    if (isybau->inspection_depth > 0) {
        keep(isybau, &isybau->inspection, tag,
            is_of_inspection(parent) ? tag->word : (unsigned)EL_WORDS, value);
    } else if (parent == EL_InspizierteAbwassertechnischeAnlage || parent == EL_Lage) {
        keep(isybau, &isybau->object, tag, tag->word, value);
    }
}

static void value_of_file(struct isybau *isybau, const struct xml_tag *tag, struct text value) {
    if (tag->word == EL_Version && isybau_above(isybau, 1) == EL_Identifikation) {
        isybau->version = arena_copy(&isybau->survey->arena, value);
    } else if (tag->word == EL_CRSLage && isybau->crs.n == 0) {
        isybau->crs = arena_copy(&isybau->survey->arena, value);
    }
}

static void on_value(struct isybau *isybau, const struct xml_tag *tag, struct text value) {
    if (isybau->record_depth > 0) {
        value_of_record(isybau, tag, value);
    } else if (isybau->object_depth > 0) {
        value_of_object(isybau, tag, value);
    } else if (isybau->asset_depth > 0) {
        isybau_asset_value(isybau, tag, value);
    } else if (isybau->order_depth > 0) {
        keep(isybau, &isybau->order, tag, tag->word, value);
    } else {
        value_of_file(isybau, tag, value);
    }
}

static void on_end(void *context, const struct xml_tag *tag, struct text value) {
    struct isybau *isybau = context;

    if (value.n > 0) {
        on_value(isybau, tag, value);
    }
    if (isybau->asset_depth > 0) {
        isybau_asset_element(isybau, tag->word);
    }
    if (leave(isybau, &isybau->record_depth)) {
        isybau_record_end(isybau);
    } else if (isybau->inspection_depth == isybau->depth) {
        isybau_inspection_end(isybau);
        isybau->inspection_depth = 0;
    } else if (leave(isybau, &isybau->object_depth)) {
        isybau_object_end(isybau);
    } else if (leave(isybau, &isybau->order_depth)) {
        isybau_order_end(isybau);
    } else if (leave(isybau, &isybau->asset_depth)) {
        isybau_asset_end(isybau);
    } else if (tag->word == EL_Zustandsdatenkollektiv) {
        isybau_collective_end(isybau);
    }
    isybau->depth--;
}

/* --- The file --- */

static int isybau_bid(const struct source *source) {
    static const char root[] = "Identifikation";
    char name[64] = "";

    xml_root_name(source, name, sizeof name);
    return strcmp(name, root) == 0 ? (int)(sizeof root - 1) * 8 : 0;
}

/* Records that were open when the document broke off: what is half is left out, and said. */
static void close_open(struct isybau *isybau) {
    if (isybau->record_depth > 0 || isybau->asset_depth > 0) {
        bool is_asset = isybau->asset_depth > 0;
        isybau_find(isybau, FINDING_ROW_SKIPPED,
            is_asset ? isybau->asset.line : isybau->record.line, "the document breaks off in",
            is_asset ? TEXT("AbwassertechnischeAnlage") : TEXT("an observation"));
    }
    if (isybau->inspection_depth > 0) {
        isybau_inspection_end(isybau);
        isybau->inspection_depth = 0;
    }
    isybau_collective_end(isybau);
}

static void finish(struct isybau *isybau) {
    struct survey *survey = isybau->survey;

    close_open(isybau);
    isybau_network_finish(isybau);
    survey->file.version = isybau->version;
    survey->file.generator = isybau->generator;
    if (!isybau_edition_is_known(isybau->version)) {
        isybau_find(isybau, FINDING_UNKNOWN_EDITION, 0, "Version", isybau->version);
    }
    if (isybau->n_leak_tests > 0) {
        findings_add(&survey->findings, FINDING_ROW_SKIPPED, isybau->place,
            "%zu leak tests (Pruefung) are no inspections", isybau->n_leak_tests);
    }
    if (isybau->n_observations_en > 0 &&
        isybau->n_observations_en >= isybau->n_observations_other) {
        survey->catalogue = CATALOGUE_EN13508;
        survey->scheme = SCHEME_DWA; /* the format is Germany's */
    }
}

static void release(struct isybau *isybau) {
    xml_record_release(&isybau->order);
    xml_record_release(&isybau->object);
    xml_record_release(&isybau->inspection);
    xml_record_release(&isybau->record);
    xml_record_release(&isybau->asset);
    array_release(&isybau->orders);
    array_release(&isybau->inspection_orders);
    array_release(&isybau->vertices);
    array_release(&isybau->edges);
    index_release(&isybau->order_index);
    index_release(&isybau->unknown);
}

bool isybau_read_bytes(struct text bytes, const struct read_options *options, struct survey *survey,
    struct error *err) {
    CLEANUP(release)
    struct isybau isybau = {
        .survey = survey,
        .options = options,
        .place = {.file = survey->file.path},
    };
    const struct xml_handler handler = {words, EL_WORDS, on_start, on_end, &isybau};

    if (!xml_survey_read(bytes, &handler, options, survey, err)) {
        return false;
    }
    finish(&isybau);
    return xml_survey_conclude(survey, err);
}

static bool isybau_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    return xml_survey_read_file(source, isybau_read_bytes, options, survey, err);
}

const struct survey_format format_isybau = {
    .name = "isybau",
    .description = "ISYBAU XML, all editions (inspections and master data)",
    .extensions = ".xml",
    .may_hold_network = true,
    .bid = isybau_bid,
    .read = isybau_read,
};
