/* match.c - which home a text means: candidates, their scores, and the one that stands out. */

#include "care/address/inside.h"
#include "care/division/division.h"

#include <string.h>

enum {
    COST_VARIANT = 4, COST_ALIAS = 2, COST_STREET = 5, COST_SOUND = 8, COST_GROUP = 12,
    COST_AS_COMMUNITY = 5,     /* 柳荫里社区12号楼 */
    COST_STRAY = 30,           /* words behind the name that are no door */
    COST_NEAR = 30,            /* 柳荫里对面 */
    COST_REST = 3, COST_REST_MAX = 15,
    COST_MISSING = 5,          /* no such building, no such entrance */
    COST_ELSEWHERE = 30,
    LEAD_MIN = 5,              /* the best one must lead by so much */
    SCORE_COMMUNITY = 90, SCORE_COMMUNITY_REST = 70, SCORE_ROW = 50,
    FOUND_MAX = 24,
};

struct matching {
    struct arena *mem;
    const struct address_index *ix;
    const struct tokens *t;
    struct hits hits;
    int64_t scope, high;                       /* the row's division */
    bool inside_only;                          /* what lies outside it is passed over */
    struct address_found found[FOUND_MAX];     /* one a compound (and building), best first */
    size_t n;
    struct door door;                          /* what was read at door_at - 1 */
    size_t door_at;
};

static void keep(struct matching *m, const struct address_found *f)
{
    size_t i = 0, at;
    for (; i < m->n; i++)
        if (m->found[i].compound == f->compound)
            break;
    if (i < m->n && m->found[i].score >= f->score)
        return;
    if (i == m->n && m->n == FOUND_MAX)
        i--;
    else if (i == m->n)
        m->n++;
    for (at = i; at > 0 && m->found[at - 1].score < f->score; at--)
        m->found[at] = m->found[at - 1];
    m->found[at] = *f;
}

/* --- one compound: where the door is --- */

static struct point known(struct point a, struct point b)
{
    return point_told(a) ? a : b;
}

static void to_entrance(const struct address_index *ix, uint32_t building, const struct door *d,
                        struct address_found *f, bool *ret_found)
{
    const struct kept_building *b = &ix->building[building];
    uint32_t entrance = index_entrance(ix, building, d->entrance);
    if (!d->entrance && b->entrances == 1)
        entrance = b->only;
    if (entrance) {
        f->entrance = ix->entrance[entrance - 1].id;
        f->at = known(ix->entrance[entrance - 1].at, f->at);
    } else if (d->entrance && b->entrances) {
        f->why |= ADDRESS_NO_ENTRANCE;
        f->score -= COST_MISSING;
    }
    *ret_found = entrance || b->entrances == 0;
}

/* Fills building, entrance and room, and the level that they reach. `building` is index + 1. */
static void locate(const struct address_index *ix, uint32_t compound, uint32_t building,
                   const struct door *d, struct address_found *f)
{
    const struct kept_compound *k = &ix->compound[compound];
    uint32_t named = index_building(ix, compound, d->building);
    bool unclear = d->unclear || (building && d->building && named != building), entrance = false;
    f->compound = k->id;
    f->division = k->division;
    f->scope = k->scope;
    f->at = k->at;
    f->level = ADDRESS_COMPOUND;
    f->building_text = d->building_text;
    f->entrance_text = d->entrance_text;
    f->room = d->room;
    if (!building)
        building = named;
    if (!building && d->number && (building = index_building(ix, compound, d->number))) {
        f->building_text = sv_of("");
        f->room = sv_of("");
    }
    if (!building && d->building && k->buildings) {
        f->why |= ADDRESS_NO_BUILDING;
        f->score -= COST_MISSING;
    }
    if (d->unclear)
        f->why |= ADDRESS_UNCLEAR;
    if (!building)
        return;
    f->level = ADDRESS_BUILDING;
    f->building = ix->building[building - 1].id;
    f->at = known(ix->building[building - 1].at, f->at);
    to_entrance(ix, building - 1, d, f, &entrance);
    if (entrance && f->room.len && !unclear)
        f->level = ADDRESS_DOOR;
}

/* --- what stands behind the name --- */

static bool solid(const struct door *d)
{
    return d->building || d->entrance || d->number || d->room.len;
}

static bool any_number(const struct tokens *t, size_t from)
{
    for (size_t i = from; i < t->n; i++)
        if (token_is_number(t->at[i]))
            return true;
    return false;
}

static bool says_near(const struct tokens *t, size_t from)
{
    static const char16_t *const words[] = { u"旁", u"对面", u"附近", u"后面", u"前面", u"隔壁", u"路口",
                                             u"对过", u"东侧", u"西侧", u"北侧", u"南侧", NULL };
    for (size_t i = from; i < t->n; i++)
        if (words_at(t, i, words))
            return true;
    return false;
}

static size_t skip_filler(const struct tokens *t, size_t i, int *cost)
{
    static const char16_t *const inside[] = { u"小区内", u"小区", u"院内", u"大院", u"家属院", u"院里",
                                              u"内", NULL };
    size_t len = words_at(t, i, inside);
    if (len)
        return i + len;
    len = word_at(t, i, u"社区");
    *cost += len ? COST_AS_COMMUNITY : 0;
    return i + len;
}

/* Reads the door; what is left over costs, and a number left over makes the door unsure. */
static void behind(struct matching *m, size_t from, struct door *d, struct address_found *f)
{
    if (m->door_at != from + 1)
        door_read(m->mem, m->t, from, &m->door);
    m->door_at = from + 1;
    *d = m->door;
    size_t rest = m->t->n - d->end;
    if (rest == 0)
        return;
    if (!solid(d)) {
        f->score -= COST_STRAY;
        f->why |= ADDRESS_UNKNOWN;
        return;
    }
    int cost = COST_REST * (int)rest;
    f->score -= cost < COST_REST_MAX ? cost : COST_REST_MAX;
    f->why |= ADDRESS_REST;
    d->unclear = d->unclear || any_number(m->t, d->end);
    if (says_near(m->t, d->end))
        f->score -= COST_NEAR;
}

/* --- candidates --- */

static void kind_cost(const struct name *n, struct address_found *f)
{
    switch ((enum name_kind)n->kind) {
    case NAME_VARIANT:
        f->score -= COST_VARIANT;
        break;
    case NAME_ALIAS:
        f->score -= COST_ALIAS;
        f->why |= ADDRESS_ALIAS;
        break;
    case NAME_LEARNT:
        f->score -= COST_ALIAS;
        f->why |= ADDRESS_LEARNT;
        break;
    case NAME_ADDRESS:
        f->score -= COST_STREET;
        f->why |= ADDRESS_STREET;
        break;
    default:
        break;
    }
}

static bool outside(const struct matching *m, int64_t scope)
{
    return m->scope && (scope < m->scope || scope > m->high);
}

static void elsewhere(const struct matching *m, struct address_found *f)
{
    if (!outside(m, f->scope))
        return;
    f->score -= COST_ELSEWHERE;
    f->why |= ADDRESS_ELSEWHERE;
}

static void settle(struct matching *m, struct address_found *f)
{
    elsewhere(m, f);
    if (f->score < 0)
        f->score = 0;
    keep(m, f);
}

/* `differs`: characters that only sound alike. */
static void consider(struct matching *m, const struct hit *h, int differs)
{
    const struct name *n = &m->ix->name[h->name];
    struct address_found f = { .score = 100 - COST_SOUND * differs };
    struct door d;
    int cost = 0;
    if (n->kind < NAME_COMPOUND ||
        (m->inside_only && outside(m, m->ix->compound[n->ref].scope)))
        return;
    size_t end = n->kind == NAME_ADDRESS ? number_end(m->t, h->to)
                                         : skip_filler(m->t, h->to, &cost);
    if (end < h->to)
        return;
    kind_cost(n, &f);
    if (differs)
        f.why |= ADDRESS_SOUNDS;
    int64_t scope = m->ix->compound[n->ref].scope;
    struct explained e = explain_before(m->ix, m->t, &m->hits, h->from, scope);
    f.score -= e.cost + cost;
    f.why |= e.why;
    behind(m, end, &d, &f);
    locate(m->ix, n->ref, n->building, &d, &f);
    settle(m, &f);
}

static void by_names(struct matching *m)
{
    for (size_t i = 0; i < m->hits.n; i++)
        consider(m, &m->hits.at[i], 0);
}

/* How many characters differ; -1 when too many, or when a number or letter does. */
static int differing(const struct tokens *t, size_t from, size_t to, struct sv name)
{
    struct tokens k;
    int differ = 0;
    tokens_of(name, true, &k);
    if (k.n != to - from)
        return -1;
    for (size_t i = 0; i < k.n; i++)
        if (k.at[i] != t->at[from + i])
            differ++;
    return 2 * differ <= (int)k.n ? differ : -1;
}

static void by_sound(struct matching *m)
{
    const struct tokens *t = m->t;
    uint64_t sound[ADDRESS_TOKENS_MAX];
    for (size_t i = 0; i < t->n; i++)
        sound[i] = token_sound(t->at[i]);
    for (size_t i = 0; i < t->n; i++) {
        uint64_t h = HASH_START;
        bool on = true;
        for (size_t j = i; j < t->n && on; j++) {
            h = hash_step(h, sound[j]);
            const struct name *n = index_first(m->ix, &m->ix->sounds, h, &on);
            for (; n; n = n->next ? &m->ix->name[n->next - 1] : NULL) {
                struct hit hit = { (uint16_t)i, (uint16_t)(j + 1), (uint32_t)(n - m->ix->name) };
                int differ = differing(t, i, j + 1, n->text);
                if (differ > 0)
                    consider(m, &hit, differ);
            }
        }
    }
}

static bool stands_out(const struct matching *m)
{
    return m->n && m->found[0].score >= ADDRESS_SCORE_MIN &&
           (m->n == 1 || m->found[1].score + LEAD_MIN <= m->found[0].score);
}

/* --- communities --- */

/* The innermost community that the text names, in agreement with the row's division. */
static const struct kept_division *community_named(struct matching *m, struct hit *ret_hit)
{
    const struct kept_division *best = NULL;
    bool twice = false;
    for (size_t i = 0; i < m->hits.n; i++) {
        const struct hit *h = &m->hits.at[i];
        const struct name *n = &m->ix->name[h->name];
        const struct kept_division *d = n->kind == NAME_DIVISION ? &m->ix->division[n->ref] : NULL;
        if (!d || d->level != DIVISION_COMMUNITY || d == best ||
            outside(m, d->scope) ||
            explain_before(m->ix, m->t, &m->hits, h->from, d->scope).why & ADDRESS_CONTRADICTS)
            continue;
        twice = best && h->from == ret_hit->from;
        best = d;
        *ret_hit = *h;
    }
    return twice ? NULL : best;
}

/* 大柳村三组12号: the one hamlet of the village that has such a group. */
static void by_group(struct matching *m)
{
    struct hit at;
    struct door d;
    const struct kept_division *village = community_named(m, &at);
    if (!village)
        return;
    door_read(m->mem, m->t, at.to, &d);
    if (!d.building || !sv_ends(d.building_text, sv_of("组")))
        return;
    size_t first, n = index_within(m->ix, village->scope, &first);
    uint32_t only = 0;
    for (size_t i = first; i < first + n; i++) {
        uint32_t k = m->ix->by_scope[i];
        if (!index_building(m->ix, k, d.building))
            continue;
        if (only)
            return;
        only = k + 1;
    }
    if (!only)
        return;
    struct address_found f = { .score = 100 - COST_GROUP, .why = ADDRESS_GROUP };
    struct explained e = explain_before(m->ix, m->t, &m->hits, at.from, village->scope);
    f.score -= e.cost;
    f.why |= e.why;
    behind(m, at.to, &d, &f);
    locate(m->ix, only - 1, 0, &d, &f);
    settle(m, &f);
}

static void to_community(struct matching *m, struct address_match *ret)
{
    struct hit at = { 0 };
    const struct kept_division *d = community_named(m, &at);
    int score = d && at.to == m->t->n ? SCORE_COMMUNITY : SCORE_COMMUNITY_REST;
    if (!d) {
        d = m->scope ? index_division(m->ix, m->scope) : NULL;
        score = SCORE_ROW;
    }
    if (!d || d->level != DIVISION_COMMUNITY)
        return;
    ret->best = (struct address_found){ .level = ADDRESS_COMMUNITY, .division = d->id,
                                        .scope = d->scope, .at = d->at, .score = score,
                                        .why = m->n ? m->found[0].why : ADDRESS_UNKNOWN };
}

/* --- the answer --- */

/* Is there another of that name, which only the row's division rules out? */
static bool divided(const struct matching *m)
{
    for (size_t i = 0; m->scope && i < m->hits.n; i++) {
        const struct name *n = &m->ix->name[m->hits.at[i].name];
        if (n->kind == NAME_COMPOUND && outside(m, m->ix->compound[n->ref].scope) &&
            sv_eq(m->ix->compound[n->ref].name,
                  m->ix->compound[index_compound(m->ix, m->found[0].compound) - 1].name))
            return true;
    }
    return false;
}

static void judge(struct matching *m, struct address_match *ret)
{
    if (stands_out(m)) {
        ret->best = m->found[0];
        ret->best.why |= divided(m) ? (unsigned)ADDRESS_DIVIDED : 0;
        return;
    }
    for (size_t i = 0; i < m->n && i < ADDRESS_CANDIDATES; i++) {
        bool tie = m->n > 1 && m->found[i].score + LEAD_MIN > m->found[0].score &&
                   m->found[0].score >= ADDRESS_SCORE_MIN;
        ret->other[i] = m->found[i];
        ret->other[i].why |= tie ? (unsigned)ADDRESS_SEVERAL : 0;
        ret->others = i + 1;
    }
    to_community(m, ret);
}

/* The words between the divisions and the door: what an alias would be. */
static struct sv unknown_words(struct matching *m, struct sv text)
{
    size_t from = 0, to;
    struct door d;
    for (size_t i = 0; i < m->hits.n; i++) {
        const struct hit *h = &m->hits.at[i];
        if (m->ix->name[h->name].kind == NAME_DIVISION && h->from <= from && h->to > from)
            from = h->to;
    }
    for (to = from + 1; to < m->t->n; to++) {
        door_read(m->mem, m->t, to, &d);
        if (d.end == m->t->n && solid(&d) && m->t->at[to] != TOKEN_DASH)
            break;
    }
    if (from >= m->t->n || to > m->t->n)
        return sv_of("");
    size_t start = m->t->from[from];
    return sv_trim((struct sv){ text.at + start, m->t->from[to] - start });
}

static void match_tokens(struct arena *mem, const struct address_index *ix, const struct tokens *t,
                         int64_t scope, struct address_match *ret)
{
    struct matching m = { .mem = mem, .ix = ix, .t = t, .scope = scope,
                          .high = division_range(scope).high };
    *ret = (struct address_match){ 0 };
    hits_of(ix, t, &m.hits);
    m.inside_only = scope != 0;
    by_names(&m);
    if (m.inside_only && !stands_out(&m)) {
        m.inside_only = false;
        by_names(&m);
    }
    if (m.n == 0 || m.found[0].score < ADDRESS_SCORE_MIN) {
        by_group(&m);
        by_sound(&m);
    }
    judge(&m, ret);
}

static void match_once(struct arena *mem, const struct address_index *ix, struct sv text,
                       bool remarks, int64_t scope, struct address_match *ret, bool *ret_brackets)
{
    struct tokens t;
    tokens_of(text, remarks, &t);
    *ret_brackets = t.brackets;
    match_tokens(mem, ix, &t, scope, ret);
    if (ret->best.level <= ADDRESS_COMMUNITY) {
        struct matching m = { .mem = mem, .ix = ix, .t = &t, .scope = scope };
        hits_of(ix, &t, &m.hits);
        ret->unknown = unknown_words(&m, text);
    }
}

void address_match(struct arena *mem, const struct address_index *ix, struct sv text,
                   int64_t scope, struct address_match *ret_match)
{
    struct address_match whole;
    bool brackets;
    text = sv_trim(text);
    match_once(mem, ix, text, false, scope, ret_match, &brackets);
    if (!brackets)
        return;
    /* A bracket may be part of the name, or hold the door. */
    match_once(mem, ix, text, true, scope, &whole, &brackets);
    bool better = whole.best.score > ret_match->best.score ||
                  (whole.best.score == ret_match->best.score &&
                   whole.best.level > ret_match->best.level) ||
                  (whole.best.level >= ADDRESS_COMPOUND &&
                   whole.best.compound != ret_match->best.compound);
    if (whole.best.level >= ADDRESS_COMPOUND && better)
        *ret_match = whole;
}

bool address_door(struct arena *mem, const struct address_index *ix, int64_t compound,
                  int64_t building, struct sv text, struct address_found *ret_found)
{
    struct tokens t;
    struct door d;
    uint32_t in = index_compound(ix, compound), at = index_building_of(ix, building);
    *ret_found = (struct address_found){ .score = 100 };
    tokens_of(text, false, &t);
    door_read(mem, &t, 0, &d);
    if (at)
        in = ix->building[at - 1].compound + 1;
    if (!in)
        return false;
    locate(ix, in - 1, at, &d, ret_found);
    return d.any;
}
