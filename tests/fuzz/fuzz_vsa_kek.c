#include "formats/survey/formats.h"
#include "tests/fuzz/fuzz_xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    return try_xml_survey(vsa_kek_read_bytes, data, n);
}
