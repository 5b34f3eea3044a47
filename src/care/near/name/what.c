/* what.c - one box for everything: services, places, compounds, answers and notices by name. */

#include "care/near/ask.h"
#include "care/near/name/where.h"
#include "model/search/pinyin.h"

enum { EACH_DEFAULT = 6, PART_BYTES_MIN = 4, RUNES_MAX = 60,
       WRITTEN_MIN = 2, SOUNDS_MIN = 3 };

static const enum listed_kind order[] = { LISTED_ITEM, LISTED_PLACE, LISTED_COMPOUND,
                                          LISTED_KNOWN, LISTED_NOTICE };

/* Row 0 is what is meant when nothing is said; the others in the order above. */
static const struct choice what_kinds[] = {
    { "all", "全部", "all" },           { "service", "服务", "services" },
    { "place", "地方", "places" },      { "compound", "小区", "compounds" },
    { "answer", "常见问题", "answers" }, { "notice", "通知", "notices" },
    { 0 },
};

enum what_way { WAY_SOUND, WAY_PART };
const struct choice what_ways[] = {
    [WAY_SOUND] = { "sound", "读音相同", "it sounds alike" },
    [WAY_PART] = { "part", "其中一部分", "a part of it" },
    { 0 },
};

const struct field what_asked_fields[] = {
    FIELD(struct what_asked, q, .high = 60, .zh = "名称、拼音或首字母",
          .en = "Name, pinyin or initials"),
    FIELD(struct what_asked, limit, .low = 1, .high = WHERE_LIMIT_MAX, .zh = "每类条数",
          .en = "How many of each kind"),
    FIELD(struct what_asked, lat, .low = -900000000, .high = 900000000, .zh = "纬度",
          .en = "Latitude"),
    FIELD(struct what_asked, lon, .low = -1800000000, .high = 1800000000, .zh = "经度",
          .en = "Longitude"),
    CHOICE(struct what_asked, kind, what_kinds, .zh = "类别", .en = "Only of this kind"),
    { 0 },
};

/* The question being answered. */
struct what {
    struct directory        *d;
    const struct what_asked *asked;
    struct sv                words;
    struct point             home;       /* all zero: not said */
    struct near_want         want;       /* for what a place's answer says of its hours */
};

/* --- one hit --- */

static struct sv link_to(struct ctx *c, const char *page, int64_t id)
{
    return sv_fmt(&c->mem, "%s%lld", page, (long long)id);
}

static struct sv word_of(const struct ctx *c, const struct choice *k)
{
    return sv_of(c->lang == LANG_ZH ? k->zh : k->en);
}

static void write_hit(struct json *j, int64_t id, struct sv title, struct sv sub, struct sv href)
{
    json_id(j, "id", id);
    json_text(j, "title", title);
    json_text(j, "sub", sub);
    json_text(j, "href", href);
}

static void write_place(struct ctx *c, struct json *j, const struct what *w, uint32_t ref)
{
    const struct listed_place *p = &w->d->place[ref];
    bool far = point_told(w->home);
    struct near_hit hit = { .place = ref, .ms = NEAR_FAR };
    if (far)
        hit.ms |= (uint32_t)point_distance_m(w->home, p->at);
    write_hit(j, p->id, p->name,
              p->address.len ? p->address : word_of(c, &place_kinds[w->d->kind[ref]]),
              link_to(c, "/place/", p->id));
    near_item_json(j, "place", w->d, &hit, &w->want, c->lang);
}

static void write_found(struct ctx *c, struct json *j, const struct what *w,
                        const struct listed_found *f)
{
    const struct directory *d = w->d;
    json_object(j, NULL);
    if (f->kind == LISTED_ITEM) {
        const struct listed_item *t = &d->item[f->ref];
        write_hit(j, t->id, t->plain_name, word_of(c, &category_choices[t->category]),
                  link_to(c, "/near?item=", t->id));
        json_text(j, "category", sv_of(category_choices[t->category].key));
    } else if (f->kind == LISTED_PLACE) {
        write_place(c, j, w, f->ref);
    } else if (f->kind == LISTED_COMPOUND) {
        const struct listed_compound *k = &d->compound[f->ref];
        write_hit(j, k->id, k->name, k->path, link_to(c, "/near?compound=", k->id));
    } else if (f->kind == LISTED_KNOWN) {
        const struct listed_known *k = &d->known[f->ref];
        write_hit(j, k->id, k->question, SV(""), link_to(c, "/answers?open=", k->id));
    } else {
        const struct listed_notice *n = &d->notice[f->ref];
        write_hit(j, n->id, n->title, SV(""), link_to(c, "/notice/", n->id));
    }
    json_end(j, '}');
}

/* --- groups --- */

static bool shown_today(const struct what *w, const struct listed_found *f)
{
    const struct listed_notice *n = f->kind == LISTED_NOTICE ? &w->d->notice[f->ref] : NULL;
    if (f->kind == LISTED_KNOWN)
        return w->want.today <= w->d->known[f->ref].to;
    return !n || (w->want.today >= n->from && w->want.today <= n->to);
}

/* Of equally good names the nearer place first. */
static void nearer_first(const struct what *w, struct listed_found *f, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && f[k].weight == f[k - 1].weight &&
                           point_distance_m(w->home, w->d->place[f[k].ref].at) <
                               point_distance_m(w->home, w->d->place[f[k - 1].ref].at); k--) {
            struct listed_found other = f[k];
            f[k] = f[k - 1];
            f[k - 1] = other;
        }
}

/* The hits of a kind that may be shown, best first. */
static size_t hits_of(struct ctx *c, const struct what *w, size_t kind, struct listed_found *found)
{
    size_t kept = 0;
    if (w->asked->kind && (size_t)w->asked->kind != kind + 1)
        return 0;
    size_t n = directory_find(&c->mem, w->d, w->words, 1u << order[kind], found, WHERE_LIMIT_MAX);
    for (size_t i = 0; i < n; i++)
        if (shown_today(w, &found[i]))
            found[kept++] = found[i];
    if (order[kind] == LISTED_PLACE && point_told(w->home))
        nearer_first(w, found, kept);
    return kept;
}

static bool write_groups(struct ctx *c, struct json *j, const struct what *w)
{
    size_t each = w->asked->limit.known ? (size_t)w->asked->limit.n : EACH_DEFAULT;
    bool any = false;
    for (size_t kind = 0; kind < sizeof order / sizeof *order; kind++) {
        struct listed_found found[WHERE_LIMIT_MAX];
        size_t n = hits_of(c, w, kind, found);
        if (n == 0)
            continue;
        any = true;
        json_object(j, NULL);
        json_text(j, "kind", sv_of(what_kinds[kind + 1].key));
        json_array(j, "items");
        for (size_t i = 0; i < n && i < each; i++)
            write_found(c, j, w, &found[i]);
        json_end(j, ']');
        json_end(j, '}');
    }
    return any;
}

/* --- what else it may have been --- */

static bool finds(struct ctx *c, const struct what *w, struct sv words)
{
    struct what other = *w;
    struct listed_found found[WHERE_LIMIT_MAX];
    other.words = words;
    for (size_t kind = 0; kind < sizeof order / sizeof *order; kind++)
        if (hits_of(c, &other, kind, found))
            return true;
    return false;
}

/* 柳阴里 as liuyinli; "" where something in it has no reading. */
static struct sv sound_of(struct ctx *c, struct sv words)
{
    struct buf b = buf_new(&c->mem, 64);
    uint32_t rune;
    while (sv_rune(&words, &rune)) {
        struct readings r;
        pinyin_of(rune, &r);
        if (r.n == 0)
            return SV("");
        buf_put(&b, r.at[0]);
    }
    return buf_sv(&b);
}

/* Where each character of the words begins, and their end; how many there are. */
static size_t runes_of(struct sv all, size_t *ret_at)
{
    struct sv rest = all;
    uint32_t rune;
    size_t n = 0;
    do
        ret_at[n++] = all.len - rest.len;
    while (n <= RUNES_MAX && sv_rune(&rest, &rune));
    return n - 1;
}

/* The longest part of `least` characters or more that finds something; of equals the first. */
static bool find_part(struct ctx *c, struct what *w, size_t least, bool by_sound)
{
    size_t at[RUNES_MAX + 1];
    struct sv all = sv_trim(w->asked->q);
    size_t n = runes_of(all, at);
    for (size_t len = n; len >= least; len--)
        for (size_t from = 0; from + len <= n; from++) {
            struct sv part = sv_head(sv_from(all, at[from]), at[from + len] - at[from]);
            struct sv words = by_sound ? sound_of(c, part) : part;
            if (words.len < PART_BYTES_MIN || !finds(c, w, words))
                continue;
            w->words = words;
            return true;
        }
    return false;
}

/* All of it by its sound, then a part as it is written, then a part by its sound. */
static bool find_instead(struct ctx *c, struct what *w, enum what_way *ret_way)
{
    *ret_way = WAY_SOUND;
    struct sv sound = sound_of(c, sv_trim(w->asked->q));
    if (sound.len >= PART_BYTES_MIN && finds(c, w, sound)) {
        w->words = sound;
        return true;
    }
    *ret_way = WAY_PART;
    return find_part(c, w, WRITTEN_MIN, false) ||
           find_part(c, w, SOUNDS_MIN, true);
}

static void write_what(struct ctx *c, struct json *j, struct what *w)
{
    enum what_way way;
    json_array(j, "groups");
    bool instead = !write_groups(c, j, w) && find_instead(c, w, &way);
    if (instead)
        (void)write_groups(c, j, w);
    json_end(j, ']');
    if (!instead)
        return;
    json_object(j, "used");
    json_text(j, "words", w->words);
    json_text(j, "way", sv_of(what_ways[way].key));
    json_end(j, '}');
}

enum err what_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct what w = { .asked = q->query };
    struct near_asked now;
    record_clear(near_asked_fields, &now);
    w.words = w.asked->q;
    w.home = (struct point){ (int32_t)w.asked->lat.e7, (int32_t)w.asked->lon.e7 };
    TRY(directory_enter(c, &w.d));
    enum err err = near_want_of(c, w.d, &now, &w.want);
    if (err == ERR_NONE)
        write_what(c, &a->json, &w);
    directory_leave(c, w.d);
    return err;
}
