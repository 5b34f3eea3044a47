/* entry.c - a line of an office's list: whose it is, what it says that we do not know. */

#include "care/intake/read/alike.h"
#include "care/office/inside.h"
#include "model/row/many.h"

/* What a list of a kind says of the people in it; the flag is one of elder_flags. */
static const struct { int kind; bool died; int flag; } meanings[] = {
    { LIST_CREMATION, true, -1 },
    { LIST_DISABLED, false, FLAG_DISABLED },
    { LIST_VETERANS, false, FLAG_VETERAN },
    { LIST_SPECIAL_FAMILY, false, FLAG_SPECIAL_FAMILY },
};

static int meaning_of(int kind)
{
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
        if (meanings[i].kind == kind)
            return (int)i;
    return -1;
}

/* --- whose it is --- */

static enum err list_of(struct ctx *c, const struct office_entry *e, struct office_list *ret)
{
    bool found = false;
    TRY(entity_load(c, &office_list_entity, e->list.n, ret, &found));
    if (!found)
        fail_field(c, SV("list"), "link.missing");
    return fail_fields(c);
}

/* Without a number: who agrees in name and birthday or address. Never decided here. */
static enum err probably(struct ctx *c, struct office_entry *e)
{
    struct elder she;
    struct alike like;
    record_clear(elder_fields, &she);
    she.name = e->name;
    she.birth = e->birth;
    she.address = e->address;
    TRY(alike_find(c, import_rule_of(SV("elder")), &she, &like));
    if (!like.id)
        return ERR_NONE;
    e->match = ENTRY_DOUBTFUL;
    e->maybe.n = like.id;
    e->points = like.points;
    return ERR_NONE;
}

static enum err elder_of(struct ctx *c, struct office_entry *e)
{
    const struct field *number = field_named(elder_fields, SV("id_number"));
    int64_t id = 0;
    size_t n = 0;
    bool seen = false;
    e->match = ENTRY_UNMATCHED;
    if (!e->id_number.len)
        return probably(c, e);
    TRY(entity_find_by(c, &elder_entity, number, e->id_number, 1, &id, &n));
    if (n == 0)
        return ERR_NONE;
    TRY(entity_seen(c, &elder_entity, id, true, &seen));
    e->match = seen ? ENTRY_MATCHED : ENTRY_OUTSIDE;
    e->elder.n = seen ? id : 0;
    return ERR_NONE;
}

enum err office_entry_rules(struct ctx *c, const void *before, void *row)
{
    struct office_entry *e = row;
    struct office_list list;
    struct id_facts facts;
    if (before)
        return ERR_NONE;
    TRY(list_of(c, e, &list));
    e->kind = list.kind;
    e->known_on = list.known_on;
    e->id_number = document_normal(&c->mem, e->id_number);
    const char *wrong = e->id_number.len
        ? document_check(DOCUMENT_CITIZEN, e->id_number, day_of(c->now), &facts) : NULL;
    if (wrong)
        fail_field(c, SV("id_number"), wrong);
    if (list.kind == LIST_CREMATION && !day_known(e->happened_on))
        fail_field(c, SV("happened_on"), "office.happened");
    if (day_known(e->happened_on) && e->happened_on.n > day_of(c->now).n)
        fail_field(c, SV("happened_on"), "office.future");
    TRY(fail_fields(c));
    return elder_of(c, e);
}

/* --- what differs --- */

static struct sv day_text(struct ctx *c, struct day d)
{
    struct buf b = buf_new(&c->mem, 16);
    if (day_known(d))
        buf_day(&b, d);
    return buf_sv(&b);
}

static enum err differ(struct ctx *c, const struct office_entry *e, const struct office_list *list,
                       enum difference_what what, struct sv was, struct sv becomes)
{
    struct office_difference d;
    record_clear(office_difference_fields, &d);
    d.elder = e->elder;
    d.list = e->list;
    d.entry = e->id;
    d.what = (int)what;
    d.was = was;
    d.becomes = becomes;
    d.happened_on = e->happened_on;
    d.known_on = e->known_on;
    d.source = sv_runes_head(sv_fmt(&c->mem, "%.*s · %.*s", SV_ARG(list->office),
                                    SV_ARG(list->name)), 200);
    return entity_create_by_rule(c, &office_difference_entity, &d);
}

static enum err died_compare(struct ctx *c, const struct office_entry *e,
                             const struct office_list *list, const struct elder *of)
{
    if (!day_known(of->died_on))
        return differ(c, e, list, DIFFERS_DIED, SV("在世"), day_text(c, e->happened_on));
    if (of->died_on.n == e->happened_on.n)
        return ERR_NONE;
    return differ(c, e, list, DIFFERS_DIED_TWICE, day_text(c, of->died_on),
                  day_text(c, e->happened_on));
}

static enum err flag_compare(struct ctx *c, const struct office_entry *e,
                             const struct office_list *list, const struct elder *of, int flag)
{
    bool has = of->flags.bits >> flag & 1, says = e->answer != 2;
    struct sv label = sv_of(elder_flags[flag].zh);
    if (has == says)
        return ERR_NONE;
    return differ(c, e, list, DIFFERS_FLAG,
                  sv_fmt(&c->mem, "%s%.*s", has ? "" : "无 ", SV_ARG(label)),
                  sv_fmt(&c->mem, "%s%.*s", says ? "" : "无 ", SV_ARG(label)));
}

enum err office_entry_follow(struct ctx *c, const void *before, const void *row,
                             const char *action)
{
    const struct office_entry *e = row, *was = before;
    struct office_list list;
    struct elder of;
    bool found;
    int meaning = meaning_of(e->kind);
    (void)action;
    if (!e->elder.n || (was && was->elder.n))
        return ERR_NONE;
    TRY(list_of(c, e, &list));
    TRY(entity_load(c, &elder_entity, e->elder.n, &of, &found));
    if (!found)
        return ERR_NONE;
    if (!sv_eq(of.name, e->name))
        TRY(differ(c, e, &list, DIFFERS_NAME, mask_text(&c->mem, MASK_NAME, of.name),
                   mask_text(&c->mem, MASK_NAME, e->name)));
    if (meaning < 0)
        return ERR_NONE;
    return meanings[meaning].died ? died_compare(c, e, &list, &of)
                                  : flag_compare(c, e, &list, &of, meanings[meaning].flag);
}

/* --- whose a doubtful one is --- */

enum err entry_same(struct ctx *c, void *row, const void *input)
{
    struct office_entry *e = row;
    (void)c;
    (void)input;
    e->elder = e->maybe;
    return ERR_NONE;
}

enum err entry_other(struct ctx *c, void *row, const void *input)
{
    struct office_entry *e = row;
    (void)c;
    (void)input;
    e->maybe.n = 0;
    e->points = 0;
    return ERR_NONE;
}

enum err entry_choose(struct ctx *c, void *row, const void *input)
{
    struct office_entry *e = row;
    struct elder she;
    TRY(entity_get(c, &elder_entity, ((const struct office_entry *)input)->elder.n, &she));
    e->elder = she.id;
    e->maybe.n = 0;
    e->points = 0;
    return ERR_NONE;
}

/* --- deciding --- */

enum err difference_decide(struct ctx *c, void *row, const void *input)
{
    struct office_difference *d = row;
    (void)input;
    d->decided_by.n = c->who && c->who != &who_house ? c->who->account : 0;
    d->decided_at = c->now;
    return ERR_NONE;
}

static void flag_take(struct elder *of, const struct office_entry *e)
{
    int meaning = meaning_of(e->kind);
    uint64_t bit = meaning < 0 || meanings[meaning].flag < 0
        ? 0 : UINT64_C(1) << meanings[meaning].flag;
    of->flags.bits = e->answer == 2 ? of->flags.bits & ~bit : of->flags.bits | bit;
}

/* The elder's own row changes under its own rules and rights, with the list as the reason. */
enum err difference_take(struct ctx *c, void *row, const void *input)
{
    struct office_difference *d = row;
    struct office_entry e;
    struct elder of;
    bool found;
    bool died = d->what == DIFFERS_DIED || d->what == DIFFERS_DIED_TWICE;
    TRY(entity_load(c, &office_entry_entity, d->entry.n, &e, &found));
    if (!found)
        return fail(c, ERR_MISSING, "entity.missing", "no entry %lld", (long long)d->entry.n);
    TRY(entity_get(c, &elder_entity, d->elder.n, &of));
    if (died)
        of.died_on = d->happened_on;
    else if (d->what == DIFFERS_FLAG)
        flag_take(&of, &e);
    else
        of.name = e.name;
    if (c->reason.len == 0)
        c->reason = d->source;
    TRY(entity_update(c, &elder_entity, &of, of.row.version, died ? "died" : "office_list"));
    return difference_decide(c, row, input);
}
