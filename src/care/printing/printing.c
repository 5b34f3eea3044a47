/* printing.c - asking for a form, and the job that makes it. */

#include "care/printing/printing.h"

#include "care/counter/counter.h"
#include "care/delivery/delivery.h"
#include "care/elder/elder.h"
#include "care/figure/figure.h"
#include "care/kitchen/board.h"
#include "care/survey/survey.h"
#include "model/history/access.h"

#include <string.h>

const struct choice printing_forms[] = {
    { "confirmation", "服务确认单", "service confirmation sheet" },
    { "month", "本月服务确认单", "the month's confirmation sheets" },
    { "card", "便民联系卡", "contact card" },
    { "elder", "老年人档案", "elder's file" },
    { "today", "今日一览", "today's figures" },
    { "doors", "门码", "door codes" },
    { "closing", "日结单", "closing of a day" },
    { "receipt", "收据", "receipt" },
    { "calls", "明日告知名单", "call list" },
    { "meal_run", "送餐路线单", "delivery run sheet" },
    { "meal_bags", "送餐袋签", "bag labels" },
    { "meal_tables", "社区就餐点一览", "where to eat, for a community" },
    { "menu", "服务菜单", "own menu" },
    { "gathering", "课程活动签到表", "sign-in sheet of a class or outing" },
    { "kitchen", "厨房备餐", "what is cooked" },
    { "week_menu", "一周菜单", "menu of the week" },
    { "diner_card", "助餐卡", "meal cards" },
    { "survey", "电话回访结果", "result of a call-back survey" },
    { "proxy", "委托书", "proxy consent" },
    { "attendance", "课程出勤表", "attendance of a class" }, { 0 },
};

#define A struct printing_asked
const struct field printing_asked_fields[] = {
    CHOICE(A, form, printing_forms, .zh = "表", .en = "Form"),
    { .name = "order", .kind = KIND_LINK, .offset = offsetof(A, order), .links = "care_order",
      .zh = "订单", .en = "Order" },
    { .name = "org", .kind = KIND_LINK, .offset = offsetof(A, org), .links = "organisation",
      .zh = "机构", .en = "Organisation" },
    { .name = "elder", .kind = KIND_LINK, .offset = offsetof(A, elder), .links = "elder",
      .zh = "老年人", .en = "Elder" },
    { .name = "division", .kind = KIND_LINK, .offset = offsetof(A, division), .links = "division",
      .zh = "区划", .en = "Division" },
    { .name = "compound", .kind = KIND_LINK, .offset = offsetof(A, compound), .links = "compound",
      .zh = "小区", .en = "Compound" },
    { .name = "building", .kind = KIND_LINK, .offset = offsetof(A, building), .links = "building",
      .zh = "楼栋", .en = "Building" },
    { .name = "close", .kind = KIND_LINK, .offset = offsetof(A, close), .links = "day_close",
      .zh = "日结", .en = "Closing" },
    { .name = "payment", .kind = KIND_LINK, .offset = offsetof(A, payment), .links = "payment",
      .zh = "收款登记", .en = "Payment" },
    { .name = "place", .kind = KIND_LINK, .offset = offsetof(A, place), .links = "place",
      .zh = "网点", .en = "Place" },
    { .name = "card", .kind = KIND_LINK, .offset = offsetof(A, card), .links = "diner_card",
      .zh = "助餐卡", .en = "Meal card" },
    { .name = "round", .kind = KIND_LINK, .offset = offsetof(A, round), .links = "survey_round",
      .zh = "回访批次", .en = "Survey round" },
    FIELD(A, day, .zh = "服务日期", .en = "Day of the services"),
    FIELD(A, rows, .high = 4000, .zh = "各行", .en = "Rows"),
    { .name = "run", .kind = KIND_LINK, .offset = offsetof(A, run), .links = "meal_run",
      .zh = "送餐路线", .en = "Delivery run" },
    { .name = "gathering", .kind = KIND_LINK, .offset = offsetof(A, gathering),
      .links = "gathering", .zh = "课程活动", .en = "Class or outing" },
    FIELD(A, month, .high = 7, .zh = "月份", .en = "Month"),
    FIELD(A, large, .zh = "大字", .en = "Large type"),
    { 0 },
};
#undef A

struct print_new { struct printing_asked asked; struct sv reason; };
#define N struct print_new
static const struct field print_new_fields[] = {
    { .name = "form", .kind = KIND_CHOICE, .offset = offsetof(N, asked.form),
      .choices = printing_forms, .zh = "表", .en = "Form" },
    { .name = "order", .kind = KIND_LINK, .offset = offsetof(N, asked.order),
      .links = "care_order", .zh = "订单", .en = "Order" },
    { .name = "org", .kind = KIND_LINK, .offset = offsetof(N, asked.org),
      .links = "organisation", .zh = "机构", .en = "Organisation" },
    { .name = "elder", .kind = KIND_LINK, .offset = offsetof(N, asked.elder), .links = "elder",
      .zh = "老年人", .en = "Elder" },
    { .name = "division", .kind = KIND_LINK, .offset = offsetof(N, asked.division),
      .links = "division", .zh = "区划", .en = "Division, of today's figures" },
    { .name = "compound", .kind = KIND_LINK, .offset = offsetof(N, asked.compound),
      .links = "compound", .zh = "小区", .en = "Compound" },
    { .name = "building", .kind = KIND_LINK, .offset = offsetof(N, asked.building),
      .links = "building", .zh = "楼栋", .en = "Building" },
    { .name = "close", .kind = KIND_LINK, .offset = offsetof(N, asked.close),
      .links = "day_close", .zh = "日结", .en = "Closing" },
    { .name = "payment", .kind = KIND_LINK, .offset = offsetof(N, asked.payment),
      .links = "payment", .zh = "收款登记", .en = "Payment" },
    { .name = "place", .kind = KIND_LINK, .offset = offsetof(N, asked.place), .links = "place",
      .zh = "网点", .en = "Place, of the kitchen and the menu of the week" },
    { .name = "card", .kind = KIND_LINK, .offset = offsetof(N, asked.card),
      .links = "diner_card", .zh = "助餐卡", .en = "Meal card" },
    { .name = "round", .kind = KIND_LINK, .offset = offsetof(N, asked.round),
      .links = "survey_round", .zh = "回访批次", .en = "Survey round" },
    { .name = "day", .kind = KIND_DAY, .offset = offsetof(N, asked.day), .zh = "日期",
      .en = "Day of the services of the call list, of the kitchen, in the menu's week" },
    { .name = "rows", .kind = KIND_TEXT, .offset = offsetof(N, asked.rows), .high = 4000,
      .zh = "多个订单、老年人或助餐卡的编号，以逗号分隔",
      .en = "Ids of several orders, elders or cards, by comma" },
    { .name = "run", .kind = KIND_LINK, .offset = offsetof(N, asked.run), .links = "meal_run",
      .zh = "送餐路线", .en = "Delivery run" },
    { .name = "gathering", .kind = KIND_LINK, .offset = offsetof(N, asked.gathering),
      .links = "gathering", .zh = "课程活动", .en = "Class or outing" },
    { .name = "month", .kind = KIND_TEXT, .offset = offsetof(N, asked.month), .high = 7,
      .zh = "月份", .en = "Month, 2026-11" },
    { .name = "large", .kind = KIND_BOOL, .offset = offsetof(N, asked.large), .zh = "大字",
      .en = "Large type" },
    FIELD(N, reason, .required = true, .low = 2, .high = 200, .zh = "理由", .en = "Reason"),
    { 0 },
};
#undef N

/* --- words --- */

struct sv day_words(struct arena *mem, struct day d)
{
    static const char *const names[] = { "", "周一", "周二", "周三", "周四", "周五", "周六", "周日" };
    struct civil v = civil_of_day(d);
    return sv_fmt(mem, "%d年%d月%d日 %s", v.year, v.month, v.day, names[day_weekday(d)]);
}

struct sv clock_words(struct arena *mem, int64_t minute)
{
    return sv_fmt(mem, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
}

struct sv elder_door_words(struct ctx *c, const struct elder *e)
{
    struct compound k;
    bool found = false;
    struct buf b = buf_new(&c->mem, 128);
    if (e->compound.n && entity_load(c, &compound_entity, e->compound.n, &k, &found) == ERR_NONE &&
        found)
        buf_put(&b, k.name);
    const struct sv parts[] = { e->building, e->entrance, e->room };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        buf_text(&b, b.len && parts[i].len ? " " : "");
        buf_put(&b, parts[i]);
    }
    return e->building.len || e->room.len || e->address.len == 0 ? buf_sv(&b) : e->address;
}

enum err served_of(struct ctx *c, const struct care_order *o, struct served *ret_served)
{
    struct elder e;
    *ret_served = (struct served){ o->for_name, o->for_phone, o->for_address };
    if (!o->elder.n)
        return ERR_NONE;
    bool found;
    TRY(entity_load(c, &elder_entity, o->elder.n, &e, &found));
    if (!found)
        return ERR_NONE;
    if (ret_served->name.len == 0)
        ret_served->name = e.name;
    if (ret_served->phone.len == 0)
        ret_served->phone = e.phone;
    if (ret_served->address.len == 0)
        ret_served->address = elder_door_words(c, &e);
    return ERR_NONE;
}

/* --- the job --- */

void printing_names(struct ctx *c, struct printing *p, int64_t elder)
{
    (void)c;
    if (!elder || (p->elders_n && p->elders[p->elders_n - 1] == elder))
        return;
    p->elders = GROW(&p->work->job_ctx->mem, p->elders, p->elders_n + 1, &p->elders_room);
    p->elders[p->elders_n++] = elder;
}

struct names { struct printing *paper; size_t from, to; };

static enum err note_names(struct ctx *c, void *arg)
{
    const struct names *n = arg;
    const struct export_batch *b = n->paper->work->batch;
    for (size_t i = n->from; i < n->to; i++)
        TRY(access_note(c, n->paper->elders[i], &export_batch_entity, b->id.n,
                        sv_fmt(&c->mem, "print:%.*s", SV_ARG(b->title))));
    return ERR_NONE;
}

/* Before the file is there: no paper without its lines in the log. */
static enum err note_all(struct ctx *c, struct printing *p)
{
    enum { AT_ONCE = 50 };
    struct ctx *w = p->work->job_ctx;
    const struct who *house = w->who;
    enum err err = ERR_NONE;
    w->who = c->who;
    w->reason = p->work->batch->reason;
    for (size_t i = 0; i < p->elders_n && err == ERR_NONE; i += AT_ONCE) {
        size_t to = i + AT_ONCE < p->elders_n ? i + AT_ONCE : p->elders_n;
        err = transaction(w, note_names, &(struct names){ p, i, to });
    }
    w->who = house;
    return err;
}

static printing_form_fn *const forms[] = {
    [FORM_CONFIRMATION] = printing_confirmation, [FORM_MONTH] = printing_month,
    [FORM_CARD] = printing_card, [FORM_ELDER] = printing_elder, [FORM_TODAY] = printing_today,
    [FORM_DOORS] = printing_doors, [FORM_CLOSING] = printing_closing,
    [FORM_RECEIPT] = printing_receipt, [FORM_CALLS] = printing_calls,
    [FORM_MEAL_RUN] = printing_meal_run,
    [FORM_MEAL_BAGS] = printing_meal_bags, [FORM_MEAL_TABLES] = printing_meal_tables,
    [FORM_MENU] = printing_menu, [FORM_GATHERING] = printing_gathering,
    [FORM_KITCHEN] = printing_kitchen, [FORM_WEEK_MENU] = printing_week_menu,
    [FORM_DINER_CARD] = printing_diner_cards, [FORM_SURVEY] = printing_survey,
    [FORM_PROXY] = printing_proxy, [FORM_ATTENDANCE] = printing_attendance,
};

static enum err printing_make(struct ctx *c, struct export_work *w)
{
    struct printing p = { .work = w };
    const struct json_value *tree;
    TRY(json_parse(c, w->batch->filter, &tree));
    record_clear(printing_asked_fields, &p.asked);
    TRY(json_read(c, tree, printing_asked_fields, true, &p.asked, NULL));
    p.mark = export_mark(c, w->batch);
    const struct print_paper paper = {
        .title = w->batch->title, .author = c->who->name, .made = w->batch->row.created_at,
        .large = p.asked.large, .label = p.asked.form == FORM_MEAL_BAGS,
        .landscape = p.asked.form == FORM_ATTENDANCE,
    };
    TRY(print_open(c, w->path, &paper, &p.print));
    bool each = p.asked.rows.len && p.asked.form != FORM_DINER_CARD;   /* cards share a page */
    enum err err = each ? printing_rows(c, &p, forms[p.asked.form])
                        : forms[p.asked.form](c, &p);
    if (err == ERR_NONE)
        err = note_all(c, &p);
    if (err != ERR_NONE) {
        print_drop(p.print);
        return err;
    }
    return print_close(c, p.print);
}

static enum err printing_job(struct ctx *c, const struct job *j)
{
    return export_job(c, j, printing_make);
}

/* --- asking --- */

static bool is_month(struct sv m)
{
    struct day d;
    char room[16];
    if (m.len != 7)
        return false;
    memcpy(room, m.at, 7);
    memcpy(room + 7, "-01", 3);
    return sv_day((struct sv){ room, 10 }, &d);
}

/* A station's month is her own unless she names one. */
static enum err month_check(struct ctx *c, struct printing_asked *in)
{
    struct organisation org;
    if (!is_month(in->month)) {
        fail_field(c, SV("month"), "printing.month");
        return fail_fields(c);
    }
    in->org = in->org ? in->org : c->who->org;
    TRY(who_need(c, MAY_READ_ORDERS));
    if (roles[c->who->role].sees == SEES_ORG && in->org != c->who->org)
        return fail(c, ERR_MISSING, "missing", "another organisation's month");
    TRY(entity_get(c, &organisation_entity, in->org, &org));
    bool all = roles[c->who->role].sees != SEES_SCOPE || who_in_scope(c, org.row.scope);
    return all ? ERR_NONE : fail(c, ERR_MISSING, "missing", "out of scope");
}

static enum err today_check(struct ctx *c, const struct printing_asked *in)
{
    struct figure_area area;
    TRY(who_need(c, MAY_READ_FIGURES));
    if (c->who->org && roles[c->who->role].sees == SEES_ORG)
        return ERR_NONE;                                 /* her organisation's own */
    return figure_area_of(c, in->division, &area);
}

/* An organisation's codes are for those who hang them up. */
static enum err doors_check(struct ctx *c, struct printing_asked *in)
{
    TRY(who_need(c, MAY_SERVE_ORDERS));
    if (!is_month(in->month))
        fail_field(c, SV("month"), "printing.month");
    in->org = c->who->org;
    TRY(fail_fields(c));
    return in->org ? ERR_NONE : fail(c, ERR_FORBIDDEN, "door_code.no_org", "codes of nobody");
}

/* A call list is a station's own; tomorrow's unless another day is named. */
static enum err calls_check(struct ctx *c, struct printing_asked *in)
{
    TRY(who_need(c, MAY_SERVE_ORDERS));
    if (roles[c->who->role].sees != SEES_ORG)
        return fail(c, ERR_FORBIDDEN, "who.forbidden", "a call list is a station's own");
    if (!day_known(in->day))
        in->day.n = day_of(c->now).n + 1;
    return ERR_NONE;
}

/* The day is today unless another is named. */
static enum err place_check(struct ctx *c, struct printing_asked *in)
{
    struct place place;
    in->day = day_known(in->day) ? in->day : day_of(c->now);
    return entity_get(c, &place_entity, in->place, &place);
}

static enum err board_check(struct ctx *c, struct printing_asked *in)
{
    struct board *b = NEW(&c->mem, struct board, 1);
    TRY(who_need(c, MAY_READ_ORDERS));
    TRY(place_check(c, in));
    return board_of(c, (struct place_id){ in->place }, in->day, b);
}

/* The caller sees what it is about. */
static enum err asked_check(struct ctx *c, struct printing_asked *in)
{
    struct care_order o;
    struct meal_run run;
    struct division division;
    struct elder e;
    struct day_close d;
    struct payment m;
    struct diner_card k;
    struct survey_round r;
    if (in->rows.len)
        return printing_rows_check(c, in);
    switch ((enum printing_form)in->form) {
    case FORM_CONFIRMATION:
        return entity_get(c, &care_order_entity, in->order, &o);
    case FORM_CARD:
    case FORM_MENU:
    case FORM_PROXY:
    case FORM_ELDER:
        return entity_get(c, &elder_entity, in->elder, &e);
    case FORM_MONTH:
        return month_check(c, in);
    case FORM_TODAY:
        return today_check(c, in);
    case FORM_DOORS:
        return doors_check(c, in);
    case FORM_CLOSING:
        return entity_get(c, &day_close_entity, in->close, &d);
    case FORM_RECEIPT:
        return entity_get(c, &payment_entity, in->payment, &m);
    case FORM_CALLS:
        return calls_check(c, in);
    case FORM_MEAL_RUN:
    case FORM_MEAL_BAGS:
        return entity_get(c, &meal_run_entity, in->run, &run);
    case FORM_GATHERING:
        return gathering_sheet_check(c, in);
    case FORM_ATTENDANCE:
        return attendance_check(c, in);
    case FORM_MEAL_TABLES:
        return entity_get(c, &division_entity, in->division, &division);
    case FORM_KITCHEN:
        return board_check(c, in);
    case FORM_WEEK_MENU:
        return place_check(c, in);
    case FORM_DINER_CARD:
        return entity_get(c, &diner_card_entity, in->card, &k);
    case FORM_SURVEY:
        TRY(who_need(c, MAY_READ_FIGURES));
        return entity_get(c, &survey_round_entity, in->round, &r);
    }
    return fail(c, ERR_BROKEN, "broken", "no form %d", in->form);
}

static enum err print_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct print_new in = *(const struct print_new *)q->body;
    struct buf filter = buf_new(&c->mem, 256);
    struct json j = json_new(&filter);
    TRY(asked_check(c, &in.asked));
    json_record(&j, NULL, printing_asked_fields, &in.asked);
    struct export_batch b = {
        .kind = EXPORT_PRINT, .format = EXPORT_PDF, .filter = buf_sv(&filter),
        .reason = in.reason, .words = in.asked.month,
        .title = sv_of(c->lang == LANG_EN ? printing_forms[in.asked.form].en
                                          : printing_forms[in.asked.form].zh),
    };
    TRY(export_begin(c, &b, "print"));
    a->status = 201;
    json_fields(&a->json, export_batch_fields, &b);
    return ERR_NONE;
}

static const struct endpoint endpoints[] = {
    { POST, "/api/print", print_post, WRITES, MAY_UNMASK, .takes = print_new_fields,
      .takes_size = sizeof(struct print_new), .gives = export_batch_fields,
      .zh = "打印一张表（PDF）", .en = "Print a form (PDF)" },
    { 0 },
};

static const struct job_kind jobs[] = {
    { .name = "print", .run = printing_job, .lease_s = 300 }, { 0 },
};

static const struct message messages[] = {
    { "printing.rows", "一次最多打印 {0} 行，编号以逗号分隔", "At most {0} rows at once, ids by comma" },
    { "printing.rows_form", "这种表不能按行打印", "This form is not printed row by row" },
    { "printing.month", "月份写成 2026-11", "Write the month as 2026-11" },
    { "printing.none", "这个月没有已完成的上门服务", "No visit was done in this month" },
    { "printing.many", "这个月超过 3000 次上门，请分机构打印",
      "More than 3,000 visits in this month" },
    { "printing.no_doors", "这个范围、这个月没有待上墙的门码，请先生成",
      "No codes wait to be hung up there in this month: make them first" },
    { "printing.many_doors", "超过 2000 个门码，请分小区打印",
      "More than 2,000 codes: print them by compound" },
    { 0 },
};

const struct module print_module = {
    .name = "print", .endpoints = endpoints, .jobs = jobs, .messages = messages,
};
