/* figures.c - what an organisation has done of late, each figure with its definition and list. */

#include "base/json.h"
#include "care/organisation/page.h"

SQL(organisation_orders);
SQL(organisation_papers_due);
SQL(organisation_carers);
SQL(organisation_rating);

enum { LOOK_BACK_DAYS = 30, LOOK_AHEAD_DAYS = 30 };

struct said { const char *key, *zh, *en, *unit_zh, *unit_en, *how_zh, *how_en; };

/* Of the orders' four columns, in their order. */
static const struct said order_words[] = {
    { "orders", "近30天订单", "orders, 30 days", "单", "", "服务日期在近30天内的订单，含已取消",
      "orders of the last 30 days, cancelled ones too" },
    { "served", "已完成", "served", "单", "", "其中服务完成、已确认或已评价的", "of them served" },
    { "not_met", "上门未遇", "not met", "单", "", "其中上门未遇的", "of them nobody opened" },
    { "declined", "拒单", "declined", "单", "", "其中机构拒单的", "of them declined" },
};
static const struct said papers_words = {
    "papers_due", "证照到期", "papers due", "件", "", "已过期或30天内到期的证照",
    "papers that have expired or will within 30 days" };
static const struct said carers_words = {
    "carers", "在岗人员", "staff at work", "人", "", "状态为在岗的护理员", "carers at work" };
static const struct said rating_words = {
    "rating", "平均评价", "mean rating", "分", "", "全部评价的平均分（1 至 5）",
    "mean of all ratings, 1 to 5" };

static void begin_figure(struct ctx *c, struct json *j, const struct said *w)
{
    bool zh = c->lang == LANG_ZH;
    json_object(j, NULL);
    json_text(j, "key", sv_of(w->key));
    json_text(j, "name", sv_of(zh ? w->zh : w->en));
    json_text(j, "unit", sv_of(zh ? w->unit_zh : w->unit_en));
    json_text(j, "definition", sv_of(zh ? w->how_zh : w->how_en));
}

static void put_figure(struct ctx *c, struct json *j, const struct said *w, int64_t n,
                       struct sv list)
{
    begin_figure(c, j, w);
    json_int(j, "value", n);
    if (list.len)
        json_text(j, "list", list);
    json_end(j, '}');
}

static struct sv orders_list(struct ctx *c, int64_t org, const char *state)
{
    struct buf b = buf_new(&c->mem, 120);
    struct day from = { day_of(c->now).n - LOOK_BACK_DAYS };
    buf_text(&b, "/api/care_order?org=");
    buf_int(&b, org);
    buf_text(&b, "&day.from=");
    buf_day(&b, from);
    buf_text(&b, "&day.to=");
    buf_day(&b, day_of(c->now));
    buf_text(&b, state);
    return buf_sv(&b);
}

MUST static enum err put_orders(struct ctx *c, struct json *j, int64_t org)
{
    static const char *const state[] = { "", "&state=served,confirmed,rated", "&state=not_met",
                                         "&state=declined" };
    int64_t n[4] = { 0 }, today = day_of(c->now).n;
    struct rows r = db_rows(c, &sql_organisation_orders, PARAMS(
        P_INT("org", org), P_INT("from", today - LOOK_BACK_DAYS), P_INT("today", today)));
    if (rows_next(&r))
        for (int i = 0; i < 4; i++)
            n[i] = rows_int(&r, i);
    TRY(rows_end(&r));
    for (int i = 0; i < 4; i++)
        put_figure(c, j, &order_words[i], n[i], orders_list(c, org, state[i]));
    return ERR_NONE;
}

MUST static enum err put_rating(struct ctx *c, struct json *j, int64_t org)
{
    struct rows r = db_rows(c, &sql_organisation_rating, PARAMS(P_INT("org", org)));
    int64_t n = rows_next(&r) ? rows_int(&r, 0) : 0, sum = n ? rows_int(&r, 1) : 0;
    TRY(rows_end(&r));
    if (n == 0)
        return ERR_NONE;
    begin_figure(c, j, &rating_words);
    json_fixed(j, "value", (sum * 10 + n / 2) / n, 1);
    json_end(j, '}');
    return ERR_NONE;
}

enum err organisation_figures(struct ctx *c, struct json *j, int64_t org)
{
    int64_t papers, carers;
    struct sv due = sv_fmt(&c->mem, "/api/paper?org=%lld", (long long)org);
    struct sv staff = sv_fmt(&c->mem, "/api/carer?org=%lld&state=working", (long long)org);
    TRY(db_int(c, &sql_organisation_papers_due, PARAMS(
        P_INT("org", org), P_INT("until", day_of(c->now).n + LOOK_AHEAD_DAYS)), &papers));
    TRY(db_int(c, &sql_organisation_carers, PARAMS(P_INT("org", org)), &carers));
    json_array(j, "figures");
    if (who_may(c, MAY_READ_ORDERS))
        TRY(put_orders(c, j, org));
    put_figure(c, j, &papers_words, papers, due);
    put_figure(c, j, &carers_words, carers, staff);
    TRY(put_rating(c, j, org));
    json_end(j, ']');
    return ERR_NONE;
}
