#pragma once
/* Surveys: what a reader delivers, in the same words for every format.
 *
 * Behind the door everything is UTF-8, metres, millimetres, YYYYMMDD and codes of a catalogue; the
 * record as delivered is kept beside it.  Unset is NAN, 0, {0} or the enum's first member.
 * Each field is written by one stage only; the stage is named above the fields. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/findings.h"
#include "core/geom.h"
#include "core/pool.h"
#include "core/text.h"

/* Whose codes a survey speaks. */
enum catalogue {
    CATALOGUE_UNKNOWN,
    CATALOGUE_CJJ181,  /* CJJ 181-2012 */
    CATALOGUE_EN13508, /* EN 13508-2, also ISYBAU XML since 2006 */
    CATALOGUE_DB31,    /* DB31/T 444-2022, Shanghai */
    CATALOGUE_PACP,    /* NASSCO PACP 4 to 8 */
    CATALOGUE_MSCC,    /* WRc MSCC4 and MSCC5, Hong Kong */
    CATALOGUE_WSA05,   /* WSA 05, Australia */
    CATALOGUES,
};

/* The assessment standards that chainage knows; their tables are in core/scheme/. */
enum scheme {
    SCHEME_NONE,
    SCHEME_CJJ181,
    SCHEME_DB31,
    SCHEME_DWA,
    SCHEME_ISYBAU,
    SCHEME_VSA,
    SCHEME_PACP,
    SCHEME_WRC,
    SCHEME_WSA05,
    SCHEMES,
};

/* What a grade is about.  Schemes have two of these or all three (EN: stability, operation,
 * tightness). */
enum defect_group {
    GROUP_STRUCTURAL, /* structural; stability, S */
    GROUP_FUNCTIONAL, /* functional, service, O&M; operation, B */
    GROUP_TIGHTNESS,  /* D */
    DEFECT_GROUPS,
};

/* A grade in a byte, as schemes whose worst grade is 0 need it. */
enum grade {
    GRADE_UNSET,     /* does not concern the group */
    GRADE_UNDECIDED, /* the scheme could not tell: no quantity, no diameter, grade out of range */
    GRADE_CASE,      /* the standard leaves it to an engineer */
    GRADE_0,
    GRADE_1,
    GRADE_2,
    GRADE_3,
    GRADE_4,
    GRADE_5,
    GRADES,
};

static inline bool grade_is_number(uint8_t grade) {
    return grade >= GRADE_0;
}

/* Of a grade that is a number. */
static inline int grade_number(uint8_t grade) {
    return grade - GRADE_0;
}

/* GRADE_UNDECIDED for numbers that no grade has. */
static inline uint8_t grade_from_number(double number) {
    return number >= 0 && number <= 5 ? (uint8_t)(GRADE_0 + (int)number) : GRADE_UNDECIDED;
}

/* What an observation of this code is. */
enum code_kind {
    CODE_UNKNOWN, /* not in the catalogue: shown as a defect of kind `other` */
    CODE_STRUCTURAL,
    CODE_FUNCTIONAL,   /* operational: hinders the flow */
    CODE_CONSTRUCTION, /* a defect of how it was built */
    CODE_OTHER,        /* a defect of another kind */
    CODE_INVENTORY,    /* no defect: node, connection, bend, water level, remark, photo */
};

/* What kind of flaw a code tells of, whatever the catalogue: repairs and symbols go by it. */
enum defect_family {
    FAMILY_NONE,         /* no defect, or none that is known */
    FAMILY_BREAK,        /* crack, fracture, break, hole, missing wall */
    FAMILY_COLLAPSE,     /* where a catalogue has a code for it alone */
    FAMILY_DEFORMATION,  /* of the section */
    FAMILY_SURFACE,      /* corrosion, wear, spalling */
    FAMILY_OFFSET,       /* joint displaced across the axis */
    FAMILY_OPEN_JOINT,   /* joint open along the axis */
    FAMILY_ANGLE,        /* joint or line bent */
    FAMILY_SEAL,         /* sealing material lost or hanging in */
    FAMILY_SAG,          /* undulation, standing water */
    FAMILY_CONNECTION,   /* defective or intruding connection */
    FAMILY_INTRUSION,    /* a foreign object through the wall */
    FAMILY_LEAKAGE,      /* infiltration, exfiltration */
    FAMILY_SOIL,         /* soil or void visible behind the wall, or soil coming in */
    FAMILY_BRICKWORK,    /* bricks or mortar displaced or missing */
    FAMILY_LINING,       /* defective lining, repair or weld */
    FAMILY_SEDIMENT,     /* settled deposits */
    FAMILY_ENCRUSTATION, /* attached deposits: scale, grease, fouling */
    FAMILY_OBSTACLE,     /* lies or stands in the section */
    FAMILY_ROOTS,
    FAMILY_SCUM, /* floating */
    FAMILY_VERMIN,
    FAMILY_OTHER,
    FAMILIES,
};

/* What a code says about the inspection itself. */
enum code_role {
    ROLE_NONE,
    ROLE_START_NODE,  /* EN BCD: quantification 1 often names the node */
    ROLE_FINISH_NODE, /* EN BCE */
    ROLE_NODE,        /* a node passed on the way: CJJ YJ */
    ROLE_ABANDONED,   /* EN BDC, CJJ ZZ */
};

/* One distinct code of a survey.  The reader fills the first three, catalogue.c the rest. */
struct code {
    struct text delivered;      /* as written, when it differs from code: 破裂, BABBA */
    struct text code;           /* the main code: PL, BAB */
    struct text char1, char2;   /* characterisations */
    struct text main;           /* the code in the catalogue, without a suffix: CL for CLJ of MSCC;
                                   {0} unknown */
    const char *name, *name_zh; /* English and Chinese, static; NULL for unknown codes */
    enum code_kind kind;
    enum code_role role;
    enum defect_family family;
};

enum mark {
    MARK_NONE,
    MARK_START,  /* A01, S01, KS01 */
    MARK_CHANGE, /* C01: another value from here on */
    MARK_END,    /* B01, F01, JS01 */
};

enum position_method {
    POSITION_NONE,
    POSITION_AS_LOGGED,
    POSITION_STRETCHED,
    POSITION_BEYOND_END, /* put at the end, overshoot within tolerance */
    POSITION_CHAIN,      /* on a part of a run through several segments */
    POSITION_METHODS,
};

/* Why an observation (or a whole inspection) has no place. */
enum unplaced_reason {
    UNPLACED_NOT,                 /* it has one */
    UNPLACED_NO_NETWORK,          /* the run has no network */
    UNPLACED_NO_MATCH,            /* nothing in the network fits the inspection */
    UNPLACED_AMBIGUOUS,           /* more than one segment fits */
    UNPLACED_NO_REFERENCE,        /* the inspection names no segment and no node */
    UNPLACED_SEGMENT_NO_GEOMETRY, /* the segment is known but has no usable geometry */
    UNPLACED_CHAINAGE_MISSING,
    UNPLACED_CHAINAGE_NEGATIVE,
    UNPLACED_CHAINAGE_BEYOND, /* beyond the end by more than the tolerance */
    UNPLACED_REASONS,
};

/* What few observations have. */
struct observation_more {
    struct text remark;     /* free text and description */
    struct text photo;      /* as delivered, several split by ';' */
    struct text video;      /* as delivered */
    struct text video_time; /* as delivered: a counter, a time */
    struct text quant1_text,
        quant2_text;        /* quantifications that are no numbers: node names, `>5` */
    struct text clock_text; /* position as delivered, when the clock hours cannot say it all */
    struct text grade_text; /* class or grade as delivered, when it is no number 0-9 */
    struct text place;      /* part of a manhole (EN K.. / Schachtbereich) */
    double quant1, quant2;  /* in the unit that the code sets (mm, %, degrees), NAN unset */
};

/* One coded row.  There are millions: keep it small. */
struct observation {
    /* reader */
    double chainage_m;             /* from the camera's start; NAN when not delivered; in a node
                                      inspection the depth below the survey's zero */
    struct observation_more *more; /* NULL when it has nothing of that */
    const char *raw;               /* the record as delivered, UTF-8 */
    uint32_t raw_n;
    uint32_t line; /* in the source file, 1 first; a row number in sheets */
    uint32_t code; /* index into survey.codes */
    uint16_t mark_number;
    uint8_t mark;                 /* enum mark */
    int8_t grade;                 /* as delivered, 0 unset */
    uint8_t clock_from, clock_to; /* hours 1-12, 0 none; one point: from only */
    uint8_t at_joint;             /* 0 not said, 1 yes, 2 no */

    /* locate */
    uint8_t position_method; /* enum position_method */
    uint8_t unplaced;        /* enum unplaced_reason */
    uint8_t is_mark_end;    /* the end of a continuous defect: inventory, its start is the defect */
    float position_error_m; /* NAN unset */
    uint32_t stretch;       /* index into result.stretches, NO_STRETCH unset */
    double along_m;         /* from the segment's upstream end; NAN unset */
    double along_to_m; /* other end of a continuous defect (may be < along_m), NAN for points */

    /* current */
    uint8_t is_current;
    uint8_t scheme_grade;  /* assess: enum grade, the worst of `grades` that is a number */
    uint8_t misconnection; /* assess: it shows a misconnection */
    uint8_t trenchless;    /* repair: enum answer, can its repair do without a trench? */
    uint32_t
        duplicate_of; /* number (observation_id) of the one that counts, NO_OBSERVATION unset */

    /* assess */
    uint8_t is_collapse_hazard;
    uint8_t grades[DEFECT_GROUPS]; /* enum grade, by group */
    float score;                   /* the highest of its groups; NAN when the scheme gives none */
};

/* What a robot measured.  Keep the order: rows of a table are sorted by it. */
enum measurement_kind {
    MEASUREMENT_OTHER,
    MEASUREMENT_SLOPE,     /* +: rising away from where the camera started */
    MEASUREMENT_DEVIATION, /* height above (+) the straight line between the two inverts */
    MEASUREMENT_LEVEL,     /* height above the datum of the network's levels */
    MEASUREMENT_PRESSURE,
    MEASUREMENT_TEMPERATURE,
    MEASUREMENT_GAS,
    MEASUREMENT_RADAR,
    MEASUREMENT_STRENGTH,
    MEASUREMENT_CAVITY,
    MEASUREMENT_CORROSION, /* depth of */
    MEASUREMENT_DEPOSIT,   /* thickness of */
    MEASUREMENT_KINDS,
};

enum measurement_unit {
    MEASURED_IN_UNKNOWN,
    MEASURED_IN_COUNT,
    MEASURED_IN_METRES, /* levels */
    MEASURED_IN_MILLIMETRES,
    MEASURED_IN_KILOGRAMS,
    MEASURED_IN_SECONDS,
    MEASURED_IN_DEGREES,
    MEASURED_IN_PERCENT,
    MEASURED_IN_CELSIUS,
    MEASURED_IN_PASCALS,
    MEASURED_IN_METRES_PER_SECOND,
    MEASURED_IN_SQUARE_METRES,
    MEASURED_IN_CUBIC_METRES,
    MEASURED_IN_CUBIC_METRES_PER_SECOND,
    MEASURED_IN_NEWTONS_PER_SQUARE_MILLIMETRE,
    MEASUREMENT_UNITS,
};

/* One value at one place.  There are many: keep it small. */
struct measurement {
    double chainage_m;    /* from the start of its inspection */
    double value;         /* in `unit` */
    uint32_t inspection;  /* in survey.inspections */
    uint32_t line;        /* in its file, 1 first */
    uint8_t kind, unit;   /* enum measurement_kind, measurement_unit */
    bool is_zero_unknown; /* nothing tells from which end the chainage is counted */
};

enum direction {
    DIRECTION_UNKNOWN,
    DIRECTION_DOWNSTREAM, /* the camera goes with the flow */
    DIRECTION_UPSTREAM,
};

enum inspected_object {
    OBJECT_SEGMENT,
    OBJECT_NODE, /* manhole, chamber */
};

/* Where chainage 0 is (EN ABC, ISYBAU BezugspunktLage). */
enum zero_point {
    ZERO_UNKNOWN,
    ZERO_NODE_CENTRE,
    ZERO_INNER_WALL,
    ZERO_PIPE_END,
    ZERO_MIDWAY,
};

enum match_method {
    MATCH_NONE,
    MATCH_SEGMENT_ID,
    MATCH_SEGMENT_ID_NORMALISED,
    MATCH_NODE_PAIR,
    MATCH_NODE_PAIR_SUFFIX,
    MATCH_CHAIN,
    MATCH_NODE_AND_LENGTH,
    MATCH_COORDINATES,
    MATCH_NODE_ID, /* node inspections */
    MATCH_NODE_ID_NORMALISED,
    MATCH_METHODS,
};

/* What few inspections have, or what no stage works with. */
struct inspection_more {
    struct text upstream_node, downstream_node; /* where the format names them so (ISYBAU, PACP) */
    struct text direction_text;                 /* as written */
    struct text abandoned_reason;               /* as delivered */
    struct text video, time, weather, purpose, street, remark, material, shape, standard, system;
    struct text suffix;            /* tells parallel segments between two nodes apart */
    struct xy start_at, finish_at; /* delivered coordinates, file's own CRS; NAN unset; of a run
                                      with a network brought into its working plane */
    struct xy start_delivered, finish_delivered; /* cmd: as they were before that; NAN unset */
    bool has_coordinates;                        /* start_at and finish_at are set */
};

/* One run of a camera or robot. */
struct inspection {
    /* reader */
    const struct survey *survey;
    struct inspection_more *more; /* NULL when it has nothing of that */
    struct text id;          /* as delivered; the pipeline makes missing and repeated ones unique */
    struct text segment_ref; /* as delivered: segment id; node id for OBJECT_NODE */
    struct text start_node;  /* where the camera was put in, as the format tells */
    struct text finish_node; /* the other end that it was sent to */
    const char *raw;         /* the header record as delivered */
    uint32_t raw_n;
    uint32_t line;
    uint32_t operator_word, method_word; /* in survey.words, 0 unset */
    int32_t inspected_on;                /* YYYYMMDD, 0 unset */
    float diameter_mm, height_mm;        /* as logged, NAN unset */
    double expected_m;                   /* length of the segment as the log has it; NAN unset */
    double inspected_m;                  /* length that was seen; NAN unset */
    uint32_t first_observation;          /* in survey.observations */
    uint32_t n_observations;
    uint8_t object;    /* enum inspected_object */
    uint8_t direction; /* enum direction */
    uint8_t zero;      /* enum zero_point */
    bool is_abandoned;
    bool is_lateral;
    bool start_is_assumed; /* the start node was derived from the direction */
    bool counts_up; /* OBJECT_NODE: chainages are heights above the lowest invert, not depths */

    /* pipeline */
    uint32_t number;               /* position among all inspections of the run */
    uint32_t first_observation_id; /* observation_id of its first observation, in the whole run */

    /* match */
    uint8_t match_method;                /* enum match_method */
    uint8_t unplaced;                    /* enum unplaced_reason */
    bool is_duplicate;                   /* current: delivered before in this run */
    uint32_t duplicate_of;               /* current: number of the one it repeats, if it does */
    bool is_current;                     /* current: of node inspections; stretches have theirs */
    bool is_complete;                    /* locate: reached the other end */
    bool is_collapse_hazard;             /* assess: of node inspections, like the next three */
    uint8_t node_scheme;                 /* assess: enum scheme; SCHEME_NONE when not graded */
    uint8_t node_grade;                  /* assess: enum grade, of the score */
    double node_score;                   /* assess: NAN when nothing could be scored */
    struct text match_note;              /* how, or why not; {0} when there is nothing to say */
    struct text candidates;              /* best candidates when unplaced, '; ' between */
    uint32_t node;                       /* of a node inspection, NO_NODE unset */
    uint32_t first_stretch, n_stretches; /* in result.stretches */
};

/* The part of an inspection that lies on one segment: one, or several in a chain. */
struct stretch {
    /* match */
    uint32_t inspection, segment; /* numbers */
    bool is_against_flow;         /* the camera came in at the downstream end */
    double from_chainage_m;       /* where it came in; 0 but in chains */
    double to_chainage_m;         /* where it left: NAN until locate when it is the last */

    /* locate: along = entry + way * ((chainage - from_chainage) * scale + offset_m) */
    double scale;
    double offset_m;
    double from_along_m, to_along_m; /* the seen part, from_along_m <= to_along_m; NAN unset */
    uint8_t method;                  /* enum position_method */
    bool is_complete;                /* seen from node to node */

    /* current */
    bool is_current;
};

/* One delivered file.  A row of source_files. */
struct survey_file {
    struct text path;   /* as given by the user */
    const char *format; /* static: name of the survey format */
    struct text version, encoding, generator;
    uint64_t size_bytes;
    char sha256[65]; /* hex, ended by NUL */
    bool is_damaged;
    struct text earlier_result; /* path of the result of ours that it was read out of; {0}: none */
    bool earlier_has_network;   /* and that result holds segments */
};

struct network;

/* What a reader fills.  Owns everything that its inspections and observations point to. */
struct survey {
    struct survey_file file;
    struct arena arena;
    struct pool words;
    struct code *codes; /* an array of its own */
    size_t n_codes, codes_capacity;
    struct inspection *inspections;
    size_t n_inspections, inspections_capacity;
    struct observation *observations; /* those of one inspection stand together, in file order */
    size_t n_observations, observations_capacity;
    struct measurement *measurements; /* an array of its own; core/measure.h puts it in order */
    size_t n_measurements, measurements_capacity;
    struct index code_index;
    struct findings findings;
    enum catalogue catalogue;
    enum scheme scheme;          /* that the file itself asks for; SCHEME_NONE: by its catalogue */
    uint8_t coding_version;      /* of its codes, where that matters: PACP 6, 7, 8; 0 not told */
    enum scheme graded_by;       /* assess: the scheme that grades it, SCHEME_NONE when none does */
    bool length_unit_is_assumed; /* nothing said in which unit the lengths are; metres were taken */
    struct network *network;     /* when the file holds one too; owned */
    struct survey *others; /* when the file holds more than one delivery, as an earlier result */
    size_t n_others;       /* does: all but the first; an array of its own, without others */
    void *mapping;         /* of the source file, for raw views; released with the survey */
    size_t mapping_n;
    void (*unmap)(void *mapping, size_t n); /* NULL: the mapping is borrowed while it is read */
};

/* Appends an inspection with every field unset; the pointer is good until the next one. */
struct inspection *survey_add_inspection(struct survey *survey);

/* Appends an observation to the newest inspection, every field unset; good until the next one. */
struct observation *survey_add_observation(struct survey *survey);

/* Appends a measurement, every field unset; good until the next one. */
struct measurement *survey_add_measurement(struct survey *survey);

/* The `more` of a record, made when it has none yet. */
struct observation_more *observation_more(struct survey *survey, struct observation *observation);
struct inspection_more *inspection_more(struct survey *survey, struct inspection *inspection);

/* The number of a code in survey.codes; all four texts together are the key, copied when new. */
uint32_t survey_add_code(struct survey *survey, struct text delivered, struct text code,
    struct text char1, struct text char2);

const struct code *observation_code(
    const struct inspection *inspection, const struct observation *observation);

/* Puts the observation of number from[i] into place i, without a second array of them; `from` is
 * spent. */
void observations_arrange(struct observation *observations, uint32_t *from, size_t n);

/* The observations of an inspection: inspection->n_observations of them. */
struct observation *inspection_observations(const struct inspection *inspection);

/* Where an inspection stands, for findings. */
struct finding_place inspection_place(const struct inspection *inspection, uint32_t line);

/* Adds NO_OBSERVATIONS with the inspection and its object as words. */
void inspection_note_empty(struct survey *survey, const struct inspection *inspection);

/* Makes the others of each survey surveys of their own, behind the one that they came with.
 * `surveys` is an array as of array_reserve; *n and *capacity are its own. */
struct survey *surveys_unfold(struct survey *surveys, size_t *n, size_t *capacity);

void survey_release(struct survey *survey);

const char *match_method_name(enum match_method method); /* as in the table */
const char *position_method_name(enum position_method method);
const char *unplaced_reason_name(enum unplaced_reason reason);
const char *unplaced_reason_sentence(enum unplaced_reason reason);
const char *direction_name(enum direction direction);      /* NULL when unknown */
const char *zero_point_name(enum zero_point zero);         /* NULL when unknown */
const char *code_kind_name(enum code_kind kind);           /* structural ... other */
const char *defect_family_name(enum defect_family family); /* break ... other; NULL for none */
const char *catalogue_name(enum catalogue catalogue);
const char *measurement_kind_name(enum measurement_kind kind); /* slope, deviation ... */
const char *measurement_unit_name(enum measurement_unit unit); /* %, mm, deg; NULL when unknown */
