#pragma once
/* The few macros of the house. */
#include <stddef.h>
#include <stdint.h>

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

/* Run `release(&variable)` when the variable goes out of scope. */
#define CLEANUP(release) __attribute__((cleanup(release)))

#define PRINTF_LIKE(format_at, args_at) __attribute__((format(printf, format_at, args_at)))

/* Gives another wording of the format that it takes: the compiler checks values against that. */
#define FORMAT_OF(format_at) __attribute__((format_arg(format_at)))

/* Things are known by their number; these are the numbers of no thing. */
#define NO_NODE UINT32_MAX
#define NO_OBSERVATION UINT32_MAX
#define NO_POLYGON UINT32_MAX
#define NO_SEGMENT UINT32_MAX
#define NO_STRETCH UINT32_MAX

/* A question that the data may leave open. */
enum answer {
    ANSWER_UNKNOWN,
    ANSWER_NO,
    ANSWER_YES,
};
