/* page.c - the call list: whom, at which number, what to say. */

#include "care/told/told.h"

#include "care/carer/carer.h"
#include "care/visit/visit.h"
#include "http/describe/gives.h"

SQL(told_lines);

static struct sv day_said(struct ctx *c, struct day day)
{
    static const char *const names[] = { "", "周一", "周二", "周三", "周四", "周五", "周六", "周日" };
    struct civil v = civil_of_day(day);
    int64_t off = day.n - day_of(c->now).n;
    return sv_fmt(&c->mem, "%s（%d月%d日 %s）", off == 0 ? "今天" : off == 1 ? "明天" : "",
                  v.month, v.day, names[day_weekday(day)]);
}

/* "李梅护理员到您家", "请您到站里" */
static enum err who_comes(struct ctx *c, const struct care_order *o,
                          const struct catalogue_item *item, struct sv *ret_text)
{
    struct sv names;
    const char *who = order_two(o) ? "两位护理员" : "护理员";
    TRY(order_carers_text(c, o, &names));
    *ret_text = !item->at_home ? SV("请您到站里来，是")
              : names.len ? sv_fmt(&c->mem, "%.*s%s到您家做", SV_ARG(names), who)
              : order_two(o) ? SV("我们两位护理员一起到您家做") : SV("我们到您家做");
    return ERR_NONE;
}

enum err told_sentence(struct ctx *c, const struct care_order *o, struct sv *ret_text)
{
    struct organisation org;
    struct catalogue_item item;
    struct sv comes;
    bool found, item_found;
    TRY(entity_load(c, &organisation_entity, o->org.n, &org, &found));
    TRY(entity_load(c, &catalogue_item_entity, o->item.n, &item, &item_found));
    if (!found || !item_found)
        return fail(c, ERR_BROKEN, "house.broken", "order %lld has no item", (long long)o->id.n);
    TRY(who_comes(c, o, &item, &comes));
    struct buf b = buf_new(&c->mem, 256);
    buf_fmt(&b, "您好，这里是%.*s。%.*s %02d:%02d，%.*s%.*s", SV_ARG(org.name),
            SV_ARG(day_said(c, o->day)), (int)(o->start_min / 60), (int)(o->start_min % 60),
            SV_ARG(comes), SV_ARG(item.plain_name));
    if (o->own_pay.fen) {
        buf_text(&b, "，您付 ");
        buf_fixed(&b, o->own_pay.fen, 2);
        buf_text(&b, " 元");
    }
    if (o->for_relation.len)
        buf_fmt(&b, "，是您的%.*s帮您约的", SV_ARG(o->for_relation));
    buf_text(&b, "。您看方便吗？");
    if (o->password.len)
        buf_text(&b, "来人会说出家里约好的口令，说不对不要开门。");
    *ret_text = buf_sv(&b);
    return ERR_NONE;
}

/* --- the list --- */

struct asked { struct day day; };
static const struct field asked_fields[] = {
    FIELD(struct asked, day, .zh = "服务日期", .en = "Day of the service; tomorrow when absent"),
    { 0 },
};

MUST static enum err put_line(struct ctx *c, struct json *j, int64_t id)
{
    struct told_call t;
    struct care_order o;
    struct sv say;
    TRY(entity_get(c, &told_call_entity, id, &t));
    TRY(entity_get(c, &care_order_entity, t.care_order.n, &o));
    TRY(told_sentence(c, &o, &say));
    TRY(access_note(c, t.elder.n, &care_order_entity, o.id.n, SV("told:for_name,for_phone")));
    json_object(j, NULL);
    entity_json(c, j, "call", &told_call_entity, &t, false);
    json_text(j, "number", o.number);
    json_text(j, "name", o.for_name);
    json_text(j, "phone", o.for_phone);
    json_id(j, "offer", o.offer.n);
    json_int(j, "start_min", o.start_min);
    json_text(j, "say", say);
    json_end(j, '}');
    return ERR_NONE;
}

/* Names and numbers stand there whole, for somebody dials them: each is a look, and logged. */
static enum err list_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct asked *in = q->query;
    struct day day = day_known(in->day) ? in->day : (struct day){ day_of(c->now).n + 1 };
    int64_t ids[TOLD_LINES_MAX];
    size_t n = 0;
    if (roles[c->who->role].sees != SEES_ORG)
        return fail(c, ERR_FORBIDDEN, "who.forbidden", "a call list is a station's own");
    TRY(told_make(c, day, (struct organisation_id){ c->who->org }));
    struct rows r = db_rows(c, &sql_told_lines,
                            PARAMS(P_INT("org", c->who->org), P_INT("day", day.n)));
    while (n < TOLD_LINES_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    json_day(&a->json, "day", day);
    json_array(&a->json, "items");
    for (size_t i = 0; i < n; i++)
        TRY(put_line(c, &a->json, ids[i]));
    json_end(&a->json, ']');
    return ERR_NONE;
}

static const struct field line_gives[] = {
    SAYS(RECORD, "call", .links = "told_call"), SAYS(TEXT, "number"), SAYS(TEXT, "name"),
    SAYS(TEXT, "phone"), SAYS(ID, "offer"), SAYS(INT, "start_min"), SAYS(TEXT, "say"), { 0 },
};
static const struct field list_gives[] = {
    SAYS(DAY, "day"), SAYS(LIST, "items", .record = line_gives), { 0 },
};

const struct endpoint told_endpoints[] = {
    { .verb = GET, .path = "/api/told", .run = list_get, .lane = WRITES, .may = MAY_SERVE_ORDERS,
      .query = asked_fields, .query_size = sizeof(struct asked), .gives = list_gives,
      .zh = "明日告知名单：打给谁、说什么", .en = "The call list: whom to ring, what to say" },
    { .verb = GET, .path = "/api/call/again", .run = told_again_get, .lane = READS,
      .may = MAY_PLACE_ORDERS, .query = told_again_fields, .query_size = sizeof(struct told_again),
      .gives = told_again_gives, .zh = "再来一单：同一护理员，下一个空档",
      .en = "The usual once more: the same carer, the next time both are free" },
    { 0 },
};
