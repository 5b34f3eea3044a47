/* day.c - a sitting's rounds for who plans them: people, runs, doors on a map, what is left out. */

#include "care/delivery/round.h"
#include "http/describe/gives.h"

SQL(day_people);
SQL(usual_people);
SQL(orders_left);
SQL(run_stops);

enum { LEFT_MAX = DELIVERY_DOORS_MAX };

static const struct choice whys[] = {
    { "boxes", "份数超过一个人一次能带的：让一位这次多带（推车、两手提），或加一个带得多的人",
      "More boxes than anybody carries: let one take more this once, or add somebody who does" },
    { "far", "离厨房太远，还没到门口就超过保温时限：改骑车，或从近的点送",
      "Too far: the limit is over before the door; ride, or bring it from a nearer kitchen" },
    { "time", "没有人能在约定时间内到门口并按时回来：请早些出发",
      "Nobody is there in time and back again: leave earlier" },
    { "crowded", "人手和时间排不开，或是排好之后才订的：重新排，或换到某一趟里",
      "The others take the time, or it came after planning: plan again, or pick a run" },
    { "nobody", "还没有排", "Not planned yet" },
    { 0 },
};
enum { WHY_NOBODY = TRIP_WHY_CROWDED + 1 };

static const struct field person_gives[] = {
    SAYS(ID, "id"), SAYS(INT, "version"), MAY_SAY(ID, "carer"), SAYS(TEXT, "name"),
    SAYS(CHOICE, "travel", .choices = travels), SAYS(INT, "boxes"), SAYS(INT, "from_min"),
    SAYS(INT, "until_min"), SAYS(BOOL, "comes"), { 0 },
};
static const struct field run_and_stops_gives[] = {
    SAYS(RECORD, "run", .links = "meal_run"), SAYS(TEXT, "who"),
    SAYS(LIST, "stops", .links = "meal_stop"), { 0 },
};
static const struct field spot_gives[] = {
    SAYS(ID, "care_order"), SAYS(REAL, "lat"), SAYS(REAL, "lon"), { 0 },
};
static const struct field left_gives[] = {
    SAYS(ID, "care_order"), SAYS(TEXT, "number"), SAYS(TEXT, "for_name"), SAYS(TEXT, "door"),
    SAYS(INT, "quantity"), SAYS(CHOICE, "why", .choices = whys), SAYS(TEXT, "why_text"), { 0 },
};
const struct field delivery_day_gives[] = {
    SAYS(ID, "place"), SAYS(REAL, "lat"), SAYS(REAL, "lon"),
    SAYS(INT, "hot_minutes", .zh = "保温时限", .en = "From pick-up to the last door, at most"),
    SAYS(LIST, "people", .record = person_gives),
    SAYS(LIST, "usual", .record = person_gives, .zh = "上一次是谁送的", .en = "Who did it last"),
    SAYS(LIST, "runs", .record = run_and_stops_gives),
    SAYS(LIST, "spots", .record = spot_gives, .zh = "小区的位置", .en = "Compounds, never homes"),
    SAYS(LIST, "left_out", .record = left_gives), { 0 },
};

/* --- people --- */

static void person_json(struct json *j, const struct meal_bringer *b)
{
    json_object(j, NULL);
    json_id(j, "id", b->id.n);
    json_int(j, "version", b->row.version);
    if (b->carer.n)
        json_id(j, "carer", b->carer.n);
    json_text(j, "name", b->name);       /* her own colleagues, whom she sends */
    json_text(j, "travel", sv_of(travels[b->travel].key));
    json_int(j, "boxes", b->boxes);
    json_int(j, "from_min", b->from_min);
    json_int(j, "until_min", b->until_min);
    json_bool(j, "comes", b->comes);
    json_end(j, '}');
}

MUST static enum err people_json(struct ctx *c, struct json *j, const char *name,
                                 const struct sql *sql, const struct run_asked *in)
{
    int64_t ids[BRINGERS_MAX];
    size_t n = 0;
    bool found;
    struct rows r = db_rows(c, sql, PARAMS(P_INT("place", in->place.n), P_INT("day", in->day.n),
                                           P_TEXT("sitting",
                                                  sv_of(sitting_choices[in->sitting].key))));
    while (n < BRINGERS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    json_array(j, name);
    for (size_t i = 0; i < n; i++) {
        struct meal_bringer b;
        TRY(entity_load(c, &meal_bringer_entity, ids[i], &b, &found));
        person_json(j, &b);
    }
    json_end(j, ']');
    return ERR_NONE;
}

/* --- runs, and where their doors are --- */

struct spots { int64_t *orders, *compounds; size_t n; };

static void spot_note(struct spots *s, const struct care_order *o)
{
    if (o->for_compound.n && s->n < DELIVERY_DOORS_MAX) {
        s->orders[s->n] = o->id.n;
        s->compounds[s->n++] = o->for_compound.n;
    }
}

static struct sv who_brings(struct ctx *c, const struct meal_run *run)
{
    struct meal_bringer b;
    struct carer a;
    bool found;
    if (run->carer.n && entity_load(c, &carer_entity, run->carer.n, &a, &found) == ERR_NONE &&
        found)
        return a.name;
    if (run->bringer.n &&
        entity_load(c, &meal_bringer_entity, run->bringer.n, &b, &found) == ERR_NONE && found)
        return b.name;
    return SV("");
}

MUST static enum err run_json(struct ctx *c, struct json *j, const struct meal_run *run,
                              struct spots *spots)
{
    int64_t ids[RUN_STOPS_MAX];
    size_t n = 0;
    bool found;
    struct rows r = db_rows(c, &sql_run_stops, PARAMS(P_INT("run", run->id.n)));
    while (n < RUN_STOPS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, rows_column(&r, "id"));
    TRY(rows_end(&r));
    json_object(j, NULL);
    entity_json(c, j, "run", &meal_run_entity, run, false);
    json_text(j, "who", who_brings(c, run));
    json_array(j, "stops");
    for (size_t i = 0; i < n; i++) {
        struct meal_stop s;
        struct care_order o;
        TRY(entity_load(c, &meal_stop_entity, ids[i], &s, &found));
        TRY(entity_load(c, &care_order_entity, s.care_order.n, &o, &found));
        entity_json(c, j, NULL, &meal_stop_entity, &s, false);
        spot_note(spots, &o);
    }
    json_end(j, ']');
    json_end(j, '}');
    return ERR_NONE;
}

MUST static enum err spots_json(struct ctx *c, struct json *j, const struct spots *spots)
{
    struct compound k = { .id = { 0 } };
    bool found = false;
    json_array(j, "spots");
    for (size_t i = 0; i < spots->n; i++) {
        if (k.id.n != spots->compounds[i])
            TRY(entity_load(c, &compound_entity, spots->compounds[i], &k, &found));
        if (!found || !k.lat.e7)
            continue;
        json_object(j, NULL);
        json_id(j, "care_order", spots->orders[i]);
        json_real(j, "lat", (double)k.lat.e7 / 1e7);
        json_real(j, "lon", (double)k.lon.e7 / 1e7);
        json_end(j, '}');
    }
    json_end(j, ']');
    return ERR_NONE;
}

/* --- what is in no run --- */

MUST static enum err left_read(struct ctx *c, struct round *r)
{
    int64_t ids[LEFT_MAX];
    size_t n = 0;
    struct rows rows = db_rows(c, &sql_orders_left,
                               PARAMS(P_INT("place", r->asked.place.n),
                                      P_INT("day", r->asked.day.n),
                                      P_TEXT("sitting",
                                             sv_of(sitting_choices[r->asked.sitting].key))));
    while (n < LEFT_MAX && rows_next(&rows))
        ids[n++] = rows_int(&rows, 0);
    TRY(rows_end(&rows));
    TRY(round_goings(c, r, ids, n, false));
    if (n == 0 || r->people_n == 0)
        return ERR_NONE;
    TRY(round_bearers(c, r));
    return r->trips.bearers_n ? round_ways(c, r) : ERR_NONE;
}

static void left_json(struct ctx *c, struct json *j, const struct round *r, struct spots *spots)
{
    json_array(j, "left_out");
    for (size_t i = 0; i < r->n; i++) {
        const struct care_order *o = &r->go[i].order;
        int why = r->people_n == 0          ? WHY_NOBODY
                  : r->trips.bearers_n == 0 ? TRIP_WHY_TIME
                                            : (int)trip_why(&r->trips, (int)i);
        json_object(j, NULL);
        json_id(j, "care_order", o->id.n);
        json_text(j, "number", o->number);
        json_text(j, "for_name", mask_text(&c->mem, MASK_NAME, o->for_name));
        json_text(j, "door", door_short(&c->mem, o->for_address));
        json_int(j, "quantity", o->quantity);
        json_text(j, "why", sv_of(whys[why].key));
        json_text(j, "why_text", sv_of(c->lang == LANG_ZH ? whys[why].zh : whys[why].en));
        json_end(j, '}');
        spot_note(spots, o);
    }
    json_end(j, ']');
}

enum err delivery_day_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct run_asked *in = q->query;
    struct round r;
    struct json *j = &a->json;
    struct spots spots = { .orders = NEW(&c->mem, int64_t, DELIVERY_DOORS_MAX),
                           .compounds = NEW(&c->mem, int64_t, DELIVERY_DOORS_MAX) };
    TRY(round_open(c, in, &r));
    json_id(j, "place", r.place.id.n);
    json_real(j, "lat", (double)r.place.lat.e7 / 1e7);
    json_real(j, "lon", (double)r.place.lon.e7 / 1e7);
    json_int(j, "hot_minutes", r.hot_min);
    TRY(people_json(c, j, "people", &sql_day_people, in));
    TRY(people_json(c, j, "usual", &sql_usual_people, in));
    json_array(j, "runs");
    for (size_t i = 0; i < r.runs_n; i++)
        TRY(run_json(c, j, &r.runs[i], &spots));
    json_end(j, ']');
    TRY(left_read(c, &r));
    left_json(c, j, &r, &spots);
    return spots_json(c, j, &spots);
}

/* --- what would help --- */

static const struct choice helps[] = {
    { "none", "再加两个人、早半小时也排不开：请看每户的原因",
      "Neither two more nor half an hour would do: see each one's reason" },
    { "earlier", "都提前 {0} 分钟出发，就{1}", "If everybody left {0} minutes earlier: {1}" },
    { "later", "都晚 {0} 分钟回来，就{1}", "If everybody came back {0} minutes later: {1}" },
    { "one_more", "再加 {0} 个人，就{1}", "With {0} more who carry: {1}" },
    { 0 },
};
const struct field repair_gives[] = {
    SAYS(CHOICE, "help", .choices = helps),
    SAYS(INT, "by", .zh = "分钟或人数", .en = "Minutes or people"),
    SAYS(INT, "left_out", .zh = "这样还排不进的", .en = "What would still be left out"),
    SAYS(TEXT, "text"), { 0 },
};

static struct sv helped(struct ctx *c, const struct trip_repair *h, int64_t by)
{
    const struct choice *k = &helps[h->help];
    bool zh = c->lang == LANG_ZH;
    struct sv all = h->left_n == 0 ? zh ? SV("能全部送到") : SV("all are brought")
                    : zh ? sv_fmt(&c->mem, "只剩 %d 户送不到", h->left_n)
                         : sv_fmt(&c->mem, "only %d left", h->left_n);
    struct sv text = sv_of(zh ? k->zh : k->en);
    struct buf b = buf_new(&c->mem, 80);
    for (size_t i = 0; i < text.len; i++) {
        struct sv rest = sv_from(text, i);
        if (sv_starts(rest, SV("{0}")))
            buf_int(&b, by);
        else if (sv_starts(rest, SV("{1}")))
            buf_put(&b, all);
        else {
            buf_put(&b, sv_head(rest, 1));
            continue;
        }
        i += 2;
    }
    return buf_sv(&b);
}

enum err delivery_repair_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct round r;
    struct trip_plan plan;
    struct trip_repair help = { TRIP_HELP_NONE, 0, 0 };
    struct trip_budget quick = { round_budget.iterations / 4, round_budget.seed };
    TRY(round_open(c, q->query, &r));
    TRY(round_free(c, &r));
    TRY(round_bearers(c, &r));
    if (r.n && r.trips.bearers_n) {
        TRY(round_ways(c, &r));
        TRY(trip_search(c, &r.trips, &quick, &plan));
        TRY(trip_repair(c, &r.trips, &plan, &quick, &help));
    }
    int64_t by = help.help == TRIP_HELP_ONE_MORE ? help.by : help.by / 60;
    json_text(&a->json, "help", sv_of(helps[help.help].key));
    json_int(&a->json, "by", by);
    json_int(&a->json, "left_out", help.left_n);
    json_text(&a->json, "text", helped(c, &help, by));
    return ERR_NONE;
}
