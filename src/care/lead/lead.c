/* lead.c - what was seen before it was complained about: read, matched, and as one page. */

#include "care/lead/lead.h"

#include "care/figure/figure.h"
#include "care/parameter/parameter.h"
#include "http/describe/gives.h"

#include <stdlib.h>

SQL(lead_signals);
SQL(lead_requests);

enum { STREETS_MAX = 400, STREET = 1000, DAYS_USUAL = 90, TOPICS = 16 };

/* --- complaints --- */

static struct moment earlier(struct moment a, struct moment b)
{
    if (!moment_known(a) || !moment_known(b))
        return moment_known(a) ? a : b;
    return a.ms < b.ms ? a : b;
}

static struct moment column_moment(struct rows *r, int i)
{
    bool known = rows_value(r, i).type != VALUE_NULL;
    return (struct moment){ known ? rows_int(r, i) : 0 };
}

enum err lead_requests(struct ctx *c, struct scope_range in, struct moment since,
                       struct lead_one **ret_ones, size_t *ret_n)
{
    int64_t days;
    size_t n = 0, room = 0;
    struct lead_one *ones = NULL;
    TRY(parameter_int(c, "lead.look_back_days", in.low, day_of(c->now), &days));
    struct rows r = db_rows(c, &sql_lead_requests,
                            PARAMS(P_INT("low", in.low), P_INT("high", in.high),
                                   P_INT("since", since.ms), P_INT("span", days * MS_A_DAY)));
    while (n < LEAD_REQUESTS_MAX && rows_next(&r)) {
        struct lead_one one = { .request = rows_int(&r, 0), .scope = rows_int(&r, 1),
                                .came = { rows_int(&r, 4) },
                                .first = earlier(column_moment(&r, 5), column_moment(&r, 6)) };
        (void)choice_of(request_topics, rows_text(&r, 2), &one.topic);
        (void)choice_of(request_solveds, rows_text(&r, 3), &one.solved);
        ones = GROW(&c->mem, ones, n, &room);
        ones[n++] = one;
    }
    *ret_ones = ones;
    *ret_n = n;
    return rows_end(&r);
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

int64_t lead_median_hours(struct arena *mem, const struct lead_one *ones, size_t n)
{
    int64_t *hours = NEW(mem, int64_t, n ? n : 1);
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (moment_known(ones[i].first))
            hours[k++] = (ones[i].came.ms - ones[i].first.ms) / 3600000;
    qsort(hours, k, sizeof *hours, by_size);
    return k ? hours[k / 2] : -1;
}

/* --- the page --- */

/* Signals and complaints of one street, or of everything. */
struct sum {
    int64_t scope, signals, done, dropped, requests, preceded, solved, unsolved;
    struct lead_one *ones;
    size_t n, room;
};

struct page_of {
    struct sum all, street[STREETS_MAX];
    size_t streets_n;
    int64_t kinds[SIGNAL_KINDS], kinds_done[SIGNAL_KINDS];
    struct sum topic[TOPICS];
    struct moment since;
};

static struct sum *street_of(struct page_of *p, int64_t scope)
{
    int64_t code = scope / STREET * STREET;
    for (size_t i = 0; i < p->streets_n; i++)
        if (p->street[i].scope == code)
            return &p->street[i];
    if (p->streets_n == STREETS_MAX)
        return NULL;
    p->street[p->streets_n] = (struct sum){ .scope = code };
    return &p->street[p->streets_n++];
}

static void add_signals(struct sum *s, struct sv state, int64_t n)
{
    if (!s)
        return;
    s->signals += n;
    s->done += sv_is(state, "done") ? n : 0;
    s->dropped += sv_is(state, "dropped") ? n : 0;
}

static void add_request(struct ctx *c, struct sum *s, const struct lead_one *one)
{
    if (!s)
        return;
    s->requests++;
    s->preceded += moment_known(one->first);
    s->solved += one->solved == SOLVED_YES;
    s->unsolved += one->solved == SOLVED_NO;
    s->ones = GROW(&c->mem, s->ones, s->n, &s->room);
    s->ones[s->n++] = *one;
}

MUST static enum err read_range(struct ctx *c, struct scope_range in, struct page_of *p)
{
    struct lead_one *ones;
    size_t n;
    struct rows r = db_rows(c, &sql_lead_signals,
                            PARAMS(P_INT("low", in.low), P_INT("high", in.high),
                                   P_INT("since", p->since.ms)));
    while (rows_next(&r)) {
        int kind = 0;
        int64_t count = rows_int(&r, 3);
        (void)choice_of(signal_kinds, rows_text(&r, 1), &kind);
        add_signals(&p->all, rows_text(&r, 2), count);
        add_signals(street_of(p, rows_int(&r, 0)), rows_text(&r, 2), count);
        p->kinds[kind] += count;
        p->kinds_done[kind] += sv_is(rows_text(&r, 2), "done") ? count : 0;
    }
    TRY(rows_end(&r));
    TRY(lead_requests(c, in, p->since, &ones, &n));
    for (size_t i = 0; i < n; i++) {
        add_request(c, &p->all, &ones[i]);
        add_request(c, street_of(p, ones[i].scope), &ones[i]);
        add_request(c, &p->topic[ones[i].topic % TOPICS], &ones[i]);
    }
    return ERR_NONE;
}

static void put_sum(struct ctx *c, struct json *j, const struct sum *s)
{
    int64_t hours = lead_median_hours(&c->mem, s->ones, s->n);
    json_int(j, "signals", s->signals);
    json_int(j, "done", s->done);
    json_int(j, "dropped", s->dropped);
    json_int(j, "requests", s->requests);
    json_int(j, "preceded", s->preceded);
    json_int(j, "solved", s->solved);
    json_int(j, "unsolved", s->unsolved);
    if (hours >= 0)
        json_int(j, "lead_hours", hours);
}

/* Where complaints came as a surprise stands first. */
static int surprised_first(const void *a, const void *b)
{
    const struct sum *x = a, *y = b;
    int64_t sx = x->requests - x->preceded, sy = y->requests - y->preceded;
    if (sx != sy)
        return sx > sy ? -1 : 1;
    return x->scope < y->scope ? -1 : x->scope > y->scope;
}

MUST static enum err put_streets(struct ctx *c, struct json *j, struct page_of *p)
{
    qsort(p->street, p->streets_n, sizeof p->street[0], surprised_first);
    json_array(j, "streets");
    for (size_t i = 0; i < p->streets_n; i++) {
        struct division d;
        struct scope_range in = division_range(p->street[i].scope);
        bool found;
        TRY(division_of_code(c, p->street[i].scope, &d, &found));
        json_object(j, NULL);
        json_text(j, "name", found ? d.name : SV("—"));
        json_int(j, "from", in.low);
        json_int(j, "to", in.high);
        put_sum(c, j, &p->street[i]);
        json_end(j, '}');
    }
    json_end(j, ']');
    return ERR_NONE;
}

static void put_kinds(struct ctx *c, struct json *j, const struct page_of *p)
{
    json_array(j, "kinds");
    for (int i = 0; i < SIGNAL_KINDS; i++) {
        if (!p->kinds[i])
            continue;
        json_object(j, NULL);
        json_text(j, "key", sv_of(signal_kinds[i].key));
        json_text(j, "name", sv_of(c->lang == LANG_EN ? signal_kinds[i].en : signal_kinds[i].zh));
        json_int(j, "signals", p->kinds[i]);
        json_int(j, "done", p->kinds_done[i]);
        json_end(j, '}');
    }
    json_end(j, ']');
    json_array(j, "topics");
    for (int i = 0; i < TOPICS && request_topics[i].key; i++) {
        const struct choice *t = &request_topics[i];
        if (!p->topic[i].requests)
            continue;
        json_object(j, NULL);
        json_text(j, "key", sv_of(t->key));
        json_text(j, "name", sv_of(c->lang == LANG_EN ? t->en : t->zh));
        put_sum(c, j, &p->topic[i]);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static struct sv definition(struct ctx *c, int64_t look_back)
{
    return c->lang == LANG_EN
        ? sv_fmt(&c->mem, "Before: work items that the house raised itself (not by hand, not out "
                          "of requests). After: complaints and calls for help, withdrawn ones "
                          "left out. Preceded: a signal about the same elder or place in the %lld "
                          "days before; lead is the median from the earliest such signal to the "
                          "complaint. Done: closed with a result. Areas by where the elder lives, "
                          "else where the place is.", (long long)look_back)
        : sv_fmt(&c->mem, "未诉：系统自己发现并开出的工作项（手工新建的、由诉求产生的不计）。"
                          "已诉：投诉和求助，撤回的不计。有先兆：诉求前 %lld 天内，同一老人或同一网点"
                          "已有信号；提前量是最早的信号到诉求的时间，取中位数。已办结：有结果的。"
                          "辖区按老人住址，没有老人的按网点。", (long long)look_back);
}

struct lead_asked { struct division_id division; struct opt_int days; };
static const struct field asked_fields[] = {
    LINK(struct lead_asked, division, "division", .zh = "区划",
         .en = "Division; all one answers for when absent"),
    FIELD(struct lead_asked, days, .low = 1, .high = LEAD_DAYS_MAX, .zh = "近多少天",
          .en = "Days back; 90 when absent"),
    { 0 },
};

static enum err lead_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct lead_asked *asked = q->query;
    struct page_of *p = NEW(&c->mem, struct page_of, 1);
    struct figure_area area;
    int64_t look_back, days = asked->days.known ? asked->days.n : DAYS_USUAL;
    struct day first = { day_of(c->now).n - days + 1 };
    TRY(figure_area_of(c, asked->division.n, &area));
    if (c->who->org)
        return fail(c, ERR_FORBIDDEN, "who.forbidden", "an organisation has no area");
    TRY(parameter_int(c, "lead.look_back_days", area.n ? area.range[0].low : 0, day_of(c->now),
                      &look_back));
    p->since = moment_at(first, 0);
    for (size_t i = 0; i < area.n; i++)
        TRY(read_range(c, area.range[i], p));
    json_moment(&a->json, "as_of", c->now);
    json_day(&a->json, "first_day", first);
    json_int(&a->json, "days", days);
    json_text(&a->json, "definition", definition(c, look_back));
    json_object(&a->json, "all");
    put_sum(c, &a->json, &p->all);
    json_end(&a->json, '}');
    TRY(put_streets(c, &a->json, p));
    put_kinds(c, &a->json, p);
    return ERR_NONE;
}

#define SUM_GIVES                                                                                 \
    SAYS(INT, "signals", .zh = "未诉信号", .en = "Signals"), SAYS(INT, "done"), SAYS(INT, "dropped"), \
        SAYS(INT, "requests", .zh = "已诉", .en = "Complaints"),                                   \
        SAYS(INT, "preceded", .zh = "有先兆", .en = "Preceded by a signal"), SAYS(INT, "solved"),   \
        SAYS(INT, "unsolved"), MAY_SAY(INT, "lead_hours", .zh = "提前量中位数（小时）",              \
                                       .en = "Median lead, hours")

static const struct field sum_gives[] = { SUM_GIVES, { 0 } };
static const struct field street_gives[] = {
    SAYS(TEXT, "name"), SAYS(INT, "from"), SAYS(INT, "to"), SUM_GIVES, { 0 },
};
static const struct field kind_gives[] = {
    SAYS(TEXT, "key"), SAYS(TEXT, "name"), SAYS(INT, "signals"), SAYS(INT, "done"), { 0 },
};
static const struct field topic_gives[] = { SAYS(TEXT, "key"), SAYS(TEXT, "name"), SUM_GIVES,
                                            { 0 } };
static const struct field lead_gives[] = {
    SAYS(MOMENT, "as_of"), SAYS(DAY, "first_day"), SAYS(INT, "days"), SAYS(TEXT, "definition"),
    SAYS(RECORD, "all", .record = sum_gives), SAYS(LIST, "streets", .record = street_gives),
    SAYS(LIST, "kinds", .record = kind_gives), SAYS(LIST, "topics", .record = topic_gives), { 0 },
};

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/lead", .run = lead_get, .lane = READS, .may = MAY_READ_FIGURES,
      .query = asked_fields, .query_size = sizeof(struct lead_asked), .gives = lead_gives,
      .zh = "未诉与已诉：信号、投诉和提前量",
      .en = "Signals beside complaints, and by how long the first came before the second" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "lead.look_back_days", "30", "day", "诉求前多少天内的信号算先兆",
      "Days before a complaint in which a signal counts as its first", "平台默认值，待核" },
    { 0 },
};

const struct module lead_module = {
    .name = "lead", .endpoints = endpoints, .parameters = parameters,
};
