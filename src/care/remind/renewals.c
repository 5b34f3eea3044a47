/* renewals.c - what ends soon and can be renewed: agreements, bonds, packages. */

#include "care/remind/inside.h"

#include "care/agreement/agreement.h"
#include "care/message/message.h"
#include "care/package/package.h"
#include "care/parameter/parameter.h"
#include "model/jobs.h"

SQL(remind_agreements);
SQL(remind_bonds);
SQL(remind_plans);

enum { DAYS_MAX = 366 };

static struct sv day_text(struct ctx *c, struct day d)
{
    struct civil at = civil_of_day(d);
    return sv_fmt(&c->mem, "%d月%d日", at.month, at.day);
}

static enum err agreement_one(struct ctx *c, const struct due_row *due, const void *with)
{
    struct agreement a;
    struct organisation o = { .name = SV("") };
    bool found;
    (void)with;
    TRY(entity_load(c, &agreement_entity, due->id, &a, &found));
    if (!found)
        return ERR_NONE;
    TRY(entity_load(c, &organisation_entity, a.org.n, &o, &found));
    return message_people(c, &(struct message_new){
        .kind = TELL_AGREEMENT_ENDS, .elder = a.elder, .scope = a.row.scope,
        .values = { { "day", day_text(c, a.valid_to) }, { "org", sv_runes_head(o.name, 12) } },
        .once = sv_fmt(&c->mem, "agreement.ends/%lld/%lld/%lld", (long long)a.id.n,
                       (long long)a.valid_to.n, (long long)day_of(c->now).n) });
}

static enum err bond_one(struct ctx *c, const struct due_row *due, const void *with)
{
    struct bond b;
    struct account a;
    bool found;
    (void)with;
    TRY(entity_load(c, &bond_entity, due->id, &b, &found));
    if (!found)
        return ERR_NONE;
    TRY(entity_load(c, &account_entity, b.account.n, &a, &found));
    if (!found || a.state == ACCOUNT_ENDED)
        return ERR_NONE;
    return message_send(c, &(struct message_new){
        .kind = TELL_BOND_ENDS, .account = a.id, .elder = b.elder, .phone = a.phone,
        .scope = b.row.scope, .values = { { "day", day_text(c, b.valid_until) } },
        .once = sv_fmt(&c->mem, "bond.ends/%lld/%lld/%lld", (long long)b.id.n,
                       (long long)b.valid_until.n, (long long)day_of(c->now).n) });
}

static enum err plan_one(struct ctx *c, const struct due_row *due, const void *with)
{
    struct package_plan p;
    struct service_package of = { .name = SV("") };
    bool found;
    (void)with;
    TRY(entity_load(c, &package_plan_entity, due->id, &p, &found));
    if (!found)
        return ERR_NONE;
    TRY(entity_load(c, &service_package_entity, p.service_package.n, &of, &found));
    return message_people(c, &(struct message_new){
        .kind = TELL_PACKAGE_ENDS, .elder = p.elder, .scope = p.row.scope,
        .values = { { "package", sv_runes_head(of.name, 12) },
                    { "day", day_text(c, p.until_day) } },
        .once = sv_fmt(&c->mem, "package.ends/%lld/%lld/%lld", (long long)p.id.n,
                       (long long)p.until_day.n, (long long)day_of(c->now).n) });
}

enum err remind_renewals(struct ctx *c, const struct job *j)
{
    struct sv list, one;
    TRY(parameter_text(c, "remind.renew_days", 0, day_of(c->now), &list));
    while (sv_cut(&list, ',', &one)) {
        int64_t days;
        if (!sv_int(sv_trim(one), 1, DAYS_MAX, &days))
            continue;
        struct day on = { day_of(c->now).n + days };
        TRY(work_by_clock(c, j, &(struct work_by_clock){ .due = &sql_remind_agreements,
                                                         .until = on, .each = agreement_one }));
        TRY(work_by_clock(c, j, &(struct work_by_clock){ .due = &sql_remind_bonds, .until = on,
                                                         .each = bond_one }));
        TRY(work_by_clock(c, j, &(struct work_by_clock){ .due = &sql_remind_plans, .until = on,
                                                         .each = plan_one }));
    }
    return ERR_NONE;
}
