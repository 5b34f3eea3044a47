/* document.c - identity documents and telephone numbers: form, date, check character. */

#include "care/elder/elder.h"

enum { ID_LENGTH = 18, ID_OLD_PERMIT_LENGTH = 15 };

static bool digits_only(struct sv s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
    return s.len > 0;
}

static bool letter_or_digit(char ch)
{
    return (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z');
}

/* Weights are 2^(17 - i) mod 11. */
char id_check_character(const char digits[17])
{
    static const int weights[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;
    for (int i = 0; i < 17; i++)
        sum += (digits[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

/* The form shared by all documents of 18 characters. */
static const char *eighteen(struct sv number, struct day today, struct id_facts *ret_facts)
{
    struct day birth;
    if (number.len != ID_LENGTH)
        return "id_number.length";
    if (!digits_only(sv_head(number, 17)))
        return "id_number.digits";
    if (!sv_day((struct sv){ number.at + 6, 8 }, &birth))
        return "id_number.date";
    if (birth.n > today.n || civil_of_day(birth).year < 1850)
        return "id_number.date";
    if (id_check_character(number.at) != number.at[17])
        return "id_number.check";
    *ret_facts = (struct id_facts){ birth, (number.at[16] - '0') % 2 ? 1 : 2 };
    return NULL;
}

static const char *resident_permit(struct sv number, struct day today, struct id_facts *ret_facts)
{
    bool region = sv_starts(number, SV("810000")) || sv_starts(number, SV("820000")) ||
                  sv_starts(number, SV("830000"));
    return region ? eighteen(number, today, ret_facts) : "id_number.region";
}

static const char *foreign_permanent(struct sv number, struct day today, struct id_facts *ret_facts)
{
    if (number.len == ID_LENGTH)
        return number.at[0] == '9' ? eighteen(number, today, ret_facts) : "id_number.foreign";
    if (number.len != ID_OLD_PERMIT_LENGTH || !digits_only(sv_from(number, 3)))
        return "id_number.foreign";
    for (int i = 0; i < 3; i++)
        if (number.at[i] < 'A' || number.at[i] > 'Z')
            return "id_number.foreign";
    return NULL;
}

static const char *passport(struct sv number)
{
    if (number.len < 5 || number.len > 20)
        return "id_number.passport";
    for (size_t i = 0; i < number.len; i++)
        if (!letter_or_digit(number.at[i]))
            return "id_number.passport";
    return NULL;
}

const char *document_check(enum elder_document kind, struct sv number, struct day today,
                           struct id_facts *ret_facts)
{
    *ret_facts = (struct id_facts){ DAY_NONE, 0 };
    if (kind == DOCUMENT_CITIZEN)
        return eighteen(number, today, ret_facts);
    if (kind == DOCUMENT_RESIDENT_PERMIT)
        return resident_permit(number, today, ret_facts);
    if (kind == DOCUMENT_FOREIGN_PERMANENT)
        return foreign_permanent(number, today, ret_facts);
    return passport(number);
}

struct sv document_normal(struct arena *mem, struct sv number)
{
    struct buf b = buf_new(mem, number.len + 1);
    for (size_t i = 0; i < number.len; i++) {
        char ch = number.at[i];
        if (ch != ' ' && ch != '\t')
            buf_byte(&b, ch >= 'a' && ch <= 'z' ? (char)(ch - 'a' + 'A') : ch);
    }
    return buf_sv(&b);
}

struct sv phone_normal(struct arena *mem, struct sv number)
{
    struct buf b = buf_new(mem, number.len + 1);
    struct sv s = sv_trim(number);
    if (sv_starts(s, SV("+86")))
        s = sv_from(s, 3);
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] >= '0' && s.at[i] <= '9')
            buf_byte(&b, s.at[i]);
        else if (sv_find_byte(SV(" -()"), s.at[i]) < 0)
            return SV("");
    }
    return b.len >= 5 && b.len <= 15 ? buf_sv(&b) : SV("");
}

const char *phone_check(struct sv number)
{
    struct arena mem = { 0 };
    bool good = phone_normal(&mem, number).len > 0;
    arena_free(&mem);
    return good ? NULL : "phone.form";
}

/* 9,000 units of latitude are 100 m; 12,000 of longitude 100 m at 41 degrees. */
int64_t elder_cell(struct point at)
{
    int64_t north = ((int64_t)at.lat_e7 + LAT_E7_MAX) / 9000;
    int64_t east = ((int64_t)at.lon_e7 + LON_E7_MAX) / 12000;
    return north * 1000000 + east;
}

struct point elder_cell_middle(int64_t cell)
{
    int64_t north = cell / 1000000, east = cell % 1000000;
    return (struct point){ (int32_t)(north * 9000 + 4500 - LAT_E7_MAX),
                           (int32_t)(east * 12000 + 6000 - LON_E7_MAX) };
}
