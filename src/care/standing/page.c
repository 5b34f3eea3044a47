/* page.c - standing orders as lines: the rule in words, the next dates, what became of each. */

#include "care/standing/pause.h"
#include "care/standing/begin.h"
#include "care/standing/standing.h"
#include "http/describe/gives.h"

SQL(standing_days_between);

enum { NEXT_DAYS = 21, LINES_MAX = 50 };

/* --- one line --- */

struct line {
    const struct standing *s;
    struct calendar calendar;
    struct standing_day days[NEXT_DAYS + 1];
    size_t days_n;
};

/* What a person reads of a day that has no row yet. */
static const struct choice ahead_states[] = {
    { "ahead", "到时自动下单", "ordered in time" }, { "holiday", "节假日不来", "left out: holiday" },
    { "paused", "暂停中", "paused" }, { 0 },
};
enum { AHEAD, AHEAD_HOLIDAY, AHEAD_PAUSED };

MUST static enum err line_days(struct ctx *c, struct line *l, struct day first)
{
    l->days_n = 0;
    struct rows r = db_rows(c, &sql_standing_days_between,
                            PARAMS(P_INT("standing_order", l->s->id.n), P_INT("first", first.n),
                                   P_INT("last", first.n + NEXT_DAYS)));
    while (l->days_n < NEXT_DAYS && rows_next(&r)) {
        record_clear(standing_day_fields, &l->days[l->days_n]);
        rows_read(&r, standing_day_fields, &l->days[l->days_n++]);
    }
    return rows_end(&r);
}

static const struct standing_day *row_of_day(const struct line *l, struct day day)
{
    for (size_t i = 0; i < l->days_n; i++)
        if (l->days[i].day.n == day.n)
            return &l->days[i];
    return NULL;
}

MUST static enum err ahead_state(struct ctx *c, const struct line *l, struct day on, int *ret_state)
{
    bool paused = false;
    if (day_known(on))
        TRY(elder_paused(c, l->s->elder, on, &paused));
    *ret_state = !day_known(on) ? AHEAD_HOLIDAY : paused ? AHEAD_PAUSED : AHEAD;
    return ERR_NONE;
}

/* An order that was cancelled by hand is told as skipped. */
MUST static enum err row_state(struct ctx *c, const struct standing_day *d, int *ret_state)
{
    struct care_order o;
    bool found = false;
    *ret_state = d->state;
    if (d->state != DAY_MADE)
        return ERR_NONE;
    TRY(entity_load(c, &care_order_entity, d->care_order.n, &o, &found));
    if (found && (o.state == ORDER_CANCELLED || o.state == ORDER_DECLINED))
        *ret_state = DAY_SKIPPED;
    return ERR_NONE;
}

static void put_state(struct ctx *c, struct json *j, const struct choice *state)
{
    json_text(j, "state", sv_of(state->key));
    json_text(j, "state_name", sv_of(c->lang == LANG_EN ? state->en : state->zh));
}

MUST static enum err put_day(struct ctx *c, struct json *j, const struct line *l, struct day day)
{
    const struct standing_day *d = row_of_day(l, day);
    struct day on = d ? d->on_day : standing_served_on(l->s, &l->calendar, day);
    int state;
    bool ahead = !d || d->state == DAY_PAUSED;
    TRY(ahead ? ahead_state(c, l, on, &state) : row_state(c, d, &state));
    json_object(j, NULL);
    json_day(j, "day", day);
    json_int(j, "weekday", day_weekday(day));
    if (day_known(on))
        json_day(j, "on_day", on);
    put_state(c, j, ahead ? &ahead_states[state] : &standing_day_states[state]);
    if (d && d->why.len)
        json_text(j, "why", d->why);
    if (d && d->care_order.n)
        json_id(j, "care_order", d->care_order.n);
    json_end(j, '}');
    return ERR_NONE;
}

static enum err put_days(struct ctx *c, struct json *j, struct line *l)
{
    struct day today = day_of(c->now);
    TRY(line_days(c, l, today));
    json_array(j, "next");
    for (struct day d = today; d.n < today.n + NEXT_DAYS; d.n++)
        if (standing_on(l->s, d))
            TRY(put_day(c, j, l, d));
    json_end(j, ']');
    return ERR_NONE;
}

MUST static enum err put_names(struct ctx *c, struct json *j, const struct standing *s)
{
    struct catalogue_item item;
    struct organisation org;
    bool found;
    TRY(entity_load(c, &catalogue_item_entity, s->item.n, &item, &found));
    json_text(j, "item_name", found ? item.plain_name : SV(""));
    TRY(entity_load(c, &organisation_entity, s->org.n, &org, &found));
    json_text(j, "org_name", found ? org.name : SV(""));
    return ERR_NONE;
}

/* "每周一 10:00，「量血压」做完后 30 分钟内" */
MUST static enum err put_words(struct ctx *c, struct json *j, const struct standing *s)
{
    struct sv words = standing_words(&c->mem, s, c->lang), after;
    TRY(after_text(c, &AFTER_OF(s), &after));
    if (after.len)
        words = sv_fmt(&c->mem, c->lang == LANG_EN ? "%.*s, %.*s" : "%.*s，%.*s", SV_ARG(words),
                       SV_ARG(after));
    json_text(j, "words", words);
    return ERR_NONE;
}

/* Whose own it is reads her own words whole. */
MUST static enum err put_line(struct ctx *c, struct json *j, struct line *l)
{
    const struct standing *s = l->s;
    bool own = who_may(c, MAY_BE_CITIZEN) && s->account.n == c->who->account;
    entity_json(c, j, "standing", &standing_entity, s, own);
    TRY(put_words(c, j, s));
    TRY(put_names(c, j, s));
    return put_days(c, j, l);
}

static const struct field day_gives[] = {
    SAYS(DAY, "day"), SAYS(INT, "weekday"), MAY_SAY(DAY, "on_day"), SAYS(TEXT, "state"),
    SAYS(TEXT, "state_name"), MAY_SAY(TEXT, "why"), MAY_SAY(ID, "care_order"), { 0 },
};
static const struct field line_gives[] = {
    SAYS(RECORD, "standing", .links = "standing_order"),
    SAYS(TEXT, "words", .zh = "每周一、三、五 11:00", .en = "The rule in words"),
    SAYS(TEXT, "item_name"), SAYS(TEXT, "org_name"),
    SAYS(LIST, "next", .record = day_gives, .zh = "今后三周的日子", .en = "Its days of three weeks"),
    { 0 },
};
static const struct field lines_gives[] = {
    SAYS(LIST, "lines", .record = line_gives),
    SAYS(LIST, "pauses", .links = "pause", .zh = "进行中的暂停", .en = "Pauses that last"), { 0 },
};

/* --- endpoints --- */

static enum err one_line(struct ctx *c, struct answer *a, const struct standing *s)
{
    struct line *l = NEW(&c->mem, struct line, 1);
    l->s = s;
    TRY(calendar_load(c, &c->mem, &l->calendar));
    return put_line(c, &a->json, l);
}

static enum err begin_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct standing s;
    TRY(standing_begin(c, q->body, &s));
    a->status = 201;
    a->location = sv_fmt(&c->mem, "/api/standing_order/%lld", (long long)s.id.n);
    return one_line(c, a, &s);
}

static enum err line_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct standing s;
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &standing_entity, id, &s));
    return one_line(c, a, &s);
}

struct lines_query { struct elder_id elder; };
static const struct field lines_query_fields[] = {
    LINK(struct lines_query, elder, "elder", .zh = "老年人", .en = "Elder; all when absent"), { 0 },
};

MUST static enum err living(struct ctx *c, const struct entity *e, struct sv condition,
                            struct elder_id elder, struct page *ret_page)
{
    struct query asked;
    struct sv text = elder.n ? sv_fmt(&c->mem, "%.*s&elder=%lld&size=%d", SV_ARG(condition),
                                      (long long)elder.n, LINES_MAX)
                             : sv_fmt(&c->mem, "%.*s&size=%d", SV_ARG(condition), LINES_MAX);
    TRY(query_read(c, e, text, &asked));
    return entity_list(c, e, &asked, ret_page);
}

static enum err lines_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct lines_query *asked = q->query;
    struct page rules, pauses;
    struct line *l = NEW(&c->mem, struct line, 1);
    TRY(living(c, &standing_entity, SV("state.in=asked,active"), asked->elder, &rules));
    TRY(living(c, &pause_entity, SV("state=active"), asked->elder, &pauses));
    TRY(calendar_load(c, &c->mem, &l->calendar));
    json_array(&a->json, "lines");
    for (size_t i = 0; i < rules.n; i++) {
        l->s = &((const struct standing *)rules.rows)[i];
        json_object(&a->json, NULL);
        TRY(put_line(c, &a->json, l));
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    entity_page_json(c, &a->json, "pauses", &pause_entity, &pauses, false);
    return ERR_NONE;
}

const struct endpoint standing_endpoints[] = {
    { .verb = POST, .path = "/api/standing_order/begin", .run = begin_post, .lane = WRITES,
      .may = MAY_SIGNED_IN, .zh = "登记长期服务", .en = "Begin a standing order",
      .takes = standing_new_fields, .takes_size = sizeof(struct standing_new),
      .gives = line_gives },
    { .verb = GET, .path = "/api/standing_order/{id}/line", .run = line_get, .lane = READS,
      .may = MAY_SIGNED_IN, .zh = "一项长期服务和今后的日子", .en = "A standing order and its next dates",
      .gives = line_gives },
    { .verb = GET, .path = "/api/my/standing", .run = lines_get, .lane = READS,
      .may = MAY_SIGNED_IN, .zh = "长期服务和暂停", .en = "Standing orders and pauses in sight",
      .query = lines_query_fields, .query_size = sizeof(struct lines_query),
      .gives = lines_gives },
    { 0 },
};
