/* text.c - a text as tokens: widths, numerals, brackets and blanks evened out. */

#include "care/address/inside.h"

enum { NUMERALS_MAX = 16, NUMBER_MAX = 99999999, TEN = 10, HUNDRED = 100, THOUSAND = 1000 };

static bool among(uint32_t rune, const char16_t *set)
{
    for (; *set; set++)
        if (*set == rune)
            return true;
    return false;
}

/* Characters in the older form that a door is written with. */
static uint32_t plain_rune(uint32_t r)
{
    static const char16_t old[] = u"號樓棟單區園莊裏裡門層華陰蔭雲長車東馬鎮鄉縣衚衖";
    static const char16_t now[] = u"号楼栋单区园庄里里门层华阴荫云长车东马镇乡县胡弄";
    if (r >= 0xFF01 && r <= 0xFF5E)
        r -= 0xFEE0;
    if (r >= 'a' && r <= 'z')
        return r - 'a' + 'A';
    for (size_t i = 0; old[i] && r >= 0x4E00; i++)
        if (old[i] == r)
            return now[i];
    return r;
}

static bool is_dash(uint32_t r)
{
    return r == '-' || r == '_' || r == '/' || r == '\\' || r == '~' ||
           among(r, u"—–－―‐‑−～·﹣／");
}

static bool is_open(uint32_t r)
{
    return r == '(' || r == '[' || r == '{' || r == '<' || among(r, u"【〔〈《「（");
}

static bool is_close(uint32_t r)
{
    return r == ')' || r == ']' || r == '}' || r == '>' || among(r, u"】〕〉》」）");
}

/* --- numerals --- */

/* 0..9; 10, 100, 1000; 20 and 30 (廿 卅); -1: no numeral. */
static int numeral(uint32_t r)
{
    static const char16_t plain[] = u"零一二三四五六七八九";
    static const char16_t formal[] = u"〇壹贰叁肆伍陆柒捌玖";
    for (int i = 0; i < TEN; i++)
        if (plain[i] == r || formal[i] == r)
            return i;
    switch (r) {
    case u'两': return 2;
    case u'○': return 0;
    case u'十': case u'拾': return TEN;
    case u'百': case u'佰': return HUNDRED;
    case u'千': case u'仟': return THOUSAND;
    case u'廿': return 2 * TEN;
    case u'卅': return 3 * TEN;
    default: return -1;
    }
}

static bool any_unit(const int *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (v[i] >= TEN)
            return true;
    return false;
}

/* One number of n numerals; returns how many it is made of, 0 when it is none (百子湾). */
static size_t numerals_read(const int *v, size_t n, uint32_t *ret_number)
{
    uint32_t total = 0;
    int last = THOUSAND * TEN;
    size_t i = 0;
    if (!any_unit(v, n)) {
        for (; i < n && total < NUMBER_MAX / TEN; i++)
            total = total * TEN + (uint32_t)v[i];
    } else {
        while (i < n) {
            bool unit_next = i + 1 < n && v[i + 1] >= TEN && v[i + 1] % TEN == 0 &&
                             (v[i + 1] == TEN || v[i + 1] >= HUNDRED);
            if (v[i] > 0 && v[i] < TEN && unit_next && v[i + 1] < last) {
                total += (uint32_t)(v[i] * v[i + 1]);
                last = v[i + 1];
                i += 2;
            } else if (v[i] >= TEN && v[i] < HUNDRED && last > TEN) {
                total += (uint32_t)v[i];
                last = TEN;
                i++;
            } else if (v[i] == 0 && i > 0) {
                i++;
            } else if (v[i] < TEN && v[i] > 0 && last > 1) {
                total += (uint32_t)v[i];
                last = 1;
                i++;
                break;
            } else {
                break;
            }
        }
    }
    *ret_number = total;
    return i;
}

/* --- reading --- */

struct reading_text {
    struct sv whole, rest;
    struct tokens *t;
    bool remarks;
};

static uint16_t place_of(const struct reading_text *r)
{
    return (uint16_t)(r->whole.len - r->rest.len);
}

static void push(struct tokens *t, uint32_t token, uint16_t from)
{
    bool after_number = t->n && token_is_number(t->at[t->n - 1]);
    if (token == TOKEN_DASH && (t->n == 0 || t->at[t->n - 1] == TOKEN_DASH))
        return;
    if (token_is_number(token) && after_number)
        push(t, TOKEN_DASH, from);
    if (t->n < ADDRESS_TOKENS_MAX) {
        t->from[t->n] = from;
        t->at[t->n++] = token;
    }
}

static bool digit_of(uint32_t r, uint32_t *ret_digit)
{
    r = plain_rune(r);
    bool zero = r == u'〇' || r == u'○' || r == u'零';
    *ret_digit = zero ? 0 : r - '0';
    return zero || (r >= '0' && r <= '9');
}

/* A run of digits, with 〇 among them. */
static void digits_take(struct reading_text *r, uint32_t first, uint16_t from)
{
    uint32_t n = first, rune, digit;
    struct sv after = r->rest;
    while (sv_rune(&after, &rune) && digit_of(rune, &digit)) {
        n = n < NUMBER_MAX / TEN ? n * TEN + digit : NUMBER_MAX;
        r->rest = after;
    }
    push(r->t, TOKEN_NUMBER | n, from);
}

/* A run of numerals, of which some numbers may stand side by side: 十二三单元. */
static void numerals_take(struct reading_text *r, uint32_t first, uint16_t from)
{
    int v[NUMERALS_MAX] = { numeral(first) };
    uint16_t at[NUMERALS_MAX] = { from };
    size_t n = 1;
    uint32_t rune;
    struct sv after = r->rest;
    for (; n < NUMERALS_MAX && sv_rune(&after, &rune) && numeral(rune) >= 0; r->rest = after) {
        at[n] = place_of(r);
        v[n++] = numeral(rune);
    }
    for (size_t i = 0; i < n;) {
        uint32_t number;
        size_t read = numerals_read(v + i, n - i, &number);
        push(r->t, read ? TOKEN_NUMBER | number : v[i] == HUNDRED ? u'百' : u'千', at[i]);
        i += read ? read : 1;
    }
}

static bool closes(struct sv rest)
{
    uint32_t rune;
    while (sv_rune(&rest, &rune))
        if (is_close(plain_rune(rune)))
            return true;
    return false;
}

static void bracket_take(struct reading_text *r)
{
    uint32_t rune;
    r->t->brackets = true;
    if (r->remarks || !closes(r->rest))
        return;
    for (int depth = 1; depth && sv_rune(&r->rest, &rune);) {
        depth += is_open(plain_rune(rune));
        depth -= is_close(plain_rune(rune));
    }
}

static bool is_mark(uint32_t r)
{
    return r <= ' ' || r == 0x3000 || r == 0xFEFF || (r >= 0x200B && r <= 0x200D) ||
           (r < 0x80 && !token_is_letter(r)) || (r >= 0x3001 && r <= 0x303F) ||
           among(r, u"，。、；：？！“”‘’…　");
}

static void rune_take(struct reading_text *r, uint32_t rune, uint16_t from)
{
    uint32_t digit, plain = plain_rune(rune);
    if (plain >= '0' && plain <= '9' && digit_of(plain, &digit))
        digits_take(r, digit, from);
    else if (plain >= 0x2160 && plain <= 0x216B)
        push(r->t, TOKEN_NUMBER | (plain - 0x215F), from);
    else if (numeral(plain) >= 0)
        numerals_take(r, plain, from);
    else if (is_dash(plain))
        push(r->t, TOKEN_DASH, from);
    else if (is_open(plain))
        bracket_take(r);
    else if (plain == '#' || plain == u'＃' || plain == u'♯')
        push(r->t, '#', from);
    else if (!is_close(plain) && !is_mark(plain))
        push(r->t, plain, from);
}

void tokens_of(struct sv text, bool remarks, struct tokens *ret_tokens)
{
    struct sv whole = sv_head(text, UINT16_MAX);
    struct reading_text r = { whole, whole, ret_tokens, remarks };
    uint32_t rune;
    ret_tokens->n = 0;
    ret_tokens->brackets = false;
    for (;;) {
        uint16_t from = place_of(&r);
        if (ret_tokens->n == ADDRESS_TOKENS_MAX || !sv_rune(&r.rest, &rune))
            break;
        rune_take(&r, rune, from);
    }
    ret_tokens->from[ret_tokens->n] = place_of(&r);
    while (ret_tokens->n && ret_tokens->at[ret_tokens->n - 1] == TOKEN_DASH)
        ret_tokens->n--;
}

size_t word_at(const struct tokens *t, size_t i, const char16_t *word)
{
    size_t n = 0;
    for (; word[n]; n++)
        if (i + n >= t->n || t->at[i + n] != word[n])
            return 0;
    return n;
}

size_t words_at(const struct tokens *t, size_t i, const char16_t *const *words)
{
    size_t n = 0;
    for (; *words && n == 0; words++)
        n = word_at(t, i, *words);
    return n;
}

struct sv tokens_text(struct arena *mem, const struct tokens *t, size_t from, size_t to)
{
    struct buf b = buf_new(mem, 4 * (to - from) + 8);
    for (size_t i = from; i < to; i++) {
        if (token_is_number(t->at[i]))
            buf_int(&b, token_number(t->at[i]));
        else
            buf_rune(&b, t->at[i]);
    }
    return buf_sv(&b);
}

struct sv address_form(struct arena *mem, struct sv text)
{
    struct tokens t;
    tokens_of(text, true, &t);
    return tokens_text(mem, &t, 0, t.n);
}
