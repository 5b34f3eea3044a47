/* recipient.c - whom an organisation serves: read, filtered, sorted, shown, as a workbook. */

#include "care/recipient/recipient.h"

#include "base/id.h"
#include "care/parameter/parameter.h"
#include "care/quota/quota.h"
#include "http/describe/gives.h"
#include "sheet/out.h"

#include <stdlib.h>
#include <string.h>

SQL(recipients);

enum { PAGE = 50, ROOM_FIRST = 512 };

enum show { SHOW_ALL, SHOW_NOTHING_AHEAD, SHOW_STANDING, SHOW_PACKAGE, SHOW_UNSIGNED, SHOW_ENDING,
            SHOW_PAUSED };
static const struct choice shows[] = {
    { "all", "全部", "all" },           { "nothing_ahead", "没有下次安排", "nothing ahead" },
    { "standing", "有长期服务", "standing orders" }, { "package", "有服务包", "a package" },
    { "unsigned", "没有服务协议", "no agreement" },
    { "ending", "协议快到期", "agreement ends soon" },
    { "paused", "暂停中", "paused" },   { 0 },
};

struct asked { struct organisation_id org; int show; int64_t page; };
static const struct field asked_fields[] = {
    LINK(struct asked, org, "organisation", .zh = "机构",
         .en = "Organisation; one's own when absent"),
    CHOICE(struct asked, show, shows, .zh = "显示", .en = "Which"),
    FIELD(struct asked, page, .low = 0, .high = RECIPIENTS_MAX / PAGE, .zh = "第几页（0 起）",
          .en = "Page, from 0"),
    { 0 },
};

struct line {
    struct elder_id elder;
    struct day last, next, signed_until;
    int64_t standing, plans;
    bool paused;
};
struct list_read {
    struct organisation org;
    struct line *at;
    size_t n, room;
    int64_t counts[sizeof shows / sizeof *shows];
    struct day soon;
};

/* A station's own; an officer's within her area. */
MUST static enum err org_of(struct ctx *c, struct organisation_id asked, struct organisation *ret)
{
    bool own = roles[c->who->role].sees == SEES_ORG, found;
    if (own && asked.n && asked.n != c->who->org)
        return fail(c, ERR_MISSING, "missing", "another organisation's people");
    if (own)
        asked.n = c->who->org;
    if (!asked.n) {
        fail_field(c, SV("org"), "field.required");
        return fail_fields(c);
    }
    TRY(entity_load(c, &organisation_entity, asked.n, ret, &found));
    if (!found || (!own && !who_in_scope(c, ret->row.scope)))
        return fail(c, ERR_MISSING, "missing", "organisation %lld is not in sight",
                    (long long)asked.n);
    return ERR_NONE;
}

static struct day day_at(struct rows *r, int column)
{
    int64_t n = rows_int(r, column);
    return n ? (struct day){ n } : DAY_NONE;
}

static bool is_shown(const struct list_read *l, const struct line *one, enum show show)
{
    switch (show) {
    case SHOW_NOTHING_AHEAD:
        return !day_known(one->next) && !one->paused;
    case SHOW_STANDING:
        return one->standing > 0;
    case SHOW_PACKAGE:
        return one->plans > 0;
    case SHOW_UNSIGNED:
        return !day_known(one->signed_until);
    case SHOW_ENDING:
        return day_known(one->signed_until) && one->signed_until.n <= l->soon.n;
    case SHOW_PAUSED:
        return one->paused;
    case SHOW_ALL:
        break;
    }
    return true;
}

/* Nothing ahead first, of those who was served longest ago. */
static int by_need(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    bool x_waits = !day_known(x->next) && !x->paused, y_waits = !day_known(y->next) && !y->paused;
    if (x_waits != y_waits)
        return x_waits ? -1 : 1;
    if (x->last.n != y->last.n)            /* never is longest ago: DAY_NONE is the least */
        return x->last.n < y->last.n ? -1 : 1;
    return (x->elder.n > y->elder.n) - (x->elder.n < y->elder.n);
}

static void line_add(struct ctx *c, struct list_read *l, const struct line *one)
{
    if (l->n == l->room) {
        l->room = l->room ? l->room * 2 : ROOM_FIRST;
        struct line *wider = NEW(&c->mem, struct line, l->room);
        if (l->n)
            memcpy(wider, l->at, l->n * sizeof *wider);
        l->at = wider;
    }
    l->at[l->n++] = *one;
}

MUST static enum err rows_take(struct ctx *c, enum show show, struct rows *r, struct list_read *l)
{
    while (rows_next(r)) {
        struct line one = {
            .elder = { rows_int(r, 0) }, .last = day_at(r, 1), .next = day_at(r, 2),
            .standing = rows_int(r, 3), .signed_until = day_at(r, 4), .plans = rows_int(r, 5),
            .paused = rows_int(r, 6) > 0,
        };
        for (int k = 0; shows[k].key; k++)
            l->counts[k] += is_shown(l, &one, (enum show)k);
        if (is_shown(l, &one, show))
            line_add(c, l, &one);
    }
    return rows_end(r);
}

MUST static enum err read_all(struct ctx *c, const struct asked *in, struct list_read *l)
{
    struct day today = day_of(c->now);
    int64_t days, papers;
    TRY(org_of(c, in->org, &l->org));
    TRY(parameter_int(c, "recipient.days", l->org.row.scope, today, &days));
    TRY(parameter_int(c, "figure.papers_days", l->org.row.scope, today, &papers));
    l->soon.n = today.n + papers;
    struct rows r = db_rows(c, &sql_recipients,
                            PARAMS(P_INT("org", l->org.id.n), P_INT("today", today.n),
                                   P_INT("since", today.n - days)));
    TRY(rows_take(c, (enum show)in->show, &r, l));
    if (l->counts[SHOW_ALL] > RECIPIENTS_MAX)
        return fail(c, ERR_CONFLICT, "recipient.many", "organisation %lld serves more than %d",
                    (long long)l->org.id.n, RECIPIENTS_MAX);
    if (l->n)
        qsort(l->at, l->n, sizeof *l->at, by_need);
    return ERR_NONE;
}

/* What is left of her quotas and packages this month or week. */
MUST static enum err left_words(struct ctx *c, const struct elder *e, struct sv *ret_words)
{
    struct quota_state states[QUOTA_RULES_MAX];
    struct buf b = buf_new(&c->mem, 128);
    size_t n;
    TRY(quota_of(c, e, day_of(c->now), states, &n));
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_text(&b, "；");
        buf_fmt(&b, "%.*s ", SV_ARG(states[i].rule.name));
        buf_put(&b, quota_words(&c->mem, &states[i], c->lang));
    }
    *ret_words = buf_sv(&b);
    return ERR_NONE;
}

/* --- on the screen --- */

static void put_day(struct json *j, const char *name, struct day day)
{
    if (day_known(day))
        json_day(j, name, day);
}

MUST static enum err put_line(struct ctx *c, struct json *j, const struct line *l)
{
    struct elder e;
    struct sv left;
    bool found;
    TRY(entity_load(c, &elder_entity, l->elder.n, &e, &found));
    TRY(left_words(c, &e, &left));
    json_object(j, NULL);
    json_id(j, "elder", l->elder.n);
    json_text(j, "name", mask_text(&c->mem, MASK_NAME, e.name));
    json_text(j, "address", mask_text(&c->mem, MASK_ADDRESS, e.address));
    put_day(j, "last", l->last);
    put_day(j, "next", l->next);
    put_day(j, "signed_until", l->signed_until);
    json_int(j, "standing", l->standing);
    json_int(j, "plans", l->plans);
    json_bool(j, "paused", l->paused);
    json_text(j, "left", left);
    json_end(j, '}');
    return ERR_NONE;
}

static enum err list_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct asked *in = q->query;
    struct list_read *l = NEW(&c->mem, struct list_read, 1);
    struct json *j = &a->json;
    TRY(read_all(c, in, l));
    json_text(j, "org_name", l->org.name);
    json_int(j, "total", (int64_t)l->n);
    json_int(j, "page", in->page);
    json_array(j, "shows");
    for (int k = 0; shows[k].key; k++) {
        json_object(j, NULL);
        json_text(j, "key", sv_of(shows[k].key));
        json_text(j, "name", sv_of(c->lang == LANG_EN ? shows[k].en : shows[k].zh));
        json_int(j, "n", l->counts[k]);
        json_end(j, '}');
    }
    json_end(j, ']');
    json_array(j, "lines");
    for (size_t i = (size_t)in->page * PAGE; i < l->n && i < (size_t)(in->page + 1) * PAGE; i++)
        TRY(put_line(c, j, &l->at[i]));
    json_end(j, ']');
    return ERR_NONE;
}

static const struct field show_gives[] = {
    SAYS(CHOICE, "key", .choices = shows), SAYS(TEXT, "name"), SAYS(INT, "n"), { 0 },
};
static const struct field line_gives[] = {
    SAYS(ID, "elder"), SAYS(TEXT, "name"), SAYS(TEXT, "address"),
    MAY_SAY(DAY, "last", .zh = "最近一次服务", .en = "Served last"),
    MAY_SAY(DAY, "next", .zh = "下次", .en = "Next"),
    MAY_SAY(DAY, "signed_until", .zh = "协议至", .en = "Agreement until"),
    SAYS(INT, "standing"), SAYS(INT, "plans"), SAYS(BOOL, "paused"),
    SAYS(TEXT, "left", .zh = "额度和服务包剩余", .en = "Left of quotas and packages"), { 0 },
};
static const struct field list_gives[] = {
    SAYS(TEXT, "org_name"), SAYS(INT, "total"), SAYS(INT, "page"),
    SAYS(LIST, "shows", .record = show_gives), SAYS(LIST, "lines", .record = line_gives), { 0 },
};

/* --- as a workbook: what the list shows, all pages --- */

static void heads_put(struct sheet_out *o)
{
    static const struct { const char *text; double width; } heads[] = {
        { "姓名", 10 }, { "地址", 26 }, { "最近一次服务", 14 }, { "下次", 14 }, { "长期服务", 10 },
        { "服务包", 8 }, { "协议至", 14 }, { "暂停中", 8 }, { "额度和服务包剩余", 60 },
    };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        sheet_out_width(o, i, heads[i].width);
        sheet_out_text(o, SHEET_HEAD, sv_of(heads[i].text));
    }
    sheet_out_end_row(o);
}

static struct sv day_text(struct ctx *c, struct day day)
{
    struct buf b = buf_new(&c->mem, 12);
    if (day_known(day))
        buf_day(&b, day);
    return buf_sv(&b);
}

MUST static enum err row_put(struct ctx *c, struct sheet_out *o, const struct line *l)
{
    struct elder e;
    struct sv left;
    bool found;
    TRY(entity_load(c, &elder_entity, l->elder.n, &e, &found));
    TRY(left_words(c, &e, &left));
    sheet_out_text(o, SHEET_PLAIN, mask_text(&c->mem, MASK_NAME, e.name));
    sheet_out_text(o, SHEET_PLAIN, mask_text(&c->mem, MASK_ADDRESS, e.address));
    sheet_out_text(o, SHEET_PLAIN, day_text(c, l->last));
    sheet_out_text(o, SHEET_PLAIN, day_text(c, l->next));
    sheet_out_number(o, SHEET_PLAIN, (double)l->standing);
    sheet_out_number(o, SHEET_PLAIN, (double)l->plans);
    sheet_out_text(o, SHEET_PLAIN, day_text(c, l->signed_until));
    sheet_out_text(o, SHEET_PLAIN, l->paused ? SV("是") : SV(""));
    sheet_out_text(o, SHEET_PLAIN, left);
    sheet_out_end_row(o);
    return ERR_NONE;
}

static enum err book_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct list_read *l = NEW(&c->mem, struct list_read, 1);
    struct sheet_sent out;
    struct sv bytes;
    int64_t id;
    TRY(read_all(c, q->query, l));
    TRY(id_next(c, c->house->ids, &id));
    TRY(sheet_sent_open(c, c->house->config->data_dir, id, &out));
    sheet_out_page(out.out, SV("服务对象"));
    sheet_out_freeze(out.out, 1);
    heads_put(out.out);
    for (size_t i = 0; i < l->n; i++)
        TRY(row_put(c, out.out, &l->at[i]));
    TRY(sheet_sent_close(c, &out, &bytes));
    a->type = XLSX_TYPE;
    a->disposition = SV("attachment; filename=\"recipients.xlsx\"");
    buf_put(&a->body, bytes);
    return ERR_NONE;
}

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/recipients", .run = list_get, .lane = READS,
      .may = MAY_READ_FIGURES, .query = asked_fields, .query_size = sizeof(struct asked),
      .gives = list_gives, .zh = "服务对象名单", .en = "Whom an organisation serves" },
    { .verb = GET, .path = "/api/recipients/book", .run = book_get, .lane = READS,
      .may = MAY_EXPORT, .query = asked_fields, .query_size = sizeof(struct asked),
      .media = XLSX_TYPE, .per_minute = 20, .zh = "服务对象名单（Excel）",
      .en = "Whom an organisation serves, as a workbook" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "recipient.days", "180", "day", "没有协议的，最近多少天下过单算服务对象",
      "Without agreement: ordered within so many days", "平台默认值，待核" },
    { 0 },
};

static const struct message messages[] = {
    { "recipient.many", "服务对象超过 20000 人，请按下级机构分别查看",
      "more than 20,000 people; look at its branches one by one" },
    { 0 },
};

const struct module recipient_module = {
    .name = "recipient", .endpoints = endpoints, .parameters = parameters,
    .messages = messages,
};
