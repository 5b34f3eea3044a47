/* benefit.c - the rules of a place on a day, by residence kind, and one elder's standing. */

#include "care/benefit/benefit.h"

#include "base/messages.h"
#include "care/order/placing.h"
#include "care/package/package.h"
#include "care/quota/quota.h"
#include "care/standing/pause.h"
#include "http/describe/gives.h"

enum benefit_kind { BENEFIT_SUBSIDY, BENEFIT_QUOTA, BENEFIT_PACKAGE };
static const struct choice benefit_kinds[] = {
    { "subsidy", "补贴", "subsidy" }, { "quota", "购买服务额度", "bought services" },
    { "package", "服务包", "package" }, { 0 },
};

/* What is asked about: a place on a day, or an elder on it. */
struct asked_about { const struct elder *elder; int64_t scope; struct day day; };

struct line {
    enum benefit_kind kind;
    struct sv name, source;
    struct whom whom;
    bool checked;
    struct day valid_from, valid_to;
};

/* --- one line --- */

static void put_kinds(struct ctx *c, struct json *j, const struct line *l)
{
    json_array(j, "kinds");
    for (int i = 0; residence_kinds[i].key; i++) {
        json_object(j, NULL);
        json_text(j, "residence", sv_of(residence_kinds[i].key));
        json_text(j, "name", sv_of(choice_named(&residence_kinds[i], c->lang)));
        json_text(j, "has", whom_of_kind(&c->mem, &l->whom, i, c->lang));
        json_end(j, '}');
    }
    json_end(j, ']');
}

MUST static enum err put_hers(struct ctx *c, struct json *j, const struct line *l,
                              const struct asked_about *about)
{
    struct whom_said said;
    if (!about->elder)
        return ERR_NONE;
    TRY(whom_judge(c, &l->whom, about->elder, about->day, &said));
    json_text(j, "why", sv_of(whom_whys[said.why].key));
    json_text(j, "why_name", sv_of(choice_named(&whom_whys[said.why], c->lang)));
    json_text(j, "reason", whom_reason(&c->mem, &l->whom, &said, c->lang));
    if (day_known(said.from))
        json_day(j, "from", said.from);
    return ERR_NONE;
}

MUST static enum err put_line(struct ctx *c, struct json *j, const struct line *l,
                              const struct asked_about *about)
{
    json_object(j, NULL);
    json_text(j, "kind", sv_of(benefit_kinds[l->kind].key));
    json_text(j, "kind_name", sv_of(choice_named(&benefit_kinds[l->kind], c->lang)));
    json_text(j, "name", l->name);
    json_text(j, "for_whom", whom_words(&c->mem, &l->whom, c->lang));
    put_kinds(c, j, l);
    TRY(put_hers(c, j, l, about));
    json_text(j, "source", l->source);
    json_bool(j, "checked", l->checked);
    if (day_known(l->valid_from))
        json_day(j, "valid_from", l->valid_from);
    if (day_known(l->valid_to))
        json_day(j, "valid_to", l->valid_to);
    json_end(j, '}');
    return ERR_NONE;
}

/* --- the rules --- */

/* Of its parameters the one on residence is named: its source and days are the line's. */
MUST static enum err put_subsidy(struct ctx *c, struct json *j, const struct asked_about *about)
{
    static const char name[] = "subsidy.meal_residences";
    struct parameter_held held;
    struct parameter p;
    struct money amount;
    bool found = false;
    struct line l = { .kind = BENEFIT_SUBSIDY, .valid_from = DAY_NONE, .valid_to = DAY_NONE };
    TRY(order_subsidy_whom(c, about->scope, about->day, &l.whom));
    TRY(parameter_money(c, "subsidy.meal_a_day", about->scope, about->day, &amount));
    TRY(parameter_held(c, name, about->scope, about->day, &held));
    if (held.id)
        TRY(entity_load(c, &parameter_entity, held.id, &p, &found));
    const struct parameter_default *d = parameter_default_of(c->house, sv_of(name));
    struct buf b = buf_new(&c->mem, 48);
    buf_text(&b, c->lang == LANG_EN ? "Meal subsidy, a day ¥" : "助餐补贴，每天 ¥");
    buf_fixed(&b, amount.fen, 2);
    l.name = buf_sv(&b);
    l.source = found ? p.source : d ? sv_of(d->source) : SV("");
    l.checked = found && p.status == PARAMETER_CHECKED;
    if (found) {
        l.valid_from = p.valid_from;
        l.valid_to = p.valid_to;
    }
    return put_line(c, j, &l, about);
}

MUST static enum err put_quotas(struct ctx *c, struct json *j, const struct asked_about *about)
{
    struct quota_rule *rules = NEW(&c->mem, struct quota_rule, QUOTA_THERE_MAX);
    size_t n;
    TRY(quota_there(c, about->scope, about->day, rules, &n));
    for (size_t i = 0; i < n; i++) {
        const struct quota_rule *r = &rules[i];
        struct line l = { BENEFIT_QUOTA, r->name, r->source, quota_whom(r),
                          r->status == PARAMETER_CHECKED, r->valid_from, r->valid_to };
        TRY(put_line(c, j, &l, about));
    }
    return ERR_NONE;
}

MUST static enum err put_packages(struct ctx *c, struct json *j, const struct asked_about *about)
{
    struct packages_open *o = NEW(&c->mem, struct packages_open, 1);
    TRY(package_open(c, about->elder, about->day, o));
    for (size_t i = 0; i < o->n; i++) {
        const struct service_package *p = &o->at[i];
        struct line l = { BENEFIT_PACKAGE, p->name, p->source, package_whom(p),
                          p->status == PARAMETER_CHECKED, p->valid_from, p->valid_to };
        if (p->payer != PACKAGE_OWN)
            TRY(put_line(c, j, &l, about));
    }
    return ERR_NONE;
}

MUST static enum err put_all(struct ctx *c, struct json *j, const struct asked_about *about)
{
    json_day(j, "day", about->day);
    json_array(j, "lines");
    TRY(put_subsidy(c, j, about));
    TRY(put_quotas(c, j, about));
    TRY(put_packages(c, j, about));
    json_end(j, ']');
    return ERR_NONE;
}

/* --- endpoints --- */

struct asked { struct day day; };
static const struct field asked_fields[] = {
    FIELD(struct asked, day, .zh = "哪一天（默认今天）", .en = "On which day; today if not given"),
    { 0 },
};

static struct day day_asked(const struct ctx *c, const struct asked *in)
{
    return day_known(in->day) ? in->day : day_of(c->now);
}

/* The innermost place of the caller's area is her first range's; the house's as a whole: 0. */
static enum err rules_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t scope = c->who && c->who->ranges_n ? c->who->ranges[0].low : 0;
    return put_all(c, &a->json,
                   &(struct asked_about){ NULL, scope, day_asked(c, q->query) });
}

static enum err elder_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct elder e;
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(pause_elder(c, (struct elder_id){ id }, &e));
    json_text(&a->json, "residence", sv_of(residence_kinds[e.residence].key));
    json_text(&a->json, "residence_name",
              sv_of(choice_named(&residence_kinds[e.residence], c->lang)));
    return put_all(c, &a->json,
                   &(struct asked_about){ &e, e.row.scope, day_asked(c, q->query) });
}

static const struct field kind_gives[] = {
    SAYS(CHOICE, "residence", .choices = residence_kinds), SAYS(TEXT, "name"),
    SAYS(TEXT, "has", .zh = "有、无，或住满多久", .en = "Yes, no, or after how long"), { 0 },
};
#define LINE_GIVES                                                                              \
    SAYS(CHOICE, "kind", .choices = benefit_kinds), SAYS(TEXT, "kind_name"),                    \
        SAYS(TEXT, "name"), SAYS(TEXT, "for_whom"),                                             \
        SAYS(LIST, "kinds", .record = kind_gives), SAYS(TEXT, "source"),                        \
        SAYS(BOOL, "checked"), MAY_SAY(DAY, "valid_from"), MAY_SAY(DAY, "valid_to")
static const struct field line_gives[] = { LINE_GIVES, { 0 } };
static const struct field hers_gives[] = {
    LINE_GIVES, SAYS(CHOICE, "why", .choices = whom_whys), SAYS(TEXT, "why_name"),
    SAYS(TEXT, "reason", .zh = "为什么还不可享", .en = "Why it is not hers"),
    MAY_SAY(DAY, "from", .zh = "从哪天起可享", .en = "Hers from"), { 0 },
};
static const struct field rules_gives[] = {
    SAYS(DAY, "day"), SAYS(LIST, "lines", .record = line_gives), { 0 },
};
static const struct field elder_gives[] = {
    SAYS(CHOICE, "residence", .choices = residence_kinds), SAYS(TEXT, "residence_name"),
    SAYS(DAY, "day"), SAYS(LIST, "lines", .record = hers_gives), { 0 },
};

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/benefit", .run = rules_get, .lane = READS,
      .may = MAY_READ_ORDERS, .query = asked_fields, .query_size = sizeof(struct asked),
      .gives = rules_gives, .zh = "各居住情况的待遇", .en = "Benefits by residence kind" },
    { .verb = GET, .path = "/api/elder/{id}/benefit", .run = elder_get, .lane = READS,
      .may = MAY_SIGNED_IN, .query = asked_fields, .query_size = sizeof(struct asked),
      .gives = elder_gives, .zh = "老年人可享的待遇",
      .en = "What an elder is entitled to, and why not" },
    { 0 },
};

const struct module benefit_module = { .name = "benefit", .endpoints = endpoints };
