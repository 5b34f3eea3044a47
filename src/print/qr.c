/* qr.c - a QR code as the outline of an SVG. */

#include "print/qr.h"

#include <qrencode.h>

static bool dark(const QRcode *q, int x, int y)
{
    return q->data[y * q->width + x] & 1;
}

/* A line of squares, each run of dark ones as one bar. */
static void line_put(struct buf *b, const QRcode *q, int y)
{
    for (int x = 0, n; x < q->width; x += n) {
        bool first = dark(q, x, y);
        for (n = 1; x + n < q->width && dark(q, x + n, y) == first; n++)
            ;
        if (first)
            buf_fmt(b, "M%d %dh%dv1h-%dz", x + QR_BORDER, y + QR_BORDER, n, n);
    }
}

struct sv qr_path(struct arena *mem, struct sv text, int *ret_side)
{
    *ret_side = 0;
    if (text.len == 0 || text.len > QR_TEXT_MAX)
        return SV("");
    struct sv whole = sv_fmt(mem, "%.*s", SV_ARG(text));
    QRcode *q = QRcode_encodeString8bit(whole.at, 0, QR_ECLEVEL_M);
    if (!q)
        return SV("");
    struct buf b = buf_new(mem, 4096);
    for (int y = 0; y < q->width; y++)
        line_put(&b, q, y);
    *ret_side = q->width + 2 * QR_BORDER;
    QRcode_free(q);
    return buf_sv(&b);
}
