/*
 * sink.c - what nobody has verified for long sinks in the list.
 *
 * How long after its due day, and by how much, are policy parameters; they are read once a street
 * when the directory is built, so one set for a community only does not count here.
 */

#include "care/near/ask.h"
#include "care/near/build.h"
#include "care/parameter/parameter.h"

enum { AFTER_DAYS_MAX = 3650, SINK_MIN_MAX = 120 };

struct rule { int64_t street; uint16_t after; uint8_t minutes; };

static int64_t street_of(int64_t scope)
{
    while (scope && division_level_of(scope) > DIVISION_STREET)
        scope = division_up(scope);
    return scope;
}

static int64_t held(int64_t n, int64_t high)
{
    return n < 0 ? 0 : n > high ? high : n;
}

MUST static enum err rule_read(struct ctx *c, int64_t street, struct rule *ret_rule)
{
    int64_t after, minutes;
    TRY(parameter_int(c, "near.sink_after_days", street, day_of(c->now), &after));
    TRY(parameter_int(c, "near.sink_minutes", street, day_of(c->now), &minutes));
    *ret_rule = (struct rule){ street, (uint16_t)held(after, AFTER_DAYS_MAX),
                               (uint8_t)held(minutes, SINK_MIN_MAX) };
    return ERR_NONE;
}

enum err directory_sinks(struct ctx *c, struct directory *d)
{
    struct rule *rule = NULL;
    size_t rules = 0, room = 0, at = 0;
    for (uint32_t i = 0; i < d->places; i++) {
        int64_t street = street_of(d->place[i].scope);
        if (rules == 0 || rule[at].street != street)
            for (at = 0; at < rules && rule[at].street != street; at++)
                ;
        if (at == rules) {
            rule = GROW(&c->mem, rule, rules, &room);
            TRY(rule_read(c, street, &rule[rules++]));
        }
        d->text[i].sink_after = rule[at].after;
        d->text[i].sink_min = rule[at].minutes;
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
