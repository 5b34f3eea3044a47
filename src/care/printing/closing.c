/* closing.c - 日结单 and 收据: the closing of a day at a place, and the receipt of one payment. */

#include "care/printing/printing.h"

#include "care/carer/carer.h"
#include "care/catalogue/catalogue.h"
#include "care/counter/close.h"

static struct sv yuan(struct ctx *c, struct money m)
{
    struct buf b = buf_new(&c->mem, 16);
    buf_fixed(&b, m.fen, 2);
    return buf_sv(&b);
}

static struct sv account_name(struct ctx *c, struct account_id id)
{
    struct account a;
    bool found = false;
    if (id.n && entity_load(c, &account_entity, id.n, &a, &found) != ERR_NONE)
        ctx_forgive(c);
    return found ? a.name : SV("");
}

static enum err place_names(struct ctx *c, int64_t org, int64_t place, struct sv *ret_names)
{
    struct organisation o;
    struct place p;
    bool found, at = false;
    TRY(entity_load(c, &organisation_entity, org, &o, &found));
    if (place)
        TRY(entity_load(c, &place_entity, place, &p, &at));
    bool same = !at || (found && sv_eq(o.name, p.name));
    *ret_names = !found ? SV("") : same ? o.name
               : sv_fmt(&c->mem, "%.*s　%.*s", SV_ARG(o.name), SV_ARG(p.name));
    return ERR_NONE;
}

static enum err line_print(struct ctx *c, struct print *p, const struct close_line *l)
{
    struct carer a;
    bool found = false;
    if (l->carer.n)
        TRY(entity_load(c, &carer_entity, l->carer.n, &a, &found));
    const struct sv cells[] = {
        sv_of(payment_sources[l->source].zh), sv_of(close_ways[l->pay_way].zh),
        found ? a.name : SV("服务台"), sv_fmt(&c->mem, "%lld", (long long)l->n),
        yuan(c, l->amount),
    };
    print_row(p, cells);
    return ERR_NONE;
}

static void sums_print(struct ctx *c, struct print *p, const struct day_close *d)
{
    const struct print_column columns[] = {
        { SV("付款方式"), 3, false }, { SV("应收（元）"), 2, true }, { SV("实收（元）"), 2, true },
        { SV("差额（元）"), 2, true },
    };
    const struct { const char *name; struct money due, had; } rows[] = {
        { "现金", d->cash, d->cash_counted }, { "扫码", d->qr, d->qr_counted },
        { "转账", d->transfer, d->transfer_counted },
        { "代办备用金（未结清）", d->advances, d->advances_counted },
    };
    bool counted = d->state != CLOSE_OPEN;
    print_table(p, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct money less = { rows[i].had.fen - rows[i].due.fen };
        const struct sv cells[] = { sv_of(rows[i].name), yuan(c, rows[i].due),
                                    counted ? yuan(c, rows[i].had) : SV(""),
                                    counted ? yuan(c, less) : SV("") };
        print_row(p, cells);
    }
}

static enum err books_print(struct ctx *c, struct print *p, const struct day_close *d)
{
    const struct print_column columns[] = {
        { SV("来自"), 2, false }, { SV("付款方式"), 2, false }, { SV("经手"), 2, false },
        { SV("笔数"), 1, true }, { SV("金额（元）"), 2, true },
    };
    struct close_line *lines = NEW(&c->mem, struct close_line, CLOSE_LINES_MAX);
    size_t n;
    TRY(close_lines(c, d->place, d->day, lines, &n));
    print_heading(p, SV("应收明细"));
    print_table(p, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++)
        TRY(line_print(c, p, &lines[i]));
    return ERR_NONE;
}

enum err printing_closing(struct ctx *c, struct printing *paper)
{
    struct print *p = paper->print;
    struct day_close d;
    struct sv names;
    TRY(entity_get(c, &day_close_entity, paper->asked.close, &d));
    TRY(place_names(c, d.org.n, d.place.n, &names));
    const struct sv signs[] = {
        sv_fmt(&c->mem, "点款：%.*s", SV_ARG(account_name(c, d.counted_by))),
        sv_fmt(&c->mem, "复核：%.*s", SV_ARG(account_name(c, d.checked_by))), SV("日期："),
    };
    print_form(p, &(struct print_form){
        .title = SV("日结单"), .foot = paper->mark,
        .under = sv_fmt(&c->mem, "%.*s　%.*s　%s", SV_ARG(names),
                        SV_ARG(day_words(&c->mem, d.day)), close_states[d.state].zh),
        .number = sv_fmt(&c->mem, "编号 %.*s", SV_ARG(paper->work->batch->number)) });
    sums_print(c, p, &d);
    if (d.why.len)
        print_text(p, sv_fmt(&c->mem, "差额原因：%.*s", SV_ARG(d.why)));
    if (d.late)
        print_text(p, sv_fmt(&c->mem, "其中前日更正 %lld 笔。", (long long)d.late));
    TRY(books_print(c, p, &d));
    print_gap(p, 16);
    print_sign(p, signs, 3);
    paper->work->rows = 1;
    return ERR_NONE;
}

/* --- receipt --- */

enum err printing_receipt(struct ctx *c, struct printing *paper)
{
    struct print *p = paper->print;
    struct payment m;
    struct care_order o;
    struct catalogue_item item;
    struct served s;
    struct sv names;
    bool found;
    TRY(entity_get(c, &payment_entity, paper->asked.payment, &m));
    TRY(entity_get(c, &care_order_entity, m.care_order.n, &o));
    TRY(entity_load(c, &catalogue_item_entity, o.item.n, &item, &found));
    TRY(served_of(c, &o, &s));
    TRY(place_names(c, m.org.n, m.place.n, &names));
    const struct print_fact facts[] = {
        { SV("收据号"), m.number }, { SV("订单号"), o.number },
        { SV("服务对象"), s.name }, { SV("服务项目"), found ? item.name : SV("") },
        { SV("服务日期"), day_words(&c->mem, o.day) },
        { SV("付款方式"), sv_of(close_ways[m.pay_way].zh) },
        { SV("总价（元）"), yuan(c, o.price) }, { SV("补贴等抵扣（元）"),
          yuan(c, (struct money){ o.price.fen - o.own_pay.fen }) },
    };
    print_form(p, &(struct print_form){
        .title = m.amount.fen < 0 ? SV("退款收据") : SV("收款收据"), .foot = paper->mark,
        .under = names, .number = sv_fmt(&c->mem, "编号 %.*s", SV_ARG(m.number)) });
    print_facts(p, facts, sizeof facts / sizeof *facts, 2);
    print_big(p, m.amount.fen < 0 ? SV("退款（元）") : SV("实收（元）"), yuan(c, m.amount));
    if (m.reason.len)
        print_text(p, sv_fmt(&c->mem, "说明：%.*s", SV_ARG(m.reason)));
    print_small(p, SV("本收据不是发票；需要发票请在订单里申请或告诉服务台。"));
    print_gap(p, 16);
    print_sign(p, (const struct sv[]){ SV("经手人："), SV("收款单位（章）："), SV("日期：") }, 3);
    printing_names(c, paper, m.elder.n);
    paper->work->rows = 1;
    return ERR_NONE;
}
