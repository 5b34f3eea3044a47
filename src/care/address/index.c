/* index.c - the names of everything that an address may say, in one trie of hashes. */

#include "care/address/inside.h"
#include "care/division/division.h"

#include <stdlib.h>

enum { KIND_OF_DIVISION = 1, KIND_OF_COMPOUND, KIND_OF_BUILDING, NAME_TOKENS_MIN = 2 };

struct address_index *address_index_new(void)
{
    struct address_index *ix = block_take(sizeof *ix);
    return ix;
}

void address_index_end(void *index)
{
    struct address_index *ix = index;
    if (!ix)
        return;
    arena_free(&ix->mem);
    block_free(ix);
}

static uint64_t id_key(int kind, int64_t id)
{
    return hash_step(hash_step(HASH_START, (uint64_t)kind), (uint64_t)id);
}

static void id_put(struct address_index *ix, int kind, int64_t id, size_t at)
{
    *hash_put(&ix->mem, &ix->ids, id_key(kind, id)) = (uint32_t)at + 1;
}

/* Index + 1; 0: unknown. */
static uint32_t id_find(const struct address_index *ix, int kind, int64_t id)
{
    const uint32_t *at = hash_find(&ix->ids, id_key(kind, id));
    return at ? *at : 0;
}

uint32_t index_compound(const struct address_index *ix, int64_t id)
{
    return id_find(ix, KIND_OF_COMPOUND, id);
}

uint32_t index_building_of(const struct address_index *ix, int64_t id)
{
    return id_find(ix, KIND_OF_BUILDING, id);
}

/* --- names --- */

/* The name at the end of a path of tokens; all paths that lead there are known too. */
static void path_put(struct address_index *ix, struct hash_table *table, const struct tokens *t,
                     size_t from, size_t to, bool sounds, struct name name)
{
    uint64_t h = HASH_START;
    uint32_t *end = NULL;
    bool word = false;
    for (size_t i = from; i < to; i++) {
        h = hash_step(h, sounds ? token_sound(t->at[i]) : t->at[i]);
        end = hash_put(&ix->mem, table, h);
        word = word || t->at[i] >= 0x3400;
    }
    if (!word || to - from < NAME_TOKENS_MIN)
        return;
    name.next = *end;
    ix->name = GROW(&ix->mem, ix->name, ix->names_n, &ix->names_room);
    ix->name[ix->names_n++] = name;
    *end = (uint32_t)ix->names_n;
}

static void tokens_put(struct address_index *ix, const struct tokens *t, size_t from, size_t to,
                       struct name name)
{
    path_put(ix, &ix->names, t, from, to, false, name);
}

const struct name *index_first(const struct address_index *ix, const struct hash_table *t,
                               uint64_t key, bool *ret_goes_on)
{
    const uint32_t *at = hash_find(t, key);
    *ret_goes_on = at != NULL;
    return at && *at ? &ix->name[*at - 1] : NULL;
}

/* --- divisions --- */

/* 柳荫社区 is also 柳荫居委会; 云汀市 also 云汀. */
static void division_variants(struct address_index *ix, const struct tokens *t, struct name name,
                              int level)
{
    static const char16_t *const last[] = { u"社区居委会", u"居民委员会", u"村民委员会", u"社区",
                                            u"居委会", u"村委会", u"街道办事处", u"街道", u"村", NULL };
    static const char *const communities[] = { "居委会", "社区居委会", "社区", "村委会", "村", NULL };
    static const char *const streets[] = { "街道办事处", "街道办", "街办", "办事处", NULL };
    size_t stem = 0;
    if (level < DIVISION_STREET) {
        if (t->n > NAME_TOKENS_MIN)
            tokens_put(ix, t, 0, t->n - 1, name);
        return;
    }
    for (size_t i = 1; i < t->n && !stem; i++)
        if (i + words_at(t, i, last) == t->n)
            stem = i;
    if (!stem)
        return;
    bool village = word_at(t, stem, u"村") != 0;
    for (const char *const *v = level == DIVISION_STREET ? streets : communities; *v; v++) {
        struct tokens more = *t, end;
        tokens_of(sv_of(*v), true, &end);
        bool rural = end.at[0] == u'村';
        more.n = stem;
        for (size_t i = 0; i < end.n && more.n < ADDRESS_TOKENS_MAX; i++)
            more.at[more.n++] = end.at[i];
        if (level == DIVISION_STREET || rural == village)
            tokens_put(ix, &more, 0, more.n, name);
    }
}

void address_add_division(struct address_index *ix, const struct address_division *d)
{
    struct tokens t;
    struct name name = { .ref = (uint32_t)ix->divisions, .kind = NAME_DIVISION };
    ix->division = GROW(&ix->mem, ix->division, ix->divisions, &ix->divisions_room);
    id_put(ix, KIND_OF_DIVISION, d->scope, ix->divisions);
    ix->division[ix->divisions++] = (struct kept_division){
        d->id, d->scope, division_range(d->scope).high, d->level, sv_copy(&ix->mem, d->name), d->at
    };
    tokens_of(d->name, true, &t);
    tokens_put(ix, &t, 0, t.n, name);
    division_variants(ix, &t, name, d->level);
}

const struct kept_division *index_division(const struct address_index *ix, int64_t scope)
{
    uint32_t at = id_find(ix, KIND_OF_DIVISION, scope);
    return at ? &ix->division[at - 1] : NULL;
}

/* --- compounds --- */

/* Behind the divisions that a full address begins with. */
static size_t behind_divisions(const struct address_index *ix, const struct tokens *t)
{
    size_t from = 0, to = 0;
    do {
        uint64_t h = HASH_START;
        bool on = true;
        from = to;
        for (size_t i = from; i < t->n && on; i++) {
            h = hash_step(h, t->at[i]);
            for (const struct name *n = index_first(ix, &ix->names, h, &on); n;
                 n = n->next ? &ix->name[n->next - 1] : NULL)
                if (n->kind == NAME_DIVISION)
                    to = i + 1;
        }
    } while (to > from);
    return from;
}

/* 文昌路18号, 文昌路18-1号院: street and number, without what follows the number. */
static bool address_put(struct address_index *ix, const struct tokens *t, struct name name)
{
    static const char16_t *const ends[] = { u"号大院", u"号院", u"号", u"弄", NULL };
    size_t from = behind_divisions(ix, t), to = from;
    while (to < t->n && !token_is_number(t->at[to]))
        to++;
    while (to + 1 < t->n && !words_at(t, to + 1, ends))
        to++;
    if (to >= t->n || !token_is_number(t->at[to]) || to < from + NAME_TOKENS_MIN)
        return false;
    size_t end = to + 1 < t->n ? words_at(t, to + 1, ends) : 0;
    if (!end || to + 1 + end != t->n)
        return false;
    name.kind = NAME_ADDRESS;
    tokens_put(ix, t, from, to + 1, name);
    return true;
}

static void sound_put(struct address_index *ix, const struct tokens *t, struct name name)
{
    path_put(ix, &ix->sounds, t, 0, t->n, true, name);
}

static void alias_put(struct address_index *ix, struct sv text, struct name name)
{
    struct tokens t;
    tokens_of(text, true, &t);
    name.text = sv_copy(&ix->mem, text);
    if (address_put(ix, &t, name))
        return;
    tokens_put(ix, &t, 0, t.n, name);
    if (!name.building)
        sound_put(ix, &t, name);
}

/* The next of several names: 老年公寓，教师楼、机床厂大院. */
static bool next_alias(struct sv *rest, struct sv *ret_alias)
{
    static const char *const comma[] = { ",", "，", "、", ";", "；" };
    if (rest->len == 0)
        return false;
    size_t at = rest->len, len = 0;
    for (size_t i = 0; i < sizeof comma / sizeof *comma; i++) {
        ptrdiff_t found = sv_find(*rest, sv_of(comma[i]));
        if (found >= 0 && (size_t)found < at) {
            at = (size_t)found;
            len = sv_of(comma[i]).len;
        }
    }
    *ret_alias = sv_trim(sv_head(*rest, at));
    *rest = sv_from(*rest, at + len);
    return true;
}

static void compound_names(struct address_index *ix, const struct address_compound *k,
                           struct name name)
{
    struct tokens t;
    tokens_of(k->name, true, &t);
    name.text = sv_copy(&ix->mem, k->name);
    if (!address_put(ix, &t, name)) {
        tokens_put(ix, &t, 0, t.n, name);
        sound_put(ix, &t, name);
    }
    name.kind = NAME_VARIANT;
    if (t.n > NAME_TOKENS_MIN + 1 && word_at(&t, t.n - 2, u"小区"))
        tokens_put(ix, &t, 0, t.n - 2, name);
    struct sv rest = k->aliases, alias;
    for (name.kind = NAME_ALIAS; next_alias(&rest, &alias);)
        alias_put(ix, alias, name);
    tokens_of(k->address, true, &t);
    (void)address_put(ix, &t, name);
}

void address_add_compound(struct address_index *ix, const struct address_compound *k)
{
    struct name name = { .ref = (uint32_t)ix->compounds, .kind = NAME_COMPOUND };
    ix->compound = GROW(&ix->mem, ix->compound, ix->compounds, &ix->compounds_room);
    struct sv name_of = sv_copy(&ix->mem, k->name);
    id_put(ix, KIND_OF_COMPOUND, k->id, ix->compounds);
    ix->compound[ix->compounds++] =
        (struct kept_compound){ k->id, k->scope, k->division, name_of, k->at, 0 };
    compound_names(ix, k, name);
}

/* --- buildings and entrances --- */

static uint64_t door_key(char of, uint32_t in, uint64_t key)
{
    return hash_step(hash_step(hash_step(HASH_START, (uint64_t)of), in), key);
}

static void door_put(struct address_index *ix, char of, uint32_t in, uint64_t key, size_t at)
{
    if (key)
        *hash_put(&ix->mem, &ix->doors, door_key(of, in, key)) = (uint32_t)at + 1;
}

/* 教学楼 of 柳荫里 is found as 柳荫里教学楼. */
static void building_word(struct address_index *ix, struct sv word, struct name name)
{
    struct sv compound = ix->compound[name.ref].name;
    alias_put(ix, sv_fmt(&ix->mem, "%.*s%.*s", SV_ARG(compound), SV_ARG(word)), name);
}

void address_add_building(struct address_index *ix, const struct address_building *b)
{
    uint32_t compound = id_find(ix, KIND_OF_COMPOUND, b->compound);
    struct sv rest = b->aliases, alias;
    if (!compound--)
        return;
    size_t at = ix->buildings;
    ix->building = GROW(&ix->mem, ix->building, ix->buildings, &ix->buildings_room);
    ix->building[ix->buildings++] = (struct kept_building){ b->id, b->at, compound, 0, 0 };
    id_put(ix, KIND_OF_BUILDING, b->id, at);
    ix->compound[compound].buildings++;
    struct name name = { .ref = compound, .building = (uint32_t)at + 1, .kind = NAME_ALIAS };
    uint64_t key = door_building_key(b->name);
    door_put(ix, 'B', compound, key, at);
    if (!key)
        building_word(ix, b->name, name);
    while (next_alias(&rest, &alias)) {
        struct tokens t;
        tokens_of(alias, true, &t);
        key = door_building_key(alias);
        door_put(ix, 'B', compound, key, at);
        if (!key && !address_put(ix, &t, name))
            building_word(ix, alias, name);
    }
}

void address_add_entrance(struct address_index *ix, const struct address_entrance *e)
{
    uint32_t building = id_find(ix, KIND_OF_BUILDING, e->building);
    if (!building--)
        return;
    ix->entrance = GROW(&ix->mem, ix->entrance, ix->entrances, &ix->entrances_room);
    ix->entrance[ix->entrances++] = (struct kept_entrance){ e->id, e->at };
    ix->building[building].entrances++;
    ix->building[building].only = (uint32_t)ix->entrances;
    door_put(ix, 'E', building, door_entrance_key(e->name), ix->entrances - 1);
}

uint32_t index_building(const struct address_index *ix, uint32_t compound, uint64_t key)
{
    const uint32_t *at = key ? hash_find(&ix->doors, door_key('B', compound, key)) : NULL;
    return at ? *at : 0;
}

uint32_t index_entrance(const struct address_index *ix, uint32_t building, uint64_t key)
{
    const uint32_t *at = key ? hash_find(&ix->doors, door_key('E', building, key)) : NULL;
    return at ? *at : 0;
}

/* --- streets, learnt aliases, the end --- */

void address_add_street(struct address_index *ix, struct sv name)
{
    struct tokens t;
    tokens_of(name, true, &t);
    tokens_put(ix, &t, 0, t.n, (struct name){ .kind = NAME_STREET });
}

void address_add_learnt(struct address_index *ix, struct sv text, int64_t compound,
                        int64_t building)
{
    uint32_t in = id_find(ix, KIND_OF_COMPOUND, compound);
    uint32_t at = building ? id_find(ix, KIND_OF_BUILDING, building) : 0;
    if (!in || (building && !at))
        return;
    alias_put(ix, text, (struct name){ .ref = in - 1, .building = at, .kind = NAME_LEARNT });
}

/* Compounds of one community stand together. */
struct placed { int64_t scope; uint32_t compound; };

static int by_scope(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    return x->scope != y->scope ? (x->scope > y->scope) - (x->scope < y->scope)
                                : (x->compound > y->compound) - (x->compound < y->compound);
}

void address_index_finish(struct address_index *ix)
{
    struct placed *all = NEW(&ix->mem, struct placed, ix->compounds + 1);
    for (size_t i = 0; i < ix->compounds; i++)
        all[i] = (struct placed){ ix->compound[i].scope, (uint32_t)i };
    qsort(all, ix->compounds, sizeof *all, by_scope);
    ix->by_scope = NEW(&ix->mem, uint32_t, ix->compounds + 1);
    for (size_t i = 0; i < ix->compounds; i++)
        ix->by_scope[i] = all[i].compound;
}

static size_t first_from(const struct address_index *ix, int64_t scope)
{
    size_t low = 0, high = ix->compounds;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (ix->compound[ix->by_scope[mid]].scope < scope)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

size_t index_within(const struct address_index *ix, int64_t scope, size_t *ret_first)
{
    struct scope_range r = division_range(scope);
    *ret_first = first_from(ix, r.low);
    return first_from(ix, r.high + 1) - *ret_first;
}
