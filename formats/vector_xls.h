#pragma once
/* An xls as tables of OGR's, without libfreexl in this process. */
#include <gdal.h>

#include "core/error.h"
#include "formats/source.h"

/* A dataset in memory: each sheet a layer of texts, its first row the names.  NULL with *err when
 * the workbook cannot be read (table_file.h); GDALClose ends it. */
GDALDatasetH vector_xls_open(const struct source *source, struct error *err);
