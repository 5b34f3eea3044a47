/* probes.c - what a typed word looks up. */

#include "model/search/entries.h"
#include "model/search/pieces.h"

enum { CUT_STEPS_MAX = 2000 };        /* pieces looked at for one word: it may be anything */

/* One piece of a mixture. */
struct piece {
    struct sv text;
    char      initial;                   /* 0: a character without a reading */
    bool      character, digits;
    bool      whole;                     /* letters: a syllable, of more than one letter */
};
struct pieces { struct piece at[PIECES_MAX]; size_t n, want; };

/* A search for cuts on its way. */
struct cutting { struct arena *mem; struct pieces pieces; struct probes *probes; int steps; };

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Pieces that plain beginnings find already: only whole syllables, or only first letters. */
static bool plain(const struct pieces *p)
{
    bool syllables = true, letters = true, characters = true;
    for (size_t i = 0; i < p->n; i++) {
        const struct piece *x = &p->at[i];
        bool last = i + 1 == p->n;
        characters = characters && (x->character || x->digits);
        syllables = syllables && !x->character && (x->whole || x->digits || last);
        letters = letters && !x->character && (x->digits || x->text.len == 1);
    }
    return syllables || letters || characters;
}

static void put_piece(struct buf *like, const struct pieces *p, size_t i)
{
    const struct piece *x = &p->at[i];
    bool last = i + 1 == p->n;
    buf_byte(like, piece_sign(i));
    if (!x->character)
        buf_byte(like, '_');
    buf_put(like, x->text);
    if (last || x->character || (!x->digits && x->text.len == 1) || !(x->whole || x->digits))
        buf_byte(like, '%');
}

/* No syllable begins so: only a foreign word does. */
static bool begins_nothing(const struct piece *x)
{
    return x->initial == 'i' || x->initial == 'u' || x->initial == 'v';
}

/*
 * What follows the first place begins entries of its own. The rarest piece is the one to ask for:
 * what begins no syllable, else the longest; any other first letter tells nothing. Where the first
 * place has no reading, that of the others may stand as that of the whole, at another rank.
 */
static struct sv rarest_inside(const struct pieces *p)
{
    struct sv longest = SV("");
    if (!p->at[0].initial)
        return longest;
    for (size_t i = 1; i < p->n; i++) {
        if (begins_nothing(&p->at[i]))
            return p->at[i].text;
        if (p->at[i].text.len > 1 && !p->at[i].digits && p->at[i].text.len > longest.len)
            longest = p->at[i].text;
    }
    return longest;
}

static void probe_add(struct cutting *k)
{
    const struct pieces *p = &k->pieces;
    struct buf low = buf_new(k->mem, 16), like = buf_new(k->mem, 64);
    for (size_t i = 0; i < p->n; i++) {
        if (p->at[i].digits)
            buf_put(&low, p->at[i].text);
        else if (p->at[i].initial)
            buf_byte(&low, p->at[i].initial);
    }
    buf_put(&like, buf_sv(&low));
    buf_text(&like, "%/");
    for (size_t i = 0; i < p->n; i++)
        put_piece(&like, p, i);
    if (low.len && k->probes->n < PROBES_MAX)
        k->probes->at[k->probes->n++] = (struct probe){ buf_sv(&low), buf_sv(&like),
                                                        rarest_inside(p) };
}

static void cut(struct cutting *k, struct sv rest);

static void cut_with(struct cutting *k, struct piece piece, struct sv rest)
{
    k->pieces.at[k->pieces.n++] = piece;
    cut(k, rest);
    k->pieces.n--;
}

static bool two_letters(struct sv s)
{
    return s.len == 2 && s.at[1] == 'h' && (s.at[0] == 'z' || s.at[0] == 'c' || s.at[0] == 's');
}

/* Letters: the longest piece first, so that the likeliest cuts come first. */
static void cut_letters(struct cutting *k, struct sv rest)
{
    bool last = k->pieces.n + 1 == k->pieces.want;
    size_t run = 0;
    while (run < rest.len && is_letter(rest.at[run]))
        run++;
    for (size_t len = run < 7 ? run : 7; len > 0; len--) {
        struct sv text = sv_head(rest, len);
        bool whole = false, begins = pinyin_begins(text, &whole);
        bool may_end = last && len == rest.len && begins;
        if (whole || len == 1 || two_letters(text) || may_end)
            cut_with(k, (struct piece){ .text = text, .initial = text.at[0],
                                         .whole = whole && len > 1 },
                     sv_from(rest, len));
    }
}

static void cut_digits(struct cutting *k, struct sv rest)
{
    size_t run = 0;
    while (run < rest.len && run < RUN_MAX && is_digit(rest.at[run]))
        run++;
    struct sv text = sv_head(rest, run);
    cut_with(k, (struct piece){ .text = text, .digits = true }, sv_from(rest, run));
}

/* A character stands at its place whatever it is read as there; the initial must fit. */
static void cut_character(struct cutting *k, struct sv rest)
{
    struct sv look = rest;
    uint32_t rune = 0;
    struct readings r;
    char tried[READINGS_MAX + 1];
    size_t n = 0;
    (void)sv_rune(&look, &rune);
    pinyin_of(rune, &r);
    struct piece piece = { .text = sv_head(rest, rest.len - look.len), .character = true };
    struct sv surname = surname_reading(rune);
    if (surname.len)
        readings_prefer(&r, surname);
    for (size_t i = 0; i < r.today; i++) {
        bool again = false;
        piece.initial = r.at[i].at[0];
        for (size_t t = 0; t < n; t++)
            again = again || tried[t] == piece.initial;
        tried[n++] = piece.initial;
        if (!again)
            cut_with(k, piece, look);
    }
    if (r.n == 0)
        cut_with(k, piece, look);
}

static void cut(struct cutting *k, struct sv rest)
{
    struct pieces *p = &k->pieces;
    k->steps++;
    if (rest.len == 0 && p->n == p->want && !plain(p))
        probe_add(k);
    if (rest.len == 0 || p->n == p->want || k->probes->n == PROBES_MAX ||
        k->steps > CUT_STEPS_MAX)
        return;
    if (is_letter(rest.at[0]))
        cut_letters(k, rest);
    else if (is_digit(rest.at[0]))
        cut_digits(k, rest);
    else
        cut_character(k, rest);
}

void probes_of(struct arena *mem, struct sv word, struct probes *ret_probes)
{
    struct cutting k = { .mem = mem, .probes = ret_probes };
    ret_probes->n = 0;
    if (word.len == 0)
        return;
    ret_probes->at[ret_probes->n++] = (struct probe){ key_cut(word), SV(""), SV("") };
    for (k.pieces.want = 2; k.pieces.want <= PIECES_MAX; k.pieces.want++)
        cut(&k, word);
}

/* --- rows at hand --- */

/* LIKE with % and _ over UTF-8, as both databases do it. */
static bool like(struct sv text, struct sv pattern)
{
    uint32_t rune;
    while (pattern.len && pattern.at[0] != '%') {
        if (pattern.at[0] == '_') {
            if (!sv_rune(&text, &rune))
                return false;
        } else if (text.len == 0 || text.at[0] != pattern.at[0]) {
            return false;
        } else {
            text = sv_from(text, 1);
        }
        pattern = sv_from(pattern, 1);
    }
    if (pattern.len == 0)
        return text.len == 0;
    for (pattern = sv_from(pattern, 1);; text = sv_from(text, 1)) {
        if (like(text, pattern))
            return true;
        if (text.len == 0)
            return false;
    }
}

bool probe_meets(const struct probe *p, struct sv key)
{
    return sv_starts(key, p->low) && (p->like.len == 0 || like(key, p->like));
}

enum meeting meeting_of(enum search_rank rank, bool cut)
{
    static const enum meeting meetings[RANKS][2] = {
        [RANK_START] = { MEETS_START, MEETS_START_CUT },
        [RANK_OTHER_READING] = { MEETS_OTHER, MEETS_OTHER_CUT },
        [RANK_INSIDE] = { MEETS_INSIDE, MEETS_INSIDE },
    };
    return meetings[rank][cut];
}

int entries_rank(const struct entries *entries, struct sv word, const struct probes *probes)
{
    int best = MEETINGS;
    for (size_t i = 0; i < entries->n; i++) {
        const struct entry *e = &entries->at[i];
        for (size_t p = 0; p < probes->n; p++) {
            int met = (int)meeting_of(e->rank, p > 0);
            if (met < best && probe_meets(&probes->at[p], e->key))
                best = met;
        }
        if (e->rank != RANK_INSIDE && sv_eq(e->key, word))
            return -1;
    }
    return best;
}
