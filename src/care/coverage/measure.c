/* measure.c - the walk from every home, and what is noted of it. */

#include "care/coverage/coverage.h"

#include "care/coverage/past.h"
#include "care/near/directory.h"
#include "care/parameter/parameter.h"
#include "model/house.h"
#include "roads/near.h"

SQL(coverage_places);
SQL(coverage_elders);
SQL(coverage_note);
SQL(coverage_state);
SQL(coverage_state_set);
SQL(coverage_stirred);

enum { BATCH = 50, SEEN_FIRST = 1024 };

/* How far one may go in a community. */
struct rule { int64_t scope; enum profile profile; uint32_t limit_ms; };

/* A point that has been looked from; `near` bits of kinds. Homes of one building share it. */
struct seen { bool taken; struct point at; enum profile profile; uint32_t limit_ms, near; };

struct measure {
    struct arena        mem;         /* all below, for the whole of it */
    const struct job   *job;
    const struct roads *roads;
    struct near_place  *place;
    size_t              places, places_room;
    uint32_t            kinds;       /* that there are at all */
    struct near_index  *index;
    struct near        *near;
    struct rule        *rule;
    size_t              rules, rules_room;
    struct seen        *seen;
    size_t              seen_n, seen_room;      /* room a power of two */
    int64_t             event;       /* the last one that is seen by this */
};

/* --- what there is --- */

static enum err load(struct ctx *c, void *arg)
{
    struct measure *m = arg;
    int kind;
    m->places = 0;
    m->kinds = 0;
    TRY(event_last(c, &m->event));
    struct rows r = db_rows(c, &sql_coverage_places, PARAMS(P_INT("today", day_of(c->now).n)));
    while (rows_next(&r)) {
        if (!choice_of(place_kinds, rows_text(&r, 2), &kind))
            continue;
        m->place = GROW(&m->mem, m->place, m->places, &m->places_room);
        m->place[m->places++] = (struct near_place){
            { (int32_t)rows_int(&r, 0), (int32_t)rows_int(&r, 1) }, 1u << kind };
        m->kinds |= 1u << kind;
    }
    return rows_end(&r);
}

MUST static enum err rule_read(struct ctx *c, int64_t scope, struct rule *ret_rule)
{
    struct day today = day_of(c->now);
    int64_t minutes;
    struct sv pace;
    TRY(parameter_int(c, "coverage.minutes", scope, today, &minutes));
    TRY(parameter_text(c, "coverage.pace", scope, today, &pace));
    minutes = minutes < 1 ? 1 : minutes > COVERAGE_MINUTES_MAX ? COVERAGE_MINUTES_MAX : minutes;
    *ret_rule = (struct rule){ .scope = scope, .limit_ms = (uint32_t)minutes * 60000 };
    if (profile_find(pace, &ret_rule->profile))
        return ERR_NONE;
    enum err err = fail(c, ERR_INVALID, "coverage.pace", "coverage.pace is no pace");
    c->fault.arg0 = pace;
    return err;
}

MUST static enum err rule_of(struct ctx *c, struct measure *m, int64_t scope,
                             struct rule *ret_rule)
{
    size_t i = 0;
    while (i < m->rules && m->rule[i].scope != scope)
        i++;
    if (i == m->rules) {
        TRY(rule_read(c, scope, ret_rule));
        m->rule = GROW(&m->mem, m->rule, m->rules, &m->rules_room);
        m->rule[m->rules++] = *ret_rule;
    }
    *ret_rule = m->rule[i];
    return ERR_NONE;
}

/* --- from one point --- */

static uint32_t look_from(struct measure *m, struct point at, const struct rule *rule)
{
    struct anchor from;
    uint32_t found = 0, place, ms;
    if (!roads_snap(m->roads, rule->profile, at, ACCESS_M_DEFAULT, &from))
        return 0;
    near_begin(m->near, rule->profile, &from, rule->limit_ms, m->kinds);
    while (found != m->kinds && near_next(m->near, &place, &ms))
        found |= m->place[place].tags;
    return found;
}

static struct seen *slot_of(const struct measure *m, struct point at, const struct rule *rule)
{
    uint64_t h = ((uint64_t)(uint32_t)at.lat_e7 << 32 | (uint32_t)at.lon_e7)
               * UINT64_C(0x9E3779B97F4A7C15);
    for (size_t i = (size_t)(h >> 32) & (m->seen_room - 1);; i = (i + 1) & (m->seen_room - 1)) {
        struct seen *s = &m->seen[i];
        if (!s->taken || (s->at.lat_e7 == at.lat_e7 && s->at.lon_e7 == at.lon_e7 &&
                          s->profile == rule->profile && s->limit_ms == rule->limit_ms))
            return s;
    }
}

static void seen_widen(struct measure *m)
{
    struct seen *old = m->seen;
    size_t room = m->seen_room;
    m->seen_room = room ? room * 2 : SEEN_FIRST;
    m->seen = NEW(&m->mem, struct seen, m->seen_room);
    for (size_t i = 0; i < room; i++)
        if (old[i].taken)
            *slot_of(m, old[i].at, &(struct rule){ 0, old[i].profile, old[i].limit_ms }) = old[i];
}

static uint32_t kinds_near(struct measure *m, struct point at, const struct rule *rule)
{
    if (m->seen_n * 2 >= m->seen_room)
        seen_widen(m);
    struct seen *s = slot_of(m, at, rule);
    if (!s->taken) {
        *s = (struct seen){ true, at, rule->profile, rule->limit_ms, look_from(m, at, rule) };
        m->seen_n++;
    }
    return s->near;
}

/* --- all of them --- */

struct pass { struct measure *m; int64_t after; size_t n; int64_t changed; };

MUST static enum err judge(struct ctx *c, struct measure *m, int64_t id, int64_t *changed)
{
    struct elder e;
    struct rule rule;
    bool found;
    TRY(entity_load(c, &elder_entity, id, &e, &found));
    if (!found)
        return ERR_NONE;
    struct point at = { (int32_t)e.home_lat.e7, (int32_t)e.home_lon.e7 };
    bool known = point_told(at) && e.match_level != ADDRESS_NONE;
    uint32_t near = 0, far = 0;
    if (known) {
        TRY(rule_of(c, m, e.row.scope, &rule));
        near = kinds_near(m, at, &rule);
        far = ~near & ((1u << PLACE_KINDS) - 1);
    }
    if (e.reach == (int)known && e.near_kinds.bits == near && e.far_kinds.bits == far)
        return ERR_NONE;
    ++*changed;
    return db_run(c, &sql_coverage_note,
                  PARAMS(P_TEXT("reach", sv_of(reach_choices[known].key)), P_INT("near", near),
                         P_INT("far", far), P_INT("id", id)), NULL);
}

static enum err judge_batch(struct ctx *c, void *arg)
{
    struct pass *p = arg;
    int64_t ids[BATCH];
    p->n = 0;
    p->changed = 0;
    struct rows r = db_rows(c, &sql_coverage_elders,
                            PARAMS(P_INT("after", p->after), P_INT("size", BATCH)));
    while (rows_next(&r))
        ids[p->n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < p->n; i++)
        TRY(judge(c, p->m, ids[i], &p->changed));
    p->after = p->n ? ids[p->n - 1] : p->after;
    return ERR_NONE;
}

/* A transaction may run twice, so the place is moved on only behind it. */
MUST static enum err judge_all(struct ctx *c, struct measure *m, struct coverage_done *done)
{
    struct pass at = { .n = BATCH };
    while (at.n == BATCH) {
        struct pass next = { .m = m, .after = at.after };
        TRY(transaction_batch(c, judge_batch, &next));
        at = next;
        done->homes += (int64_t)at.n;
        done->changed += at.changed;
        if (m->job)
            TRY(job_progress(c, m->job, done->homes, 0));
    }
    return ERR_NONE;
}

static enum err note(struct ctx *c, void *arg)
{
    const struct measure *m = arg;
    return db_run(c, &sql_coverage_state_set,
                  PARAMS(P_INT("at", c->now.ms), P_INT("event", m->event)), NULL);
}

MUST static enum err measure_on(struct ctx *c, struct measure *m, struct coverage_done *done)
{
    TRY(transaction(c, load, m));
    m->index = near_index_build(m->roads, m->place, (uint32_t)m->places, PLACE_ACCESS_M);
    near_index_wheels(m->index, PLACE_ACCESS_M);
    m->near = near_new(&m->mem, m->index);
    TRY(judge_all(c, m, done));
    TRY(transaction(c, note, m));
    return coverage_past_note(c);
}

enum err coverage_measure(struct ctx *c, const struct job *j, struct coverage_done *ret_done)
{
    struct measure m = { .job = j };
    *ret_done = (struct coverage_done){ 0 };
    struct roads *held = c->house->roads ? slot_enter(c->house->roads) : NULL;
    if (!held)
        return ERR_NONE;
    m.roads = held;
    enum err err = measure_on(c, &m, ret_done);
    near_index_free(m.index);
    arena_free(&m.mem);
    slot_leave(c->house->roads, held);
    return err;
}

/* --- when --- */

struct state { struct moment at; int64_t stirred; };

static enum err state_read(struct ctx *c, void *arg)
{
    struct state *s = arg;
    int64_t event = 0;
    struct rows r = db_rows(c, &sql_coverage_state, NO_PARAMS);
    if (rows_next(&r)) {
        s->at.ms = rows_int(&r, 0);
        event = rows_int(&r, 1);
    }
    TRY(rows_end(&r));
    return db_int(c, &sql_coverage_stirred, PARAMS(P_INT("seq", event)), &s->stirred);
}

enum err coverage_when_due(struct ctx *c, const struct job *j, bool *ret_ran,
                           struct coverage_done *ret_done)
{
    struct state s = { .stirred = 0 };
    *ret_done = (struct coverage_done){ 0 };
    TRY(transaction(c, state_read, &s));
    *ret_ran = s.stirred || s.at.ms == 0 || day_of(s.at).n != day_of(c->now).n;
    return *ret_ran ? coverage_measure(c, j, ret_done) : ERR_NONE;
}
