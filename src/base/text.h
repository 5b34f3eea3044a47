/*
 * text.h - text that is borrowed (struct sv) and text that is being built (struct buf).
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A borrowed run of bytes, UTF-8 unless said; not NUL-terminated; passed by value. */
struct sv { const char *at; size_t len; };

#define SV(literal) ((struct sv){ "" literal, sizeof(literal) - 1 })
#define SV_INIT(literal) { "" literal, sizeof(literal) - 1 }
#define SV_ARG(s) (int)(s).len, (s).at          /* for "%.*s" */

/* Of a NUL-terminated string; NULL is empty. Here, so that a literal's length costs nothing. */
static inline struct sv sv_of(const char *text)
{
    return (struct sv){ text ? text : "", text ? strlen(text) : 0 };
}

static inline bool sv_eq(struct sv a, struct sv b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

/* Equal to a NUL-terminated string? */
static inline bool sv_is(struct sv s, const char *text)
{
    return sv_eq(s, sv_of(text));
}

bool sv_starts(struct sv s, struct sv with);
bool sv_ends(struct sv s, struct sv with);
int  sv_order(struct sv a, struct sv b);        /* <0, 0, >0 by bytes */
struct sv sv_trim(struct sv s);                 /* without ASCII white space at both ends */
struct sv sv_from(struct sv s, size_t start);   /* the part from start on; empty past the end */
struct sv sv_head(struct sv s, size_t len);     /* the first len bytes, or all */
ptrdiff_t sv_find(struct sv s, struct sv what); /* first place of what, or -1 */
ptrdiff_t sv_find_byte(struct sv s, char what);

/*
 * Cuts the next part off *s: *ret_part is what stands before the separator, *s what stands
 * behind it. False when nothing was left. "a,,b" gives "a", "", "b"; "a," gives only "a".
 */
bool sv_cut(struct sv *s, char separator, struct sv *ret_part);

/* A decimal integer that fills s and lies in [low, high]; false leaves *ret_n alone. */
bool sv_int(struct sv s, int64_t low, int64_t high, int64_t *ret_n);

/* A decimal number (digits, point, exponent) in [low, high]; false leaves *ret_n alone. */
bool sv_real(struct sv s, double low, double high, double *ret_n);

/* A decimal number as an integer of 10^-digits units, exactly: "41.15" with 7 is 411500000. */
bool sv_fixed(struct sv s, int digits, int64_t low, int64_t high, int64_t *ret_n);

/* Lower-case hexadecimal back to bytes; false unless s is 2 * size digits. */
bool sv_unhex(struct sv s, uint8_t *ret_bytes, size_t size);

/* True when s is well-formed UTF-8 without NUL and without surrogates. */
bool sv_utf8(struct sv s);

/* Takes the next code point off *s; false at the end. Bad bytes come out as U+FFFD. */
bool sv_rune(struct sv *s, uint32_t *ret_rune);

size_t sv_runes(struct sv s);                   /* number of code points */
struct sv sv_runes_head(struct sv s, size_t n); /* the first n code points */

/* A copy in the arena, NUL-terminated behind its length. */
struct sv sv_copy(struct arena *a, struct sv s);
const char *sv_text(struct arena *a, struct sv s);   /* the same as a C string */

/* --- building --- */

/*
 * Text being built in an arena. Sticky: beyond len_max (0: none) nothing more is added and
 * `full` says so; ask once at the end.
 */
struct buf {
    struct arena *mem;
    char         *at;
    size_t        len;
    size_t        room;
    size_t        len_max;
    bool          full;
};

struct buf buf_new(struct arena *mem, size_t room);
void buf_reserve(struct buf *b, size_t room);   /* room for so much more without growing */
char *buf_space(struct buf *b, size_t len);     /* len bytes to fill in; NULL when full */

static inline void buf_put(struct buf *b, struct sv s)
{
    char *space = s.len ? buf_space(b, s.len) : NULL;
    if (space)
        memcpy(space, s.at, s.len);
}

static inline void buf_text(struct buf *b, const char *text)     /* NUL-terminated */
{
    buf_put(b, sv_of(text));
}

static inline void buf_byte(struct buf *b, char c)
{
    char *space = buf_space(b, 1);
    if (space)
        *space = c;
}

void buf_int(struct buf *b, int64_t n);
void buf_int_wide(struct buf *b, int64_t n, int digits);   /* padded with zeros: 7, 2 is "07" */
void buf_fixed(struct buf *b, int64_t n, int digits);   /* n * 10^-digits: 4115, 2 is 41.15 */
void buf_rune(struct buf *b, uint32_t rune);
void buf_hex(struct buf *b, const uint8_t *bytes, size_t size);
void buf_fmt(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct sv buf_sv(const struct buf *b);          /* what has been built, borrowed */
const char *buf_cstr(struct buf *b);            /* the same, NUL-terminated */

/* One formatted text in an arena: for logs and small glue, never for JSON, SQL or HTML. */
struct sv sv_fmt(struct arena *mem, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
