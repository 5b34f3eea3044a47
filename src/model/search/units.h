/*
 * units.h - a text as units: characters with their readings, runs of letters, runs of digits.
 *
 * Signs part units and are no units: the dot of 阿依古丽·买买提 may be typed or not. Every
 * character counts, also one that no table has a reading for (some of four bytes).
 */
#ifndef MODEL_SEARCH_UNITS_H
#define MODEL_SEARCH_UNITS_H

#include "model/search/pinyin.h"

enum { UNITS_MAX = 24, RUN_MAX = 24 };           /* what stands behind them is not searched */

struct text_unit {
    struct sv       text;        /* folded: letters small, full width narrowed */
    struct readings readings;    /* of a run: itself */
    bool            run, digits;
};
struct text_units { struct text_unit at[UNITS_MAX]; size_t n; };

/* `person`: the text begins with a family name. Folded runs live in mem. */
void units_of(struct arena *mem, struct sv text, bool person, struct text_units *ret_units);

/* A word as it is looked for: small letters, narrow, ü as v, without signs; "" when nothing is. */
struct sv search_word(struct arena *mem, struct sv word);

#endif
