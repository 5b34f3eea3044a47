/* diet.c - what an elder must or must not eat. */

#include "care/elder/seen.h"
#include "care/meal/meal.h"

SQL(elder_diets);

static const struct choice sources[] = {
    { "herself", "本人说", "she says so" }, { "family", "家属说", "the family says so" },
    { "doctor", "医嘱", "a doctor" },       { "assessment", "能力评估", "an assessment" }, { 0 },
};

#define D struct elder_diet
const struct field elder_diet_fields[] = {
    ROW_FIELDS(D),
    LINK(D, elder, "elder", .required = true, .create_only = true, .filter = true, .brief = true,
         .zh = "老年人", .en = "Elder"),
    SET(D, diets, diet_choices, .class = MASKED, .mask = MASK_COARSE, .brief = true,
        .zh = "饮食要求", .en = "Diet"),
    FIELD(D, avoids, .class = SECRET, .high = 200, .zh = "忌口（过敏等）",
          .en = "Avoids (allergies)"),
    CHOICE(D, source, sources, .zh = "依据", .en = "Source"),
    FIELD(D, said_on, .zh = "说明日期", .en = "Said on"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "elder", .columns = "elder", .unique = true, .where = "ended_at IS NULL",
      .message = "elder_diet.once" },
    { .name = "within", .columns = "scope, id" },
    { 0 },
};
static const struct sort sorts[] = { { "elder", "elder", false, "老年人", "Elder" }, { 0 } };

static enum err rules(struct ctx *c, const void *before, void *row)
{
    const D *d = row;
    (void)before;
    if (day_known(d->said_on) && d->said_on.n > day_of(c->now).n)
        fail_field(c, SV("said_on"), "elder_diet.future");
    return fail_fields(c);
}

const struct entity elder_diet_entity = {
    .name = "elder_diet", .zh = "饮食要求", .en = "Diet", .size = sizeof(D),
    .fields = elder_diet_fields, .indexes = indexes, .sorts = sorts, .title = "elder",
    .reads = MAY_READ_ORDERS, .writes = MAY_PLACE_ORDERS, .seen_by_own = SEEN_BY_FAMILY,
    .seen_by_org = SEEN_BY_SERVER, .elder = "elder", .found_by = "elder", .scope_of = "elder",
    .rules = rules, .menu = "people",
};
#undef D

enum err elder_diets_seen(struct ctx *c, struct elder_id elder, struct set *ret_diets)
{
    struct query q;
    struct page page;
    *ret_diets = (struct set){ 0 };
    if (!elder.n || !c->who)
        return ERR_NONE;
    TRY(query_read(c, &elder_diet_entity,
                   sv_fmt(&c->mem, "elder=%lld&size=1", (long long)elder.n), &q));
    TRY(entity_list(c, &elder_diet_entity, &q, &page));
    if (page.n)
        *ret_diets = ((const struct elder_diet *)page.rows)[0].diets;
    return ERR_NONE;
}

enum err elder_diets(struct ctx *c, struct elder_id elder, struct set *ret_diets)
{
    int64_t bits = 0;
    *ret_diets = (struct set){ 0 };
    if (!elder.n)
        return ERR_NONE;
    struct rows r = db_rows(c, &sql_elder_diets, PARAMS(P_INT("elder", elder.n)));
    if (rows_next(&r))
        bits = rows_int(&r, 0);
    TRY(rows_end(&r));
    ret_diets->bits = (uint64_t)bits;
    return ERR_NONE;
}
