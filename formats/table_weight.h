#pragma once
/* How much can an xlsx become in memory?  A small one may hold a cell of any length, one string
 * that every cell names, or empty rows of 2000 cells. */
#include <stdbool.h>

/* Is it sure that OGR reads the workbook in bounded memory, some 500 MiB at the very worst?  True
 * for the usual workbook of some thousand rows; false also for what is no xlsx. */
bool table_is_light(const char *path);
