#pragma once
/* The rules that a delivery is checked by: data that a contract can change, see rules.def. */
#include <stdbool.h>

#include "core/text.h"

enum check_severity {
    CHECK_OFF,
    CHECK_WARNING,
    CHECK_ERROR, /* blocking: the delivery is rejected */
    CHECK_SEVERITIES,
};

enum check_rule {
#define RULE(id, ...) CHECK_##id,
#include "core/check/rules.def"
#undef RULE
    CHECK_RULES,
};

struct check_rule_row {
    const char *name; /* as people and contracts write it: station-within */
    enum check_severity severity;
    bool needs_network;
    double limit;         /* NAN: the rule has none */
    double least, most;   /* what the limit may be */
    const char *unit;     /* of the limit, "" without one */
    const char *sentence; /* what holds when nothing is wrong */
    const char *source;   /* where the rule comes from */
};

/* What one contract says; start with check_rules_default. */
struct check_rules {
    struct {
        enum check_severity severity;
        double limit; /* NAN: none */
    } at[CHECK_RULES];
};

const struct check_rule_row *check_rule_row(enum check_rule rule);
struct check_rules check_rules_default(void);

/* CHECK_RULES when no rule has the name. */
enum check_rule check_rule_by_name(struct text name);

/* Does the contract say something else than rules.def? */
bool check_rule_is_changed(const struct check_rules *rules, enum check_rule rule);

const char *check_severity_name(enum check_severity severity); /* off, warning, error */
/* False when no severity has the name. */
bool check_severity_by_name(struct text name, enum check_severity *out);
