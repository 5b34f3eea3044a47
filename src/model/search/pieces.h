/* pieces.h - what entries.c and probes.c must do alike. */
#ifndef MODEL_SEARCH_PIECES_H
#define MODEL_SEARCH_PIECES_H

#include "base/text.h"

/* The sign that marks a place in an entry of initials. */
char piece_sign(size_t place);

/* As much of characters or letters as is compared: 40 bytes, whole characters. */
struct sv key_cut(struct sv key);

#endif
