/* inside.h - what the files of the matcher share. Only for this folder. */
#ifndef CARE_ADDRESS_INSIDE_H
#define CARE_ADDRESS_INSIDE_H

#include "care/address/names.h"

#include <uchar.h>

/* --- text.c: a text as tokens --- */

/* A token is a character, or a number (in digits or numerals) with this bit set. */
#define TOKEN_NUMBER 0x80000000u
#define TOKEN_DASH   ((uint32_t)'-')

struct tokens {
    uint32_t at[ADDRESS_TOKENS_MAX];
    uint16_t from[ADDRESS_TOKENS_MAX + 1];   /* byte of the text where each begins; and the end */
    size_t   n;
    bool     brackets;                       /* the text has some */
};

/* `remarks`: what stands in brackets counts as text (a name may hold some), else it is left out. */
void tokens_of(struct sv text, bool remarks, struct tokens *ret_tokens);

static inline bool token_is_number(uint32_t t)
{
    return t & TOKEN_NUMBER;
}

static inline uint32_t token_number(uint32_t t)
{
    return t & ~TOKEN_NUMBER;
}

static inline bool token_is_letter(uint32_t t)
{
    return t >= 'A' && t <= 'Z';
}

/* Length of the word when it stands at i, else 0. Words have no numerals in them. */
size_t word_at(const struct tokens *t, size_t i, const char16_t *word);
/* The same for the first of some words, longest first, ending with NULL. */
size_t words_at(const struct tokens *t, size_t i, const char16_t *const *words);

/* Tokens [from, to) as text, in mem; numbers in digits. */
struct sv tokens_text(struct arena *mem, const struct tokens *t, size_t from, size_t to);

/* --- sound.c --- */

/* A character's usual reading, folded: zh z, ch c, sh s, n l, ang an … ; the token when none. */
uint64_t token_sound(uint32_t token);

/* --- door.c: what stands behind the name --- */

struct door {
    uint64_t building, entrance;       /* keys; 0: not named */
    uint64_t number;                   /* key of a bare 12号 at the end: building or house */
    struct sv building_text, entrance_text, room;
    size_t end;                        /* token behind the last one read */
    bool unclear;                      /* numbers that can be read in two ways */
    bool any;
};

void door_read(struct arena *mem, const struct tokens *t, size_t from, struct door *ret_door);
/* The key of "12号楼", "A座", "3组", "2单元" as a whole text; 0 when it is no such thing. */
uint64_t door_building_key(struct sv name);
uint64_t door_entrance_key(struct sv name);

/* --- explain.c: what stands before the name --- */

struct hit { uint16_t from, to; uint32_t name; };      /* a known name at these tokens */
enum { HITS_MAX = 128 };
struct hits {
    struct hit at[HITS_MAX];               /* in order of `from` */
    size_t     n;
    /* Length of the word at each token that ends the name of such a thing; 0: none. */
    uint8_t    province[ADDRESS_TOKENS_MAX], city[ADDRESS_TOKENS_MAX];
    uint8_t    area[ADDRESS_TOKENS_MAX], street[ADDRESS_TOKENS_MAX];
    uint8_t    filler[ADDRESS_TOKENS_MAX];       /* words that say nothing: 家住 */
};

/* All known names in the text, and where unknown ones may end. */
void hits_of(const struct address_index *ix, const struct tokens *t, struct hits *ret_hits);

struct explained { int cost; unsigned why; };
/* What it costs that tokens [0, to) stand before a home of `scope`. */
struct explained explain_before(const struct address_index *ix, const struct tokens *t,
                                const struct hits *hits, size_t to, int64_t scope);
/* Behind the number of a street: the token after 号, 号院, 弄; 0 when the number goes on. */
size_t number_end(const struct tokens *t, size_t i);

#endif
