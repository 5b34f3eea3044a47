/* lunar.c - the lunar calendar: a table of 201 years, and the two ways through it. */

#include "care/calendar/lunar.h"

#include <assert.h>

/* A year each: the leap month (0 none), then four hex digits whose bit i is set when the i-th month
 * in order, the leap one counted, has 30 days. */
static const uint32_t years[] = {
    /* 1900 */ 0x816d2, 0x00752, 0x00ea5, 0x5164a, 0x0064b, 0x00a9b, 0x41556, 0x0056a,
    /* 1908 */ 0x00b59, 0x21752, 0x00752, 0x61b25, 0x00b25, 0x00a4b, 0x514ab, 0x002ad,
    /* 1916 */ 0x0056b, 0x20b69, 0x00da9, 0x71d92, 0x00e92, 0x00d25, 0x51a4d, 0x00a56,
    /* 1924 */ 0x002b6, 0x415b5, 0x006d4, 0x00ea9, 0x21e92, 0x00e92, 0x60d26, 0x0052b,
    /* 1932 */ 0x00a57, 0x512b6, 0x00b5a, 0x006d4, 0x30ec9, 0x00749, 0x71693, 0x00a93,
    /* 1940 */ 0x0052b, 0x60a5b, 0x00aad, 0x0056a, 0x41b55, 0x00ba4, 0x00b49, 0x21a93,
    /* 1948 */ 0x00a95, 0x7152d, 0x00536, 0x00aad, 0x515aa, 0x005b2, 0x00da5, 0x31d4a,
    /* 1956 */ 0x00d4a, 0x80a95, 0x00a97, 0x00556, 0x60ab5, 0x00ad5, 0x006d2, 0x40ea5,
    /* 1964 */ 0x00ea5, 0x0064a, 0x30c97, 0x00a9b, 0x7155a, 0x0056a, 0x00b69, 0x51752,
    /* 1972 */ 0x00b52, 0x00b25, 0x4164b, 0x00a4b, 0x814ab, 0x002ad, 0x0056d, 0x60b69,
    /* 1980 */ 0x00da9, 0x00d92, 0x41d25, 0x00d25, 0xa1a4d, 0x00a56, 0x002b6, 0x605b5,
    /* 1988 */ 0x006d5, 0x00ea9, 0x51e92, 0x00e92, 0x00d26, 0x30a56, 0x00a57, 0x814d6,
    /* 1996 */ 0x0035a, 0x006d5, 0x516c9, 0x00749, 0x00693, 0x4152b, 0x0052b, 0x00a5b,
    /* 2004 */ 0x2155a, 0x0056a, 0x71b55, 0x00ba4, 0x00b49, 0x51a93, 0x00a95, 0x0052d,
    /* 2012 */ 0x40aad, 0x00ab5, 0x915aa, 0x005d2, 0x00da5, 0x61d4a, 0x00d4a, 0x00c95,
    /* 2020 */ 0x4152e, 0x00556, 0x00ab5, 0x215b2, 0x006d2, 0x60ea5, 0x00725, 0x0064b,
    /* 2028 */ 0x50c97, 0x00cab, 0x0055a, 0x30ad6, 0x00b69, 0xb1752, 0x00b52, 0x00b25,
    /* 2036 */ 0x61a4b, 0x00a4b, 0x004ab, 0x5055b, 0x005ad, 0x00b6a, 0x21b52, 0x00d92,
    /* 2044 */ 0x71d25, 0x00d25, 0x00a55, 0x514ad, 0x004b6, 0x005b5, 0x30daa, 0x00ec9,
    /* 2052 */ 0x81e92, 0x00e92, 0x00d26, 0x60a56, 0x00a57, 0x00556, 0x406d5, 0x00755,
    /* 2060 */ 0x00749, 0x30e93, 0x00693, 0x7152b, 0x0052b, 0x00a5b, 0x5155a, 0x0056a,
    /* 2068 */ 0x00b65, 0x4174a, 0x00b4a, 0x81a95, 0x00a95, 0x0052d, 0x60aad, 0x00ab5,
    /* 2076 */ 0x005aa, 0x40ba5, 0x00da5, 0x00d4a, 0x31c95, 0x00c96, 0x7194e, 0x00556,
    /* 2084 */ 0x00ab5, 0x515b2, 0x006d2, 0x00ea5, 0x40e4a, 0x0068b, 0x80c97, 0x004ab,
    /* 2092 */ 0x0055b, 0x60ad6, 0x00b6a, 0x00752, 0x41725, 0x00b25, 0x00a8b, 0x2149b,
    /* 2100 */ 0x004ab,
};
_Static_assert(sizeof years / sizeof *years == LUNAR_YEAR_LAST - LUNAR_YEAR_FIRST + 1,
               "a row a year");

static bool year_known(int year)
{
    return year >= LUNAR_YEAR_FIRST && year <= LUNAR_YEAR_LAST;
}

static uint32_t row_of(int year)
{
    assert(year_known(year));
    return years[year - LUNAR_YEAR_FIRST];
}

int lunar_leap_month(int year)
{
    return (int)(row_of(year) >> 16);
}

static int months_in(int year)
{
    return lunar_leap_month(year) ? 13 : 12;
}

/* Days of the i-th month in order. */
static int days_in(int year, int i)
{
    return row_of(year) >> i & 1 ? 30 : 29;
}

/* Which month in order: the leap one stands behind the plain one of its number. */
static int place_of(int year, int month, bool leap)
{
    int at = lunar_leap_month(year);
    return month - 1 + (at && (month > at || (month == at && leap)));
}

static bool month_exists(int year, int month, bool leap)
{
    return year_known(year) && month >= 1 && month <= 12 &&
           (!leap || lunar_leap_month(year) == month);
}

int lunar_month_days(int year, int month, bool leap)
{
    return month_exists(year, month, leap) ? days_in(year, place_of(year, month, leap)) : 0;
}

static int year_days(int year)
{
    int n = 0;
    for (int i = 0; i < months_in(year); i++)
        n += days_in(year, i);
    return n;
}

bool lunar_of(struct day d, struct lunar *ret_lunar)
{
    int64_t left = d.n - day_civil(1900, 1, 31).n;
    int year = LUNAR_YEAR_FIRST, i = 0;
    if (!day_known(d) || left < 0)
        return false;
    while (year <= LUNAR_YEAR_LAST && left >= year_days(year))
        left -= year_days(year++);
    if (year > LUNAR_YEAR_LAST)
        return false;
    while (left >= days_in(year, i))
        left -= days_in(year, i++);
    int leap = lunar_leap_month(year);
    *ret_lunar = (struct lunar){ .year = year, .month = leap && i >= leap ? i : i + 1,
                                 .day = (int)left + 1, .leap = leap && i == leap };
    return true;
}

bool lunar_day(struct lunar l, struct day *ret_day)
{
    if (!month_exists(l.year, l.month, l.leap) || l.day < 1 ||
        l.day > lunar_month_days(l.year, l.month, l.leap))
        return false;
    int64_t n = day_civil(1900, 1, 31).n + l.day - 1;
    for (int y = LUNAR_YEAR_FIRST; y < l.year; y++)
        n += year_days(y);
    for (int i = 0; i < place_of(l.year, l.month, l.leap); i++)
        n += days_in(l.year, i);
    *ret_day = (struct day){ n };
    return true;
}

/* --- as people say it --- */

static const char *const stems[] = { "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸" };
static const char *const branches[] = { "子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉",
                                        "戌", "亥" };
static const char *const animals[] = { "鼠", "牛", "虎", "兔", "龙", "蛇", "马", "羊", "猴", "鸡",
                                       "狗", "猪" };
static const char *const months[] = { "正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月",
                                      "九月", "十月", "冬月", "腊月" };
static const char *const tens[] = { "初", "十", "廿" };
static const char *const ones[] = { "十", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

struct sv lunar_month_day_text(struct arena *mem, enum lang lang, struct lunar l)
{
    if (lang == LANG_EN)
        return sv_fmt(mem, "%smonth %d, day %d", l.leap ? "leap " : "", l.month, l.day);
    struct buf b = buf_new(mem, 32);
    buf_text(&b, l.leap ? "闰" : "");
    buf_text(&b, months[l.month - 1]);
    if (l.day == 20 || l.day == 30)
        buf_text(&b, l.day == 20 ? "二" : "三");
    else
        buf_text(&b, tens[(l.day == 10 ? 0 : l.day) / 10]);
    buf_text(&b, ones[l.day % 10]);
    return buf_sv(&b);
}

struct sv lunar_text(struct arena *mem, enum lang lang, struct lunar l)
{
    struct sv day = lunar_month_day_text(mem, lang, l);
    if (lang == LANG_EN)
        return sv_fmt(mem, "lunar %d, %.*s", l.year, SV_ARG(day));
    int n = l.year - 4;                                     /* the year 4 was 甲子 */
    return sv_fmt(mem, "%s%s年（%s）%.*s", stems[n % 10], branches[n % 12], animals[n % 12],
                  SV_ARG(day));
}
