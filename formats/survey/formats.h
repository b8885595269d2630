#pragma once
/* The survey formats that there are, and their entries for documents in memory (tests, fuzzing). */
#include <stdbool.h>

#include "core/survey.h"
#include "core/text.h"
#include "formats/survey_format.h"

/* Alphabetical. */
extern const struct survey_format format_chainage;
extern const struct survey_format format_cjj181;
extern const struct survey_format format_csv;
extern const struct survey_format format_dwa_m150;
extern const struct survey_format format_en13508;
extern const struct survey_format format_en13508_xml;
extern const struct survey_format format_hk_mdb;
extern const struct survey_format format_isybau;
extern const struct survey_format format_mscc_xml;
extern const struct survey_format format_pacp;
extern const struct survey_format format_ribx;
extern const struct survey_format format_sufrib;
extern const struct survey_format format_vsa_kek;
extern const struct survey_format format_wincan;
extern const struct survey_format format_wincan_csv;
extern const struct survey_format format_wincan_mdb;
extern const struct survey_format format_wsa05_xml;

/* Reads a document that is in memory; survey->file.path is filled by the caller.  The bytes may be
 * gone when this returns. */
bool en13508_xml_read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err);
bool isybau_read_bytes(struct text bytes, const struct read_options *options, struct survey *survey,
    struct error *err);
bool m150_read_bytes(struct text bytes, const struct read_options *options, struct survey *survey,
    struct error *err);
bool mscc_xml_read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err);
bool ribx_read_bytes(struct text bytes, const struct read_options *options, struct survey *survey,
    struct error *err);
bool vsa_kek_read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err);
bool wsa05_xml_read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err);

/* The same; `log` is the write-ahead log beside the database, {0} for none. */
bool chainage_read_bytes(struct text bytes, struct text log, const struct read_options *options,
    struct survey *survey, struct error *err);
bool wincan_read_bytes(struct text bytes, struct text log, const struct read_options *options,
    struct survey *survey, struct error *err);

/* A database, with its log as above, or one CSV table alone; all must outlive the call only. */
bool pacp_read_bytes(struct text bytes, struct text log, const struct read_options *options,
    struct survey *survey, struct error *err);

/* One table of a WinCan 8 dump, alone. */
bool wincan_csv_read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err);

/* Access databases: Hong Kong's, and a WinCan 8 project. */
bool hk_mdb_read_bytes(struct text bytes, const struct read_options *options, struct survey *survey,
    struct error *err);
bool wincan_mdb_read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err);

/* Documents whose bytes must live as long as the survey: records are kept as views of them. */
bool en13508_read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err);
bool sufrib_read_bytes(struct text bytes, const struct read_options *options, struct survey *survey,
    struct error *err);
bool sheet_read_bytes(struct text bytes, const struct read_options *options, struct survey *survey,
    struct error *err); /* cjj181 and csv */
