/* people.c - GET /api/circle/people: how many elders of the caller's area live inside. */

#include "care/circle/circle.h"

#include "care/elder/elder.h"
#include "care/figure/figure.h"
#include "care/near/scratch.h"
#include "http/describe/gives.h"

#include <math.h>

SQL(circle_people);

enum { CELL_M = 100 /* care/elder: elder_cell */, LEVELS = ADDRESS_DOOR + 1 };

#define SAID_ZH "只数您辖区内在世、住处已知的老年人；按住处所在的100米网格中心从起点沿路网走不走得到来算，" \
                "不用家的坐标；不足十人不显示"
#define SAID_EN "living elders of your own area whose home is known, by whether the middle of " \
                "the 100 m cell it lies in is reached; fewer than ten are not shown"

static const struct field part_gives[] = {
    SAYS(CHOICE, "level", .choices = address_levels), SAYS(TEXT, "level_name"), SAYS(BOOL, "few"),
    MAY_SAY(INT, "people"), { 0 },
};

const struct field people_gives[] = {
    SAYS(TEXT, "profile"), SAYS(TEXT, "profile_name"), SAYS(REAL, "speed"), SAYS(INT, "minutes"),
    SAYS(MOMENT, "as_of"), SAYS(TEXT, "definition"),
    SAYS(BOOL, "few", .zh = "不足十人，不显示", .en = "Fewer than ten: not told"),
    MAY_SAY(INT, "people"),
    SAYS(LIST, "parts", .record = part_gives, .zh = "按住处知道到哪一级",
         .en = "By how well the homes are known"), { 0 },
};

struct people { int64_t all, part[LEVELS]; };

/* Is the middle of a cell reached, along the streets? */
static bool cell_reached(const struct reach *s, int64_t cell)
{
    struct anchor at;
    return roads_snap(s->roads, s->profile, elder_cell_middle(cell), ACCESS_M_DEFAULT, &at) &&
           reach_ms(s, &at) != NOT_REACHED;
}

MUST static enum err count_row(struct ctx *c, const struct reach *s, int64_t west, int64_t east,
                               struct scope_range in, struct people *p)
{
    struct rows r = db_rows(c, &sql_circle_people,
                            PARAMS(P_INT("west", west), P_INT("east", east),
                                   P_INT("low", in.low), P_INT("high", in.high)));
    int64_t last = -1;
    bool reached = false;
    while (rows_next(&r)) {
        int64_t cell = rows_int(&r, 0), n = rows_int(&r, 2);
        int level;
        if (cell != last)
            reached = cell_reached(s, cell);
        last = cell;
        if (!reached || !choice_of(address_levels, rows_text(&r, 1), &level) ||
            level == ADDRESS_NONE)
            continue;
        p->all += n;
        p->part[level] += n;
    }
    return rows_end(&r);
}

/* All rows of cells that somebody could get to in a straight line. */
MUST static enum err count_people(struct ctx *c, const struct reach *s, struct point home,
                                  const struct figure_area *area, struct people *p)
{
    double far_m = s->limit_ms / 1e5 * profile_top_cm_s(s->profile) + 2 * CELL_M;
    double lat_e7 = far_m / CELL_M * 9000;
    double lon_e7 = lat_e7 / fmax(cos(home.lat_e7 / 1e7 * M_PI / 180), 0.01);
    struct point low = { (int32_t)(home.lat_e7 - lat_e7), (int32_t)(home.lon_e7 - lon_e7) };
    struct point high = { (int32_t)(home.lat_e7 + lat_e7), (int32_t)(home.lon_e7 + lon_e7) };
    int64_t width = elder_cell((struct point){ low.lat_e7, high.lon_e7 }) - elder_cell(low);
    for (int32_t lat = low.lat_e7; lat <= high.lat_e7 + 9000; lat += 9000) {
        int64_t west = elder_cell((struct point){ lat, low.lon_e7 });
        for (size_t i = 0; i < area->n; i++)
            TRY(count_row(c, s, west, west + width, area->range[i], p));
    }
    return ERR_NONE;
}

/* --- what may be told --- */

static bool is_few(int64_t n)
{
    return n > 0 && n < PEOPLE_FEW;
}

/* One part alone that is held back would follow from the others: then the next smallest is too. */
static void hold_back(const struct people *p, bool held[LEVELS])
{
    int n = 0, next = -1;
    for (int i = 0; i < LEVELS; i++) {
        held[i] = is_few(p->part[i]);
        n += held[i];
        if (!held[i] && p->part[i] && (next < 0 || p->part[i] < p->part[next]))
            next = i;
    }
    if (n == 1 && next >= 0)
        held[next] = true;
}

static void write_parts(struct ctx *c, struct json *j, const struct people *p)
{
    bool held[LEVELS];
    hold_back(p, held);
    json_array(j, "parts");
    for (int i = LEVELS - 1; p->all >= PEOPLE_FEW && i > ADDRESS_NONE; i--) {
        json_object(j, NULL);
        json_text(j, "level", sv_of(address_levels[i].key));
        json_text(j, "level_name",
                  sv_of(c->lang == LANG_EN ? address_levels[i].en : address_levels[i].zh));
        json_bool(j, "few", held[i]);
        if (!held[i])
            json_int(j, "people", p->part[i]);
        json_end(j, '}');
    }
    json_end(j, ']');
}

MUST static enum err people_with(struct ctx *c, struct directory *d, const struct near_asked *q,
                                 struct answer *a)
{
    struct figure_area area;
    struct near_want want;
    struct near_home home;
    struct people p = { .all = 0 };
    struct near_scratch *lent;
    TRY(figure_area_of(c, 0, &area));
    TRY(near_want_of(c, d, q, &want));
    TRY(near_home(c, d, q, want.profile, want.at, &home));
    if (want.limit_ms > PEOPLE_MINUTES_MAX * 60000)
        want.limit_ms = PEOPLE_MINUTES_MAX * 60000;
    struct near *near = scratch_borrow(&c->mem, d, &lent);
    if (!near)
        return fail(c, ERR_BUSY, "near.no_roads", "there is no road file");
    enum err err = ERR_NONE;
    if (home.n) {
        reach_begin(near->reach, want.profile, &home.from[0], want.limit_ms);
        for (size_t i = 1; i < home.n; i++)
            reach_also(near->reach, &home.from[i]);
        reach_finish(near->reach);
        err = count_people(c, near->reach, home.at, &area, &p);
    }
    scratch_return(lent);
    if (err)
        return err;
    near_pace_json(&a->json, want.profile, c->lang);
    json_int(&a->json, "minutes", want.limit_ms / 60000);
    json_moment(&a->json, "as_of", c->now);
    json_text(&a->json, "definition", c->lang == LANG_EN ? SV(SAID_EN) : SV(SAID_ZH));
    json_bool(&a->json, "few", is_few(p.all));
    if (!is_few(p.all))
        json_int(&a->json, "people", p.all);
    write_parts(c, &a->json, &p);
    return ERR_NONE;
}

enum err people_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct directory *d;
    TRY(directory_enter(c, &d));
    enum err err = people_with(c, d, q->query, a);
    directory_leave(c, d);
    return err;
}
