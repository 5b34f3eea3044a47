/* readings.h - the readings of characters, made at build by tools/readings. */
#ifndef MODEL_READINGS_H
#define MODEL_READINGS_H

#include <stddef.h>
#include <stdint.h>

enum { READINGS_BLOCK_FIRST = 0x3400, READINGS_BLOCK_LAST = 0x9FFF };

struct reading { uint32_t rune; uint32_t set; };

extern const char *const readings_sets[];        /* "dan chan shan": the usual one first; 0: none */
extern const uint16_t readings_block[];          /* U+3400..U+9FFF: index of the set */
extern const struct reading readings_rest[];     /* the others, in order of rune */
extern const size_t readings_rest_n;

#endif
