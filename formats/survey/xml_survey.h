#pragma once
/* What every reader of XML surveys does around its elements. */
#include <stdbool.h>

#include "core/survey.h"
#include "formats/source.h"
#include "formats/survey_format.h"
#include "formats/xml.h"

/* Hands the elements over and fills encoding and damage of survey->file.  Fails as xml_read. */
bool xml_survey_read(struct text bytes, const struct xml_handler *handler,
    const struct read_options *options, struct survey *survey, struct error *err);

/* ERROR_FORMAT when neither inspections nor a network came of it. */
bool xml_survey_conclude(const struct survey *survey, struct error *err);

/* Maps the file for a reader of bytes, which keeps no views of them. */
bool xml_survey_read_file(const struct source *source,
    bool (*read)(struct text bytes, const struct read_options *options, struct survey *survey,
        struct error *err),
    const struct read_options *options, struct survey *survey, struct error *err);
