#include "core/check/rules.h"

#include <math.h>

#include "core/base.h"

enum { ALWAYS = false, NETWORK = true };

#define UNLIMITED NAN
static const struct check_rule_row rows[CHECK_RULES] = {
#define RULE(id, name, severity, network, limit, least, most, unit, sentence, source) \
    [CHECK_##id] = {name, CHECK_##severity, network, limit, least, most, unit, sentence, source},
#include "core/check/rules.def"
#undef RULE
};
#undef UNLIMITED

static const char *const severities[CHECK_SEVERITIES] = {
    [CHECK_OFF] = "off",
    [CHECK_WARNING] = "warning",
    [CHECK_ERROR] = "error",
};

const struct check_rule_row *check_rule_row(enum check_rule rule) {
    return &rows[rule];
}

struct check_rules check_rules_default(void) {
    struct check_rules rules = {0};

    for (size_t i = 0; i < CHECK_RULES; i++) {
        rules.at[i].severity = rows[i].severity;
        rules.at[i].limit = rows[i].limit;
    }
    return rules;
}

enum check_rule check_rule_by_name(struct text name) {
    for (size_t i = 0; i < CHECK_RULES; i++) {
        if (text_equal_nocase(name, text_from(rows[i].name))) {
            return (enum check_rule)i;
        }
    }
    return CHECK_RULES;
}

bool check_rule_is_changed(const struct check_rules *rules, enum check_rule rule) {
    double limit = rules->at[rule].limit;

    return rules->at[rule].severity != rows[rule].severity ||
           (!isnan(limit) && limit != rows[rule].limit);
}

const char *check_severity_name(enum check_severity severity) {
    return severities[severity];
}

bool check_severity_by_name(struct text name, enum check_severity *out) {
    for (size_t i = 0; i < CHECK_SEVERITIES; i++) {
        if (text_equal_nocase(name, text_from(severities[i]))) {
            *out = (enum check_severity)i;
            return true;
        }
    }
    return false;
}
