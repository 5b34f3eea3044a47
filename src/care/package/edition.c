/* edition.c - a package's items, its publication as quota rules, the edition after it. */

#include "care/package/plan.h"

SQL(package_items);
SQL(package_next);

enum err package_items(struct ctx *c, struct service_package_id id,
                       struct package_item items[PACKAGE_ITEMS_MAX], size_t *ret_n)
{
    *ret_n = 0;
    struct rows r = db_rows(c, &sql_package_items, PARAMS(P_INT("service_package", id.n)));
    while (*ret_n < PACKAGE_ITEMS_MAX && rows_next(&r)) {
        record_clear(package_item_fields, &items[*ret_n]);
        rows_read(&r, package_item_fields, &items[(*ret_n)++]);
    }
    return rows_end(&r);
}

/* --- publishing --- */

static struct sv rule_name(struct ctx *c, const struct service_package *p,
                           const struct catalogue_item *item)
{
    struct sv both = sv_fmt(&c->mem, "%.*s·%.*s", SV_ARG(p->name), SV_ARG(item->plain_name));
    return sv_runes_head(both, 60);
}

/* The rule of one item. It holds as long as a plan does, so it has no last day of its own. */
MUST static enum err rule_make(struct ctx *c, const struct service_package *p,
                               struct package_item *i)
{
    struct catalogue_item item;
    struct quota_rule r;
    bool found;
    TRY(entity_load(c, &catalogue_item_entity, i->item.n, &item, &found));
    record_clear(quota_rule_fields, &r);
    r.row.scope = p->row.scope;
    r.name = rule_name(c, p, &item);
    r.categories.bits = UINT64_C(1) << item.category;
    r.item = i->item;
    r.unit = QUOTA_TIMES;
    r.amount = i->times;
    r.period = i->period;
    r.service_package = p->id;
    r.payer = p->payer == PACKAGE_GOVERNMENT ? QUOTA_BY_GOVERNMENT : QUOTA_BY_STATION;
    r.own_price = i->own_price;
    r.over = OVER_OWN_PAY;
    r.valid_from = p->valid_from;
    r.source = p->source;
    r.status = p->status;
    TRY(entity_create_under(c, &quota_rule_entity, &r));
    i->quota_rule = r.id;
    return entity_update_by_rule(c, &package_item_entity, i, i->row.version, "publish");
}

/* The edition before is signed up for until the day before this one begins. */
MUST static enum err close_former(struct ctx *c, const struct service_package *p)
{
    struct service_package was;
    bool found;
    if (!p->replaces.n)
        return ERR_NONE;
    TRY(entity_load(c, &service_package_entity, p->replaces.n, &was, &found));
    if (!found)
        return ERR_NONE;
    was.valid_to.n = p->valid_from.n - 1;
    return entity_update_by_rule(c, &service_package_entity, &was, was.row.version, "followed");
}

enum err package_publish(struct ctx *c, void *row, const void *input)
{
    const struct service_package *p = row;
    struct package_item items[PACKAGE_ITEMS_MAX];
    size_t n;
    (void)input;
    TRY(package_items(c, p->id, items, &n));
    for (size_t i = 0; i < n; i++)
        TRY(rule_make(c, p, &items[i]));
    return close_former(c, p);
}

/* --- another edition --- */

MUST static enum err copy_items(struct ctx *c, struct service_package_id from,
                                const struct service_package *to)
{
    struct package_item items[PACKAGE_ITEMS_MAX];
    size_t n;
    TRY(package_items(c, from, items, &n));
    for (size_t i = 0; i < n; i++) {
        items[i].id.n = 0;
        items[i].row = (struct row){ .scope = to->row.scope };
        items[i].service_package = to->id;
        items[i].quota_rule.n = 0;
        TRY(entity_create_under(c, &package_item_entity, &items[i]));
    }
    return ERR_NONE;
}

enum err package_edition(struct ctx *c, void *row, const void *input)
{
    const struct service_package *p = row;
    struct service_package next = *p;
    int64_t open;
    (void)input;
    TRY(db_int(c, &sql_package_next, PARAMS(P_INT("replaces", p->id.n)), &open));
    if (open)
        return fail(c, ERR_CONFLICT, "package.edition_open", "package %lld has edition %lld",
                    (long long)p->id.n, (long long)open);
    next.id.n = 0;
    next.row = (struct row){ .scope = p->row.scope };
    next.state = REVIEW_DRAFT;
    next.replaces = p->id;
    next.submitted_by.n = 0;
    next.status = PARAMETER_UNCHECKED;
    next.valid_from = (struct day){ day_of(c->now).n + 1 };
    next.valid_to = DAY_NONE;
    TRY(entity_create_by_rule(c, &service_package_entity, &next));
    return copy_items(c, p->id, &next);
}

/* --- for whom --- */

struct whom package_whom(const struct service_package *p)
{
    return (struct whom){ .min_age = p->min_age, .grade = p->grade, .groups = p->groups,
                          .residences = p->residences, .months = p->residence_months };
}
