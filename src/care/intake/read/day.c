/* day.c - dates as lists write them. */

#include "care/intake/inside.h"

/* Days from 1970 back to the day of serial 0. */
enum { SERIAL_1900 = 25569, SERIAL_1904 = 24107, SERIAL_LOW = 367, SERIAL_HIGH = 73050 };

/* The numbers of a date and how many signs parted them; 2024年1月5日, 2024-1-5, 2024/1/5, 2024.1.5. */
struct parts { int64_t n[3]; size_t digits[3]; size_t count; bool bad; };

static bool parts_sign(struct sv *s)
{
    static const struct sv signs[] = {
        SV_INIT("年"), SV_INIT("月"), SV_INIT("日"), SV_INIT("号"), SV_INIT("-"), SV_INIT("/"),
        SV_INIT("."), SV_INIT("—"), SV_INIT("－"), SV_INIT(" "), SV_INIT("、"),
    };
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (sv_starts(*s, signs[i])) {
            *s = sv_from(*s, signs[i].len);
            return true;
        }
    return false;
}

/* --- 一九四五年十二月廿三日 --- */

static const struct { struct sv sign; int n; } numerals[] = {
    { SV_INIT("〇"), 0 }, { SV_INIT("○"), 0 }, { SV_INIT("零"), 0 }, { SV_INIT("一"), 1 },
    { SV_INIT("二"), 2 }, { SV_INIT("三"), 3 }, { SV_INIT("四"), 4 }, { SV_INIT("五"), 5 },
    { SV_INIT("六"), 6 }, { SV_INIT("七"), 7 }, { SV_INIT("八"), 8 }, { SV_INIT("九"), 9 },
    { SV_INIT("元"), 1 }, { SV_INIT("十"), 10 }, { SV_INIT("廿"), 20 }, { SV_INIT("卅"), 30 },
};

static bool numeral_take(struct sv *s, int *ret_n)
{
    for (size_t i = 0; i < sizeof numerals / sizeof numerals[0]; i++)
        if (sv_starts(*s, numerals[i].sign)) {
            *ret_n = numerals[i].n;
            *s = sv_from(*s, numerals[i].sign.len);
            return true;
        }
    return false;
}

/* A run of them: digits side by side (一九四五), or tens (十二, 二十三, 廿三). */
static void run_put(struct buf *b, struct sv *s)
{
    int64_t value = 0;
    bool tens = false;
    size_t digits = 0;
    struct sv rest = *s;
    for (int n; digits < 8 && numeral_take(&rest, &n); digits++) {
        tens = tens || n >= 10;
        value = n == 10 && value > 0 ? value * 10 : value + n;
    }
    if (tens)
        buf_int(b, value);
    else
        for (int n; digits && numeral_take(s, &n); digits--)
            buf_int(b, n);
    *s = rest;
}

/* In digits that every keyboard has. */
static struct sv in_digits(struct arena *mem, struct sv s)
{
    struct buf b = buf_new(mem, s.len + 8);
    while (s.len) {
        struct sv look = s;
        int n;
        if (numeral_take(&look, &n)) {
            run_put(&b, &s);
        } else {
            buf_byte(&b, s.at[0]);
            s = sv_from(s, 1);
        }
    }
    return buf_sv(&b);
}

/* 农历…, 腊月初八: a day of another calendar. */
static bool lunar_said(struct sv s)
{
    static const char *const signs[] = { "农历", "阴历", "旧历", "正月", "冬月", "腊月", "闰", "初" };
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (sv_find(s, sv_of(signs[i])) >= 0)
            return true;
    return false;
}

/* --- digits and signs --- */

/* A time behind the day ("2024-01-05 00:00:00") says nothing here. */
static struct sv without_time(struct sv s)
{
    ptrdiff_t colon = sv_find_byte(s, ':');
    if (colon < 0)
        return s;
    size_t at = (size_t)colon;
    while (at && s.at[at] != ' ' && s.at[at] != 'T')
        at--;
    return at ? sv_head(s, at) : s;
}

static struct parts parts_of(struct sv s)
{
    struct parts p = { .count = 0 };
    for (s = sv_trim(without_time(s)); s.len;) {
        size_t len = 0;
        while (len < s.len && s.at[len] >= '0' && s.at[len] <= '9')
            len++;
        if (len == 0 || p.count == 3 || !sv_int(sv_head(s, len), 0, 99999999, &p.n[p.count])) {
            p.bad = true;
            return p;
        }
        p.digits[p.count++] = len;
        s = sv_from(s, len);
        while (parts_sign(&s))
            ;
    }
    return p;
}

static bool civil(int64_t year, int64_t month, int64_t day, struct day *ret_day)
{
    if (year < 1850 || year > 2100 || !day_exists((int)year, (int)month, (int)day))
        return false;
    *ret_day = day_civil((int)year, (int)month, (int)day);
    return true;
}

/* Digits alone: 20240105, 202401, 2024, or the number a workbook keeps for a day. */
static enum day_form digits_read(int64_t n, size_t digits, bool from_1904, struct day *ret_day)
{
    if (digits == 8)
        return civil(n / 10000, n / 100 % 100, n % 100, ret_day) ? DAY_GOOD : DAY_BAD;
    if (digits == 6 && n / 100 >= 1850 && n / 100 <= 2100)
        return civil(n / 100, n % 100, 1, ret_day) ? DAY_MONTH : DAY_BAD;
    if (digits == 4 && n >= 1850 && n <= 2100)
        return DAY_YEAR;
    if (digits == 6)
        return DAY_SHORT_YEAR;
    if (digits == 5 && n >= SERIAL_LOW && n <= SERIAL_HIGH) {
        *ret_day = (struct day){ n - (from_1904 ? SERIAL_1904 : SERIAL_1900) };
        return DAY_GOOD;
    }
    return DAY_BAD;
}

enum day_form day_read(struct arena *mem, struct sv text, bool number, bool from_1904,
                       struct day *ret_day)
{
    if (lunar_said(text))
        return DAY_LUNAR;
    struct parts p = parts_of(in_digits(mem, text));
    if (p.bad || p.count == 0)
        return DAY_BAD;
    if (p.count == 1)
        return digits_read(p.n[0], p.digits[0], from_1904, ret_day);
    if (p.digits[0] <= 2 || p.digits[0] == 3)
        return p.count == 3 && p.digits[2] == 4 ? DAY_BAD : DAY_SHORT_YEAR;
    if (p.digits[0] != 4 || p.digits[1] > 2)
        return DAY_BAD;
    if (p.count == 2) {
        /* As a number 1945.1 may have been 1945.10. */
        if (number && p.digits[1] == 1 && p.n[1] == 1)
            return DAY_YEAR;
        return civil(p.n[0], p.n[1], 1, ret_day) ? DAY_MONTH : DAY_BAD;
    }
    return p.digits[2] <= 2 && civil(p.n[0], p.n[1], p.n[2], ret_day) ? DAY_GOOD : DAY_BAD;
}
