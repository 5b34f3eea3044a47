/* page.c - an errand as a citizen reads it, and what is open at a station. */

#include "care/errand/errand.h"

#include "care/carer/carer.h"
#include "care/parameter/parameter.h"
#include "http/describe/gives.h"
#include "http/file/file.h"
#include "http/http.h"

SQL(station_errands);
SQL(station_errands_done);

enum { STATION_ERRANDS_MAX = 200 };

/* --- the money, a line for each amount --- */

static void put_line(struct ctx *c, struct json *j, const char *key, const char *zh,
                     const char *en, int64_t fen)
{
    json_object(j, NULL);
    json_text(j, "key", sv_of(key));
    json_text(j, "name", sv_of(c->lang == LANG_EN ? en : zh));
    json_int(j, "amount", fen);
    json_end(j, '}');
}

/* Only what has happened so far: nobody reads "change 0" before she has any. */
void errand_lines_json(struct ctx *c, struct json *j, const struct errand *e)
{
    bool back = moment_known(e->returned_at);
    json_array(j, "lines");
    if (moment_known(e->advanced_at))
        put_line(c, j, "advance", "您给的备用金", "You gave", e->advance.fen);
    if (moment_known(e->bought_at))
        put_line(c, j, "spent", "花了", "Spent", e->spent.fen);
    if (back && e->extra.fen)
        put_line(c, j, "extra", "您补付", "You paid on top", e->extra.fen);
    if (back)
        put_line(c, j, "change_back", "找还您", "Change handed back", e->change_back.fen);
    if (back && e->difference.fen)
        put_line(c, j, "difference", "还差", "Difference", e->difference.fen);
    json_end(j, ']');
}

static const struct field line_gives[] = {
    SAYS(TEXT, "key"), SAYS(TEXT, "name"), SAYS(MONEY, "amount"), { 0 },
};
const struct field errand_lines_gives[] = {
    SAYS(LIST, "lines", .record = line_gives, .zh = "账目", .en = "The money, line by line"), { 0 },
};

/* --- of one order --- */

MUST static enum err put_errand(struct ctx *c, struct json *j, const struct errand *e)
{
    struct sv never;
    struct money most;
    bool own = c->who && roles[c->who->role].sees == SEES_OWN;
    TRY(parameter_text(c, "errand.never_ask", e->row.scope, e->day, &never));
    TRY(parameter_money(c, "errand.advance_max", e->row.scope, e->day, &most));
    json_object(j, "errand");
    entity_json(c, j, "row", &errand_entity, e, own);
    if (own)                             /* staff ask for it with a reason */
        json_text(j, "wants", e->wants);
    json_text(j, "never_ask", never);
    json_int(j, "most", most.fen);
    errand_lines_json(c, j, e);
    TRY(files_write(c, j, "receipts", "errand", e->id.n));
    json_end(j, '}');
    return ERR_NONE;
}

/* Empty where the order is none, or its money is not the reader's to see. */
static enum err order_errand_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct care_order o;
    struct errand e;
    int64_t id;
    bool found;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &care_order_entity, id, &o));
    TRY(errand_find(c, o.id, &e, &found));
    if (!found)
        return ERR_NONE;
    enum err seen = entity_get(c, &errand_entity, e.id.n, &e);
    if (seen == ERR_MISSING) {
        ctx_forgive(c);
        return ERR_NONE;
    }
    TRY(seen);
    return put_errand(c, &a->json, &e);
}

static const struct field errand_gives[] = {
    SAYS(RECORD, "row", .links = "errand"), MAY_SAY(TEXT, "wants"), SAYS(TEXT, "never_ask"),
    SAYS(MONEY, "most"), SAYS(LIST, "lines", .record = line_gives),
    SAYS(LIST, "receipts", .record = file_listed_gives), { 0 },
};
static const struct field order_errand_gives[] = {
    MAY_SAY(RECORD, "errand", .record = errand_gives, .zh = "不是代办、或无权看时没有",
            .en = "Absent when it is none, or not the reader's to see"),
    { 0 },
};

/* --- a station's --- */

MUST static enum err put_row(struct ctx *c, struct json *j, const struct errand *e)
{
    struct care_order o;
    struct carer carer;
    bool held = e->state == ERRAND_ADVANCED || e->state == ERRAND_BOUGHT, found = false;
    TRY(entity_get(c, &care_order_entity, e->care_order.n, &o));
    json_object(j, NULL);
    entity_json(c, j, "errand", &errand_entity, e, false);
    json_text(j, "number", o.number);
    json_text(j, "for_name", mask_text(&c->mem, MASK_NAME, o.for_name));
    if (e->carer.n)
        TRY(entity_load(c, &carer_entity, e->carer.n, &carer, &found));
    if (found)                             /* her own station asks who has the money */
        json_text(j, "carer_name", carer.name);
    json_int(j, "held", held && e->advance.fen > e->spent.fen ? e->advance.fen - e->spent.fen : 0);
    json_bool(j, "overdue", held && moment_known(e->due) && e->due.ms < c->now.ms);
    json_bool(j, "no_photo", e->receipt == RECEIPT_PHOTO && e->receipts == 0);
    json_end(j, '}');
    return ERR_NONE;
}

MUST static enum err put_rows(struct ctx *c, struct json *j, const char *name, struct rows *r,
                              int64_t *ret_held)
{
    int64_t ids[STATION_ERRANDS_MAX];
    size_t n = 0;
    while (n < STATION_ERRANDS_MAX && rows_next(r))
        ids[n++] = rows_int(r, 0);
    TRY(rows_end(r));
    json_array(j, name);
    for (size_t i = 0; i < n; i++) {
        struct errand e;
        TRY(entity_get(c, &errand_entity, ids[i], &e));
        bool held = e.state == ERRAND_ADVANCED || e.state == ERRAND_BOUGHT;
        if (held && e.advance.fen > e.spent.fen)
            *ret_held += e.advance.fen - e.spent.fen;
        TRY(put_row(c, j, &e));
    }
    json_end(j, ']');
    return ERR_NONE;
}

struct errands_query { struct day day; };
static const struct field errands_query_fields[] = {
    FIELD(struct errands_query, day, .zh = "日期", .en = "Day; today when absent"), { 0 },
};

static enum err station_errands_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct errands_query *asked = q->query;
    struct day day = day_known(asked->day) ? asked->day : day_of(c->now);
    int64_t held = 0, none = 0;
    if (c->who->org == 0)
        return fail(c, ERR_FORBIDDEN, "station.no_org", "account %lld acts for no organisation",
                    (long long)c->who->account);
    json_day(&a->json, "day", day);
    struct rows open = db_rows(c, &sql_station_errands,
                               PARAMS(P_INT("org", c->who->org), P_INT("day", day.n)));
    TRY(put_rows(c, &a->json, "open", &open, &held));
    struct rows done = db_rows(c, &sql_station_errands_done,
                               PARAMS(P_INT("org", c->who->org), P_INT("day", day.n)));
    TRY(put_rows(c, &a->json, "done", &done, &none));
    json_int(&a->json, "held", held);
    return ERR_NONE;
}

static const struct field row_gives[] = {
    SAYS(RECORD, "errand", .links = "errand"), SAYS(TEXT, "number"), SAYS(TEXT, "for_name"),
    MAY_SAY(TEXT, "carer_name"),
    SAYS(MONEY, "held", .zh = "经手人手里的老人的钱", .en = "Hers, in the carer's hands"),
    SAYS(BOOL, "overdue"),
    SAYS(BOOL, "no_photo", .zh = "说有小票，照片还没到", .en = "A photo was promised and is not there"),
    { 0 },
};
static const struct field station_errands_gives[] = {
    SAYS(DAY, "day"), SAYS(LIST, "open", .record = row_gives),
    SAYS(LIST, "done", .record = row_gives),
    SAYS(MONEY, "held", .zh = "未结清备用金合计", .en = "All that is held"), { 0 },
};

const struct endpoint errand_endpoints[] = {
    { .verb = GET, .path = "/api/order/{id}/errand", .run = order_errand_get, .lane = READS,
      .may = MAY_SIGNED_IN, .gives = order_errand_gives, .zh = "订单的代办账目",
      .en = "The errand of an order: list, money, receipts" },
    { .verb = GET, .path = "/api/station/errands", .run = station_errands_get, .lane = READS,
      .may = MAY_SERVE_ORDERS, .query = errands_query_fields,
      .query_size = sizeof(struct errands_query), .gives = station_errands_gives,
      .zh = "本站代办和备用金", .en = "A station's errands: what is open, what is held" },
    { 0 },
};
