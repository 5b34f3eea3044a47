/* entries.c - what a text is stored under. */

#include "model/search/entries.h"
#include "model/search/pieces.h"

enum { WAYS_MAX = 8, KEY_MAX = 40 };

/* One sign a place in the text; none is in a word, none means anything to LIKE. */
static const char signs[PIECES_MAX + 1] = "!\"#$&'()";

char piece_sign(size_t place)
{
    return signs[place];
}

struct sv key_cut(struct sv key)
{
    size_t len = key.len < KEY_MAX ? key.len : KEY_MAX;
    while (len > 0 && len < key.len && (key.at[len] & 0xC0) == 0x80)
        len--;
    return sv_head(key, len);
}

static void entry_add(struct entries *all, struct sv key, enum search_rank rank)
{
    if (key.len == 0 || all->n == ENTRIES_MAX)
        return;
    for (size_t i = 0; i < all->n; i++)
        if (sv_eq(all->at[i].key, key)) {
            if (rank < all->at[i].rank)
                all->at[i].rank = rank;
            return;
        }
    all->at[all->n++] = (struct entry){ key, rank };
}

/* --- ways to read --- */

/* Of each unit the number of its reading. */
struct way { uint8_t reading[UNITS_MAX]; };
struct ways { struct way at[WAYS_MAX]; size_t n; };

static void way_add(struct ways *w, struct way way)
{
    if (w->n < WAYS_MAX)
        w->at[w->n++] = way;
}

/* The usual way, then one character otherwise, then several; old readings one at a time. */
static void ways_of(const struct text_units *us, size_t from, struct ways *w)
{
    *w = (struct ways){ .n = 1 };
    for (size_t i = from; i < us->n; i++)
        for (size_t r = 1; r < us->at[i].readings.today; r++) {
            struct way way = { { 0 } };
            way.reading[i] = (uint8_t)r;
            way_add(w, way);
        }
    size_t single = w->n;
    for (size_t a = 1; a < single; a++)
        for (size_t b = a + 1; b < single; b++) {
            struct way way = w->at[a];
            size_t i = from;
            while (w->at[b].reading[i] == 0)
                i++;
            if (way.reading[i])
                continue;
            way.reading[i] = w->at[b].reading[i];
            way_add(w, way);
        }
}

static struct sv reading_of(const struct text_units *us, const struct way *w, size_t i)
{
    const struct readings *r = &us->at[i].readings;
    return r->n ? r->at[w->reading[i]] : SV("");
}

/* --- the three sorts --- */

static struct sv characters(struct arena *mem, const struct text_units *us, size_t from)
{
    struct buf b = buf_new(mem, KEY_MAX + RUN_MAX);
    for (size_t i = from; i < us->n && b.len <= KEY_MAX; i++)
        buf_put(&b, us->at[i].text);
    return key_cut(buf_sv(&b));
}

static struct sv whole(struct arena *mem, const struct text_units *us, size_t from,
                       const struct way *w)
{
    struct buf b = buf_new(mem, KEY_MAX + RUN_MAX);
    for (size_t i = from; i < us->n && b.len <= KEY_MAX; i++)
        buf_put(&b, reading_of(us, w, i));
    return key_cut(buf_sv(&b));
}

static struct sv initials(struct arena *mem, const struct text_units *us, size_t from,
                          const struct way *w)
{
    struct buf b = buf_new(mem, 64);
    size_t end = us->n < from + PIECES_MAX ? us->n : from + PIECES_MAX;
    for (size_t i = from; i < end; i++)
        buf_put(&b, us->at[i].digits ? us->at[i].text : sv_head(reading_of(us, w, i), 1));
    if (b.len == 0)
        return SV("");
    buf_byte(&b, '/');
    for (size_t i = from; i < end; i++) {
        buf_byte(&b, piece_sign(i - from));
        buf_put(&b, us->at[i].run ? SV("=") : us->at[i].text);
        buf_put(&b, reading_of(us, w, i));
    }
    return buf_sv(&b);
}

/* Old readings only of the whole text: nobody types the end of a name so. */
static void entries_old(struct arena *mem, const struct text_units *us, struct entries *all)
{
    for (size_t i = 0; i < us->n; i++)
        for (size_t r = us->at[i].readings.today; r < us->at[i].readings.n; r++) {
            struct way way = { { 0 } };
            way.reading[i] = (uint8_t)r;
            entry_add(all, whole(mem, us, 0, &way), RANK_OTHER_READING);
        }
}

static void entries_from(struct arena *mem, const struct text_units *us, size_t from,
                         struct entries *all)
{
    struct ways ways;
    enum search_rank rank = from ? RANK_INSIDE : RANK_START;
    ways_of(us, from, &ways);
    entry_add(all, characters(mem, us, from), rank);
    for (size_t i = 0; i < ways.n; i++) {
        if (i && !from)
            rank = RANK_OTHER_READING;
        entry_add(all, whole(mem, us, from, &ways.at[i]), rank);
        if (from + 1 < us->n)
            entry_add(all, initials(mem, us, from, &ways.at[i]), rank);
    }
    if (from == 0)
        entries_old(mem, us, all);
}

void entries_add(struct arena *mem, struct sv text, bool person, struct entries *entries)
{
    struct text_units us;
    units_of(mem, text, person, &us);
    for (size_t from = 0; from < us.n; from++)
        entries_from(mem, &us, from, entries);
}

void entries_of(struct arena *mem, struct sv text, bool person, struct entries *ret_entries)
{
    ret_entries->n = 0;
    entries_add(mem, text, person, ret_entries);
}
