#include <math.h>
#include <stdio.h>

#include "core/network.h"
#include "tests/formats/isybau_document.h"

#define POINT(kind, x, y, z)                                                 \
    "<Rechtswert>" x "</Rechtswert><Hochwert>" y "</Hochwert><Punkthoehe>" z \
    "</Punkthoehe><PunktattributAbwasser>" kind "</PunktattributAbwasser>"
#define NODE(id, points)                                                                    \
    "<AbwassertechnischeAnlage><Objektbezeichnung>" id "</Objektbezeichnung><Objektart>2"   \
    "</Objektart><Knoten><KnotenTyp>0</KnotenTyp></Knoten><Geometrie><CRSLage>ETRS89_UTM32" \
    "</CRSLage><Geometriedaten><Knoten>" points "</Knoten></Geometriedaten></Geometrie>"    \
    "</AbwassertechnischeAnlage>\n"
#define EDGE(id, from, to, geometry)                                                              \
    "<AbwassertechnischeAnlage><Objektbezeichnung>" id "</Objektbezeichnung><Objektart>1"         \
    "</Objektart><Baujahr>1979</Baujahr><Entwaesserungsart>KR</Entwaesserungsart><Kante>"         \
    "<KantenTyp>0</KantenTyp><KnotenZulauf>" from "</KnotenZulauf><KnotenAblauf>" to              \
    "</KnotenAblauf><SohlhoeheZulauf>37.2</SohlhoeheZulauf><SohlhoeheAblauf>37.0"                 \
    "</SohlhoeheAblauf><Laenge>50</Laenge><Material>B</Material><Profil><Profilart>0</Profilart>" \
    "<Profilhoehe>300</Profilhoehe></Profil></Kante><Geometrie><Geometriedaten>" geometry         \
    "</Geometriedaten></Geometrie></AbwassertechnischeAnlage>\n"
#define PIECE(x1, y1, x2, y2)                                          \
    "<Kante><Start>" POINT("SMP", x1, y1, "1") "</Start><Ende>" POINT( \
        "SMP", x2, y2, "1") "</Ende></Kante>"
#define NODES                                                                  \
    NODE("S1", "<Punkt>" POINT("DMP", "1", "1", "40") "</Punkt><Punkt>" POINT( \
                   "SMP", "0", "0", "37") "</Punkt>")                          \
    NODE("S2", "<Punkt>" POINT("DMP", "30", "40", "41") "</Punkt>")

Test(isybau_network, nodes_and_an_edge) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(
        NETWORK(NODES EDGE("H1", "S1", "S2", "<Kanten>" PIECE("0", "0", "30", "40") "</Kanten>")),
        &survey);

    const struct network *network = survey.network;
    cr_assert_not_null(network);
    cr_assert_eq(network->n_nodes, 2);
    cr_assert_eq(network->n_segments, 1);
    cr_expect_eq(survey.n_inspections, 0);
    expect_text(network->crs, "EPSG:25832");
    cr_expect_eq(network->nodes[0].at.x, 0, "the shaft, not the cover");
    cr_expect_eq(network->nodes[0].ground_m, 40);
    cr_expect_eq(network->nodes[0].invert_m, 37);
    cr_expect_eq(network->nodes[1].at.x, 30, "the cover where there is no shaft");
    cr_expect(isnan(network->nodes[1].invert_m));
    expect_text(network_word(network, network->nodes[0].kind), "manhole");
    const struct segment *segment = &network->segments[0];
    expect_text(segment->id, "H1");
    cr_expect_eq(segment->from_node, 0);
    cr_expect_eq(segment->to_node, 1);
    cr_expect_eq(segment->line.n, 2);
    cr_expect_eq(segment->length_m, 50);
    cr_expect_eq(segment->from_invert_m, 37.2);
    cr_expect_eq(segment->diameter_mm, 300);
    cr_expect(isnan(segment->height_mm));
    cr_expect_eq(segment->year_built, 1979);
    cr_expect_eq(segment->system, SYSTEM_STORM);
    cr_expect_not(segment->is_flipped);
    expect_text(network_word(network, segment->material), "B");
    expect_text(network_word(network, segment->shape), "circular");
    cr_expect_eq(survey.findings.n, 0);
}

/* clang-format off */
/* name, geometry, vertices, first x, flipped, finding or FINDING_KINDS */
static const struct {
    const char *name, *geometry;
    size_t n;
    double first_x;
    bool is_flipped;
    enum finding_kind finding;
} lines[] = {
    {"pieces of an open polygon are joined",
     "<Polygone><Polygon><Polygonart>3</Polygonart>" PIECE("0", "0", "10", "5")
     PIECE("10", "5", "30", "40") "</Polygon></Polygone>",
     3, 0, false, FINDING_KINDS},
    {"pieces drawn either way are joined",
     "<Kanten>" PIECE("10", "5", "0", "0") PIECE("30", "40", "10", "5") "</Kanten>", 3, 0, false,
     FINDING_KINDS},
    {"a line drawn against the flow is turned",
     "<Kanten>" PIECE("30", "40", "10", "5") PIECE("10", "5", "0", "0") "</Kanten>", 3, 0, true,
     FINDING_KINDS},
    {"without a line it runs straight", "", 2, 0, false, FINDING_KINDS},
    {"a ring is no line",
     "<Polygone><Polygon><Polygonart>2</Polygonart>" PIECE("7", "7", "8", "8")
     "</Polygon></Polygone>",
     2, 0, false, FINDING_KINDS},
    {"a gap is said", "<Kanten>" PIECE("0", "0", "10", "5") PIECE("11", "5", "30", "40") "</Kanten>",
     4, 0, false, FINDING_GEOMETRY_MULTIPART},
    {"a second drawing of the same is left out",
     "<Kanten>" PIECE("0", "0", "30", "40") "</Kanten><Polygone><Polygon>"
     PIECE("0", "0", "10", "5") PIECE("10", "5", "30", "40") "</Polygon></Polygone>",
     2, 0, false, FINDING_GEOMETRY_MULTIPART},
};
/* clang-format on */

Test(isybau_network, lines_of_edges) {
    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        char document[8192];
        snprintf(document, sizeof document, NETWORK(EDGE("H1", "S1", "S2", "%s") NODES),
            lines[i].geometry);
        read_or_die(document, &survey);
        const struct segment *segment = &survey.network->segments[0];

        cr_assert_eq(segment->line.n, lines[i].n, "%s: %zu", lines[i].name, segment->line.n);
        cr_expect_eq(segment->line.at[0].x, lines[i].first_x, "%s", lines[i].name);
        cr_expect_eq(segment->line.at[segment->line.n - 1].x, 30, "%s", lines[i].name);
        cr_expect_eq(segment->is_flipped, lines[i].is_flipped, "%s", lines[i].name);
        cr_expect_eq(survey.findings.n, lines[i].finding != FINDING_KINDS, "%s", lines[i].name);
        if (lines[i].finding != FINDING_KINDS) {
            cr_expect_eq(count(&survey, lines[i].finding), 1, "%s", lines[i].name);
        }
    }
}

Test(isybau_network, nodes_that_are_missing_are_made_at_the_end) {
    CLEANUP(survey_release) struct survey survey = {0};
    read_or_die(NETWORK(EDGE("H1", "S1", "S9", "<Kanten>" PIECE("0", "0", "3", "4") "</Kanten>")
                        NODES EDGE("H1", "S1", "S2", "")),
        &survey);

    cr_assert_eq(survey.network->n_nodes, 3);
    expect_text(survey.network->nodes[2].id, "S9");
    cr_expect_eq(survey.network->nodes[2].at.x, 3);
    cr_expect_eq(count(&survey, FINDING_NODE_MISSING), 1);
    cr_expect_eq(count(&survey, FINDING_DUPLICATE_ID), 1, "two edges are called H1");
}
