/* checks.c - the work list of what a household and an elder's record say against each other. */

#include "care/household/household.h"
#include "http/describe/gives.h"

SQL(household_checks);

enum { PAGE = 20, PAGE_MAX = 50 };

const struct field household_checks_asked[] = {
    CHOICE(struct checks_asked, what, member_checks, .zh = "事项（不填为全部）",
           .en = "Which, all when not given"),
    FIELD(struct checks_asked, after, .low = 0, .high = INT64_MAX, .code = true,
          .zh = "上一页最后一个编号", .en = "Id of the last one of the page before"),
    FIELD(struct checks_asked, size, .low = 1, .high = PAGE_MAX, .zh = "条数", .en = "How many"),
    { 0 },
};

static const struct field check_gives[] = {
    SAYS(ID, "member"), SAYS(INT, "version"), SAYS(ID, "household"), SAYS(TEXT, "door"),
    SAYS(TEXT, "kind_name"), SAYS(ID, "elder"), SAYS(TEXT, "name"), SAYS(TEXT, "what"),
    SAYS(TEXT, "what_name"), SAYS(INT, "people"), SAYS(LIST, "flags"), { 0 },
};
const struct field household_checks_gives[] = {
    SAYS(LIST, "items", .record = check_gives), MAY_SAY(ID, "next"), { 0 },
};

struct check { int64_t member, household, elder, people; uint64_t flags; struct sv what; };

MUST static enum err checks_in(struct ctx *c, const struct checks_asked *q, struct scope_range in,
                               size_t most, struct check *ret_at, size_t *ret_n)
{
    struct rows r = db_rows(c, &sql_household_checks,
                            PARAMS(P_INT("low", in.low), P_INT("high", in.high),
                                   P_INT("day", day_of(c->now).n),
                                   P_INT("after", q->after.known ? q->after.n : 0),
                                   P_TEXT("what", sv_of(member_checks[q->what].key)),
                                   P_INT("size", (int64_t)(most - *ret_n))));
    while (rows_next(&r))
        ret_at[(*ret_n)++] = (struct check){ rows_int(&r, 0), rows_int(&r, 1), rows_int(&r, 2),
                                             rows_int(&r, 5), (uint64_t)rows_int(&r, 4),
                                             rows_text(&r, 3) };
    return rows_end(&r);
}

static void put_choice(struct ctx *c, struct json *j, const char *name, const struct choice *row)
{
    json_text(j, name, sv_of(c->lang == LANG_EN ? row->en : row->zh));
}

MUST static enum err put_check(struct ctx *c, struct json *j, const struct check *k)
{
    struct household h;
    struct household_member m;
    struct elder e;
    bool found;
    int what = 0;
    TRY(entity_load(c, &household_entity, k->household, &h, &found));
    TRY(entity_load(c, &household_member_entity, k->member, &m, &found));
    TRY(entity_load(c, &elder_entity, k->elder, &e, &found));
    (void)choice_of(member_checks, k->what, &what);
    json_object(j, NULL);
    json_id(j, "member", k->member);
    json_int(j, "version", m.row.version);
    json_id(j, "household", k->household);
    json_text(j, "door", h.door);
    put_choice(c, j, "kind_name", &household_kinds[h.kind]);
    json_id(j, "elder", k->elder);
    json_text(j, "name", mask_text(&c->mem, MASK_NAME, e.name));
    json_text(j, "what", k->what);
    put_choice(c, j, "what_name", &member_checks[what]);
    json_int(j, "people", k->people);
    json_array(j, "flags");
    for (int i = FLAG_LIVING_ALONE; i <= FLAG_EMPTY_NEST; i++)
        if (k->flags >> i & 1)
            put_choice(c, j, NULL, &elder_flags[i]);
    json_end(j, ']');
    json_end(j, '}');
    return ERR_NONE;
}

enum err household_checks_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct checks_asked *asked = q->query;
    struct check at[PAGE_MAX];
    size_t n = 0, most = asked->size.known ? (size_t)asked->size.n : PAGE;
    if (!c->who->ranges_n)
        return fail(c, ERR_FORBIDDEN, "elder.no_area", "the caller has no area of her own");
    for (size_t i = 0; i < c->who->ranges_n && n < most; i++)
        TRY(checks_in(c, asked, c->who->ranges[i], most, at, &n));
    json_array(&a->json, "items");
    for (size_t i = 0; i < n; i++)
        TRY(put_check(c, &a->json, &at[i]));
    json_end(&a->json, ']');
    if (n == most)
        json_id(&a->json, "next", at[n - 1].member);
    return ERR_NONE;
}
