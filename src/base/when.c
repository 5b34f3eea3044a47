/* when.c - moments and days; civil dates by Howard Hinnant's days_from_civil. */

#include "base/when.h"

#include <assert.h>
#include <stdatomic.h>
#include <time.h>

bool day_known(struct day d)
{
    return d.n != INT64_MIN;
}

bool moment_known(struct moment m)
{
    return m.ms != 0;
}

struct moment moment_real(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (struct moment){ (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 };
}

struct moment clock_now(const struct clock *k)
{
    int64_t fixed = k ? atomic_load(&k->fixed_ms) : 0;
    if (fixed)
        return (struct moment){ fixed };
    return (struct moment){ moment_real().ms + (k ? atomic_load(&k->ahead_ms) : 0) };
}

bool clock_set(struct clock *k, struct sv said)
{
    const int64_t most_s = CLOCK_YEARS_MAX * 366LL * 86400;
    struct moment at = { 0 };
    int64_t s = 0;
    char sign = said.len ? said.at[0] : 0;
    bool understood = sign == '+' ? sv_int(sv_from(said, 1), 0, most_s, &s)
                    : sign == '-' ? sv_int(said, -most_s, 0, &s)
                                  : sv_moment(said, &at) && moment_known(at);
    if (!understood)
        return false;
    atomic_store(&k->fixed_ms, at.ms);
    atomic_store(&k->ahead_ms, s * 1000);
    return true;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int64_t local_ms(struct moment m)
{
    return m.ms + (int64_t)LOCAL_OFFSET_MIN * 60000;
}

struct day day_of(struct moment m)
{
    return (struct day){ floor_div(local_ms(m), MS_A_DAY) };
}

int minute_of(struct moment m)
{
    return (int)((local_ms(m) - day_of(m).n * MS_A_DAY) / 60000);
}

struct moment moment_at(struct day d, int minute)
{
    return (struct moment){ d.n * MS_A_DAY + ((int64_t)minute - LOCAL_OFFSET_MIN) * 60000 };
}

struct day day_civil(int year, int month, int day)
{
    int64_t y = year - (month <= 2);
    int64_t era = floor_div(y, 400);
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return (struct day){ era * 146097 + day_of_era - 719468 };
}

bool day_exists(int year, int month, int day)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    struct civil back = civil_of_day(day_civil(year, month, day));
    return back.month == month && back.day == day;
}

struct day day_months_on(struct day from, int64_t months)
{
    struct civil v = civil_of_day(from);
    int64_t month = v.month - 1 + months, year = v.year + month / 12;
    int day = v.day;
    assert(months >= 0);
    assert(months <= MONTHS_ON_MAX);
    while (!day_exists((int)year, (int)(month % 12) + 1, day))
        day--;
    return day_civil((int)year, (int)(month % 12) + 1, day);
}

int day_weekday(struct day d)
{
    int64_t from_monday = (d.n + 3) % 7;                 /* 1970-01-01 was a Thursday */
    return (int)(from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

struct civil civil_of_day(struct day d)
{
    int64_t z = d.n + 719468;
    int64_t era = floor_div(z, 146097);
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int month = (int)(mp < 10 ? mp + 3 : mp - 9);
    return (struct civil){
        .year = (int)(yoe + era * 400 + (month <= 2)), .month = month,
        .day = (int)(doy - (153 * mp + 2) / 5 + 1), .weekday = day_weekday(d),
    };
}

struct civil civil_of(struct moment m)
{
    struct day d = day_of(m);
    struct civil v = civil_of_day(d);
    int64_t ms = local_ms(m) - d.n * MS_A_DAY;
    v.hour = (int)(ms / 3600000);
    v.minute = (int)(ms / 60000 % 60);
    v.second = (int)(ms / 1000 % 60);
    v.ms = (int)(ms % 1000);
    return v;
}

int age_on(struct day birth, struct day on)
{
    struct civil b = civil_of_day(birth), t = civil_of_day(on);
    bool had_birthday = t.month > b.month || (t.month == b.month && t.day >= b.day);
    return t.year - b.year - !had_birthday;
}

static void buf_civil_day(struct buf *b, struct civil v)
{
    buf_int_wide(b, v.year, 4);
    buf_byte(b, '-');
    buf_int_wide(b, v.month, 2);
    buf_byte(b, '-');
    buf_int_wide(b, v.day, 2);
}

void buf_day(struct buf *b, struct day d)
{
    buf_civil_day(b, civil_of_day(d));
}

void buf_moment(struct buf *b, struct moment m)
{
    struct civil v = civil_of(m);
    buf_civil_day(b, v);
    buf_byte(b, 'T');
    buf_int_wide(b, v.hour, 2);
    buf_byte(b, ':');
    buf_int_wide(b, v.minute, 2);
    buf_byte(b, ':');
    buf_int_wide(b, v.second, 2);
    buf_byte(b, '.');
    buf_int_wide(b, v.ms, 3);
    buf_text(b, "+08:00");
}

static bool cut_digits(struct sv *s, size_t n, int64_t low, int64_t high, int64_t *ret_n)
{
    if (s->len < n || s->at[0] == '-' || !sv_int(sv_head(*s, n), low, high, ret_n))
        return false;
    *s = sv_from(*s, n);
    return true;
}

static bool cut_byte(struct sv *s, const char *any)
{
    if (s->len == 0 || sv_find_byte(sv_of(any), s->at[0]) < 0)
        return false;
    *s = sv_from(*s, 1);
    return true;
}

static bool cut_day(struct sv *s, struct day *ret_day)
{
    int64_t year, month, day;
    if (!cut_digits(s, 4, 1, 9999, &year))
        return false;
    bool parted = cut_byte(s, "-/");
    if (!cut_digits(s, 2, 1, 12, &month) || (parted && !cut_byte(s, "-/")))
        return false;
    if (!cut_digits(s, 2, 1, 31, &day) || !day_exists((int)year, (int)month, (int)day))
        return false;
    *ret_day = day_civil((int)year, (int)month, (int)day);
    return true;
}

bool sv_day(struct sv s, struct day *ret_day)
{
    struct day d;
    if (!cut_day(&s, &d) || s.len)
        return false;
    *ret_day = d;
    return true;
}

static bool cut_fraction_ms(struct sv *s, int64_t *ret_ms)
{
    int64_t ms = 0, unit = 100;
    if (cut_byte(s, ".")) {
        size_t n = 0;
        for (; s->len && s->at[0] >= '0' && s->at[0] <= '9'; n++, unit /= 10) {
            ms += (s->at[0] - '0') * unit;
            *s = sv_from(*s, 1);
        }
        if (n == 0)
            return false;
    }
    *ret_ms = ms;
    return true;
}

static bool cut_offset(struct sv *s, int64_t *ret_min)
{
    if (cut_byte(s, "Zz")) {
        *ret_min = 0;
        return true;
    }
    int64_t hour, minute;
    bool west = s->len && s->at[0] == '-';
    if (!cut_byte(s, "+-") || !cut_digits(s, 2, 0, 23, &hour) || !cut_byte(s, ":"))
        return false;
    if (!cut_digits(s, 2, 0, 59, &minute))
        return false;
    *ret_min = (west ? -1 : 1) * (hour * 60 + minute);
    return true;
}

bool sv_moment(struct sv s, struct moment *ret_moment)
{
    struct day d;
    int64_t hour, minute, second, ms, offset_min;
    if (!cut_day(&s, &d) || !cut_byte(&s, "Tt ") || !cut_digits(&s, 2, 0, 23, &hour))
        return false;
    if (!cut_byte(&s, ":") || !cut_digits(&s, 2, 0, 59, &minute) || !cut_byte(&s, ":"))
        return false;
    if (!cut_digits(&s, 2, 0, 60, &second) || !cut_fraction_ms(&s, &ms))
        return false;
    if (!cut_offset(&s, &offset_min) || s.len)
        return false;
    ret_moment->ms = d.n * MS_A_DAY + ((hour * 60 + minute - offset_min) * 60 + second) * 1000 + ms;
    return true;
}
