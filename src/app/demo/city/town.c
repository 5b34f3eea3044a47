/* town.c - the ground of the demo city. */

#include "app/demo/city/town.h"

#include "app/demo/make/words.h"

#include <assert.h>

/* Units of a quarter; its corner is the south-west. */
enum {
    QUARTER_W = 5200, QUARTER_H = 7000, QUARTER_GAP = 200, QUARTERS_A_ROW = 5,
    NORTH = 4000,                        /* south of it the villages */
    WALK_E = 2400, WALK_DX = 240, WALK_DY = 200,
    RIVER_W = 3700, RIVER_E = 3820,
    TOWER_ROWS = 9, TOWER_COLUMNS = 3,
};

struct work {
    struct arena        *mem;
    struct dice         *dice;
    struct road_builder *roads;
    struct town         *town;
    struct plane         plane;          /* of the city */
    int                  x0, y0;         /* of the quarter */
    int64_t              ways;
    size_t               areas_room, estates_room, corners_room;
};

static const struct point sea = { 302000000, 1256000000 };

/* The plan below is drawn in units of so many metres: it sets how densely the city is built. */
static const double unit_m = 0.62;

static struct point at(const struct work *w, double x, double y)
{
    struct plane_point drawn = { (w->x0 + x) * unit_m, (w->y0 + y) * unit_m };
    return plane_back(&w->plane, drawn);
}

static struct point_box box_of(const struct work *w, double x1, double y1, double x2, double y2)
{
    return (struct point_box){ at(w, x1, y1), at(w, x2, y2) };
}

/* Streets meet where they name the same spot, so a node's id is its place to the decimetre. */
static int64_t node(struct work *w, double x, double y)
{
    int64_t east = (int64_t)((w->x0 + x) * 10) + 1, north = (int64_t)((w->y0 + y) * 10) + 1;
    int64_t id = east << 24 | north;
    road_builder_node(w->roads, id, at(w, x, y), 0);
    return id;
}

static void way(struct work *w, struct road_way *made, const int64_t *nodes, size_t n)
{
    made->id = ++w->ways;
    road_builder_way(w->roads, made, nodes, n);
}

/* A straight street through n spots along one axis: `fixed` is the other coordinate. */
static void straight(struct work *w, struct road_way made, bool along_x, double fixed,
                     const int *spots, size_t n)
{
    int64_t nodes[64];
    assert(n <= 64);
    for (size_t i = 0; i < n; i++)
        nodes[i] = along_x ? node(w, spots[i], fixed) : node(w, fixed, spots[i]);
    way(w, &made, nodes, n);
}

static void corner_add(struct work *w, double x, double y)
{
    struct town *t = w->town;
    t->corners = GROW(w->mem, t->corners, t->corners_n, &w->corners_room);
    t->corners[t->corners_n++] = at(w, x, y);
}

static int area_add(struct work *w, struct area made)
{
    struct town *t = w->town;
    t->areas = GROW(w->mem, t->areas, t->areas_n, &w->areas_room);
    t->areas[t->areas_n] = made;
    return (int)t->areas_n++;
}

static struct estate *estate_add(struct work *w, struct estate made)
{
    struct town *t = w->town;
    t->estates = GROW(w->mem, t->estates, t->estates_n, &w->estates_room);
    t->estates[t->estates_n] = made;
    return &t->estates[t->estates_n++];
}

static void gate_add(struct estate *e, struct point spot, struct sv name, bool night_closed)
{
    assert(e->gates_n < sizeof e->gates / sizeof *e->gates);
    e->gates[e->gates_n++] = (struct gate_spot){ spot, name, night_closed };
}

/* The private lane through an estate from its south gate to its north gate, or to its middle. */
static void inner_lane(struct work *w, double x, double south, double north, bool through)
{
    double middle = (south + north) / 2;
    int64_t nodes[3] = { node(w, x, south), node(w, x, middle), node(w, x, north) };
    way(w, &(struct road_way){ .kind = ROAD_SERVICE, .flags = ROAD_PRIVATE }, nodes,
        through ? 3 : 2);
}

/* --- 柳荫: walk-ups --- */

static void walk_streets(struct work *w)
{
    /* Rows carry a spot in the middle of each block, where the estates' gates are. */
    int xs[21], ys[16];
    for (int i = 0; i < 21; i++)
        xs[i] = i * WALK_DX / 2;
    for (int i = 0; i < 16; i++)
        ys[i] = NORTH + i * WALK_DY;
    for (int i = 0; i < 16; i++) {
        struct road_way street = { .name = word_street(w->mem, 0, i),
                                   .kind = i % 5 ? ROAD_RESIDENTIAL : ROAD_SECONDARY };
        straight(w, street, true, ys[i], xs, 21);
    }
    for (int i = 0; i < 10; i++) {       /* the eleventh column belongs to the towers */
        struct road_way street = { .name = word_street(w->mem, 1, i),
                                   .kind = i % 5 ? ROAD_RESIDENTIAL : ROAD_TERTIARY };
        straight(w, street, false, i * WALK_DX, ys, 16);
        for (int j = 0; j < 16; j += 2)
            corner_add(w, i * WALK_DX + 8, ys[j] + 8);
    }
}

static void walk_estate(struct work *w, int community, int column, int row, int nth)
{
    double x = column * WALK_DX + WALK_DX / 2.0, south = NORTH + row * WALK_DY;
    struct estate *e =
        estate_add(w, (struct estate){
                          .name = word_estate(w->mem, WALK_UPS, nth),
                          .alias = word_alias(w->mem, WALK_UPS, nth),
                          .address = word_address(w->mem, 0, row, column * 10 + 1),
                          .community = community,
                          .character = WALK_UPS,
                          .at = at(w, x, south + WALK_DY / 2.0),
                          .box = box_of(w, x - 90, south + 25, x + 90, south + WALK_DY - 25),
                          .buildings = 8,
                          .floors = 6,
                      });
    bool through = dice_chance(w->dice, 0.7);
    inner_lane(w, x, south, south + WALK_DY, through);
    gate_add(e, at(w, x, south), SV("南门"), false);
    if (through)
        gate_add(e, at(w, x, south + WALK_DY), SV("北门"), dice_chance(w->dice, 0.4));
}

/* Six communities, two by three, each 5 × 5 blocks of which eight are homes. */
static void walk_ups(struct work *w, int street, int quarter)
{
    static const int homes[8] = { 0, 2, 6, 8, 12, 16, 18, 24 };
    walk_streets(w);
    w->town->alley[0] = at(w, 1.5 * WALK_DX, NORTH + 3 * WALK_DY);
    w->town->alley[1] = at(w, 1.5 * WALK_DX, NORTH + 4 * WALK_DY);
    for (int k = 0; k < COMMUNITIES_A_STREET; k++) {
        int column = k % 2 * 5, row = k / 2 * 5;
        int community =
            area_add(w, (struct area){
                            .name = word_community(w->mem, WALK_UPS, quarter, k),
                            .level = 1,
                            .parent = street,
                            .character = WALK_UPS,
                            .box = box_of(w, column * WALK_DX, NORTH + row * WALK_DY,
                                          (column + 5) * WALK_DX, NORTH + (row + 5) * WALK_DY),
                        });
        for (int i = 0; i < 8; i++)
            walk_estate(w, community, column + homes[i] % 5, row + homes[i] / 5,
                        (quarter * COMMUNITIES_A_STREET + k) * 8 + i);
    }
}

/* --- 望江: towers on both banks --- */

static double tower_x(bool east, int column)
{
    return east ? RIVER_E + column * (QUARTER_W - RIVER_E) / (double)TOWER_COLUMNS
                : WALK_E + column * (RIVER_W - WALK_E) / (double)TOWER_COLUMNS;
}

/* The middle of a block, where its gate is. */
static int tower_middle(bool east, int column)
{
    return (int)(tower_x(east, column) + (tower_x(east, 1) - tower_x(east, 0)) / 2);
}

static double tower_y(int row)
{
    return NORTH + row * (QUARTER_H - NORTH) / (double)TOWER_ROWS;
}

/* One bank: wide blocks; rows carry a spot in the middle of each block for the gates. */
static void tower_streets(struct work *w, bool east)
{
    int ys[2 * TOWER_ROWS + 16];
    size_t n = 0;
    for (int row = 0; row <= TOWER_ROWS; row++) {
        int xs[2 * TOWER_COLUMNS + 1];
        for (int i = 0; i <= 2 * TOWER_COLUMNS; i++)
            xs[i] = i % 2 ? tower_middle(east, i / 2) : (int)tower_x(east, i / 2);
        straight(w, (struct road_way){ .name = word_street(w->mem, 2, row), .kind = ROAD_TERTIARY },
                 true, (int)tower_y(row), xs, 2 * TOWER_COLUMNS + 1);
    }
    for (int y = NORTH; y <= QUARTER_H; y++) {
        bool tower_row = false;
        for (int row = 0; row <= TOWER_ROWS; row++)
            tower_row |= y == (int)tower_y(row);
        bool walk_row = !east && (y - NORTH) % WALK_DY == 0;
        if (tower_row || walk_row)
            ys[n++] = y;
    }
    for (int column = 0; column <= TOWER_COLUMNS; column++) {
        bool embankment = column == (east ? 0 : TOWER_COLUMNS);
        straight(
            w,
            (struct road_way){ .name = word_street(w->mem, embankment ? 4 : 3, column + 4 * east),
                               .kind = embankment ? ROAD_FOOTWAY : ROAD_SECONDARY },
            false, (int)tower_x(east, column), ys, n);
        for (int row = 0; row < TOWER_ROWS; row += 2)
            corner_add(w, tower_x(east, column) + (column < TOWER_COLUMNS ? 12 : -12),
                       tower_y(row) + 12);
    }
}

/* The footbridge has stairs on both sides; the road bridge is at the far north. */
static void bridges(struct work *w)
{
    double y = (int)tower_y(3);
    w->town->second_bridge[0] = at(w, RIVER_W, (int)tower_y(6));
    w->town->second_bridge[1] = at(w, RIVER_E, (int)tower_y(6));
    int64_t nodes[4] = { node(w, RIVER_W, y), node(w, RIVER_W + 15, y), node(w, RIVER_E - 15, y),
                         node(w, RIVER_E, y) };
    way(w, &(struct road_way){ .name = SV("望江人行桥"), .kind = ROAD_STEPS, .steps = 42 }, nodes, 2);
    way(w,
        &(struct road_way){ .name = SV("望江人行桥"), .kind = ROAD_FOOTWAY, .flags = ROAD_BRIDGE },
        nodes + 1, 2);
    way(w, &(struct road_way){ .name = SV("望江人行桥"), .kind = ROAD_STEPS, .steps = 42 },
        nodes + 2, 2);
    int64_t far[2] = { node(w, RIVER_W, QUARTER_H), node(w, RIVER_E, QUARTER_H) };
    way(w, &(struct road_way){ .name = SV("安澜大桥"), .kind = ROAD_PRIMARY, .flags = ROAD_BRIDGE },
        far, 2);
}

static void tower_estate(struct work *w, int community, bool east, int column, int row, int nth)
{
    double x1 = tower_x(east, column), x2 = tower_x(east, column + 1);
    double y1 = (int)tower_y(row), y2 = (int)tower_y(row + 1), x = tower_middle(east, column);
    struct estate *e =
        estate_add(w, (struct estate){
                          .name = word_estate(w->mem, TOWERS, nth),
                          .alias = word_alias(w->mem, TOWERS, nth),
                          .address = word_address(w->mem, 2, row, column * 20 + 1 + east),
                          .community = community,
                          .character = TOWERS,
                          .at = at(w, x, (y1 + y2) / 2),
                          .box = box_of(w, x1 + 30, y1 + 30, x2 - 30, y2 - 30),
                          .buildings = 10,
                          .floors = 24,
                          .far_bank = east,
                      });
    inner_lane(w, x, y1, y2, false);
    gate_add(e, at(w, x, y1), SV("正门"), false);
}

/* Three communities on each bank, each of 3 × 3 wide blocks of which four are gated estates. */
static void towers(struct work *w, int street, int quarter)
{
    static const int homes[4] = { 0, 2, 4, 7 };
    tower_streets(w, false);
    tower_streets(w, true);
    bridges(w);
    for (int k = 0; k < COMMUNITIES_A_STREET; k++) {
        bool east = k >= 3;
        int row = k % 3 * 3;
        double edge_w = east ? (RIVER_W + RIVER_E) / 2.0 : WALK_E,
               edge_e = east ? QUARTER_W : (RIVER_W + RIVER_E) / 2.0;
        int community = area_add(w, (struct area){
            .name = word_community(w->mem, TOWERS, quarter, k), .level = 1, .parent = street,
            .character = TOWERS, .box = box_of(w, edge_w, tower_y(row), edge_e, tower_y(row + 3)),
        });
        for (int i = 0; i < 4; i++)
            tower_estate(w, community, east, homes[i] % 3, row + homes[i] / 3,
                         (quarter * COMMUNITIES_A_STREET + k) * 4 + i);
    }
}

/* --- 青禾: villages --- */

enum { VILLAGE_DX = QUARTER_W / 3, VILLAGE_DY = NORTH / 2, LANES = 4, LANE_M = 60 };

static int village_x(int column)
{
    return column * VILLAGE_DX + VILLAGE_DX / 2;
}

/* Spots on the road through a row of villages: where lanes leave it and roads cross it. */
static size_t road_spots(int *xs)
{
    size_t n = 0;
    xs[n++] = 0;
    for (int column = 0; column < 3; column++)
        for (int i = -6; i <= 6; i++)
            xs[n++] = village_x(column) + i * LANE_M;
    xs[n++] = QUARTER_W;
    return n;
}

static void country_roads(struct work *w)
{
    int xs[64];
    size_t n = road_spots(xs);
    for (int row = 0; row < 2; row++)
        straight(w, (struct road_way){ .name = word_street(w->mem, 5, row), .kind = ROAD_MINOR },
                 true, row * VILLAGE_DY + VILLAGE_DY / 2, xs, n);
    for (int column = 0; column < 3; column++) {
        int x = village_x(column);
        int64_t nodes[5] = { node(w, x, 0), node(w, x, VILLAGE_DY / 2),
                             node(w, x, VILLAGE_DY + VILLAGE_DY / 2), 0, 0 };
        /* Northwards to the nearest street corner of the town. */
        double north_x = column == 0 ? 4 * WALK_DX : column == 1 ? WALK_E : (int)tower_x(true, 1);
        nodes[3] = node(w, north_x, NORTH);
        way(w, &(struct road_way){ .name = word_street(w->mem, 6, column), .kind = ROAD_MINOR },
            nodes, 4);
    }
}

/* A natural village: lanes up and down from the road, linked at their ends. */
static void village(struct work *w, int community, int x, int y, int nth)
{
    struct estate *e =
        estate_add(w, (struct estate){
                          .name = word_estate(w->mem, VILLAGES, nth),
                          .alias = word_alias(w->mem, VILLAGES, nth),
                          .address = word_estate(w->mem, VILLAGES, nth),
                          .community = community,
                          .character = VILLAGES,
                          .at = at(w, x, y),
                          .box = box_of(w, x - 2 * LANE_M, y - 140, x + 2 * LANE_M, y + 140),
                          .buildings = 30,
                          .floors = 2,
                      });
    for (int i = -1; i <= 1; i++) {
        int64_t nodes[3] = { node(w, x + i * LANE_M, y - 140), node(w, x + i * LANE_M, y),
                             node(w, x + i * LANE_M, y + 140) };
        way(w, &(struct road_way){ .kind = ROAD_LIVING_STREET }, nodes, 3);
    }
    gate_add(e, at(w, x, y), SV("村口"), false);
    corner_add(w, x + 6, y + 10);
}

static void villages(struct work *w, int street, int quarter)
{
    country_roads(w);
    for (int k = 0; k < COMMUNITIES_A_STREET; k++) {
        int column = k % 3, row = k / 3, y = row * VILLAGE_DY + VILLAGE_DY / 2;
        int community =
            area_add(w, (struct area){
                            .name = word_community(w->mem, VILLAGES, quarter, k),
                            .level = 1,
                            .parent = street,
                            .character = VILLAGES,
                            .box = box_of(w, column * VILLAGE_DX, row * VILLAGE_DY,
                                          (column + 1) * VILLAGE_DX, (row + 1) * VILLAGE_DY),
                        });
        for (int i = -1; i <= 1; i++)
            village(w, community, village_x(column) + i * 5 * LANE_M, y,
                    (quarter * COMMUNITIES_A_STREET + k) * 3 + i + 1);
    }
}

static void quarter_make(struct work *w, int quarter)
{
    static const double boxes[STREETS_A_QUARTER][4] = {
        { 0, NORTH, WALK_E, QUARTER_H },
        { WALK_E, NORTH, QUARTER_W, QUARTER_H },
        { 0, 0, QUARTER_W, NORTH },
    };
    static void (*const make[STREETS_A_QUARTER])(struct work *, int, int) = { walk_ups, towers,
                                                                              villages };
    w->x0 = quarter % QUARTERS_A_ROW * (QUARTER_W + QUARTER_GAP);
    w->y0 = quarter / QUARTERS_A_ROW * (QUARTER_H + QUARTER_GAP);
    for (int i = 0; i < STREETS_A_QUARTER; i++) {
        const double *b = boxes[i];
        int street = area_add(w, (struct area){
            .name = word_sub_district(w->mem, (enum character)i, quarter), .level = 0, .parent = -1,
            .character = (enum character)i, .box = box_of(w, b[0], b[1], b[2], b[3]),
        });
        make[i](w, street, quarter);
    }
}

/* Quarters hang together by a road along their south and west sides. */
static void quarters_join(struct work *w, int quarters)
{
    for (int q = 0; q < quarters; q++) {
        w->x0 = q % QUARTERS_A_ROW * (QUARTER_W + QUARTER_GAP);
        w->y0 = q / QUARTERS_A_ROW * (QUARTER_H + QUARTER_GAP);
        int64_t east[2] = { node(w, QUARTER_W, VILLAGE_DY / 2),
                            node(w, QUARTER_W + QUARTER_GAP, VILLAGE_DY / 2) };
        int64_t north[2] = { node(w, 0, QUARTER_H),
                             node(w, village_x(0), QUARTER_H + QUARTER_GAP) };
        if (q % QUARTERS_A_ROW + 1 < QUARTERS_A_ROW && q + 1 < quarters)
            way(w, &(struct road_way){ .name = SV("安澜路"), .kind = ROAD_PRIMARY }, east, 2);
        if (q + QUARTERS_A_ROW < quarters)
            way(w, &(struct road_way){ .name = SV("云汀大道"), .kind = ROAD_PRIMARY }, north, 2);
    }
}

struct town town_make(struct arena *mem, struct dice *dice, int quarters,
                      struct road_builder *roads)
{
    struct town t = { .centre = sea };
    struct work w = {
        .mem = mem, .dice = dice, .roads = roads, .town = &t, .plane = plane_at(sea)
    };
    for (int q = 0; q < quarters; q++)
        quarter_make(&w, q);
    quarters_join(&w, quarters);
    return t;
}
