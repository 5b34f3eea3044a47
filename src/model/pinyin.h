/*
 * pinyin.h - keys under which a text is found: its characters, full pinyin, initials, a mixture.
 *
 * Every key is searched by its beginning, so the keys of 云汀花园 that begin at 花 let `huayuan`,
 * `hy` and 花 find it. Pure functions: the list of rows and the directory in memory share them.
 */
#ifndef MODEL_PINYIN_H
#define MODEL_PINYIN_H

#include "base/text.h"

enum { PINYIN_MAX = 4, KEY_UNITS_MAX = 12, KEY_BYTES_MAX = 60, KEYS_OF_MAX = 96 };

/* How many readings a character has; the usual one first, letters without tone, ü as v. */
size_t pinyin_of(uint32_t rune, struct sv ret_readings[PINYIN_MAX]);

/* The reading of a character as a family name (单 shan); "" where it is as usual. */
struct sv pinyin_surname(uint32_t rune);

struct key { struct sv text; int weight; };          /* weight 0: from the very beginning */
struct key_list { struct key at[KEYS_OF_MAX]; size_t n; };

/* All keys of a text, in mem, each once. A `person`'s name: family name first, few keys. */
void search_keys(struct arena *mem, struct sv text, bool person, struct key_list *ret_keys);

/* A word as it is looked for: ASCII letters small, full-width narrowed, spaces and dots out. */
struct sv search_word(struct arena *mem, struct sv word);

#endif
