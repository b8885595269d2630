#pragma once
/* ISYBAU documents of the tests' own, and what is asked of them. */
#include <criterion/criterion.h>
#include <string.h>

#include "core/base.h"
#include "formats/survey/formats.h"
#include "formats/survey/isybau.h"

#define DOCUMENT(inside)                                                                    \
    "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n"                                     \
    "<Identifikation xmlns=\"http://example.org/any-edition\"><Version>2017-07</Version>\n" \
    "<Datenkollektive>" inside "</Datenkollektive></Identifikation>\n"

#define SURVEY(inside) DOCUMENT("<Zustandsdatenkollektiv>" inside "</Zustandsdatenkollektiv>")
#define NETWORK(inside) DOCUMENT("<Stammdatenkollektiv>" inside "</Stammdatenkollektiv>")

#define JOB                                                                              \
    "<Auftraege><Auftrag><Auftragskennung>7</Auftragskennung><Inspektionszweck>2"        \
    "</Inspektionszweck><Kodiersystem>8</Kodiersystem><Systemname>Fernrohr</Systemname>" \
    "<Version>1.2</Version></Auftrag></Auftraege>"

#define PIPE(direction, rows)                                                                   \
    "<InspizierteAbwassertechnischeAnlage><Objektbezeichnung>H1</Objektbezeichnung>"            \
    "<Anlagentyp>1</Anlagentyp><Lage><Strassenname>Am Wehr</Strassenname></Lage>\n"             \
    "<OptischeInspektion><Auftragskennung>7</Auftragskennung>"                                  \
    "<Inspektionsdatum>2019-05-06</Inspektionsdatum><Uhrzeit>09:30:00</Uhrzeit>"                \
    "<Inspektionsverfahren>0</Inspektionsverfahren><NameUntersucher>N. Kanal</NameUntersucher>" \
    "<Wetter>2</Wetter><Videoablagereferenz>V1</Videoablagereferenz>"                           \
    "<Rohrleitung><Rohrleitungstyp>0</Rohrleitungstyp><Inspektionsrichtung>" direction          \
    "</Inspektionsrichtung><BezugspunktLage>2</BezugspunktLage>"                                \
    "<Inspektionslaenge>41.50</Inspektionslaenge><RGrunddaten><KnotenZulauf>S1</KnotenZulauf>"  \
    "<KnotenAblauf>S2</KnotenAblauf><Profilhoehe>600</Profilhoehe>"                             \
    "<Profilbreite>400</Profilbreite><Profilart>1</Profilart><Material>STZ</Material>"          \
    "<Kanalart>KM</Kanalart></RGrunddaten><Inspektionsdaten>\n" rows                            \
    "</Inspektionsdaten></Rohrleitung></OptischeInspektion>"                                    \
    "</InspizierteAbwassertechnischeAnlage>\n"

#define ROW(values) "<RZustand>" values "</RZustand>\n"

static const struct read_options no_options = {0};

/* Reads a document; false leaves the message in `err`. */
static inline bool read_document(const char *document, struct survey *survey, struct error *err) {
    survey->file.path = TEXT("test.xml");
    return isybau_read_bytes(text_from(document), &no_options, survey, err);
}

static inline void read_or_die(const char *document, struct survey *survey) {
    struct error err = {0};

    cr_assert(read_document(document, survey, &err), "%s", err.text);
}

static inline size_t count(const struct survey *survey, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < survey->findings.n; i++) {
        n += survey->findings.at[i].kind == kind;
    }
    return n;
}

static inline const struct observation *row(const struct survey *survey, size_t i) {
    cr_assert_lt(i, survey->n_observations);
    return &survey->observations[i];
}

#define expect_text(got, want) \
    cr_expect(text_equal((got), text_from(want)), "'%.*s' is not '%s'", TEXT_ARGS(got), (want))
