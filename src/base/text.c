/* text.c - borrowed text and text being built. */

#include "base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool sv_starts(struct sv s, struct sv with)
{
    return s.len >= with.len && sv_eq(sv_head(s, with.len), with);
}

bool sv_ends(struct sv s, struct sv with)
{
    return s.len >= with.len && sv_eq(sv_from(s, s.len - with.len), with);
}

int sv_order(struct sv a, struct sv b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared ? memcmp(a.at, b.at, shared) : 0;
    if (order)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

struct sv sv_trim(struct sv s)
{
    while (s.len && is_space(s.at[0]))
        s = sv_from(s, 1);
    while (s.len && is_space(s.at[s.len - 1]))
        s.len--;
    return s;
}

struct sv sv_from(struct sv s, size_t start)
{
    if (start >= s.len)
        return (struct sv){ "", 0 };
    return (struct sv){ s.at + start, s.len - start };
}

struct sv sv_head(struct sv s, size_t len)
{
    return (struct sv){ s.at, s.len < len ? s.len : len };
}

ptrdiff_t sv_find(struct sv s, struct sv what)
{
    if (what.len == 0)
        return 0;
    const char *found = s.len ? memmem(s.at, s.len, what.at, what.len) : NULL;
    return found ? found - s.at : -1;
}

ptrdiff_t sv_find_byte(struct sv s, char what)
{
    const char *found = s.len ? memchr(s.at, what, s.len) : NULL;
    return found ? found - s.at : -1;
}

bool sv_cut(struct sv *s, char separator, struct sv *ret_part)
{
    if (s->len == 0)
        return false;
    ptrdiff_t end = sv_find_byte(*s, separator);
    *ret_part = end < 0 ? *s : sv_head(*s, (size_t)end);
    *s = end < 0 ? (struct sv){ "", 0 } : sv_from(*s, (size_t)end + 1);
    return true;
}

bool sv_int(struct sv s, int64_t low, int64_t high, int64_t *ret_n)
{
    bool negative = s.len && s.at[0] == '-';
    if (negative)
        s = sv_from(s, 1);
    if (s.len == 0 || s.len > 19)
        return false;
    int64_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
        int digit = s.at[i] - '0';
        if (__builtin_mul_overflow(n, 10, &n))
            return false;
        if (negative ? __builtin_sub_overflow(n, digit, &n) : __builtin_add_overflow(n, digit, &n))
            return false;
    }
    if (n < low || n > high)
        return false;
    *ret_n = n;
    return true;
}

bool sv_real(struct sv s, double low, double high, double *ret_n)
{
    char copy[64];
    if (s.len == 0 || s.len >= sizeof copy)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!memchr("0123456789+-.eE", s.at[i], 15))
            return false;
    memcpy(copy, s.at, s.len);
    copy[s.len] = '\0';
    double n;
    int read = 0;
    if (sscanf(copy, "%lf%n", &n, &read) != 1 || (size_t)read != s.len)
        return false;
    if (!(n >= low && n <= high))
        return false;
    *ret_n = n;
    return true;
}

bool sv_fixed(struct sv s, int digits, int64_t low, int64_t high, int64_t *ret_n)
{
    assert(digits >= 0 && digits <= 9);
    bool negative = s.len && s.at[0] == '-';
    if (negative)
        s = sv_from(s, 1);
    ptrdiff_t point = sv_find_byte(s, '.');
    struct sv whole = point < 0 ? s : sv_head(s, (size_t)point);
    struct sv part = point < 0 ? (struct sv){ "", 0 } : sv_from(s, (size_t)point + 1);
    int64_t n;
    if (!sv_int(whole, 0, 1000000000, &n))
        return false;
    for (size_t i = 0; i < part.len; i++)
        if (part.at[i] < '0' || part.at[i] > '9')
            return false;
    for (int i = 0; i < digits; i++)
        n = n * 10 + ((size_t)i < part.len ? part.at[i] - '0' : 0);
    if (part.len > (size_t)digits && part.at[digits] >= '5')
        n++;
    n = negative ? -n : n;
    if (n < low || n > high)
        return false;
    *ret_n = n;
    return true;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool sv_unhex(struct sv s, uint8_t *ret_bytes, size_t size)
{
    if (s.len != size * 2)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (hex_digit(s.at[i]) < 0)
            return false;
    for (size_t i = 0; i < size; i++)
        ret_bytes[i] = (uint8_t)(hex_digit(s.at[2 * i]) << 4 | hex_digit(s.at[2 * i + 1]));
    return true;
}

/* The length of the well-formed sequence at the start of s, 0 when it is not one. */
static size_t rune_length(struct sv s, uint32_t *ret_rune)
{
    uint8_t lead = (uint8_t)s.at[0];
    size_t len = lead < 0x80        ? 1
                 : lead >> 5 == 6   ? 2
                 : lead >> 4 == 14  ? 3
                 : lead >> 3 == 30  ? 4
                                    : 0;
    if (len == 0 || len > s.len)
        return 0;
    uint32_t rune = len == 1 ? lead : lead & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        uint8_t next = (uint8_t)s.at[i];
        if (next >> 6 != 2)
            return 0;
        rune = rune << 6 | (next & 0x3F);
    }
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (rune < least[len] || rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF))
        return 0;
    *ret_rune = rune;
    return len;
}

/* ASCII and none of them zero: most of most texts. */
static bool eight_plain(const char *at)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    uint64_t eight;
    memcpy(&eight, at, sizeof eight);
    return !((eight | (eight - ones)) & tops);
}

bool sv_utf8(struct sv s)
{
    uint32_t rune;
    while (s.len) {
        if (s.len >= 8 && eight_plain(s.at)) {
            s = sv_from(s, 8);
            continue;
        }
        size_t len = rune_length(s, &rune);
        if (len == 0 || rune == 0)
            return false;
        s = sv_from(s, len);
    }
    return true;
}

bool sv_rune(struct sv *s, uint32_t *ret_rune)
{
    if (s->len == 0)
        return false;
    size_t len = rune_length(*s, ret_rune);
    if (len == 0) {
        *ret_rune = 0xFFFD;
        len = 1;
    }
    *s = sv_from(*s, len);
    return true;
}

size_t sv_runes(struct sv s)
{
    size_t n = 0;
    uint32_t rune;
    while (sv_rune(&s, &rune))
        n++;
    return n;
}

struct sv sv_runes_head(struct sv s, size_t n)
{
    struct sv rest = s;
    uint32_t rune;
    while (n-- && sv_rune(&rest, &rune))
        ;
    return sv_head(s, s.len - rest.len);
}

struct sv sv_copy(struct arena *a, struct sv s)
{
    char *made = NEW(a, char, s.len + 1);
    if (s.len)
        memcpy(made, s.at, s.len);
    return (struct sv){ made, s.len };
}

const char *sv_text(struct arena *a, struct sv s)
{
    return sv_copy(a, s).at;
}

/* --- building --- */

struct buf buf_new(struct arena *mem, size_t room)
{
    return (struct buf){ .mem = mem, .at = arena_room(mem, room + 1, 1), .room = room };
}

static void buf_widen(struct buf *b, size_t room)
{
    char *made = arena_room(b->mem, room + 1, 1);
    if (b->len)
        memcpy(made, b->at, b->len);
    b->at = made;
    b->room = room;
}

void buf_reserve(struct buf *b, size_t room)
{
    assert(b->mem);
    if (b->len + room > b->room)
        buf_widen(b, b->len + room);
}

char *buf_space(struct buf *b, size_t len)
{
    assert(b->mem);
    if (b->full || (b->len_max && b->len + len > b->len_max)) {
        b->full = true;
        return NULL;
    }
    if (b->len + len > b->room)
        buf_widen(b, b->room * 2 > b->len + len ? b->room * 2 : b->len + len + 64);
    char *space = b->at + b->len;
    b->len += len;
    return space;
}

void buf_int(struct buf *b, int64_t n)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (n < 0)
        buf_byte(b, '-');
    buf_put(b, (struct sv){ digits + at, sizeof digits - at });
}

void buf_int_wide(struct buf *b, int64_t n, int digits)
{
    assert(n >= 0);
    int64_t power = 1;
    for (int i = 1; i < digits; i++)
        power *= 10;
    for (; power > 1 && n < power; power /= 10)
        buf_byte(b, '0');
    buf_int(b, n);
}

void buf_fixed(struct buf *b, int64_t n, int digits)
{
    assert(digits >= 0 && digits <= 9);
    int64_t power = 1;
    for (int i = 0; i < digits; i++)
        power *= 10;
    if (n < 0)
        buf_byte(b, '-');
    uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    buf_int(b, (int64_t)(size / (uint64_t)power));
    int64_t part = (int64_t)(size % (uint64_t)power);
    if (part == 0)
        return;
    while (part % 10 == 0) {
        part /= 10;
        digits--;
    }
    buf_byte(b, '.');
    buf_int_wide(b, part, digits);
}

void buf_rune(struct buf *b, uint32_t rune)
{
    if (rune < 0x80) {
        buf_byte(b, (char)rune);
        return;
    }
    int more = rune < 0x800 ? 1 : rune < 0x10000 ? 2 : 3;
    static const uint8_t lead[] = { 0, 0xC0, 0xE0, 0xF0 };
    buf_byte(b, (char)(lead[more] | rune >> (6 * more)));
    while (more--)
        buf_byte(b, (char)(0x80 | (rune >> (6 * more) & 0x3F)));
}

void buf_hex(struct buf *b, const uint8_t *bytes, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < size; i++) {
        buf_byte(b, digits[bytes[i] >> 4]);
        buf_byte(b, digits[bytes[i] & 15]);
    }
}

static void buf_fmt_list(struct buf *b, const char *format, va_list list)
{
    va_list again;
    va_copy(again, list);
    int len = vsnprintf(NULL, 0, format, list);
    assert(len >= 0);
    char *space = buf_space(b, (size_t)len);
    if (space)
        vsnprintf(space, (size_t)len + 1, format, again);
    va_end(again);
}

void buf_fmt(struct buf *b, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    buf_fmt_list(b, format, list);
    va_end(list);
}

struct sv buf_sv(const struct buf *b)
{
    return (struct sv){ b->at, b->len };
}

const char *buf_cstr(struct buf *b)
{
    b->at[b->len] = '\0';            /* every buf keeps one byte behind its room */
    return b->at;
}

struct sv sv_fmt(struct arena *mem, const char *format, ...)
{
    struct buf b = buf_new(mem, 64);
    va_list list;
    va_start(list, format);
    buf_fmt_list(&b, format, list);
    va_end(list);
    buf_cstr(&b);
    return buf_sv(&b);
}
