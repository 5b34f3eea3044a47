/*
 * packages.c - packages (服务包): meals, getting about and to the doctor, care; all 待核.
 *
 * Three of the district and two of the first station, which pays its own. Some of those who signed
 * with it have one: one ends next week and asks whether to go on; the daughter has asked for her
 * mother's.
 */

#include "app/demo/demo.h"
#include "app/demo/city/services.h"
#include "care/package/plan.h"
#include "model/row/many.h"

#define G(flag) (UINT64_C(1) << FLAG_##flag)
#define K(kind) (1u << PACKAGE_##kind)
#define R(kind) (UINT64_C(1) << RESIDENCE_##kind)

enum { ITEMS_MAX = 3, PLANS = 6 };

static const struct {
    const char *name, *about;
    uint64_t kinds, groups;
    int64_t min_age, months;
    int grade, payer;
    uint64_t residences;
    struct { enum demo_item item; int64_t times; int period; int64_t own_fen; } items[ITEMS_MAX];
} packages[] = {
    { "助餐送餐包", "工作日中午送餐上门，饭菜按忌口做。", K(EAT), G(LIVING_ALONE) | G(MINIMUM_INCOME), 75,
      3, GRADE_MODERATE, PACKAGE_GOVERNMENT, R(REGISTERED) | R(RESIDENT),
      { { ITEM_DELIVERY, 5, QUOTA_WEEK, 800 } } },
    { "出行就医包", "陪着出门、看病、取药，都由同一个驿站安排。", K(WALK) | K(MEDICAL), G(LIVING_ALONE), 70,
      6, GRADE_MILD, PACKAGE_GOVERNMENT, R(REGISTERED),
      { { ITEM_WALK, 2, QUOTA_MONTH, 1000 }, { ITEM_CLINIC, 1, QUOTA_MONTH, 3000 },
        { ITEM_MEDICINE, 2, QUOTA_MONTH, 0 } } },
    { "居家照护包", "每周上门洗澡，每月打扫和陪伴。", K(CARE), 0, 0, 6, GRADE_MODERATE,
      PACKAGE_GOVERNMENT, 0,
      { { ITEM_BATH, 1, QUOTA_WEEK, 1500 }, { ITEM_CLEAN, 2, QUOTA_MONTH, 1000 },
        { ITEM_COMPANION, 2, QUOTA_MONTH, 0 } } },
    { "暖心陪伴包", "驿站自己出钱：每周陪聊一小时，每月理一次发。", K(CARE), 0, 80, 3, GRADE_UNKNOWN,
      PACKAGE_STATION, 0,
      { { ITEM_COMPANION, 1, QUOTA_WEEK, 0 }, { ITEM_HAIR, 1, QUOTA_MONTH, 0 } } },
    { "清爽到家包", "每月四次打扫，比单次便宜。", K(CARE), 0, 0, 3, GRADE_UNKNOWN, PACKAGE_OWN, 0,
      { { ITEM_CLEAN, 4, QUOTA_MONTH, 4000 } } },
};
enum { PACKAGES = sizeof packages / sizeof *packages };

struct making { struct demo *d; size_t nth; struct service_package *made; };

/* --- the packages --- */

MUST static enum err add_items(struct demo *d, size_t nth, struct service_package_id id)
{
    for (size_t i = 0; i < ITEMS_MAX && packages[nth].items[i].times; i++) {
        struct package_item row;
        record_clear(package_item_fields, &row);
        row.service_package = id;
        row.item = d->items[packages[nth].items[i].item].id;
        row.times = packages[nth].items[i].times;
        row.period = packages[nth].items[i].period;
        row.own_price.fen = packages[nth].items[i].own_fen;
        TRY(entity_create(d->c, &package_item_entity, &row));
    }
    return ERR_NONE;
}

static enum err make_one(struct ctx *c, void *arg)
{
    struct making *m = arg;
    struct demo *d = m->d;
    struct service_package *p = m->made;
    bool own = packages[m->nth].payer != PACKAGE_GOVERNMENT;
    record_clear(service_package_fields, p);
    p->row.scope = d->district.row.scope;
    p->org = own ? d->orgs[demo_first_station(d)].id : (struct organisation_id){ 0 };
    p->name = sv_of(packages[m->nth].name);
    p->about = sv_of(packages[m->nth].about);
    p->kinds.bits = packages[m->nth].kinds;
    p->groups.bits = packages[m->nth].groups;
    p->residences.bits = packages[m->nth].residences;
    p->residence_months = p->residences.bits & R(RESIDENT) ? 12 : 0;
    p->min_age = packages[m->nth].min_age;
    p->grade = packages[m->nth].grade;
    p->payer = packages[m->nth].payer;
    p->months = packages[m->nth].months;
    p->valid_from = demo_rules_from(d);
    p->source = own ? SV("本驿站自定") : SV("演示数据：内容和价格各区不同，待核");
    TRY(entity_create(c, &service_package_entity, p));
    TRY(add_items(d, m->nth, p->id));
    TRY(entity_act_by_rule(c, &service_package_entity, p->id.n, p->row.version, SV("submit"), NULL,
                           p));
    return entity_act_by_rule(c, &service_package_entity, p->id.n, p->row.version, SV("publish"),
                              NULL, p);
}

/* --- who has one --- */

struct having { struct plan_new n; struct package_plan made; };

static enum err begin(struct ctx *c, void *arg)
{
    struct having *h = arg;
    return plan_begin(c, &h->n, &h->made);
}

/* A day of the week for each time, at an hour that its station has. */
MUST static enum err days_of(struct demo *d, const struct service_package *p, size_t turn,
                             struct text *ret_lines)
{
    static const struct { enum demo_item item; int start_min; } hours[] = {
        { ITEM_DELIVERY, 660 }, { ITEM_BATH, 840 }, { ITEM_COMPANION, 900 },
    };
    struct package_item items[PACKAGE_ITEMS_MAX];
    struct buf b = buf_new(&d->c->mem, 256);
    size_t n;
    TRY(package_items(d->c, p->id, items, &n));
    buf_byte(&b, '[');
    for (size_t i = 0; i < n; i++) {
        size_t hour = 0;
        while (hour + 1 < sizeof hours / sizeof *hours &&
               d->items[hours[hour].item].id.n != items[i].item.n)
            hour++;
        if (items[i].period != QUOTA_WEEK)
            continue;
        buf_fmt(&b, "%s{\"package_item\":\"%lld\",\"weekdays\":[", b.len > 1 ? "," : "",
                (long long)items[i].id.n);
        for (int64_t k = 0; k < items[i].times; k++)
            buf_fmt(&b, "%s\"%s\"", k ? "," : "",
                    weekday_choices[(turn + (size_t)k) % 5].key);
        buf_fmt(&b, "],\"start_min\":%d}", hours[hour].start_min);
    }
    buf_byte(&b, ']');
    ret_lines->json = buf_sv(&b);
    return ERR_NONE;
}

MUST static enum err have(struct demo *d, const struct who *who, const struct service_package *p,
                          struct elder_id elder, struct having *h)
{
    h->n = (struct plan_new){ .service_package = p->id, .elder = elder,
                              .org = d->orgs[demo_first_station(d)].id,
                              .from_day = { d->today.n + 1 }, .pay_way = PAY_MONTHLY };
    TRY(days_of(d, p, (size_t)elder.n % 5, &h->n.lines));
    d->c->who = who;
    enum err e = transaction(d->c, begin, h);
    d->c->who = &who_house;
    return e;
}

/* It began months ago, and its term ends next week. */
static enum err near_its_end(struct ctx *c, void *arg)
{
    struct package_plan *p = arg;
    struct day former = p->until_day, today = day_of(c->now);
    p->from_day.n = today.n - 83;
    p->until_day.n = today.n + 8;
    TRY(entity_update_by_rule(c, &package_plan_entity, p, p->row.version, "change"));
    return plan_prolong(c, p, former);
}

/* The next of the packages, from `nth` on, that is for her; NULL: none. */
MUST static enum err suiting(struct demo *d, const struct service_package *of, size_t nth,
                             const struct elder *e, const struct service_package **ret_package)
{
    *ret_package = NULL;
    for (size_t i = 0; i < PACKAGES && !*ret_package; i++) {
        const struct service_package *p = &of[(nth + i) % PACKAGES];
        struct whom w = package_whom(p);
        struct whom_said said;
        TRY(whom_judge(d->c, &w, e, d->today, &said));
        if (said.why == WHOM_HERS)
            *ret_package = p;
    }
    return ERR_NONE;
}

MUST static enum err plans(struct demo *d, const struct service_package *of, size_t org)
{
    struct who manager = { .account = d->staff[0].id.n, .role = ROLE_STATION_MANAGER,
                           .org = d->orgs[org].id.n };
    struct elder_id elders[DEMO_SIGNED_MAX];
    struct having h;
    size_t n, made = 0;
    TRY(demo_signed_up(d, org, elders, &n));
    for (size_t i = 0; i < n && made < PLANS; i++) {
        struct elder e;
        bool found;
        TRY(entity_load(d->c, &elder_entity, elders[i].n, &e, &found));
        const struct service_package *p = NULL;
        if (found)
            TRY(suiting(d, of, made, &e, &p));
        if (!p || day_known(e.died_on))
            continue;
        TRY(have(d, &manager, p, elders[i], &h));
        if (made++ == 0)
            TRY(transaction(d->c, near_its_end, &h.made));
    }
    return ERR_NONE;
}

MUST static enum err daughter_asks(struct demo *d, const struct service_package *of)
{
    struct bond b;
    struct elder e;
    struct having h;
    bool found;
    TRY(demo_daughter(d, &b));
    if (!b.id.n)
        return ERR_NONE;
    struct who daughter = { .account = b.account.n, .role = ROLE_CITIZEN };
    TRY(entity_load(d->c, &elder_entity, b.elder.n, &e, &found));
    const struct service_package *p = NULL;
    if (found)
        TRY(suiting(d, of, 0, &e, &p));
    return p ? have(d, &daughter, p, b.elder, &h) : ERR_NONE;
}

enum err demo_packages(struct demo *d)
{
    struct service_package *of = NEW(&d->mem, struct service_package, PACKAGES);
    for (size_t i = 0; i < PACKAGES; i++) {
        struct making m = { d, i, &of[i] };
        TRY(transaction(d->c, make_one, &m));
    }
    TRY(plans(d, of, demo_first_station(d)));
    return daughter_asks(d, of);
}
