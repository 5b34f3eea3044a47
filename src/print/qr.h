/* qr.h - a QR code as the outline of an SVG, for a screen. */
#ifndef PRINT_QR_H
#define PRINT_QR_H

#include "base/text.h"

enum { QR_BORDER = 4, QR_TEXT_MAX = 511 };

/*
 * The path ("d") of the dark squares of the code of a text, one unit a square, in a picture of
 * *ret_side by *ret_side units that has its quiet border; to be filled dark on light. "" and 0
 * when the text is empty, longer than QR_TEXT_MAX bytes, or there is no memory.
 */
struct sv qr_path(struct arena *mem, struct sv text, int *ret_side);

#endif
