/*
 * pinyin.h - how characters are read, and how family names are.
 *
 * Readings are letters without tone, ü as v. Today's come before the old ones that only the large
 * dictionary has; of today's the usual one is first. Pure functions.
 */
#ifndef MODEL_SEARCH_PINYIN_H
#define MODEL_SEARCH_PINYIN_H

#include "base/text.h"

enum { READINGS_MAX = 8 };

struct readings { struct sv at[READINGS_MAX]; size_t n, today; };

/* n is 0 for what has no reading: letters, digits, signs, some rare characters. */
void pinyin_of(uint32_t rune, struct readings *ret_readings);

/* Does a syllable begin so? *ret_whole: it is one. */
bool pinyin_begins(struct sv letters, bool *ret_whole);

/* Puts a reading first, as one of today's; it need not have been there. */
void readings_prefer(struct readings *r, struct sv reading);

/* The reading of a character as a family name (单 shan); "" where it is as usual. */
struct sv surname_reading(uint32_t rune);

/* How many characters of a full name are the family name: 2 for 欧阳修, 1 for others, 0 for "". */
size_t surname_runes(struct sv name);

/* The two readings of a compound family name that the name begins with; false: it does not. */
bool surname_compound(struct sv name, struct sv ret_readings[2]);

/* Is this, in characters or letters, no more than (the beginning of) a family name? */
bool surname_only(struct sv word);

#endif
