/* measure.c - from what happened at a station to its score, and on to the street's list. */

#include "care/ghost/ghost.h"
#include "care/parameter/parameter.h"
#include "model/jobs.h"

SQL(ghost_facts);
SQL(ghost_survey);
SQL(ghost_stations);
SQL(ghost_score_of);
SQL(ghost_check_of);

/* What each fact weighs, and the sentence with its number, and of how many. */
static const struct { const char *weight, *zh; } facts[GHOST_FACTS] = {
    [GHOST_NO_ORDERS] = { "ghost.w.orders", "%lld 天内没有一笔订单" },
    [GHOST_NO_ATTENDANCE] = { "ghost.w.attendance", "%lld 天内没有一次签到或到店服务" },
    [GHOST_TOGETHER] = { "ghost.w.together", "同一账号给不同老人的签到有 %lld 对几乎同时" },
    [GHOST_NO_ANSWER] = { "ghost.w.no_answer", "核实电话 %lld 次没有人接" },
    [GHOST_CLOSED] = { "ghost.w.closed", "有 %lld 处网点停业已久" },
    [GHOST_OVERDUE] = { "ghost.w.overdue", "有 %lld 处网点信息逾期未核实" },
    [GHOST_COMPLAINTS] = { "ghost.w.complaints", "收到 %lld 件投诉" },
    [GHOST_INSPECTED] = { "ghost.w.inspected", "有 %lld 处网点最近一次巡查公布为“差”" },
    [GHOST_UNREACHED] = { "ghost.w.unreached",
                          "电话回访中有 %lld 人打了三次都没接通（共回访 %lld 人）" },
    [GHOST_NEVER_CAME] = { "ghost.w.never_came",
                           "电话回访中有 %lld 人说服务没有来过（共 %lld 人接听）" },
};

/* What the queries count, in their order. */
struct counted {
    int64_t orders, attendance, together, no_answer, closed, overdue, complaints, inspected;
    int64_t called, unreached, answered, never_came;
};

struct measuring {
    int64_t days, together_min, together_pairs, closed_days, overdue_days;
    int64_t inspection_days, survey_days, survey_calls, unreached_percent, never_came;
};

/* A fact that holds: the number its sentence says, 0 where it does not, and of how many. */
struct held { int64_t n, of; };

MUST static enum err ask(struct ctx *c, const char *name, int64_t scope, int64_t *ret_n)
{
    return parameter_int(c, name, scope, day_of(c->now), ret_n);
}

MUST static enum err limits_of(struct ctx *c, int64_t scope, struct measuring *m)
{
    TRY(ask(c, "ghost.days", scope, &m->days));
    TRY(ask(c, "ghost.together_min", scope, &m->together_min));
    TRY(ask(c, "ghost.together_pairs", scope, &m->together_pairs));
    TRY(ask(c, "ghost.closed_days", scope, &m->closed_days));
    TRY(ask(c, "ghost.overdue_days", scope, &m->overdue_days));
    TRY(ask(c, "ghost.inspection_days", scope, &m->inspection_days));
    TRY(ask(c, "ghost.survey_days", scope, &m->survey_days));
    TRY(ask(c, "ghost.survey_calls", scope, &m->survey_calls));
    TRY(ask(c, "ghost.unreached_percent", scope, &m->unreached_percent));
    return ask(c, "ghost.never_came", scope, &m->never_came);
}

MUST static enum err count_survey(struct ctx *c, struct organisation_id org,
                                  const struct measuring *m, struct counted *n)
{
    struct rows r = db_rows(c, &sql_ghost_survey,
                            PARAMS(P_INT("org", org.n),
                                   P_INT("since", c->now.ms - m->survey_days * MS_A_DAY)));
    if (rows_next(&r)) {
        n->called = rows_int(&r, 0);
        n->unreached = rows_int(&r, 1);
        n->answered = rows_int(&r, 2);
        n->never_came = rows_int(&r, 3);
    }
    return rows_end(&r);
}

MUST static enum err count(struct ctx *c, struct organisation_id org, const struct measuring *m,
                           struct counted *n)
{
    struct day today = day_of(c->now);
    struct rows r = db_rows(c, &sql_ghost_facts,
                            PARAMS(P_INT("org", org.n), P_INT("today", today.n),
                                   P_INT("from", today.n - m->days),
                                   P_INT("since", c->now.ms - m->days * MS_A_DAY),
                                   P_INT("together_ms", m->together_min * 60000),
                                   P_INT("closed_by", today.n - m->closed_days),
                                   P_INT("overdue_by", today.n - m->overdue_days),
                                   P_INT("inspected_from", today.n - m->inspection_days)));
    if (rows_next(&r))
        *n = (struct counted){ .orders = rows_int(&r, 0), .attendance = rows_int(&r, 1),
                               .together = rows_int(&r, 2), .no_answer = rows_int(&r, 3),
                               .closed = rows_int(&r, 4), .overdue = rows_int(&r, 5),
                               .complaints = rows_int(&r, 6), .inspected = rows_int(&r, 7) };
    TRY(rows_end(&r));
    return count_survey(c, org, m, n);
}

/* A few calls tell nothing of a station, and would tell her whom the survey had asked. */
static void judge_survey(const struct measuring *m, const struct counted *n,
                         struct held holds[GHOST_FACTS])
{
    bool many = n->called > 0 && n->unreached * 100 >= n->called * m->unreached_percent;
    if (n->called < m->survey_calls)
        return;
    holds[GHOST_UNREACHED] = (struct held){ many ? n->unreached : 0, n->called };
    holds[GHOST_NEVER_CAME] =
        (struct held){ n->never_came >= m->never_came ? n->never_came : 0, n->answered };
}

static void judge(const struct measuring *m, const struct counted *n,
                  struct held holds[GHOST_FACTS])
{
    holds[GHOST_NO_ORDERS].n = n->orders == 0 ? m->days : 0;
    holds[GHOST_NO_ATTENDANCE].n = n->attendance == 0 ? m->days : 0;
    holds[GHOST_TOGETHER].n = n->together >= m->together_pairs ? n->together : 0;
    holds[GHOST_NO_ANSWER].n = n->no_answer;
    holds[GHOST_CLOSED].n = n->closed;
    holds[GHOST_OVERDUE].n = n->overdue;
    holds[GHOST_COMPLAINTS].n = n->complaints;
    holds[GHOST_INSPECTED].n = n->inspected;
    judge_survey(m, n, holds);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void say(struct buf *b, const char *form, struct held held)
{
    if (b->len)
        buf_text(b, "\n");
    buf_fmt(b, form, (long long)held.n, (long long)held.of);
}
#pragma GCC diagnostic pop

MUST static enum err weigh(struct ctx *c, int64_t scope, const struct held holds[GHOST_FACTS],
                           struct ghost_score *g)
{
    struct buf b = buf_new(&c->mem, 400);
    g->score = g->reasons_n = 0;
    for (int i = 0; i < GHOST_FACTS; i++) {
        int64_t weight;
        if (!holds[i].n)
            continue;
        TRY(ask(c, facts[i].weight, scope, &weight));
        g->score += weight;
        g->reasons_n++;
        say(&b, facts[i].zh, holds[i]);
    }
    g->score = g->score > 100 ? 100 : g->score;
    g->reasons = buf_sv(&b);
    return ERR_NONE;
}

/* --- the list --- */

MUST static enum err put_on_list(struct ctx *c, const struct ghost_score *g)
{
    struct spot_check s;
    int64_t id, days;
    bool found = false;
    TRY(db_int(c, &sql_ghost_check_of, PARAMS(P_INT("org", g->org.n)), &id));
    if (id)
        TRY(entity_load(c, &spot_check_entity, id, &s, &found));
    if (!found) {
        record_clear(spot_check_fields, &s);
        TRY(ask(c, "ghost.check_days", g->row.scope, &days));
        s.org = g->org;
        s.listed_on = day_of(c->now);
        s.due.n = s.listed_on.n + days;
    }
    s.score = g->score;
    s.reasons_n = g->reasons_n;
    s.reasons = g->reasons;
    s.answer = g->answer;
    if (found)
        return entity_update_by_rule(c, &spot_check_entity, &s, s.row.version, "measure");
    return entity_create_by_rule(c, &spot_check_entity, &s);
}

enum err ghost_answered(struct ctx *c, const struct ghost_score *g)
{
    struct spot_check s;
    int64_t id;
    bool found = false;
    TRY(db_int(c, &sql_ghost_check_of, PARAMS(P_INT("org", g->org.n)), &id));
    if (id)
        TRY(entity_load(c, &spot_check_entity, id, &s, &found));
    if (!found)
        return ERR_NONE;
    s.answer = g->answer;
    return entity_update_by_rule(c, &spot_check_entity, &s, s.row.version, "measure");
}

/* Where the score stands today: below, told to the station, or the street's. */
MUST static enum err move_on(struct ctx *c, struct ghost_score *g)
{
    int64_t limit, days;
    struct day today = day_of(c->now);
    TRY(ask(c, "ghost.score", g->row.scope, &limit));
    TRY(ask(c, "ghost.manager_days", g->row.scope, &days));
    if (g->score < limit) {
        g->state = GHOST_QUIET;
        g->since = g->listed_from = DAY_NONE;
        return ERR_NONE;
    }
    if (!day_known(g->since)) {
        g->since = today;
        g->listed_from.n = today.n + days;
    }
    g->state = today.n >= g->listed_from.n ? GHOST_LISTED : GHOST_TOLD;
    return ERR_NONE;
}

/* Stores it: a new row as it is, an older one by the step that leads there. */
MUST static enum err keep(struct ctx *c, bool found, int was, struct ghost_score *g)
{
    static const char *const steps[] = { [GHOST_QUIET] = "calm", [GHOST_TOLD] = "tell",
                                         [GHOST_LISTED] = "list" };
    const char *action = was == g->state ? "measure" : steps[g->state];
    struct ghost_score stored;
    if (!found)
        return entity_create_by_rule(c, &ghost_score_entity, g);
    TRY(entity_act_by_rule(c, &ghost_score_entity, g->id.n, g->row.version, sv_of(action), g,
                           &stored));
    *g = stored;
    return ERR_NONE;
}

/* Its row of the nights before, or a new one. */
MUST static enum err score_of(struct ctx *c, const struct organisation *o, struct ghost_score *g,
                              bool *ret_found)
{
    int64_t id;
    *ret_found = false;
    TRY(db_int(c, &sql_ghost_score_of, PARAMS(P_INT("org", o->id.n)), &id));
    if (id)
        TRY(entity_load(c, &ghost_score_entity, id, g, ret_found));
    if (*ret_found)
        return ERR_NONE;
    record_clear(ghost_score_fields, g);
    g->org = o->id;
    g->row.scope = o->row.scope;
    return ERR_NONE;
}

enum err ghost_measure_one(struct ctx *c, struct organisation_id org)
{
    struct organisation o;
    struct ghost_score g;
    struct measuring m;
    struct counted n = { 0 };
    struct held holds[GHOST_FACTS] = { { 0, 0 } };
    bool there, found;
    TRY(entity_load(c, &organisation_entity, org.n, &o, &there));
    if (!there)
        return ERR_NONE;
    TRY(limits_of(c, o.row.scope, &m));
    if (c->now.ms - o.row.created_at.ms < m.days * MS_A_DAY)
        return ERR_NONE;
    TRY(count(c, org, &m, &n));
    judge(&m, &n, holds);
    TRY(score_of(c, &o, &g, &found));
    int was = g.state;
    TRY(weigh(c, o.row.scope, holds, &g));
    TRY(move_on(c, &g));
    g.measured_on = day_of(c->now);
    TRY(keep(c, found, was, &g));
    return g.state == GHOST_LISTED ? put_on_list(c, &g) : ERR_NONE;
}

static enum err measure_row(struct ctx *c, const struct due_row *row, const void *with)
{
    (void)with;
    return ghost_measure_one(c, (struct organisation_id){ row->id });
}

enum err ghost_measure(struct ctx *c, const struct job *j)
{
    return work_by_clock(c, j, &(struct work_by_clock){ .due = &sql_ghost_stations,
                                                        .each = measure_row });
}
