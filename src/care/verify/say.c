/* say.c - what to say on the telephone; freshness by division. */

#include "care/verify/say.h"

#include "care/division/division.h"
#include "care/hours/hours.h"
#include "care/offer/offer.h"

SQL(verify_freshness);
SQL(verify_offers_of_place);
SQL(verify_offers_of_org);
SQL(verify_divisions);

/* --- what to say --- */

static void fact(struct buf *b, const char *label, struct sv value)
{
    if (value.len == 0)
        return;
    buf_text(b, "\n");
    buf_text(b, label);
    buf_text(b, "：");
    buf_put(b, value);
}

/* "1200–1800 元/月", of 0 nothing. */
static struct sv price_text(struct ctx *c, const struct place *p)
{
    if (!p->price_low.fen && !p->price_high.fen)
        return SV("");
    return sv_fmt(&c->mem, "%lld–%lld 元/月", (long long)(p->price_low.fen / 100),
                  (long long)((p->price_high.fen ? p->price_high.fen : p->price_low.fen) / 100));
}

static struct sv beds_text(struct ctx *c, const struct place *p)
{
    return p->beds_total ? sv_fmt(&c->mem, "%lld 张", (long long)p->beds_total) : SV("");
}

/* What is offered and what it costs counts as verified with the place, or the organisation. */
MUST static enum err offers(struct buf *b, struct rows rows)
{
    int n = 0;
    while (rows_next(&rows)) {
        int unit = 0;
        (void)choice_of(unit_choices, rows_text(&rows, 2), &unit);
        buf_text(b, n++ ? "；" : "\n服务和价格：");
        buf_put(b, rows_text(&rows, 0));
        buf_text(b, " ");
        buf_fixed(b, rows_int(&rows, 1), 2);
        buf_fmt(b, " 元/%s", unit_choices[unit].zh);
    }
    return rows_end(&rows);
}

static void begin(struct buf *b, struct sv name)
{
    buf_text(b, "您好，我们在核对对外公布的养老服务信息。请问“");
    buf_put(b, name);
    buf_text(b, "”下面这些信息有没有变化？");
}

static void end(struct buf *b)
{
    buf_text(b, "\n最近有没有停业、搬迁、调价的安排？谢谢。");
}

/* In Chinese whatever the caller's language: it is read out to who answers the telephone. */
MUST static enum err say_place(struct ctx *c, struct verification *v)
{
    struct place p;
    bool found;
    struct buf b = buf_new(&c->mem, 400);
    TRY(entity_load(c, &place_entity, v->place.n, &p, &found));
    if (!found)
        return ERR_NONE;
    begin(&b, p.name);
    fact(&b, "地址", p.address);
    fact(&b, "电话", p.phone);
    fact(&b, "值班电话", p.duty_phone);
    fact(&b, "营业时间", hours_read_out(&c->mem, p.hours));
    fact(&b, "月费", price_text(c, &p));
    fact(&b, "床位", beds_text(c, &p));
    TRY(offers(&b, db_rows(c, &sql_verify_offers_of_place, PARAMS(P_INT("place", p.id.n)))));
    end(&b);
    v->say = buf_sv(&b);
    v->phone = p.phone;
    return ERR_NONE;
}

MUST static enum err say_organisation(struct ctx *c, struct verification *v)
{
    struct organisation o;
    bool found;
    struct buf b = buf_new(&c->mem, 300);
    TRY(entity_load(c, &organisation_entity, v->org.n, &o, &found));
    if (!found)
        return ERR_NONE;
    begin(&b, o.name);
    fact(&b, "统一社会信用代码", o.uscc);
    fact(&b, "地址", o.address);
    fact(&b, "电话", o.phone);
    fact(&b, "值班电话", o.duty_phone);
    TRY(offers(&b, db_rows(c, &sql_verify_offers_of_org, PARAMS(P_INT("org", o.id.n)))));
    end(&b);
    v->say = buf_sv(&b);
    v->phone = o.phone;
    return ERR_NONE;
}

enum err verify_say(struct ctx *c, struct verification *v)
{
    TRY(v->place.n ? say_place(c, v) : say_organisation(c, v));
    if (v->phone.len == 0 && v->place.n && v->org.n) {
        struct organisation o;
        bool found;
        TRY(entity_load(c, &organisation_entity, v->org.n, &o, &found));
        v->phone = found ? o.phone : SV("");
    }
    return ERR_NONE;
}

/* --- freshness --- */

struct fresh {
    struct division_id division;
    int64_t scope;
    struct sv name;
    int64_t places, overdue, never;
    struct opt_int fresh_percent;      /* unknown where there is no place */
    struct moment oldest;              /* the longest unverified */
    struct sv list;
};

static const struct field fresh_row_fields[] = {
    LINK(struct fresh, division, "division", .zh = "区划", .en = "Division"),
    FIELD(struct fresh, name, .zh = "名称", .en = "Name"),
    FIELD(struct fresh, places, .zh = "已发布网点", .en = "Published places"),
    FIELD(struct fresh, overdue, .zh = "核实过期", .en = "Overdue"),
    FIELD(struct fresh, never, .zh = "从未核实", .en = "Never verified"),
    FIELD(struct fresh, fresh_percent, .zh = "在期比例", .en = "Within time, per cent"),
    FIELD(struct fresh, oldest, .zh = "最久未核实", .en = "Longest unverified"),
    FIELD(struct fresh, list, .zh = "过期名单", .en = "The overdue ones"),
    { 0 },
};

struct freshness { struct moment as_of; struct sv definition; struct list divisions; };

static const struct field freshness_fields[] = {
    FIELD(struct freshness, as_of, .zh = "截至", .en = "As of"),
    FIELD(struct freshness, definition, .high = 500, .zh = "口径", .en = "Definition"),
    LIST(struct freshness, divisions, struct fresh, fresh_row_fields, .zh = "各辖区",
         .en = "Divisions"),
    { 0 },
};

struct freshness_asked { struct division_id division; };

static const struct field asked_fields[] = {
    LINK(struct freshness_asked, division, "division", .zh = "上级区划（不填为本人辖区）",
         .en = "Division above (one's own area)"),
    { 0 },
};

/* The overdue rows of one division, as the generic list shows them. */
static struct sv overdue_list(struct ctx *c, struct scope_range in)
{
    struct buf b = buf_new(&c->mem, 140);
    buf_text(&b, "/api/place?state=published&scope.from=");
    buf_int(&b, in.low);
    buf_text(&b, "&scope.to=");
    buf_int(&b, in.high);
    buf_text(&b, "&verify_until.to=");
    buf_day(&b, (struct day){ day_of(c->now).n - 1 });
    return buf_sv(&b);
}

MUST static enum err fill(struct ctx *c, struct fresh *f)
{
    struct scope_range in = division_range(f->scope);
    struct rows r = db_rows(c, &sql_verify_freshness,
                            PARAMS(P_INT("today", day_of(c->now).n), P_INT("low", in.low),
                                   P_INT("high", in.high)));
    if (rows_next(&r)) {
        f->places = rows_int(&r, 0);
        f->overdue = rows_int(&r, 1);
        f->never = rows_int(&r, 2);
        f->oldest.ms = rows_int(&r, 3);
    }
    TRY(rows_end(&r));
    int64_t good = f->places - f->overdue - f->never;
    f->fresh_percent = (struct opt_int){ f->places > 0, f->places ? good * 100 / f->places : 0 };
    f->list = overdue_list(c, in);
    return ERR_NONE;
}

/* The one asked about, else the one the caller answers for. */
MUST static enum err division_above(struct ctx *c, struct division_id asked,
                                    struct division *ret_above)
{
    bool found = false;
    if (asked.n)
        return entity_get(c, &division_entity, asked.n, ret_above);
    if (c->who && c->who->ranges_n)
        TRY(division_of_code(c, c->who->ranges[0].low, ret_above, &found));
    if (!found)
        return fail(c, ERR_FORBIDDEN, "figure.no_area", "the caller has no area");
    return ERR_NONE;
}

struct below { struct fresh *at; size_t n; };

MUST static enum err divisions_below(struct ctx *c, int64_t parent, struct below *ret_below)
{
    struct below b = { .n = 0 };
    size_t room = 0;
    struct rows r = db_rows(c, &sql_verify_divisions, PARAMS(P_INT("parent", parent)));
    while (rows_next(&r)) {
        b.at = GROW(&c->mem, b.at, b.n, &room);
        b.at[b.n++] = (struct fresh){ .division = { rows_int(&r, 0) }, .name = rows_text(&r, 1),
                                      .scope = rows_int(&r, 2) };
    }
    *ret_below = b;
    return rows_end(&r);
}

/* A city of one district compares the district's streets: one row alone says nothing. */
static enum err freshness(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct freshness_asked *asked = q->query;
    struct division above;
    struct below below;
    TRY(division_above(c, asked->division, &above));
    TRY(divisions_below(c, above.id.n, &below));
    for (int i = 0; i < DIVISION_LEVELS && below.n == 1; i++)
        TRY(divisions_below(c, below.at[0].division.n, &below));
    for (size_t i = 0; i < below.n; i++)
        TRY(fill(c, &below.at[i]));
    struct freshness all = {
        .as_of = c->now, .divisions = { below.at, below.n },
        .definition = c->lang == LANG_EN
            ? SV("published places by the day until which their facts count as verified")
            : SV("已发布网点按核实期限统计：期限未过为在期，已过为过期，没有期限为从未核实"),
    };
    return answer_record(c, a, freshness_fields, &all);
}

const struct endpoint verify_endpoints[] = {
    { .verb = GET, .path = "/api/verification/freshness", .run = freshness, .lane = READS,
      .may = MAY_READ_FIGURES, .query = asked_fields, .query_size = sizeof(struct freshness_asked),
      .gives = freshness_fields, .zh = "各辖区信息新鲜度", .en = "Freshness of the directory" },
    { 0 },
};
