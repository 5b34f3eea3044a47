/* serial.c - numbers of a workbook as people see them: dates, and digits without exponent. */

#include "base/when.h"
#include "sheet/inside.h"

#include <math.h>

/* Days from 1970-01-01 back to the days that serial 0 stands for. */
enum { FROM_1900 = 25569, FROM_1904 = 24107, SERIAL_MAX = 2958465 };

/*
 * Serial 60 of the 1900 calendar is a 29 February that never was; before it, days count from
 * 1899-12-31.
 */
static struct day day_of_serial(int64_t days, bool from_1904)
{
    if (from_1904)
        return (struct day){ days - FROM_1904 };
    return (struct day){ days - FROM_1900 + (days < 60 ? 1 : 0) };
}

struct sv serial_text(struct arena *mem, double n, bool from_1904)
{
    if (!(n >= 0 && n <= SERIAL_MAX))
        return number_text(mem, n);
    int64_t days = (int64_t)floor(n);
    int64_t seconds = (int64_t)floor((n - (double)days) * 86400 + 0.5);
    if (seconds == 86400) {
        days++;
        seconds = 0;
    }
    struct buf b = buf_new(mem, 32);
    if (days > 0 || from_1904)
        buf_day(&b, day_of_serial(days, from_1904));
    if (seconds || (days == 0 && !from_1904))
        buf_fmt(&b, "%s%02d:%02d", b.len ? " " : "", (int)(seconds / 3600),
                (int)(seconds / 60 % 60));
    return buf_sv(&b);
}

/* Above 15 digits a workbook has zeros where digits were: so people see them too. */
static struct sv large_text(struct arena *mem, double n)
{
    struct sv written = sv_fmt(mem, "%.14e", fabs(n)), mantissa = sv_head(written, 16);
    int64_t exponent = 0;
    struct buf b = buf_new(mem, 32);
    (void)sv_int(sv_from(written, 18), 0, 400, &exponent);
    buf_text(&b, n < 0 ? "-" : "");
    buf_byte(&b, mantissa.at[0]);
    buf_put(&b, sv_from(mantissa, 2));
    for (int64_t i = 14; i < exponent; i++)
        buf_byte(&b, '0');
    return buf_sv(&b);
}

struct sv number_text(struct arena *mem, double n)
{
    if (isfinite(n) && floor(n) == n && fabs(n) < 1e15)
        return sv_fmt(mem, "%.0f", n);
    if (fabs(n) >= 1e15 && fabs(n) < 1e21)
        return large_text(mem, n);
    return sv_fmt(mem, "%.15g", n);
}
