/* version.c - a name's versions at one place: no overlap, gaps stated, the past not edited. */

#include "care/parameter/parameter.h"

SQL(parameter_versions);
SQL(parameter_before);

/* Later than any day there is: the end of what has none. */
#define NEVER INT64_C(4000000)

struct span { int64_t from, to; };

/* The neighbours of a version; ids of 0: none. */
struct around {
    struct { struct span days; bool there; } last, next, clash;
    bool next_states_gap;
};

static struct span span_of(const struct parameter *p)
{
    return (struct span){ p->valid_from.n, day_known(p->valid_to) ? p->valid_to.n : NEVER };
}

static struct sv day_text(struct ctx *c, int64_t n)
{
    struct buf b = buf_new(&c->mem, 16);
    buf_day(&b, (struct day){ n });
    return buf_sv(&b);
}

/* The place a row will have: its division's; without one the whole house, which no officer owns. */
MUST static enum err place_of(struct ctx *c, const struct parameter *before,
                              const struct parameter *p, int64_t *ret_scope)
{
    struct division d;
    bool found = false;
    *ret_scope = before ? before->row.scope : p->row.scope;
    if (before)
        return ERR_NONE;
    if (p->division.n)
        TRY(entity_load(c, &division_entity, p->division.n, &d, &found));
    if (found)
        *ret_scope = d.row.scope;
    else if (c->who && c->who->ranges_n && !who_in_scope(c, 0))
        fail_field(c, SV("division"), "parameter.no_division");
    return ERR_NONE;
}

/* An open version that began earlier is no clash for a new one: it ends the day before. */
static void look_at(struct around *a, struct span s, struct span own, bool states_gap, bool fresh)
{
    bool ends_for_us = fresh && s.to == NEVER && s.from < own.from;
    if (!ends_for_us && s.from <= own.to && own.from <= s.to && !a->clash.there) {
        a->clash.there = true;
        a->clash.days = s;
    }
    if (s.from < own.from) {
        a->last.there = true;
        a->last.days = s;
    } else if (!a->next.there) {
        a->next.there = true;
        a->next.days = s;
        a->next_states_gap = states_gap;
    }
}

MUST static enum err around_find(struct ctx *c, const struct parameter *p, int64_t scope,
                                 bool fresh, struct around *ret_around)
{
    struct span own = span_of(p);
    struct rows r = db_rows(c, &sql_parameter_versions,
                            PARAMS(P_INT("never", NEVER), P_TEXT("name", p->name),
                                   P_INT("scope", scope), P_INT("id", p->id.n)));
    *ret_around = (struct around){ .next_states_gap = false };
    while (rows_next(&r))
        look_at(ret_around, (struct span){ rows_int(&r, 1), rows_int(&r, 2) }, own,
                rows_int(&r, 3) != 0, fresh);
    return rows_end(&r);
}

static void refuse_clash(struct ctx *c, struct span own, struct span other)
{
    struct sv from = day_text(c, other.from);
    if (other.from == own.from)
        fail_field(c, SV("valid_from"), "parameter.taken");
    else if (other.from > own.from)
        fail_field_args(c, SV("valid_to"), "parameter.overlap_after", from, SV(""));
    else
        fail_field_args(c, SV("valid_from"), "parameter.overlap_before", from,
                        day_text(c, other.to));
}

/* An open version before a new one leaves no gap: it will end the day before. */
static void refuse_gaps(struct ctx *c, const struct around *a, const struct parameter *p)
{
    struct span own = span_of(p);
    if (a->last.there && a->last.days.to != NEVER && a->last.days.to + 1 < own.from &&
        p->gap_reason.len == 0)
        fail_field_args(c, SV("gap_reason"), "parameter.gap", day_text(c, a->last.days.to + 1),
                        day_text(c, own.from - 1));
    if (a->next.there && own.to != NEVER && own.to + 1 < a->next.days.from && !a->next_states_gap)
        fail_field_args(c, SV("valid_to"), "parameter.gap_after", day_text(c, own.to + 1),
                        day_text(c, a->next.days.from - 1));
}

/* What has begun to hold keeps its value; its end may still be said, from today on. */
static void refuse_past(struct ctx *c, const struct parameter *was, const struct parameter *p,
                        const struct around *a)
{
    static const char *const kept[] = { "value", "unit", "valid_from" };
    static const char *const checked[] = { "source", "document_no", "article" };
    struct day today = day_of(c->now);
    const struct field *f = parameter_fields;
    if (was->valid_from.n <= today.n)
        for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
            if (!field_same(field_named(f, sv_of(kept[i])), was, p))
                fail_field(c, sv_of(kept[i]), "parameter.past");
    if (was->status == PARAMETER_CHECKED)
        for (size_t i = 0; i < sizeof checked / sizeof *checked; i++)
            if (!field_same(field_named(f, sv_of(checked[i])), was, p))
                fail_field(c, sv_of(checked[i]), "parameter.past");
    int64_t end = span_of(p).to, ended = span_of(was).to;
    bool followed = a->next.there && a->next.days.from == end + 1;
    if (end != ended && (end < today.n || ended < today.n) && !followed)
        fail_field(c, SV("valid_to"), "parameter.past_end");
}

/* The keys of a parameter that is a list of them; NULL for all others. */
static const struct choice *words_of(const struct house *h, struct sv name)
{
    for (const struct module *const *m = h ? h->modules : NULL; m && *m; m++)
        for (const struct parameter_words *w = (*m)->parameter_words; w && w->name; w++)
            if (sv_is(name, w->name))
                return w->of;
    return NULL;
}

/* An empty list says nothing, and a key that is none would be passed over in silence. */
static void refuse_strangers(struct ctx *c, const struct choice *of, struct sv list)
{
    struct buf keys = buf_new(&c->mem, 200);
    struct sv word;
    bool good = sv_trim(list).len > 0;
    int i;
    while (sv_cut(&list, ',', &word))
        good = good && choice_of(of, sv_trim(word), &i);
    for (const struct choice *k = of; k->key; k++) {
        buf_text(&keys, keys.len ? ", " : "");
        buf_text(&keys, k->key);
    }
    if (!good)
        fail_field_args(c, SV("value"), "field.choice", buf_sv(&keys), SV(""));
}

/* A number stays a number: what reads it as one would fail on every request. */
static void refuse_words(struct ctx *c, const struct parameter *p)
{
    int64_t n, most = INT64_C(1) << 50;
    const struct parameter_default *d = parameter_default_of(c->house, p->name);
    if (!d)
        return;
    const struct choice *of = words_of(c->house, p->name);
    if (of)
        refuse_strangers(c, of, p->value);
    bool whole = sv_int(sv_of(d->value), -most, most, &n);
    bool number = whole || sv_fixed(sv_of(d->value), 2, -most, most, &n);
    bool money = sv_is(sv_of(d->unit), "yuan");
    if ((whole && !money && !sv_int(p->value, -most, most, &n)) ||
        (number && !sv_fixed(p->value, 2, -most, most, &n)))
        fail_field_args(c, SV("value"), "parameter.not_number", sv_of(d->value), SV(""));
}

enum err version_rules(struct ctx *c, const struct parameter *before, struct parameter *p)
{
    int64_t scope;
    struct around a;
    struct day today = day_of(c->now);
    if (moment_known(p->row.ended_at))
        return ERR_NONE;
    TRY(place_of(c, before, p, &scope));
    TRY(around_find(c, p, scope, !before, &a));
    refuse_words(c, p);
    if (a.clash.there)
        refuse_clash(c, span_of(p), a.clash.days);
    else
        refuse_gaps(c, &a, p);
    if (before)
        refuse_past(c, before, p, &a);
    else if (p->valid_from.n < today.n && a.last.there && a.last.days.to == NEVER &&
             p->reason.len == 0)
        fail_field(c, SV("reason"), "parameter.past_reason");
    return fail_fields(c);
}

enum err version_before(struct ctx *c, const struct parameter *p, struct parameter *ret_before)
{
    bool found = false;
    int64_t id = 0;
    struct rows r = db_rows(c, &sql_parameter_before,
                            PARAMS(P_TEXT("name", p->name), P_INT("scope", p->row.scope),
                                   P_INT("from", p->valid_from.n)));
    if (rows_next(&r))
        id = rows_int(&r, 0);
    TRY(rows_end(&r));
    if (id)
        TRY(entity_load(c, &parameter_entity, id, ret_before, &found));
    if (!found)
        ret_before->id.n = 0;
    return ERR_NONE;
}

/* The open version before a new one ends the day before it begins. */
enum err version_follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct parameter *p = row;
    struct parameter last;
    (void)action;
    if (before || moment_known(p->row.ended_at))
        return ERR_NONE;
    TRY(version_before(c, p, &last));
    if (!last.id.n || day_known(last.valid_to))
        return ERR_NONE;
    last.valid_to.n = p->valid_from.n - 1;
    return entity_update_by_rule(c, &parameter_entity, &last, last.row.version, "followed");
}
