/* domains.c - GET /api/today/domains: what is offered, ordered and served in each of the eight. */

#include "care/catalogue/catalogue.h"
#include "care/figure/figure.h"
#include "care/figure/today.h"

SQL(figure_domain_offers);
SQL(figure_domain_orders);
SQL(figure_domain_items);

enum { DOMAINS = 8, LOOK_BACK_DAYS = 30 };

struct domain_row {
    int       domain;
    struct sv name;
    int64_t   offers, orders, served;
    struct sv offers_list, orders_list, served_list;
};
const struct field domain_row_fields[] = {
    CHOICE(struct domain_row, domain, domain_choices, .zh = "领域", .en = "Domain"),
    FIELD(struct domain_row, name, .zh = "名称", .en = "Name"),
    FIELD(struct domain_row, offers, .zh = "在供服务", .en = "Offers"),
    FIELD(struct domain_row, orders, .zh = "订单", .en = "Orders"),
    FIELD(struct domain_row, served, .zh = "已完成", .en = "Served"),
    FIELD(struct domain_row, offers_list, .zh = "在供服务明细", .en = "The offers"),
    FIELD(struct domain_row, orders_list, .zh = "订单明细", .en = "The orders"),
    FIELD(struct domain_row, served_list, .zh = "已完成明细", .en = "Those served"),
    { 0 },
};

struct domains { struct moment as_of; struct sv definition; struct list domains; };
const struct field domains_fields[] = {
    FIELD(struct domains, as_of, .zh = "截至", .en = "As of"),
    FIELD(struct domains, definition, .high = 500, .zh = "口径", .en = "Definition"),
    LIST(struct domains, domains, struct domain_row, domain_row_fields, .zh = "八大领域",
         .en = "The eight domains"),
    { 0 },
};

static struct domain_row *row_of(struct domain_row *rows, struct sv key)
{
    int i;
    return choice_of(domain_choices, key, &i) ? &rows[i] : NULL;
}

MUST static enum err add_range(struct ctx *c, struct scope_range in, struct domain_row *rows)
{
    int64_t today = day_of(c->now).n;
    struct rows r = db_rows(c, &sql_figure_domain_offers, PARAMS(P_INT("low", in.low),
                                                                 P_INT("high", in.high)));
    while (rows_next(&r)) {
        struct domain_row *row = row_of(rows, rows_text(&r, 0));
        if (row)
            row->offers += rows_int(&r, 1);
    }
    TRY(rows_end(&r));
    r = db_rows(c, &sql_figure_domain_orders, PARAMS(
        P_INT("low", in.low), P_INT("high", in.high), P_INT("from", today - LOOK_BACK_DAYS),
        P_INT("today", today)));
    while (rows_next(&r)) {
        struct domain_row *row = row_of(rows, rows_text(&r, 0));
        if (row) {
            row->orders += rows_int(&r, 1);
            row->served += rows_int(&r, 2);
        }
    }
    return rows_end(&r);
}

/* --- the lists behind --- */

/* The items of each domain, comma between: what a list of offers or orders is asked by. */
MUST static enum err items_of(struct ctx *c, struct buf items[DOMAINS])
{
    int i;
    for (i = 0; i < DOMAINS; i++)
        items[i] = buf_new(&c->mem, 64);
    struct rows r = db_rows(c, &sql_figure_domain_items, NO_PARAMS);
    while (rows_next(&r))
        if (choice_of(domain_choices, rows_text(&r, 0), &i)) {
            buf_text(&items[i], items[i].len ? "," : "");
            buf_int(&items[i], rows_int(&r, 1));
        }
    return rows_end(&r);
}

static struct sv list_of(struct ctx *c, const struct figure_area *area, const char *path,
                         const struct buf *items, const char *more)
{
    struct buf b = buf_new(&c->mem, 160);
    if (items->len == 0)
        return SV("");
    buf_fmt(&b, "%s?item=%.*s%s", path, SV_ARG(buf_sv(items)), more);
    if (area->narrowed)
        buf_fmt(&b, "&scope.from=%lld&scope.to=%lld", (long long)area->range[0].low,
                (long long)area->range[0].high);
    return buf_sv(&b);
}

static struct sv days_and(struct ctx *c, const char *states)
{
    struct buf b = buf_new(&c->mem, 160);
    buf_text(&b, "&day.from=");
    buf_day(&b, (struct day){ day_of(c->now).n - LOOK_BACK_DAYS });
    buf_text(&b, "&day.to=");
    buf_day(&b, day_of(c->now));
    buf_fmt(&b, "&state=%s", states);
    return buf_sv(&b);
}

#define SERVED "served,confirmed,rated,disputed"

MUST static enum err put_lists(struct ctx *c, const struct figure_area *area,
                               struct domain_row rows[DOMAINS])
{
    struct buf items[DOMAINS];
    TRY(items_of(c, items));
    const char *all = days_and(c, "placed,accepted,assigned,under_way,not_met," SERVED).at;
    const char *served = days_and(c, SERVED).at;
    for (int i = 0; i < DOMAINS; i++) {
        struct domain_row *r = &rows[i];
        if (who_may(c, MAY_READ_DIRECTORY))
            r->offers_list = list_of(c, area, "/api/offer", &items[i], "&state=published");
        if (!who_may(c, MAY_READ_ORDERS))
            continue;
        r->orders_list = list_of(c, area, "/api/care_order", &items[i], all);
        r->served_list = list_of(c, area, "/api/care_order", &items[i], served);
    }
    return ERR_NONE;
}

enum err domains_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct today_query *asked = q->query;
    struct domain_row *rows = NEW(&c->mem, struct domain_row, DOMAINS);
    struct figure_area area;
    TRY(figure_area_of(c, asked->division.n, &area));
    for (int i = 0; i < DOMAINS; i++) {
        const struct choice *k = &domain_choices[i];
        rows[i] = (struct domain_row){
            .domain = i, .name = sv_of(c->lang == LANG_EN ? k->en : k->zh) };
    }
    for (size_t i = 0; i < area.n; i++)
        TRY(add_range(c, area.range[i], rows));
    TRY(put_lists(c, &area, rows));
    struct domains all = {
        .as_of = c->now, .domains = { rows, DOMAINS },
        .definition = c->lang == LANG_EN
            ? SV("published offers; orders due in the last 30 days up to today without drafts, "
                 "cancelled and declined ones, and those of them that were served; "
                 "by the organisation's division")
            : SV("在供服务为已发布的；订单为服务日期在近30天内（含今天）的，不含草稿、取消和拒单；"
                 "已完成为其中服务完成的。辖区按机构所在区划"),
    };
    return answer_record(c, a, domains_fields, &all);
}
