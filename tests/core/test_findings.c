#include <criterion/criterion.h>
#include <string.h>

#include "core/base.h"
#include "core/findings.h"

/* Three bytes a letter: wherever a long detail is cut, no letter may be cut in two. */
Test(findings, a_long_detail_is_cut_between_letters) {
    CLEANUP(findings_release) struct findings findings = {0};
    static char long_text[3 * 1000 + 1];

    for (size_t i = 0; i < 1000; i++) {
        memcpy(long_text + 3 * i, "\xE7\xAE\xA1", 3);
    }
    for (size_t i = 0; i < 3; i++) {
        findings_add(&findings, FINDING_INVALID_VALUE, (struct finding_place){0}, "%s%s", &"xx"[i],
            long_text);
        cr_expect(text_is_utf8(findings.at[i].detail), "%zu letters before", 2 - i);
        cr_expect_gt(findings.at[i].detail.n, 1000, "%zu", findings.at[i].detail.n);
    }
}
