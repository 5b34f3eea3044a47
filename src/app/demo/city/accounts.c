/* accounts.c - who can sign in to the demo city. */

#include "app/demo/demo.h"
#include "app/demo/make/words.h"
#include "care/account/account.h"

const struct demo_sign_in demo_sign_ins[] = {
    { "manager", "驿站负责人（站长）", ROLE_STATION_MANAGER },
    { "carer", "护理员（手机页 /carer）", ROLE_CARER },
    { "provider", "居家服务公司", ROLE_PROVIDER },
    { "worker", "社区工作者", ROLE_COMMUNITY_WORKER },
    { "street", "街道养老专干", ROLE_STREET_OFFICER },
    { "district", "区民政局业务科室", ROLE_DISTRICT_OFFICER },
    { "director", "区民政局分管副局长", ROLE_DIRECTOR },
    { "clerk", "12345 坐席", ROLE_CLERK_12345 },
    { "assessor", "评估员", ROLE_ASSESSOR },
    { "auditor", "审计（只读，凭函限时）", ROLE_AUDITOR },
    { "sysadmin", "系统管理员", ROLE_SYSTEM_ADMIN },
    { "secadmin", "安全管理员", ROLE_SECURITY_ADMIN },
    { "auditadmin", "审计管理员", ROLE_AUDIT_ADMIN },
    { "cashier", "驿站收银、日结复核", ROLE_STATION_MANAGER },
    { "kitchen", "老年餐集中配送中心", ROLE_STATION_MANAGER },
    { "driver", "配餐车司机（手机页 /carer）", ROLE_CARER },
    { 0 },
};

static const struct organisation *org_of_kind(const struct demo *d, int kind)
{
    for (size_t i = 0; i < d->orgs_n; i++)
        if (d->orgs[i].kind == kind)
            return &d->orgs[i];
    return NULL;
}

/* The first carer of the first station. */
static const struct carer *station_carer(const struct demo *d)
{
    const struct organisation *station = org_of_kind(d, ORG_STATION);
    for (size_t i = 0; i < d->carers_n; i++)
        if (d->carers[i].org.n == station->id.n)
            return &d->carers[i];
    return &d->carers[0];
}

static bool of_kitchen(const struct demo_sign_in *s)
{
    return sv_is(sv_of(s->login), "kitchen");
}

static bool of_driver(const struct demo_sign_in *s)
{
    return sv_is(sv_of(s->login), "driver");
}

/* Who drives for the central kitchen: of its staff, so that the van's hand-overs are on a phone. */
MUST static enum err driver_make(struct demo *d)
{
    const struct organisation *kitchen = org_of_kind(d, ORG_CENTRAL_KITCHEN);
    record_clear(carer_fields, &d->driver);
    TRY(demo_id(d, &d->driver.id.n));
    d->driver.row.scope = kitchen->row.scope;
    d->driver.org = kitchen->id;
    d->driver.name = SV("周海峰");
    d->driver.gender = GENDER_MALE;
    d->driver.travel = TRAVEL_CAR;
    return demo_store(d, &carer_entity, &d->driver, 1);
}

/* What the role sees: an organisation, a carer, a community, a street, the district. */
static void grant_fill(struct demo *d, const struct demo_sign_in *s, struct access_grant *g)
{
    const struct organisation *station = org_of_kind(d, ORG_STATION),
                              *firm = org_of_kind(d, ORG_PROVIDER);
    struct scope_range range = division_range(d->city.row.scope);
    if (s->role == ROLE_STATION_MANAGER || s->role == ROLE_CARER)
        g->org.n = station->id.n;
    if (of_kitchen(s) || of_driver(s))
        g->org.n = org_of_kind(d, ORG_CENTRAL_KITCHEN)->id.n;
    if (s->role == ROLE_PROVIDER)
        g->org.n = firm->id.n;
    if (s->role == ROLE_CARER)
        g->carer.n = of_driver(s) ? d->driver.id.n : station_carer(d)->id.n;
    if (s->role == ROLE_COMMUNITY_WORKER)
        range = division_range(d->area[1].row.scope);
    if (s->role == ROLE_STREET_OFFICER)
        range = division_range(d->area[0].row.scope);
    if (roles[s->role].sees == SEES_SCOPE) {
        g->low = range.low;
        g->high = range.high;
    }
    if (s->role == ROLE_AUDITOR) {
        g->letter = SV("安审函〔2026〕12号");
        g->valid_from = (struct day){ d->today.n - 5 };
        g->valid_to = (struct day){ d->today.n + 60 };
    }
}

enum err demo_accounts(struct demo *d)
{
    size_t n = 0;
    while (demo_sign_ins[n].login)
        n++;
    struct access_grant *grants = NEW(&d->mem, struct access_grant, n);
    struct sv hash;
    /* One hash serves all demo accounts: they share the password anyway. */
    TRY(driver_make(d));
    TRY(password_hash(d->c, SV(DEMO_PASSWORD), &hash));
    hash = sv_copy(&d->mem, hash);
    d->staff = NEW(&d->mem, struct account, n);
    d->staff_n = n;
    for (size_t i = 0; i < n; i++) {
        struct account *a = &d->staff[i];
        record_clear(account_fields, a);
        record_clear(access_grant_fields, &grants[i]);
        TRY(demo_id(d, &a->id.n));
        TRY(demo_id(d, &grants[i].id.n));
        a->kind = ACCOUNT_STAFF;
        a->row.scope = grants[i].row.scope = d->district.row.scope;
        a->login = sv_of(demo_sign_ins[i].login);
        a->name = of_kitchen(&demo_sign_ins[i]) ? SV("郝立群")      /* they throw no dice */
                  : of_driver(&demo_sign_ins[i])
                      ? d->driver.name : word_person(&d->mem, &d->dice, i % 2 == 0, 1980);
        a->password = hash;
        if (demo_sign_ins[i].role == ROLE_CARER && !of_driver(&demo_sign_ins[i]))
            a->name = station_carer(d)->name;
        grants[i].account = a->id;
        grants[i].role = (int)demo_sign_ins[i].role;
        grant_fill(d, &demo_sign_ins[i], &grants[i]);
    }
    TRY(demo_store(d, &account_entity, d->staff, n));
    return demo_store(d, &access_grant_entity, grants, n);
}
