#include "tests/core/street.h"

#include "core/base.h"

struct town *street_new(void) {
    static const struct {
        const char *id;
        double x, y;
    } nodes[] = {
        {"W1", 0,   0  },
        {"W2", 50,  0  },
        {"W3", 100, 0  },
        {"W4", 150, 0  },
        {"W5", 200, 0  },
        {"W6", 250, 0  },
        {"W7", 0,   80 },
        {"W8", 50,  70 },
        {"W9", 100, 60 },
        {"W0", 100, 120},
        {"D1", 0,   500},
        {"D2", 40,  500},
        {"D3", 0,   540},
        {"D4", 40,  540},
        {"F1", 500, 0  },
        {"F2", 530, 0  },
        {"F3", 500, 60 },
        {"G1", 250, 50 },
    };
    static const struct {
        const char *id, *from, *to;
        float diameter_mm;
    } segments[] = {
        {"WS-01", "W1", "W2", 300},
        {"WS-02", "W2", "W3", 300},
        {"WS-03", "W3", "W4", 300},
        {"WS-4a", "W4", "W5", 300},
        {"WS-4b", "W4", "W5", 400},
        {"WS-05", "W5", "W6", 300},
        {"DUP",   "W1", "W7", 300},
        {"DUP",   "W2", "W8", 500},
        {"X-1",   "W3", "W9", 300},
        {"x_01",  "W9", "W0", 300},
        {"DA",    "D1", "D2", 300},
        {"DB",    "D2", "D4", 300},
        {"DC",    "D1", "D3", 300},
        {"DD",    "D3", "D4", 300},
        {"FA",    "F1", "F2", 300},
        {"FB",    "F1", "F3", 300},
        {"GA",    "W6", "G1", 300},
        {"GB",    "W6", "G1", 300},
    };
    struct town *town = town_new();

    for (size_t i = 0; i < ARRAY_LEN(nodes); i++) {
        town_node(town, nodes[i].id, nodes[i].x, nodes[i].y);
    }
    for (size_t i = 0; i < ARRAY_LEN(segments); i++) {
        struct segment *segment =
            town_segment(town, segments[i].id, segments[i].from, segments[i].to);
        segment->diameter_mm = segments[i].diameter_mm;
    }
    return town;
}

struct town *street_visited(struct visit visit) {
    struct town *town = street_new();

    town_bend(town, &town->network.segments[4], 175, 20);
    town_visit(town, visit);
    return town;
}
