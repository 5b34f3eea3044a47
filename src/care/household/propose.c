/* propose.c - households that the register suggests: two elders behind one door, one 户号. */

#include "care/household/household.h"
#include "care/parameter/parameter.h"

SQL(household_doors);
SQL(household_at_door);
SQL(household_living_at);
SQL(household_numbered);
SQL(household_of_number);
SQL(household_of_elder);
SQL(household_turning);

enum { LISTED = 5000, BATCH = 50, DOOR_MAX = 40, BACK_DAYS = 10 };

/* --- one member, one household --- */

/* What a list called her to the head; a word it does not know is no relation. */
static int role_said(const struct elder *e)
{
    int role = MEMBER_OTHER;
    (void)choice_meant(member_roles, e->household_role, &role);
    return role;
}

MUST static enum err add_member(struct ctx *c, struct household_id h, const struct elder *e,
                                const char *source)
{
    struct household_member m;
    record_clear(household_member_fields, &m);
    m.household = h;
    m.elder = e->id;
    m.role = role_said(e);
    m.state = MEMBER_PROPOSED;
    m.valid_from = day_known(e->moved_on) ? e->moved_on : day_of(c->now);
    m.source = sv_of(source);
    enum err err = entity_create_by_rule(c, &household_member_entity, &m);
    if (err != ERR_INVALID)
        return err;
    ctx_forgive(c);                        /* two say that they are the head: a person decides */
    m.role = MEMBER_OTHER;
    return entity_create_by_rule(c, &household_member_entity, &m);
}

MUST static enum err make(struct ctx *c, const struct elder *e, const char *why,
                          struct household_id *ret_id)
{
    struct household h;
    record_clear(household_fields, &h);
    h.code = e->household_no;
    h.division = e->division;
    h.compound = e->compound;
    h.home_building = e->home_building;
    h.home_entrance = e->home_entrance;
    h.room = e->room;
    h.address = e->address;
    if (!sv_eq(e->household_head, e->name))
        h.head_name = e->household_head;
    h.state = HOUSEHOLD_PROPOSED;
    h.why = sv_of(why);
    TRY(entity_create_by_rule(c, &household_entity, &h));
    *ret_id = h.id;
    return ERR_NONE;
}

MUST static enum err placed(struct ctx *c, int64_t elder, bool *ret_placed)
{
    int64_t member = 0;
    TRY(db_int(c, &sql_household_of_elder,
               PARAMS(P_INT("elder", elder), P_INT("day", day_of(c->now).n)), &member));
    *ret_placed = member != 0;
    return ERR_NONE;
}

/* --- behind one door --- */

#define DOOR(e) P_INT("building", (e)->home_building.n), P_TEXT("room", (e)->room), \
                P_INT("entrance", (e)->home_entrance.n)

MUST static enum err at_door(struct ctx *c, const struct elder *e, int64_t *ret_ids, size_t *ret_n)
{
    struct rows r = db_rows(c, &sql_household_at_door,
                            PARAMS(DOOR(e), P_INT("day", day_of(c->now).n),
                                   P_INT("size", DOOR_MAX)));
    *ret_n = 0;
    while (rows_next(&r))
        if (sv_is(rows_text(&r, 1), address_levels[ADDRESS_DOOR].key))
            ret_ids[(*ret_n)++] = rows_int(&r, 0);
    return rows_end(&r);
}

/*
 * Who came later joins what is there. More than a household has is a home for many, an error of a
 * list, or both: nobody is asked.
 */
MUST static enum err by_door(struct ctx *c, const struct elder *e)
{
    int64_t ids[DOOR_MAX], most;
    size_t n;
    struct household_id h = { 0 };
    TRY(at_door(c, e, ids, &n));
    TRY(db_int(c, &sql_household_living_at, PARAMS(DOOR(e)), &h.n));
    TRY(parameter_int(c, "household.door_max", e->row.scope, day_of(c->now), &most));
    if ((int64_t)n > most || (!h.n && n < 2))
        return ERR_NONE;
    if (!h.n)
        TRY(make(c, e, "同一门牌登记了两位以上老人", &h));
    for (size_t i = 0; i < n; i++) {
        struct elder one;
        bool found;
        TRY(entity_load(c, &elder_entity, ids[i], &one, &found));
        TRY(add_member(c, h, &one, "同一门牌"));
    }
    return ERR_NONE;
}

/* --- by the number of the household booklet --- */

MUST static enum err by_number(struct ctx *c, const struct elder *e)
{
    struct household_id h = { 0 };
    TRY(db_int(c, &sql_household_of_number,
               PARAMS(P_TEXT("code", e->household_no), P_INT("scope", e->row.scope)), &h.n));
    if (!h.n)
        TRY(make(c, e, "名单上的户号", &h));
    return add_member(c, h, e, "名单上的户号");
}

/* --- the job --- */

struct pass {
    const struct sql *sql;
    enum err        (*propose)(struct ctx *c, const struct elder *e);
    int64_t           after;
    int64_t          *ids;             /* LISTED at once, BATCH in a transaction */
    size_t            n, done;
};

/* The list is one scan of the register: it is asked for rarely and for many. */
MUST static enum err list(struct ctx *c, struct pass *p)
{
    struct rows r = db_rows(c, p->sql,
                            PARAMS(P_INT("after", p->after), P_INT("day", day_of(c->now).n),
                                   P_INT("size", LISTED)));
    p->n = p->done = 0;
    while (rows_next(&r))
        p->ids[p->n++] = rows_int(&r, 0);
    if (p->n)
        p->after = p->ids[p->n - 1];
    return rows_end(&r);
}

static enum err some(struct ctx *c, void *arg)
{
    const struct pass *p = arg;
    for (size_t i = p->done; i < p->n && i < p->done + BATCH; i++) {
        struct elder e;
        bool found, in;
        TRY(placed(c, p->ids[i], &in));           /* together with one before her */
        TRY(entity_load(c, &elder_entity, p->ids[i], &e, &found));
        if (!in && found)
            TRY(p->propose(c, &e));
    }
    return ERR_NONE;
}

MUST static enum err propose_all(struct ctx *c, const struct job *j, struct pass p)
{
    p.ids = NEW(&c->mem, int64_t, LISTED);
    do {
        TRY(list(c, &p));
        for (; p.done < p.n; p.done += BATCH) {
            TRY(transaction(c, some, &p));
            TRY(job_progress(c, j, (int64_t)p.done, 0));
        }
    } while (p.n == LISTED);
    return ERR_NONE;
}

/* --- who comes and goes today --- */

struct turning { int64_t after, last; size_t n; };

/* Members whose first or last day has come change what a household is. */
static enum err turn(struct ctx *c, void *arg)
{
    struct turning *t = arg;
    int64_t ids[BATCH], day = day_of(c->now).n;
    size_t n = 0;
    struct rows r = db_rows(c, &sql_household_turning,
                            PARAMS(P_INT("after", t->after), P_INT("since", day - BACK_DAYS),
                                   P_INT("day", day), P_INT("size", BATCH)));
    while (rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++)
        TRY(household_count(c, (struct household_id){ ids[i] }));
    t->last = n ? ids[n - 1] : t->after;
    t->n = n;
    return ERR_NONE;
}

enum err household_propose(struct ctx *c, const struct job *j)
{
    struct turning t = { .n = BATCH };
    TRY(propose_all(c, j, (struct pass){ .sql = &sql_household_numbered, .propose = by_number }));
    TRY(propose_all(c, j, (struct pass){ .sql = &sql_household_doors, .propose = by_door }));
    for (; t.n == BATCH; t.after = t.last)
        TRY(transaction(c, turn, &t));
    return ERR_NONE;
}
