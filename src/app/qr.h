/* qr.h - a QR code on a terminal. */
#ifndef APP_QR_H
#define APP_QR_H

#include <stdio.h>

/* Prints the code of a text as half blocks, light on dark, with its quiet border; nothing when
 * the text is too long for a code. */
void qr_print(FILE *out, const char *text);

#endif
