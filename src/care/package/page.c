/* page.c - what there is, who serves it, and an elder's own packages with what is left. */

#include "care/package/plan.h"

#include "care/standing/pause.h"
#include "http/describe/gives.h"

SQL(packages_open);
SQL(package_servers);

enum { SERVERS_MAX = 6, PLANS_MAX = 20, STARTS_MAX = 48 };

static struct sv named(struct ctx *c, const struct choice *choices, int i)
{
    return sv_of(c->lang == LANG_EN ? choices[i].en : choices[i].zh);
}

MUST static enum err item_name(struct ctx *c, struct catalogue_item_id id, struct sv *ret_name)
{
    struct catalogue_item item;
    bool found;
    TRY(entity_load(c, &catalogue_item_entity, id.n, &item, &found));
    *ret_name = found ? item.plain_name : SV("");
    return ERR_NONE;
}

MUST static enum err org_name(struct ctx *c, struct organisation_id id, struct sv *ret_name)
{
    struct organisation org;
    bool found = false;
    if (id.n)
        TRY(entity_load(c, &organisation_entity, id.n, &org, &found));
    *ret_name = found ? org.name : SV("");
    return ERR_NONE;
}

/* --- one package --- */

static void put_item(struct ctx *c, struct json *j, const struct package_item *i, struct sv name,
                     struct sv after)
{
    json_object(j, NULL);
    json_id(j, "id", i->id.n);
    json_id(j, "item", i->item.n);
    json_text(j, "name", name);
    json_int(j, "times", i->times);
    json_text(j, "period", sv_of(quota_periods[i->period].key));
    json_text(j, "period_name", named(c, quota_periods, i->period));
    json_int(j, "own_price", i->own_price.fen);
    if (after.len)
        json_text(j, "after", after);
    json_end(j, '}');
}

MUST static enum err put_items(struct ctx *c, struct json *j, struct service_package_id id)
{
    struct package_item items[PACKAGE_ITEMS_MAX];
    int64_t own[2] = { 0 };                /* of a month, of a week */
    size_t n;
    TRY(package_items(c, id, items, &n));
    json_array(j, "items");
    for (size_t i = 0; i < n; i++) {
        struct sv name, after;
        TRY(item_name(c, items[i].item, &name));
        TRY(after_text(c, &AFTER_OF(&items[i]), &after));
        put_item(c, j, &items[i], name, after);
        own[items[i].period] += items[i].times * items[i].own_price.fen;
    }
    json_end(j, ']');
    json_int(j, "own_month", own[QUOTA_MONTH]);
    json_int(j, "own_week", own[QUOTA_WEEK]);
    return ERR_NONE;
}

MUST static enum err put_package(struct ctx *c, struct json *j, const struct service_package *p)
{
    struct sv org;
    TRY(org_name(c, p->org, &org));
    json_id(j, "id", p->id.n);
    json_text(j, "name", p->name);
    json_text(j, "about", p->about);
    json_array(j, "kinds");
    for (int i = 0; package_kinds[i].key; i++)
        if (p->kinds.bits >> i & 1)
            json_text(j, NULL, named(c, package_kinds, i));
    json_end(j, ']');
    json_text(j, "payer", sv_of(package_payers[p->payer].key));
    json_text(j, "payer_name", named(c, package_payers, p->payer));
    if (p->org.n)
        json_id(j, "org", p->org.n);
    json_text(j, "org_name", org);
    json_int(j, "months", p->months);
    struct whom w = package_whom(p);
    json_text(j, "for_whom", whom_words(&c->mem, &w, c->lang));
    json_text(j, "source", p->source);
    json_bool(j, "checked", p->status == PARAMETER_CHECKED);
    return put_items(c, j, p->id);
}

/* Is it for her today, and if not, why. */
MUST static enum err put_suits(struct ctx *c, struct json *j, const struct service_package *p,
                               const struct elder *e)
{
    struct whom w = package_whom(p);
    struct whom_said said;
    TRY(whom_judge(c, &w, e, day_of(c->now), &said));
    json_bool(j, "suits", said.why == WHOM_HERS);
    if (said.why != WHOM_HERS)
        json_text(j, "why_not", whom_reason(&c->mem, &w, &said, c->lang));
    return ERR_NONE;
}

static const struct field item_gives[] = {
    SAYS(ID, "id"), SAYS(ID, "item"), SAYS(TEXT, "name"), SAYS(INT, "times"),
    SAYS(CHOICE, "period", .choices = quota_periods), SAYS(TEXT, "period_name"),
    SAYS(MONEY, "own_price"),
    MAY_SAY(TEXT, "after", .zh = "同一天排在哪一项之后", .en = "What it waits for on a day of both"),
    { 0 },
};
#define PACKAGE_GIVES                                                                            \
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(TEXT, "about"), SAYS(LIST, "kinds"),                \
        SAYS(CHOICE, "payer", .choices = package_payers), SAYS(TEXT, "payer_name"),              \
        MAY_SAY(ID, "org"), SAYS(TEXT, "org_name"), SAYS(INT, "months"), SAYS(TEXT, "for_whom"), \
        SAYS(TEXT, "source"), SAYS(BOOL, "checked"), SAYS(LIST, "items", .record = item_gives),  \
        SAYS(MONEY, "own_month", .zh = "每月自付", .en = "She pays a month"),                     \
        SAYS(MONEY, "own_week", .zh = "每周自付", .en = "She pays a week")
static const struct field package_gives[] = { PACKAGE_GIVES, { 0 } };

/* --- what may be signed up for --- */

struct open_query { struct elder_id elder; };
static const struct field open_query_fields[] = {
    LINK(struct open_query, elder, "elder", .zh = "老年人", .en = "For this elder"), { 0 },
};

enum err package_open(struct ctx *c, const struct elder *e, struct day day,
                      struct packages_open *o)
{
    struct scope_range street = { 0, INT64_MAX };
    if (e)                                 /* the last three digits are the community's */
        street = division_range(e->row.scope - e->row.scope % 1000);
    struct rows r = db_rows(c, &sql_packages_open,
                            PARAMS(P_INT("day", day.n), P_INT("low", street.low),
                                   P_INT("high", street.high), P_INT("elder", e ? e->id.n : 0)));
    while (o->n < PACKAGES_OPEN_MAX && rows_next(&r)) {
        struct service_package *p = &o->at[o->n];
        record_clear(service_package_fields, p);
        rows_read(&r, service_package_fields, p);
        o->n += !e || p->org.n || division_holds(p->row.scope, e->row.scope);
    }
    return rows_end(&r);
}

static enum err open_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct open_query *asked = q->query;
    struct packages_open *o = NEW(&c->mem, struct packages_open, 1);
    struct elder e;
    bool hers = asked->elder.n != 0;
    if (hers)
        TRY(pause_elder(c, asked->elder, &e));
    TRY(package_open(c, hers ? &e : NULL, day_of(c->now), o));
    json_array(&a->json, "packages");
    for (size_t i = 0; i < o->n; i++) {
        json_object(&a->json, NULL);
        TRY(put_package(c, &a->json, &o->at[i]));
        if (hers)
            TRY(put_suits(c, &a->json, &o->at[i], &e));
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

static const struct field open_one_gives[] = {
    PACKAGE_GIVES,
    MAY_SAY(BOOL, "suits", .zh = "条件符合（以审核为准）", .en = "It is for her, as far as is known"),
    MAY_SAY(TEXT, "why_not", .zh = "为什么不符合", .en = "Why it is not for her"), { 0 },
};
static const struct field open_gives[] = {
    SAYS(LIST, "packages", .record = open_one_gives), { 0 },
};

/* --- who serves it, and when --- */

static void put_starts(struct json *j, const struct offer *o)
{
    struct week week;
    struct week_slot slots[WEEK_SLOTS_MAX];
    size_t put = 0;
    json_array(j, "days");
    for (int day = 1; week_parse(o->week, &week) && day <= 7; day++) {
        size_t n = week_slots(&week, day, false, slots);
        json_object(j, NULL);
        json_text(j, "weekday", sv_of(weekday_choices[day - 1].key));
        json_array(j, "starts");
        for (size_t i = 0; i < n && put < 7 * STARTS_MAX; i++, put++)
            json_int(j, NULL, slots[i].start_min);
        json_end(j, ']');
        json_end(j, '}');
    }
    json_end(j, ']');
}

MUST static enum err put_server(struct ctx *c, struct json *j, struct organisation_id org,
                                const struct package_item *items, size_t n)
{
    struct sv name;
    TRY(org_name(c, org, &name));
    json_object(j, NULL);
    json_id(j, "org", org.n);
    json_text(j, "org_name", name);
    json_array(j, "offers");
    for (size_t i = 0; i < n; i++) {
        struct offer o;
        TRY(plan_offer(c, org, items[i].item, &o));
        if (!o.id.n)
            continue;
        json_object(j, NULL);
        json_id(j, "package_item", items[i].id.n);
        json_id(j, "offer", o.id.n);
        json_int(j, "price", o.price.fen);
        put_starts(j, &o);
        json_end(j, '}');
    }
    json_end(j, ']');
    json_end(j, '}');
    return ERR_NONE;
}

MUST static enum err servers_of(struct ctx *c, const struct service_package *p,
                                const struct elder *e, size_t items,
                                struct organisation_id orgs[SERVERS_MAX], size_t *ret_n)
{
    struct scope_range street = division_range(e->row.scope - e->row.scope % 1000);
    *ret_n = 0;
    if (p->org.n) {
        orgs[(*ret_n)++] = p->org;
        return ERR_NONE;
    }
    struct rows r = db_rows(c, &sql_package_servers,
                            PARAMS(P_INT("service_package", p->id.n),
                                   P_INT("items", (int64_t)items), P_INT("elder", e->id.n),
                                   P_INT("low", street.low), P_INT("high", street.high)));
    while (*ret_n < SERVERS_MAX && rows_next(&r))
        orgs[(*ret_n)++].n = rows_int(&r, 0);
    return rows_end(&r);
}

struct ways_query { struct elder_id elder; };
static const struct field ways_query_fields[] = {
    LINK(struct ways_query, elder, "elder", .required = true, .zh = "老年人",
         .en = "For this elder"),
    { 0 },
};

static enum err ways_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct ways_query *asked = q->query;
    struct service_package p;
    struct package_item items[PACKAGE_ITEMS_MAX];
    struct organisation_id orgs[SERVERS_MAX];
    struct elder e;
    size_t items_n, n;
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(pause_elder(c, asked->elder, &e));
    TRY(entity_get(c, &service_package_entity, id, &p));
    TRY(put_package(c, &a->json, &p));
    TRY(put_suits(c, &a->json, &p, &e));
    TRY(package_items(c, p.id, items, &items_n));
    TRY(servers_of(c, &p, &e, items_n, orgs, &n));
    json_array(&a->json, "servers");
    for (size_t i = 0; i < n; i++)
        TRY(put_server(c, &a->json, orgs[i], items, items_n));
    json_end(&a->json, ']');
    return ERR_NONE;
}

static const struct field day_gives[] = {
    SAYS(CHOICE, "weekday", .choices = weekday_choices), SAYS(JSON, "starts"), { 0 },
};
static const struct field way_gives[] = {
    SAYS(ID, "package_item"), SAYS(ID, "offer"), SAYS(MONEY, "price"),
    SAYS(LIST, "days", .record = day_gives, .zh = "每天可选的开始（分钟）",
         .en = "Starts of each weekday, minutes"),
    { 0 },
};
static const struct field server_gives[] = {
    SAYS(ID, "org"), SAYS(TEXT, "org_name"), SAYS(LIST, "offers", .record = way_gives), { 0 },
};
static const struct field ways_gives[] = {
    PACKAGE_GIVES, SAYS(BOOL, "suits"), MAY_SAY(TEXT, "why_not"),
    SAYS(LIST, "servers", .record = server_gives), { 0 },
};

/* --- her own --- */

struct own {
    const struct package_plan *plan;
    struct package_item items[PACKAGE_ITEMS_MAX];
    size_t items_n;
    struct quota_state states[QUOTA_RULES_MAX];
    size_t states_n;
};

static const struct quota_state *state_of(const struct own *o, struct package_item_id id)
{
    for (size_t i = 0; i < o->items_n; i++)
        for (size_t k = 0; o->items[i].id.n == id.n && k < o->states_n; k++)
            if (o->states[k].rule.id.n == o->items[i].quota_rule.n)
                return &o->states[k];
    return NULL;
}

static struct sv when_words(struct ctx *c, const struct package_line *l)
{
    struct standing s = { .weekdays = l->weekdays, .start_min = l->start_min };
    if (!l->weekdays.bits)
        return c->lang == LANG_EN ? SV("ordered when she likes") : SV("随用随订");
    return standing_words(&c->mem, &s, c->lang);
}

MUST static enum err put_own_line(struct ctx *c, struct json *j, const struct own *o,
                                  const struct package_line *l)
{
    const struct quota_state *s = state_of(o, l->package_item);
    struct offer offer;
    struct sv name;
    bool found;
    TRY(item_name(c, l->item, &name));
    TRY(entity_load(c, &offer_entity, l->offer.n, &offer, &found));
    json_object(j, NULL);
    json_id(j, "package_item", l->package_item.n);
    json_text(j, "name", name);
    json_id(j, "offer", l->offer.n);
    if (found && offer.place.n)
        json_id(j, "place", offer.place.n);
    json_text(j, "when", when_words(c, l));
    json_bool(j, "by_itself", l->weekdays.bits != 0);
    if (s) {
        json_int(j, "left", quota_left(&s->quota));
        json_text(j, "left_words", quota_words(&c->mem, s, c->lang));
        json_int(j, "own_price", s->rule.own_price.fen);
    }
    json_end(j, '}');
    return ERR_NONE;
}

MUST static enum err put_own(struct ctx *c, struct json *j, const struct package_plan *p)
{
    struct own *o = NEW(&c->mem, struct own, 1);
    struct package_line lines[PACKAGE_ITEMS_MAX];
    struct service_package of;
    struct elder e;
    struct sv org;
    size_t n;
    bool found, renew;
    o->plan = p;
    TRY(entity_load(c, &service_package_entity, p->service_package.n, &of, &found));
    TRY(entity_load(c, &elder_entity, p->elder.n, &e, &found));
    TRY(package_items(c, of.id, o->items, &o->items_n));
    struct day on = day_of(c->now);
    if (on.n < p->from_day.n)              /* what she will have of it */
        on = p->from_day;
    if (found)
        TRY(quota_of(c, &e, on, o->states, &o->states_n));
    TRY(org_name(c, p->org, &org));
    TRY(plan_may_renew(c, p, &renew));
    TRY(plan_lines(c, p->id, lines, &n));
    entity_json(c, j, "plan", &package_plan_entity, p, false);
    json_object(j, "package");
    TRY(put_package(c, j, &of));
    json_end(j, '}');
    json_text(j, "served_by", org);
    json_bool(j, "ask_renew", renew);
    json_array(j, "lines");
    for (size_t i = 0; i < n; i++)
        TRY(put_own_line(c, j, o, &lines[i]));
    json_end(j, ']');
    return ERR_NONE;
}

static enum err mine_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct open_query *asked = q->query;
    struct query list;
    struct page page;
    struct sv text = sv_fmt(&c->mem, "state.in=asked,active&size=%d", PLANS_MAX);
    if (asked->elder.n)
        text = sv_fmt(&c->mem, "%.*s&elder=%lld", SV_ARG(text), (long long)asked->elder.n);
    TRY(query_read(c, &package_plan_entity, text, &list));
    TRY(entity_list(c, &package_plan_entity, &list, &page));
    json_array(&a->json, "plans");
    for (size_t i = 0; i < page.n; i++) {
        json_object(&a->json, NULL);
        TRY(put_own(c, &a->json, &((const struct package_plan *)page.rows)[i]));
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

static const struct field own_line_gives[] = {
    SAYS(ID, "package_item"), SAYS(TEXT, "name"), SAYS(ID, "offer"), MAY_SAY(ID, "place"),
    SAYS(TEXT, "when"),
    SAYS(BOOL, "by_itself", .zh = "自动排好", .en = "Ordered by itself"), MAY_SAY(INT, "left"),
    MAY_SAY(TEXT, "left_words"), MAY_SAY(MONEY, "own_price"), { 0 },
};
static const struct field own_gives[] = {
    SAYS(RECORD, "plan", .links = "package_plan"),
    SAYS(RECORD, "package", .record = package_gives), SAYS(TEXT, "served_by"),
    SAYS(BOOL, "ask_renew"), SAYS(LIST, "lines", .record = own_line_gives), { 0 },
};
static const struct field mine_gives[] = { SAYS(LIST, "plans", .record = own_gives), { 0 } };

static enum err begin_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct package_plan p;
    TRY(plan_begin(c, q->body, &p));
    a->status = 201;
    a->location = sv_fmt(&c->mem, "/api/package_plan/%lld", (long long)p.id.n);
    return put_own(c, &a->json, &p);
}

const struct endpoint package_endpoints[] = {
    { .verb = GET, .path = "/api/package", .run = open_get, .lane = READS, .may = MAY_ANYONE,
      .query = open_query_fields, .query_size = sizeof(struct open_query), .gives = open_gives,
      .zh = "可签订的服务包", .en = "Packages that may be signed up for" },
    { .verb = GET, .path = "/api/package/{id}/ways", .run = ways_get, .lane = READS,
      .may = MAY_SIGNED_IN, .query = ways_query_fields, .query_size = sizeof(struct ways_query),
      .gives = ways_gives, .zh = "谁能提供这个服务包、什么时间",
      .en = "Who serves a package, and at what times" },
    { .verb = GET, .path = "/api/my/packages", .run = mine_get, .lane = READS,
      .may = MAY_SIGNED_IN, .query = open_query_fields, .query_size = sizeof(struct open_query),
      .gives = mine_gives, .zh = "签订的服务包和剩余次数",
      .en = "Packages in sight and what is left of them" },
    { .verb = POST, .path = "/api/package_plan/begin", .run = begin_post, .lane = WRITES,
      .may = MAY_SIGNED_IN, .takes = plan_new_fields, .takes_size = sizeof(struct plan_new),
      .gives = own_gives, .zh = "签订服务包", .en = "Sign up for a package" },
    { 0 },
};
