/* qr.c - a QR code on a terminal. */

#include "app/qr.h"

#include <qrencode.h>
#include <stdbool.h>

enum { BORDER = 2 };

/* Outside the code everything is light. */
static bool light(const QRcode *q, int x, int y)
{
    if (x < 0 || y < 0 || x >= q->width || y >= q->width)
        return true;
    return !(q->data[y * q->width + x] & 1);
}

void qr_print(FILE *out, const char *text)
{
    static const char *const halves[4] = { " ", "▄", "▀", "█" };    /* bit 1 upper, bit 0 lower */
    QRcode *q = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (!q)
        return;
    for (int y = -BORDER; y < q->width + BORDER; y += 2) {
        fputs("  \033[40;97m", out);                 /* whatever the terminal's own colours are */
        for (int x = -BORDER; x < q->width + BORDER; x++)
            fputs(halves[light(q, x, y) << 1 | light(q, x, y + 1)], out);
        fputs("\033[0m\n", out);
    }
    QRcode_free(q);
}
