/*
 * sink.c - what nobody has verified for long sinks in the list.
 *
 * How long after its due day, and by how much, are policy parameters, read when the directory is
 * built: once for each division that has a row of its own, a community's as well as a city's. What
 * holds at a place is what holds at the nearest of those around it.
 */

#include "base/sorted.h"
#include "care/near/ask.h"
#include "care/near/make/build.h"
#include "care/parameter/parameter.h"

SQL(near_sink_scopes);

enum { AFTER_DAYS_MAX = 3650, SINK_MIN_MAX = 120 };

struct rule { int64_t scope; uint16_t after; uint8_t minutes; };
struct rules { struct rule *at; size_t n, room; };

static int64_t held(int64_t n, int64_t high)
{
    return n < 0 ? 0 : n > high ? high : n;
}

MUST static enum err rule_read(struct ctx *c, int64_t scope, struct rules *rules)
{
    int64_t after, minutes;
    TRY(parameter_int(c, "near.sink_after_days", scope, day_of(c->now), &after));
    TRY(parameter_int(c, "near.sink_minutes", scope, day_of(c->now), &minutes));
    rules->at = GROW(&c->mem, rules->at, rules->n, &rules->room);
    rules->at[rules->n++] = (struct rule){ scope, (uint16_t)held(after, AFTER_DAYS_MAX),
                                           (uint8_t)held(minutes, SINK_MIN_MAX) };
    return ERR_NONE;
}

/* By scope; the first is that of everywhere. */
MUST static enum err rules_read(struct ctx *c, struct rules *rules)
{
    int64_t *scope = NULL;
    size_t n = 0, room = 0;
    struct rows r = db_rows(c, &sql_near_sink_scopes, NO_PARAMS);
    while (rows_next(&r)) {
        scope = GROW(&c->mem, scope, n, &room);
        scope[n++] = rows_int(&r, 0);
    }
    TRY(rows_end(&r));
    TRY(rule_read(c, 0, rules));
    for (size_t i = 0; i < n; i++)
        TRY(rule_read(c, scope[i], rules));
    return ERR_NONE;
}

static const struct rule *rule_exactly(const struct rules *rules, int64_t scope)
{
    size_t low = SORTED_FROM(struct rule, rules->at, rules->n, scope, scope);
    return low < rules->n && rules->at[low].scope == scope ? &rules->at[low] : NULL;
}

static const struct rule *rule_at(const struct rules *rules, int64_t scope)
{
    const struct rule *found = NULL;
    int64_t up[DIVISION_CHAIN_MAX];
    size_t n = rules->n > 1 ? division_chain(scope, up) : 0;
    for (size_t i = 0; i < n && !found; i++)
        found = rule_exactly(rules, up[i]);
    return found ? found : &rules->at[0];
}

enum err directory_sinks(struct ctx *c, struct directory *d)
{
    struct rules rules = { .n = 0 };
    TRY(rules_read(c, &rules));
    for (uint32_t i = 0; i < d->places; i++) {
        const struct rule *rule = rule_at(&rules, d->place[i].scope);
        d->text[i].sink_after = rule->after;
        d->text[i].sink_min = rule->minutes;
    }
    return ERR_NONE;
}

uint32_t near_rank_of(const struct directory *d, const struct near_want *w,
                      const struct near_hit *hit)
{
    uint32_t sink_ms = (uint32_t)d->text[hit->place].sink_min * 60000;
    if (!near_sinks(d, w, hit->place))
        return hit->ms;
    return hit->ms + (hit->ms < NEAR_FAR ? sink_ms : (uint32_t)near_metres(w->profile, sink_ms));
}
