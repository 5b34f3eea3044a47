/* readings.h - the readings of characters, made at build by tools/readings. */
#ifndef MODEL_SEARCH_READINGS_H
#define MODEL_SEARCH_READINGS_H

#include <stddef.h>
#include <stdint.h>

enum { READINGS_BLOCK_FIRST = 0x3400, READINGS_BLOCK_LAST = 0x9FFF };

struct reading { uint32_t rune; uint32_t set; };

/* "dan chan shan|zhan": today's readings, the usual one first; behind the bar old ones; 0: none */
extern const char *const readings_sets[];
extern const uint16_t readings_block[];          /* U+3400..U+9FFF: index of the set */
extern const struct reading readings_rest[];     /* the others, in order of rune */
extern const size_t readings_rest_n;
extern const char *const readings_syllables[];   /* every syllable there is, in order */
extern const size_t readings_syllables_n;
extern const char readings_sum[];                /* of all this, 8 hex digits */

#endif
