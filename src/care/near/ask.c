/* ask.c - reading the question: home, profile, filters. */

#include "care/near/ask.h"

#include "care/elder/elder.h"
#include "care/near/walk.h"

#include <stdlib.h>

enum { PRICE_FEN_MAX = 100000000 };

static const struct choice near_doors[] = {
    { "all", "全部", "all" },          { "home", "上门服务", "help at home" },
    { "meal", "吃饭", "meals" },       { "institution", "养老机构", "institutions" },
    { "other", "其他", "other" },      { 0 },
};

static const struct choice near_sorts[] = {
    [SORT_WALK] = { "walk", "步行时间", "walking time" },
    [SORT_PRICE] = { "price", "月费从低到高", "price, lowest first" },
    [SORT_LEVEL] = { "level", "等级从高到低", "level, highest first" },
    [SORT_BEDS] = { "beds", "空床从多到少", "free beds, most first" },
    [SORT_NAME] = { "name", "名称", "name" },
    { 0 },
};

const char *const near_filters[NEAR_FILTERS] = {
    [FILTER_MINUTES] = "minutes", [FILTER_WITHIN] = "within", [FILTER_MODE] = "operation_mode",
    [FILTER_LEVEL] = "level", [FILTER_BEDS] = "beds", [FILTER_PRICE] = "price_max",
    [FILTER_RATING] = "rating", [FILTER_MEDICAL] = "medical", [FILTER_ACCESSIBLE] = "accessible",
    [FILTER_OPEN] = "open", [FILTER_WORDS] = "q",
};

const struct field near_asked_fields[] = {
    FIELD(struct near_asked, lat, .low = -900000000, .high = 900000000, .zh = "纬度",
          .en = "Latitude"),
    FIELD(struct near_asked, lon, .low = -1800000000, .high = 1800000000, .zh = "经度",
          .en = "Longitude"),
    LINK(struct near_asked, compound, "compound", .zh = "小区", .en = "Compound"),
    LINK(struct near_asked, division, "division", .zh = "社区", .en = "Division"),
    LINK(struct near_asked, place, "place", .zh = "网点", .en = "Place"),
    CHOICE(struct near_asked, door, near_doors, .zh = "入口", .en = "Door"),
    CHOICE(struct near_asked, profile, walk_paces, .zh = "步速", .en = "Pace"),
    FIELD(struct near_asked, kind, .zh = "类型", .en = "Kinds, by comma"),
    FIELD(struct near_asked, category, .zh = "服务类别", .en = "Categories, by comma"),
    FIELD(struct near_asked, q, .high = 60, .zh = "关键词", .en = "Words"),
    LINK(struct near_asked, item, "catalogue_item", .zh = "服务项目", .en = "Item"),
    FIELD(struct near_asked, minutes, .low = 1, .high = NEAR_MINUTES_MAX, .zh = "分钟",
          .en = "Minutes"),
    FIELD(struct near_asked, limit, .low = 1, .high = NEAR_SIZE_MAX, .zh = "条数",
          .en = "How many"),
    FIELD(struct near_asked, offset, .low = 0, .high = NEAR_OFFSET_MAX, .zh = "跳过", .en = "Skip"),
    FIELD(struct near_asked, open, .zh = "只看营业中", .en = "Only open"),
    FIELD(struct near_asked, streets, .zh = "含街道", .en = "With streets"),
    FIELD(struct near_asked, at, .zh = "时刻", .en = "Moment"),
    LINK(struct near_asked, within, "division", .zh = "所属区域", .en = "Only in this division"),
    FIELD(struct near_asked, all, .zh = "不限步行时间", .en = "However far; implied without a home"),
    CHOICE(struct near_asked, sort, near_sorts, .zh = "排序", .en = "Order"),
    SET(struct near_asked, operation_mode, operation_modes, .zh = "机构性质",
        .en = "Run by one of these"),
    SET(struct near_asked, level, ability_grades, .zh = "收住能力等级",
        .en = "Takes all of these grades"),
    FIELD(struct near_asked, serves, .zh = "并回答由哪个驿站负责",
          .en = "And which station serves this home"),
    FIELD(struct near_asked, beds, .zh = "有空床", .en = "With a free bed"),
    FIELD(struct near_asked, price_min, .low = 0, .high = PRICE_FEN_MAX, .zh = "月费不低于（分）",
          .en = "A month for at least, fen"),
    FIELD(struct near_asked, price_max, .low = 0, .high = PRICE_FEN_MAX, .zh = "月费不高于（分）",
          .en = "A month for at most, fen"),
    CHOICE(struct near_asked, rating_scheme, rating_schemes, .zh = "评定体系（none 为不限）",
           .en = "Rated by; none is any"),
    FIELD(struct near_asked, rating, .low = 1, .high = 5, .zh = "等级不低于",
          .en = "Rated at least"),
    SET(struct near_asked, medical, medical_ways, .zh = "医养结合", .en = "Medical: one of these"),
    SET(struct near_asked, accessible, accessibilities, .zh = "无障碍设施",
        .en = "Accessible: all of these"),
    { 0 },
};

/* --- home --- */

static void add_start(const struct directory *d, enum profile profile, struct point at,
                      struct near_home *home)
{
    if (d->roads && home->n < NEAR_GATES_MAX &&
        roads_snap(d->roads, profile, at, ACCESS_M_DEFAULT, &home->from[home->n]))
        home->n++;
}

static bool gate_now(const struct listed_gate *g, int minute)
{
    return !g->night_closed || (minute >= g->open_min && minute < g->close_min);
}

/* At night, when every gate is closed, people still come home through one. */
static void start_at_gates(const struct directory *d, const struct listed_compound *k,
                           enum profile profile, struct moment at, struct near_home *home)
{
    for (int any = 0; any < 2 && home->n == 0; any++)
        for (uint32_t i = 0; i < k->gates_n; i++) {
            const struct listed_gate *g = &d->gate[k->first_gate + i];
            if (any || gate_now(g, minute_of(at)))
                add_start(d, profile, g->at, home);
        }
    if (home->n == 0)
        add_start(d, profile, k->at, home);
}

bool near_home_named(const struct near_asked *q)
{
    return q->compound.n || q->division.n || q->lat.e7 || q->lon.e7;
}

enum err near_home(struct ctx *c, const struct directory *d, const struct near_asked *q,
                   enum profile profile, struct moment at, struct near_home *ret_home)
{
    struct near_home home = { .at = { (int32_t)q->lat.e7, (int32_t)q->lon.e7 } };
    const struct listed_compound *k = q->compound.n ? directory_compound(d, q->compound.n) : NULL;
    const struct listed_division *v = q->division.n ? directory_division(d, q->division.n) : NULL;
    if ((q->compound.n && !k) || (q->division.n && !v))
        return fail(c, ERR_MISSING, "near.home_unknown", "no such compound or division");
    if (!near_home_named(q)) {
        fail_field(c, SV("lat"), "near.home");
        return fail_fields(c);
    }
    if (k || v) {
        home.name = k ? k->name : v->name;
        home.at = k ? k->at : v->at;
        home.scope = k ? k->scope : v->scope;
    }
    if (k)
        start_at_gates(d, k, profile, at, &home);
    else
        add_start(d, profile, home.at, &home);
    *ret_home = home;
    return ERR_NONE;
}

/* --- filters --- */

static struct sv keys_of(struct arena *mem, const struct choice *choices)
{
    struct buf b = buf_new(mem, 200);
    for (; choices->key; choices++) {
        buf_text(&b, b.len ? ", " : "");
        buf_text(&b, choices->key);
    }
    return buf_sv(&b);
}

/* "clinic,pharmacy" as bits; a word that is none notes the field. */
static uint32_t bits_of(struct ctx *c, const char *field, struct sv list,
                        const struct choice *choices)
{
    uint32_t bits = 0;
    struct sv word;
    while (sv_cut(&list, ',', &word)) {
        int i;
        if (choice_of(choices, sv_trim(word), &i))
            bits |= 1u << i;
        else
            fail_field_args(c, sv_of(field), "field.choice", keys_of(&c->mem, choices), SV(""));
    }
    return bits;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static void match_words(struct ctx *c, const struct directory *d, struct sv q, struct near_want *w)
{
    struct listed_found *found = NEW(&c->mem, struct listed_found, NEAR_MATCHES_MAX);
    size_t n = directory_find(&c->mem, d, q, 1u << LISTED_PLACE | 1u << LISTED_ITEM, found,
                              NEAR_MATCHES_MAX);
    uint32_t *names = NEW(&c->mem, uint32_t, n), *items = NEW(&c->mem, uint32_t, n);
    for (size_t i = 0; i < n; i++) {
        if (found[i].kind == LISTED_PLACE)
            names[w->names_n++] = found[i].ref;
        else
            items[w->items_n++] = found[i].ref;
    }
    if (w->names_n)
        qsort(names, w->names_n, sizeof *names, by_number);
    w->names = names;
    w->items = items;
    w->by_name = true;
}

/* Which filters there are to pass. */
static unsigned filters_of(const struct near_asked *q, const struct near_want *w)
{
    const bool asked[NEAR_FILTERS] = {
        [FILTER_WITHIN] = w->area, [FILTER_MODE] = q->operation_mode.bits,
        [FILTER_LEVEL] = q->level.bits, [FILTER_BEDS] = q->beds,
        [FILTER_PRICE] = q->price_min.fen || q->price_max.fen,
        [FILTER_RATING] = q->rating.known || q->rating_scheme, [FILTER_MEDICAL] = q->medical.bits,
        [FILTER_ACCESSIBLE] = q->accessible.bits, [FILTER_OPEN] = q->open,
        [FILTER_WORDS] = w->by_name,
    };
    unsigned bits = 0;
    for (int i = 0; i < NEAR_FILTERS; i++)
        bits |= (unsigned)asked[i] << i;
    return bits;
}

MUST static enum err read_area(struct ctx *c, const struct directory *d,
                               const struct near_asked *q, struct near_want *w)
{
    if (q->price_max.fen && q->price_max.fen < q->price_min.fen)
        fail_field(c, SV("price_max"), "near.prices");
    if (!q->within.n)
        return ERR_NONE;
    w->area = directory_division(d, q->within.n);
    if (!w->area)
        return fail(c, ERR_MISSING, "near.area_unknown", "no division %lld",
                    (long long)q->within.n);
    return ERR_NONE;
}

enum err near_want_of(struct ctx *c, const struct directory *d, const struct near_asked *q,
                      struct near_want *ret_want)
{
    struct near_want w = {
        .item = q->item.n, .open_only = q->open, .at = moment_known(q->at) ? q->at : c->now,
        .offset = q->offset.known ? (size_t)q->offset.n : 0,
        .size = q->limit.known ? (size_t)q->limit.n : NEAR_LIMIT_DEFAULT,
        .kinds = bits_of(c, "kind", q->kind, place_kinds),
        .categories = bits_of(c, "category", q->category, category_choices),
        .doors = q->door ? 1u << (q->door - 1) : 0,
        .openings = near_openings(&c->mem), .sort = (enum near_sort)q->sort, .care = q,
        .all = q->all || (q->within.n && !near_home_named(q)),
    };
    w.today = (int32_t)day_of(w.at).n;
    TRY(read_area(c, d, q, &w));
    int64_t minutes = q->minutes.known ? q->minutes.n : NEAR_MINUTES_DEFAULT;
    w.limit_ms = (uint32_t)minutes * 60000;
    w.profile = walk_pace(q->profile);
    if (q->q.len)
        match_words(c, d, q->q, &w);
    w.tags = w.kinds ? w.kinds << TAG_KIND
             : w.categories ? w.categories << TAG_CATEGORY
             : w.doors ? w.doors << TAG_DOOR : UINT32_MAX;
    w.asked = filters_of(q, &w);
    *ret_want = w;
    return fail_fields(c);
}
