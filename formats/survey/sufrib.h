#pragma once
/* What the parts of the SUF-RIB reader share.  Nobody else includes this. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/index.h"
#include "core/network.h"
#include "core/survey.h"
#include "formats/document.h"
#include "formats/survey_format.h"

/* Where the fields stand in their records, 0 for the tag (SUFRIB2.1, chapters 4 to 7).  Editions
 * add fields behind only. */
enum alge_field {
    ALGE_ABA = 1,  /* edition */
    ALGE_ABE = 5,  /* method */
    ALGE_ABH = 6,  /* inspector */
    ALGE_ABP = 9,  /* purpose */
    ALGE_ABR = 11, /* name of the file of measurements, or of inspections in such a file */
    ALGE_FIELDS,
};

enum rioo_field {
    RIOO_AAA = 1, /* id of the pipe */
    RIOO_AAD = 4, /* node 1 and its coordinates */
    RIOO_AAE = 5,
    RIOO_AAF = 6, /* node 2 */
    RIOO_AAG = 7,
    RIOO_AAH = 8,  /* where a lateral begins on its main pipe */
    RIOO_AAJ = 10, /* street */
    RIOO_AAK = 11, /* A flows from node 1 to node 2, B the other way */
    RIOO_ABC = 17, /* zero of distances */
    RIOO_ABF = 18, /* date */
    RIOO_ABG = 19, /* time */
    RIOO_ABO = 24, /* video */
    RIOO_ABQ = 25, /* length of the pipe, m */
    RIOO_ACA = 26, /* shape */
    RIOO_ACB = 27, /* height, mm */
    RIOO_ACC = 28, /* width, mm */
    RIOO_ACD = 29, /* material */
    RIOO_ACH = 33, /* invert at node 1, m below its cover */
    RIOO_ACI = 34, /* invert at node 2 */
    RIOO_ACK = 36, /* foul, storm, combined */
    RIOO_ACN = 39, /* year, or years */
    RIOO_ADA = 43, /* weather */
    RIOO_ADE = 46, /* remark */
    RIOO_ACR = 47, /* invert at node 1, m above NAP; since 2.1 */
    RIOO_ACS = 48, /* invert at node 2 */
    RIOO_FIELDS,
};

enum put_field {
    PUT_CAA = 1,  /* id of the manhole */
    PUT_CAB = 2,  /* coordinates */
    PUT_CAJ = 3,  /* street */
    PUT_CAR = 8,  /* kind */
    PUT_CBC = 10, /* zero of depths */
    PUT_CBF = 12, /* date */
    PUT_CBG = 13, /* time */
    PUT_CBO = 18, /* video */
    PUT_CCD = 22, /* material */
    PUT_CDA = 34, /* weather */
    PUT_CDE = 38, /* remark */
    PUT_CCU = 39, /* cover, m above NAP; since 2.1 */
    PUT_FIELDS,
};

enum waar_field {
    WAAR_ZZA = 1, /* distance, m */
    WAAR_ZZB = 2, /* 1, 2: from which node; in manholes the part, A to J */
    WAAR_ZZC = 3, /* A begin, B end of something continuous */
    WAAR_ZZD = 4, /* its number */
    WAAR_ZZE = 5, /* id of the pipe or manhole */
    WAAR_ZZF = 6, /* code, characterisations 1 and 2, quantifications */
    WAAR_ZZG = 7,
    WAAR_ZZH = 8,
    WAAR_ZZI = 9,
    WAAR_ZZJ = 10,
    WAAR_ZZK = 11, /* clock from, to */
    WAAR_ZZL = 12,
    WAAR_ZZM = 13, /* A: at a joint */
    WAAR_ZZN = 14, /* counter of the video */
    WAAR_ZZO = 15, /* photo */
    WAAR_ZZP = 16, /* remark */
    WAAR_ZZQ = 17, /* video */
    WAAR_ZZR = 18, /* characterisation 3 */
    WAAR_ZZS = 19, /* further remarks, to ZZV */
    WAAR_ZZV = 22,
    WAAR_FIELDS,
};

enum mrio_field {
    MRIO_ZYA = 1,  /* distance, m */
    MRIO_ZYB = 2,  /* 1, 2: from which node, by the book */
    MRIO_ZYE = 3,  /* id of the pipe or manhole */
    MRIO_ZYR = 11, /* what was measured, and in which unit */
    MRIO_ZYS = 12,
    MRIO_ZYT = 13, /* value, times ten to the power of ZYU */
    MRIO_ZYU = 14,
    MRIO_FIELDS = 20,
};

enum { SUFRIB_FIELDS_MAX = RIOO_FIELDS };

/* The fields of one line, trimmed; {0} behind the last. */
struct sufrib_record {
    struct text line;
    uint32_t number;
    size_t n; /* also those beyond SUFRIB_FIELDS_MAX */
    struct text at[SUFRIB_FIELDS_MAX];
};

#define NO_GROUP UINT32_MAX

/* Where an observation is counted from; in manholes always RUN_UNKNOWN. */
enum run_from {
    RUN_UNKNOWN,
    RUN_FROM_NODE1,
    RUN_FROM_NODE2,
    RUNS,
};

/* A pipe or manhole: one that has a record, or that observations name. */
struct sufrib_object {
    struct text id, line; /* line {0}: no record */
    uint32_t number;      /* of its record, else of the first observation */
    bool is_manhole;
    uint8_t last_run;          /* enum run_from of the newest observation */
    uint32_t group[RUNS];      /* its observations by run, NO_GROUP */
    uint32_t inspection[RUNS]; /* what became of them, NO_GROUP */
    double measured_m;         /* greatest distance of its measurements, NAN */
    bool is_zero_told;         /* what its measurements are counted from was told */
};

/* The observations of one run, in file order: a list through rows. */
struct sufrib_group {
    uint32_t first, last;
};

struct sufrib_row {
    struct text line;
    uint32_t number;
    uint32_t next; /* in its group, NO_GROUP */
};

struct sufrib_rows {
    struct sufrib_row *at; /* an array of its own */
    size_t n, capacity;
};

struct sufrib {
    struct survey *survey;
    const struct read_options *options;
    struct document *document; /* of the inspections */
    size_t n_again;            /* bytes of it that were gone through again since pages went back */
    struct text path;          /* of the file at hand, for findings */
    bool is_companion;         /* the file at hand is one of measurements, beside the survey's */
    struct text alge;          /* the line of *ALGE, {0} */

    struct sufrib_object *objects; /* arrays of its own */
    size_t n_objects, objects_capacity;
    struct index pipes, manholes;      /* objects by id */
    struct sufrib_rows rows, measured; /* *WAAR; *MRIO and *MPUT of the file at hand */
    struct sufrib_group *groups;
    size_t n_groups, groups_capacity;

    size_t n_turned;    /* runs whose start observation is at their end */
    size_t n_homeless;  /* measurements of what has no inspection */
    size_t n_from_here; /* pipes whose measurements count from the camera's start, not by ZYB */
};

/* What the observations of a run say about it. */
struct sufrib_run {
    struct text start, finish; /* nodes by the record; {0} when there is none */
    double start_m, finish_m;  /* of BCD and BCE as delivered, NAN */
    struct text start_named, finish_named;
    double last_m, abandoned_m; /* greatest distance, distance of BDC; NAN */
    bool has_abandoned, is_interrupted;
    struct text reason;
};

/* --- lines --- */

struct sufrib_record sufrib_split(struct text line, uint32_t number);
struct text sufrib_field(struct text line, size_t field); /* trimmed */
void sufrib_note(struct sufrib *sufrib, enum finding_kind kind, uint32_t line, const char *what,
    struct text value);
/* NAN when the field is blank; and with a finding when it is no number. */
double sufrib_number(
    struct sufrib *sufrib, const struct sufrib_record *record, size_t field, const char *code);

/* --- what values mean; NULL when the list has no such value --- */

const char *sufrib_method(struct text abe);
const char *sufrib_purpose(struct text abp);
const char *sufrib_node_kind(struct text car);
struct xy sufrib_coordinates(struct text text); /* x/y; NAN when blank, 0/0 or not readable */

/* --- the parts --- */

/* Goes over the lines: objects, rows and measurements are kept as views of them. */
void sufrib_scan(struct sufrib *sufrib, struct document *document);
void sufrib_add_object(struct sufrib *sufrib, bool is_manhole, struct text line, uint32_t number);
uint32_t sufrib_object_by_id(const struct sufrib *sufrib, bool is_manhole, struct text id);

/* sufrib->measured become measurements of the inspections, and are forgotten. */
void sufrib_measure(struct sufrib *sufrib);
void sufrib_report_measured(struct sufrib *sufrib);

/* Makes the inspection of a run (or a manhole, or an object without observations: NO_GROUP) and its
 * observations. */
void sufrib_inspect(struct sufrib *sufrib, struct sufrib_object *object, enum run_from from);

/* The observation of a line, appended to the newest inspection. */
void sufrib_observe(struct sufrib *sufrib, const struct sufrib_object *object, struct text line,
    uint32_t number, struct sufrib_run *run);

/* Observations that name the nodes by their place in the record, not in the run: BCE where the
 * camera started and BCD where it came to.  Codes are turned to what they are in the run. */
void sufrib_turn_ends(struct sufrib *sufrib, struct inspection *inspection, struct sufrib_run *run);

/* Nodes and segments out of the objects; survey->network stays NULL when there are none. */
void sufrib_make_network(struct sufrib *sufrib);

/* So many bytes of the document were gone through again: pages go back to the system now and then.
 * The system maps pages in groups: a record far from others counts as SUFRIB_FAR_BYTES. */
enum { SUFRIB_FAR_BYTES = 16 * 1024 };
void sufrib_look_again(struct sufrib *sufrib, size_t n_bytes);
