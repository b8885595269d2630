#pragma once
/* A result small enough to check in the head: three segments, one of them without geometry, and one
 * inspection of every kind. */
#include "core/result.h"

/* 30 m east from A to B (segment S1), 10 m north from B to C (S2); S3 from C to D is not drawn. */
void tiny_fill(struct result *result);
