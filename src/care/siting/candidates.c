/* candidates.c - where one may build: other places, idle properties, a grid on the streets. */

#include "care/siting/question.h"

#include "care/parameter/parameter.h"
#include "care/property/property.h"
#include "geo/shape.h"

#include <math.h>
#include <string.h>

SQL(siting_properties);

enum { GRID_DEFAULT_M = 300, CELLS_MAX = 400000 };

/* Prices of the area, in fen, and how many years of rent count. */
struct prices { struct money place, built; int64_t years; };

/* What is being gathered. */
struct gathering {
    struct ctx      *c;
    struct question *q;
    struct atlas    *atlas;
    struct prices    prices;
    size_t           room;
    bool             full;
};

static void put(struct gathering *g, const struct candidate *k)
{
    struct question *q = g->q;
    if (q->n >= SITING_CANDIDATES_MAX) {
        g->full = true;
        return;
    }
    q->candidate = GROW(&g->c->mem, q->candidate, q->n, &g->room);
    q->candidate[q->n] = *k;
    q->unpriced += k->guessed;
    q->n++;
}

static bool wants(const struct question *q, enum siting_source source)
{
    uint64_t all = UINT64_C(1) << FROM_PLACES | UINT64_C(1) << FROM_PROPERTIES;
    uint64_t bits = q->asked->sources.bits ? q->asked->sources.bits : all;
    return bits >> source & 1;
}

MUST static enum err prices_of(struct ctx *c, int64_t scope, struct prices *ret_prices)
{
    struct day today = day_of(c->now);
    TRY(parameter_money(c, "siting.cost_place", scope, today, &ret_prices->place));
    TRY(parameter_money(c, "siting.cost_new", scope, today, &ret_prices->built));
    return parameter_int(c, "siting.rent_years", scope, today, &ret_prices->years);
}

/* --- places --- */

/* Kinds that could take another in when nobody names them: those that care, and offices. */
#define KIND(k) (UINT64_C(1) << (k))
static const uint64_t caring = KIND(PLACE_INSTITUTION) | KIND(PLACE_STATION) |
    KIND(PLACE_DISTRICT_CENTRE) | KIND(PLACE_DAY_CENTRE) | KIND(PLACE_MEAL_POINT) |
    KIND(PLACE_CLINIC) | KIND(PLACE_COMMUNITY_OFFICE);

static void from_places(struct gathering *g)
{
    struct question *q = g->q;
    size_t n;
    uint64_t kinds = q->asked->kinds.bits ? q->asked->kinds.bits : caring;
    struct atlas_site *all = atlas_sites_in(&g->c->mem, g->atlas, &q->demand, &n);
    q->stands = NEW(&g->c->mem, struct atlas_site, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (all[i].kind == q->asked->kind)
            q->stands[q->stands_n++] = all[i];
        else if (wants(q, FROM_PLACES) && kinds >> all[i].kind & 1)
            put(g, &(struct candidate){
                .key = sv_fmt(&g->c->mem, "place:%lld", (long long)all[i].id),
                .name = all[i].name, .source = FROM_PLACES, .kind = all[i].kind,
                .id = all[i].id, .scope = all[i].scope, .at = all[i].at,
                .cost = g->prices.place.fen, .guessed = true });
    }
}

/* --- idle properties --- */

static void property_put(struct gathering *g, struct rows *r)
{
    int64_t rent = rows_int(r, 7), cost = rows_int(r, 8);
    int kind = PROPERTY_OTHER;
    (void)choice_of(property_kinds, rows_text(r, 2), &kind);
    put(g, &(struct candidate){
        .id = rows_int(r, 0), .name = rows_text(r, 1), .kind = kind, .scope = rows_int(r, 3),
        .at = { (int32_t)rows_int(r, 4), (int32_t)rows_int(r, 5) }, .area_m2 = rows_int(r, 6),
        .key = sv_fmt(&g->c->mem, "property:%lld", (long long)rows_int(r, 0)),
        .source = FROM_PROPERTIES, .guessed = rent == 0 && cost == 0,
        .cost = rent || cost ? cost + rent * g->prices.years : g->prices.place.fen });
}

MUST static enum err from_properties(struct gathering *g)
{
    const struct figure_area *area = &g->q->rule.area;
    for (size_t i = 0; i < area->n && wants(g->q, FROM_PROPERTIES); i++) {
        struct rows r = db_rows(g->c, &sql_siting_properties,
                                PARAMS(P_INT("low", area->range[i].low),
                                       P_INT("high", area->range[i].high),
                                       P_INT("size", SITING_CANDIDATES_MAX + 1)));
        while (rows_next(&r))
            property_put(g, &r);
        TRY(rows_end(&r));
    }
    return ERR_NONE;
}

/* --- a grid --- */

/* The division's boundary; where none is known the box of its homes. */
MUST static enum err land_of(struct gathering *g, int64_t code, struct shape *ret_shape,
                             struct point_box *ret_box)
{
    struct division d;
    bool found;
    const struct atlas_demand *demand = &g->q->demand;
    struct scope_range in = division_range(code);
    *ret_shape = (struct shape){ 0 };
    TRY(division_of_code(g->c, code, &d, &found));
    if (found && d.boundary.json.len) {
        TRY(shape_read(g->c, d.boundary.json, ret_shape));
        *ret_box = ret_shape->box;
        return ERR_NONE;
    }
    *ret_box = box_none();
    for (uint32_t h = 0; h < demand->homes; h++)
        if (demand->home[h].scope >= in.low && demand->home[h].scope <= in.high)
            box_add(ret_box, demand->home[h].at);
    return ERR_NONE;
}

/* The street nearest to a cell's middle, when it lies in the cell and on the land. */
static void cell_put(struct gathering *g, const struct shape *land, const struct point_box *cell)
{
    struct point at, middle = box_middle(cell);
    double reach = point_distance_m(cell->low, cell->high) / 2 + 1;
    if (!atlas_street_near(g->atlas, middle, reach, &at) || !box_holds(cell, at) ||
        (land->rings && !shape_holds(land, at)))
        return;
    put(g, &(struct candidate){
        .key = sv_fmt(&g->c->mem, "grid:%d,%d", at.lat_e7, at.lon_e7), .source = FROM_GRID,
        .name = sv_fmt(&g->c->mem, g->c->lang == LANG_EN ? "Point %u" : "网格点 %u",
                       (unsigned)++g->q->grid_cells),
        .at = at, .cost = g->prices.built.fen, .guessed = true });
}

MUST static enum err grid_over(struct gathering *g, int64_t code)
{
    struct shape land;
    struct point_box box;
    TRY(land_of(g, code, &land, &box));
    if (box.low.lat_e7 > box.high.lat_e7)
        return ERR_NONE;
    int64_t step_m = g->q->asked->grid_m ? g->q->asked->grid_m : GRID_DEFAULT_M;
    struct metric metric = metric_at(box_middle(&box).lat_e7);
    int64_t north = (int64_t)((double)step_m / metric.lat_m);
    int64_t east = (int64_t)((double)step_m / metric.lon_m);
    int64_t rows = ((int64_t)box.high.lat_e7 - box.low.lat_e7) / north + 1;
    int64_t columns = ((int64_t)box.high.lon_e7 - box.low.lon_e7) / east + 1;
    g->full = g->full || rows * columns > CELLS_MAX;
    for (int64_t i = 0; i < rows && !g->full; i++)
        for (int64_t k = 0; k < columns && !g->full; k++) {
            int64_t lat = box.low.lat_e7 + i * north, lon = box.low.lon_e7 + k * east;
            cell_put(g, &land, &(struct point_box){
                { (int32_t)lat, (int32_t)lon },
                { (int32_t)(lat + north - 1), (int32_t)(lon + east - 1) } });
        }
    if (g->full)
        fail_field_args(g->c, SV("grid_m"), "siting.grid_many",
                        sv_fmt(&g->c->mem, "%d", SITING_CANDIDATES_MAX), SV(""));
    return ERR_NONE;
}

/* --- marks --- */

static const char *const mark_lists[] = { "force", "forbid", "close" };

static bool mark_candidate(struct question *q, struct sv key, uint8_t mark)
{
    for (uint32_t i = 0; i < q->n; i++)
        if (sv_eq(q->candidate[i].key, key)) {
            bool fresh = q->candidate[i].mark == MARK_NONE || q->candidate[i].mark == mark;
            q->candidate[i].mark = mark;
            return fresh;
        }
    return false;
}

static bool stands_by_key(const struct question *q, struct sv key)
{
    int64_t id;
    if (!sv_starts(key, SV("place:")) || !sv_int(sv_from(key, 6), 1, INT64_MAX, &id))
        return false;
    for (size_t i = 0; i < q->stands_n; i++)
        if (q->stands[i].id == id)
            return true;
    return false;
}

static void mark_list(struct ctx *c, struct question *q, const struct json_value *list, int which)
{
    static const uint8_t marks[] = { MARK_FORCED, MARK_FORBIDDEN };
    for (const struct json_value *v = list->first; v; v = v->next) {
        bool known = v->kind == JSON_TEXT && (which == 2 ? stands_by_key(q, v->text)
                                              : mark_candidate(q, v->text, marks[which]));
        if (!known)
            fail_field_args(c, SV("marks"), "siting.mark", v->kind == JSON_TEXT ? v->text
                            : v->source, SV(""));
    }
}

/* The tree of the marks; NULL: none are made. Faults are noted. */
static const struct json_value *marks_of(struct ctx *c, const struct siting_row *asked)
{
    const struct json_value *tree = NULL;
    size_t n = 0;
    bool good = true;
    if (asked->marks.json.len == 0)
        return NULL;
    if (json_parse(c, asked->marks.json, &tree) != ERR_NONE) {
        ctx_forgive(c);
        fail_field(c, SV("marks"), "siting.marks");
        return NULL;
    }
    good = tree->kind == JSON_OBJECT;
    for (const struct json_value *v = good ? tree->first : NULL; v; v = v->next) {
        good = good && v->kind == JSON_ARRAY
               && (sv_is(v->name, "force") || sv_is(v->name, "forbid") || sv_is(v->name, "close"));
        n += v->n;
    }
    if (good && n <= SITING_MARKS_MAX)
        return tree;
    fail_field(c, SV("marks"), "siting.marks");
    return NULL;
}

static void mark_all(struct ctx *c, struct question *q)
{
    const struct json_value *tree = marks_of(c, q->asked);
    for (int i = 0; tree && i < 3; i++) {
        const struct json_value *list = json_member(tree, mark_lists[i]);
        if (list)
            mark_list(c, q, list, i);
    }
}

/* Places that may be closed, by index of those that serve somebody. */
static void mark_closable(struct ctx *c, struct question *q)
{
    q->closable = NEW(&c->mem, bool, q->served.sites + 1);
    const struct json_value *tree = marks_of(c, q->asked);
    const struct json_value *list = tree ? json_member(tree, "close") : NULL;
    for (const struct json_value *v = list ? list->first : NULL; v; v = v->next) {
        int64_t id = 0;
        (void)sv_int(sv_from(v->text, 6), 1, INT64_MAX, &id);
        for (uint32_t k = 0; k < q->served.sites; k++)
            q->closable[k] = q->closable[k] || q->served.site[k].id == id;
    }
}

/* --- the question --- */

static void area_into(const struct figure_area *area, struct atlas_demand *d)
{
    for (size_t i = 0; i < area->n; i++)
        d->within[i] = area->range[i];
    d->within_n = area->n;
}

MUST static enum err begin(struct ctx *c, const struct siting_row *asked, struct question *q,
                           struct prices *ret_prices)
{
    int64_t norm;
    *q = (struct question){ .asked = asked };
    if (asked->grid_m && asked->grid_m < SITING_GRID_MIN)
        fail_field(c, SV("grid_m"), "siting.grid_small");
    TRY(fail_fields(c));
    TRY(atlas_question_of(c, &(struct atlas_asked){
        .kind = asked->kind, .profile = asked->profile, .minutes = asked->minutes,
        .metres = asked->metres, .division = asked->division }, &q->rule));
    int64_t scope = q->rule.area.n == 1 ? q->rule.area.range[0].low : 0;
    TRY(prices_of(c, scope, ret_prices));
    TRY(parameter_int(c, "siting.norm_share", scope, day_of(c->now), &norm));
    q->norm_permille = norm * 10;
    q->demand.rule = q->rule.rule;
    q->demand.by_round = asked->way == SITING_BY_RADIUS;
    area_into(&q->rule.area, &q->demand);
    return ERR_NONE;
}

enum err question_candidates(struct ctx *c, const struct siting_row *asked, struct atlas *atlas,
                             struct question *ret_question)
{
    struct gathering g = { .c = c, .q = ret_question, .atlas = atlas };
    TRY(begin(c, asked, ret_question, &g.prices));
    atlas_demand_of(&c->mem, atlas, &ret_question->demand);
    from_places(&g);
    TRY(from_properties(&g));
    if (g.full)
        fail_field_args(c, SV("sources"), "siting.many",
                        sv_fmt(&c->mem, "%d", SITING_CANDIDATES_MAX), SV(""));
    const struct figure_area *area = &ret_question->rule.area;
    for (size_t i = 0; i < area->n && wants(ret_question, FROM_GRID); i++)
        TRY(grid_over(&g, area->range[i].low));
    mark_all(c, ret_question);
    return fail_fields(c);
}

/* With the atlas entered. */
MUST static enum err make_in(struct ctx *c, const struct siting_row *asked, bool at_once,
                             struct atlas *atlas, struct question *q)
{
    question_check(c, asked);
    TRY(question_candidates(c, asked, atlas, q));
    if (at_once && (q->n > SITING_TRY_CANDIDATES || q->demand.homes > SITING_TRY_HOMES))
        return fail(c, ERR_TOO_LARGE, "siting.large", "%u candidates, %u points of homes", q->n,
                    q->demand.homes);
    struct point *at = NEW(&c->mem, struct point, q->n + 1);
    for (uint32_t i = 0; i < q->n; i++)
        at[i] = q->candidate[i].at;
    q->served = atlas_serve(&c->mem, atlas, &q->demand, at, q->n);
    for (uint32_t i = 0; i < q->n; i++)
        q->loose += q->served.loose[i];
    mark_closable(c, q);
    return ERR_NONE;
}

enum err question_make(struct ctx *c, const struct siting_row *asked, bool at_once,
                       struct question *ret_question)
{
    struct atlas *atlas;
    TRY(atlas_enter(c, &atlas));
    enum err err = make_in(c, asked, at_once, atlas, ret_question);
    atlas_leave(c, atlas);
    return err;
}
