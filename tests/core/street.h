#pragma once
/* A street of wells 50 m apart, and beside it one trap for each rung:
 *
 *     W1 -WS-01- W2 -WS-02- W3 -WS-03- W4 =WS-4a,WS-4b= W5 -WS-05- W6
 *     DUP twice, X-1 and x_01 with one normal form, a ring D1-D2-D4-D3, a fork at F1,
 *     two pipes without anything to tell them apart between W6 and G1. */
#include "tests/core/town.h"

enum { DOWN = DIRECTION_DOWNSTREAM, UP = DIRECTION_UPSTREAM };

struct town *street_new(void);

/* The street with one inspection, and with WS-4b longer than WS-4a. */
struct town *street_visited(struct visit visit);
