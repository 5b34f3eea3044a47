/* explain.c - known names in a text, and what stands before the name of a compound. */

#include "care/address/inside.h"

enum {
    COST_CONTRADICTION = 30,   /* a division that it does not lie in */
    COST_UNKNOWN_CITY = 20,    /* a city or district nobody knows */
    COST_UNKNOWN_AREA = 12,    /* a street office or community nobody knows */
    COST_UNKNOWN_STREET = 3,
    COST_BARE_STREET = 5,      /* without a number */
    COST_TOKEN = 8,
    COST_BESIDE = 30,          /* right before the name: 老柳荫里 is not 柳荫里 */
    POSTCODE = 100000, WORD_MAX = 7,
};

/* Where the name of a division or street may end, known or not. */
static void ends_of(const struct tokens *t, struct hits *h)
{
    static const char16_t *const cities[] = { u"自治州", u"市", u"区", u"县", u"旗", NULL };
    static const char16_t *const areas[] = { u"街道办事处", u"街道", u"社区居委会", u"社区", u"居委会",
                                             u"村委会", u"镇", u"乡", u"村", NULL };
    static const char16_t *const streets[] = { u"胡同", u"大街", u"大道", u"路", u"街", u"道", u"巷",
                                               u"弄", u"条", NULL };
    static const char16_t *const fillers[] = { u"中国", u"家庭住址", u"现居住地", u"居住地址", u"居住地",
                                               u"居住在", u"现住址", u"家住在", u"现住在", u"住在",
                                               u"位于", u"家住", u"住址", u"地址", u"现居",
                                               u"现住", u"户籍", u"辖区", u"住", u"的", NULL };
    for (size_t i = 0; i < t->n; i++) {
        h->filler[i] = (uint8_t)words_at(t, i, fillers);
        h->province[i] = (uint8_t)word_at(t, i, u"省");
        h->city[i] = (uint8_t)words_at(t, i, cities);
        h->area[i] = (uint8_t)words_at(t, i, areas);
        h->street[i] = (uint8_t)words_at(t, i, streets);
    }
}

void hits_of(const struct address_index *ix, const struct tokens *t, struct hits *ret_hits)
{
    ret_hits->n = 0;
    ends_of(t, ret_hits);
    for (size_t i = 0; i < t->n; i++) {
        uint64_t h = HASH_START;
        bool on = true;
        for (size_t j = i; j < t->n && on; j++) {
            h = hash_step(h, t->at[j]);
            const struct name *n = index_first(ix, &ix->names, h, &on);
            for (; n && ret_hits->n < HITS_MAX; n = n->next ? &ix->name[n->next - 1] : NULL)
                ret_hits->at[ret_hits->n++] = (struct hit){
                    (uint16_t)i, (uint16_t)(j + 1), (uint32_t)(n - ix->name)
                };
        }
    }
}

size_t number_end(const struct tokens *t, size_t i)
{
    static const char16_t *const ends[] = { u"号大院", u"号院", u"号弄", u"号", u"弄", NULL };
    size_t len = words_at(t, i, ends);
    if (i >= t->n)
        return i;
    if (!len || word_at(t, i + len, u"附") || word_at(t, i, u"号楼"))
        return 0;
    return i + len;
}

/* 18号, 18-1号, 18号院 at i; 0: no number of a house. */
static size_t house_end(const struct tokens *t, size_t i)
{
    if (i >= t->n || !token_is_number(t->at[i]))
        return 0;
    size_t end = i + 1;
    if (end + 1 < t->n && (t->at[end] == TOKEN_DASH || t->at[end] == u'之') &&
        token_is_number(t->at[end + 1]))
        end += 2;
    end = number_end(t, end);
    return end;
}

/* --- the cheapest explanation --- */

struct path { int cost; unsigned why; };
struct search {
    const struct address_index *ix;
    const struct tokens *t;
    const struct hits *hits;
    size_t to;
    int64_t scope;
    struct path at[ADDRESS_TOKENS_MAX + 1];
};

static void reach(struct search *s, size_t from, size_t to, int cost, unsigned why)
{
    if (to > s->to || s->at[from].cost + cost >= s->at[to].cost)
        return;
    s->at[to] = (struct path){ s->at[from].cost + cost, s->at[from].why | why };
}

static void by_street(struct search *s, size_t from, size_t end, int cost)
{
    size_t house = house_end(s->t, end);
    if (house)
        reach(s, from, house, cost, 0);
    reach(s, from, end, cost + COST_BARE_STREET, 0);
}

static bool holds(const struct search *s, const struct name *n)
{
    return s->scope == 0 || division_covers(&s->ix->division[n->ref], s->scope);
}

/* A known division that it does not lie in is no unknown word: 望江街 of 望江街道. */
static bool contradicted(const struct search *s, size_t from, size_t to)
{
    for (size_t i = 0; i < s->hits->n; i++) {
        const struct hit *h = &s->hits->at[i];
        const struct name *n = &s->ix->name[h->name];
        if (h->from < to && h->to > from && n->kind == NAME_DIVISION && !holds(s, n))
            return true;
    }
    return false;
}

static void by_hit(struct search *s, const struct hit *h)
{
    const struct name *n = &s->ix->name[h->name];
    if (n->kind == NAME_DIVISION) {
        bool in = holds(s, n);
        reach(s, h->from, h->to, in ? 0 : COST_CONTRADICTION, in ? 0 : ADDRESS_CONTRADICTS);
    } else if (n->kind == NAME_STREET) {
        by_street(s, h->from, h->to, 0);
    }
}

/* Words nobody knows that end like a division or a street. */
static void by_form(struct search *s, size_t from)
{
    const struct hits *h = s->hits;
    bool on = true;
    for (size_t i = from + 1; i < s->to && i < from + WORD_MAX && on; i++) {
        if (s->t->at[i] == TOKEN_DASH || contradicted(s, from, i))
            return;
        if (h->province[i])
            reach(s, from, i + 1, 1, 0);
        if (h->area[i]) {
            reach(s, from, i + h->area[i], COST_UNKNOWN_AREA, ADDRESS_FAR_STREET);
        } else if (h->city[i]) {
            reach(s, from, i + h->city[i], COST_UNKNOWN_CITY, ADDRESS_FAR_STREET);
            on = false;
        } else if (h->street[i]) {
            by_street(s, from, i + h->street[i], COST_UNKNOWN_STREET);
        }
    }
}

static void by_token(struct search *s, size_t from)
{
    const struct tokens *t = s->t;
    size_t len = s->hits->filler[from];
    bool code = from == 0 && token_is_number(t->at[0]) && token_number(t->at[0]) >= POSTCODE;
    if (len)
        reach(s, from, from + len, 0, 0);
    if (t->at[from] == TOKEN_DASH || code)
        reach(s, from, from + 1, 0, 0);
    reach(s, from, from + 1, from + 1 == s->to ? COST_BESIDE : COST_TOKEN, ADDRESS_UNKNOWN);
}

struct explained explain_before(const struct address_index *ix, const struct tokens *t,
                                const struct hits *hits, size_t to, int64_t scope)
{
    struct search s = { .ix = ix, .t = t, .hits = hits, .to = to, .scope = scope };
    size_t next = 0;
    for (size_t i = 1; i <= to; i++)
        s.at[i].cost = INT16_MAX;
    for (size_t i = 0; i < to; i++) {
        for (; next < hits->n && hits->at[next].from <= i; next++)
            if (hits->at[next].from == i)
                by_hit(&s, &hits->at[next]);
        by_form(&s, i);
        by_token(&s, i);
    }
    return (struct explained){ s.at[to].cost, s.at[to].why };
}
