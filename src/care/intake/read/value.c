/* value.c - one cell of a list into its field: what is certain is taken, the rest is a fault. */

#include "care/intake/inside.h"

#include "base/messages.h"
#include "care/elder/elder.h"

#include <math.h>

/* From here on a workbook's number has lost digits. */
#define NUMBER_EXACT 1e15

enum { CHOICES_NAMED_MAX = 20 };

/* --- text --- */

static uint32_t narrow(uint32_t rune)
{
    if (rune >= 0xFF01 && rune <= 0xFF5E)            /* full-width letters, digits, signs */
        return rune == 0xFF0C || rune == 0xFF08 || rune == 0xFF09 || rune == 0xFF1B
                       || rune == 0xFF1A
                   ? rune : rune - 0xFEE0;
    if (rune == 0x3000 || rune == 0xA0 || rune == 0x2002 || rune == 0x2003)
        return ' ';
    return rune;
}

static bool unseen(uint32_t rune)
{
    return (rune >= 0x200B && rune <= 0x200F) || rune == 0xFEFF || rune == 0x2060;
}

struct sv text_clean(struct arena *mem, struct sv s, bool many_lines)
{
    struct buf b = buf_new(mem, s.len + 8);
    bool space = false;
    uint32_t rune;
    while (sv_rune(&s, &rune)) {
        rune = narrow(rune);
        bool line = rune == '\n' || rune == '\r';
        if (unseen(rune))
            continue;
        if (rune == ' ' || rune == '\t' || (line && !many_lines)) {
            space = b.len > 0;
            continue;
        }
        if (space && !line)
            buf_byte(&b, ' ');
        space = false;
        buf_rune(&b, rune == '\r' ? '\n' : rune);
    }
    return sv_trim(buf_sv(&b));
}

/* 王 芳 is 王芳: no blanks between two Chinese characters of a name. */
static struct sv name_clean(struct arena *mem, struct sv s)
{
    struct buf b = buf_new(mem, s.len + 1);
    for (size_t i = 0; i < s.len; i++) {
        bool wide = i && i + 1 < s.len && (s.at[i - 1] & 0x80) && (s.at[i + 1] & 0x80);
        if (!(s.at[i] == ' ' && wide))
            buf_byte(&b, s.at[i]);
    }
    return buf_sv(&b);
}

/* --- documents --- */

/* 1.10105E+17 as text: what is left when a number was saved as it is shown. */
static bool shown_short(struct sv s)
{
    ptrdiff_t e = sv_find_byte(s, 'E');
    e = e < 0 ? sv_find_byte(s, 'e') : e;
    double n;
    return e > 0 && sv_real(s, NUMBER_EXACT, 1e30, &n) && s.at[e + 1 < (ptrdiff_t)s.len ? e + 1 : e]
           == '+';
}

static bool all_digits(struct sv s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
    return s.len > 0;
}

/* Eighteen digits that end with 000 and do not pass their check. */
static bool zeros_for_digits(struct pass *p, struct sv s)
{
    struct id_facts facts;
    return s.len == 18 && sv_ends(s, SV("000")) && all_digits(s)
           && document_check(DOCUMENT_CITIZEN, s, day_of(p->w.now), &facts) != NULL;
}

/* False when the digits are gone: never guessed. */
static bool digits_kept(struct pass *p, const struct field *f, const struct sheet_cell *cell,
                        struct sv s)
{
    bool lost = (cell->kind == CELL_NUMBER && fabs(cell->number) >= NUMBER_EXACT) || shown_short(s);
    if (!lost && f->mask == MASK_ID)
        lost = zeros_for_digits(p, s);
    if (lost)
        fail_field(&p->w, sv_of(f->name), "intake.digits_lost");
    else if (f->mask == MASK_ID && s.len == 15 && all_digits(s))
        fail_field(&p->w, sv_of(f->name), "intake.id_15");
    else
        return true;
    return false;
}

static void take_text(struct pass *p, const struct field *f, const struct sheet_cell *cell,
                      struct sv s, void *row)
{
    if ((f->class == SEALED || cell->kind == CELL_NUMBER) && !digits_kept(p, f, cell, s))
        return;
    if (f->mask == MASK_NAME)
        s = name_clean(&p->w.mem, s);
    if (f->class == SEALED && f->mask == MASK_ID)
        s = document_normal(&p->w.mem, s);
    (void)field_parse(&p->w, f, s, row);
}

/* --- days --- */

static void take_day(struct pass *p, const struct field *f, const struct sheet_cell *cell,
                     struct sv s, void *row)
{
    static const char *const why[] = {
        [DAY_YEAR] = "intake.day_year", [DAY_SHORT_YEAR] = "intake.day_short",
        [DAY_LUNAR] = "intake.day_lunar", [DAY_BAD] = "intake.day",
    };
    struct day d = DAY_NONE;
    enum day_form form = day_read(&p->w.mem, s, cell->kind == CELL_NUMBER,
                                  cell->kind == CELL_NUMBER && sheet_from_1904(p->book), &d);
    if (form == DAY_GOOD || form == DAY_MONTH)
        field_set_int(f, row, d.n);
    else
        fail_field(&p->w, sv_of(f->name), why[form]);
    if (form == DAY_MONTH && strcmp(f->name, "birth") == 0)
        p->month_only = d.n;
    else if (form == DAY_MONTH)
        fail_field(&p->w, sv_of(f->name), "intake.day_month");
}

/* --- choices --- */

static bool choice_word(const struct field *f, struct sv word, int *ret_index)
{
    if (choice_meant(f->choices, word, ret_index))
        return true;
    for (const struct import_choice *w = import_choices; w->field; w++)
        if (strcmp(w->field, f->name) == 0 && sv_is(word, w->word))
            return choice_of(f->choices, sv_of(w->key), ret_index);
    return false;
}

static bool yes_no(struct sv s, bool *ret_yes)
{
    static const char *const yes[] = { "是", "有", "√", "✓", "✔", "对", "Y", "y", "yes", "Yes",
                                       "YES", "1", "TRUE", "true", "●", "○有", "V", "v", NULL };
    static const char *const no[] = { "否", "无", "×", "✗", "没有", "不是", "N", "n", "no", "No",
                                      "NO", "0", "FALSE", "false", "/", "-", "—", "X", "x", NULL };
    for (int i = 0; yes[i]; i++)
        if (sv_is(s, yes[i])) {
            *ret_yes = true;
            return true;
        }
    for (int i = 0; no[i]; i++)
        if (sv_is(s, no[i])) {
            *ret_yes = false;
            return true;
        }
    return false;
}

/* 男、女 …: as they are written in a list, which has no keys of ours. */
static struct sv choices_named(struct pass *p, const struct field *f)
{
    struct buf b = buf_new(&p->w.mem, 128);
    for (int i = 0; f->choices[i].key && i < CHOICES_NAMED_MAX; i++)
        buf_fmt(&b, "%s%s", i ? "、" : "", choice_named(&f->choices[i], p->c->lang));
    if (f->choices[CHOICES_NAMED_MAX - 1].key && f->choices[CHOICES_NAMED_MAX].key)
        buf_text(&b, "…");
    return buf_sv(&b);
}

static void take_choice(struct pass *p, const struct field *f, struct sv s, void *row)
{
    int index;
    if (choice_word(f, s, &index))
        field_set_int(f, row, index);
    else
        fail_field_args(&p->w, sv_of(f->name), "intake.choice", sv_runes_head(s, 20),
                        choices_named(p, f));
}

/* One yes or no of a set: 独居 √ */
static void take_flag(struct pass *p, const struct import_column *k, struct sv s, void *row)
{
    bool on = false;
    int index;
    int64_t bits = field_int(k->field, row), bit = INT64_C(1) << k->flag;
    if (!yes_no(s, &on)) {
        if (!choice_word(k->field, s, &index) || index != k->flag) {
            fail_field(&p->w, sv_of(k->field->name), "intake.yes_no");
            return;
        }
        on = true;
    }
    field_set_int(k->field, row, on ? bits | bit : bits & ~bit);
}

/* 独居、低保 */
static void take_set(struct pass *p, const struct field *f, struct sv s, void *row)
{
    static const char *const parting[] = { "、", "，", ",", "；", ";", "/", " ", "+", "\n" };
    int64_t bits = 0;
    struct buf b = buf_new(&p->w.mem, s.len + 1);
    while (s.len) {
        size_t cut = 0;
        for (size_t i = 0; i < sizeof parting / sizeof parting[0] && !cut; i++)
            cut = sv_starts(s, sv_of(parting[i])) ? strlen(parting[i]) : 0;
        if (cut)
            buf_byte(&b, '\n');
        else
            buf_byte(&b, s.at[0]);
        s = sv_from(s, cut ? cut : 1);
    }
    struct sv rest = buf_sv(&b), one;
    bool any;
    if (yes_no(rest, &any) && !any)                  /* 无 */
        rest = SV("");
    while (sv_cut(&rest, '\n', &one)) {
        int index;
        if (one.len == 0)
            continue;
        if (!choice_word(f, one, &index)) {
            fail_field_args(&p->w, sv_of(f->name), "intake.set", one, SV(""));
            return;
        }
        bits |= INT64_C(1) << index;
    }
    field_set_int(f, row, bits);
}

/* --- numbers --- */

static void take_money(struct pass *p, const struct field *f, struct sv s, void *row)
{
    int64_t fen;
    if (sv_ends(s, SV("元")))
        s = sv_trim(sv_head(s, s.len - 3));
    if (sv_fixed(s, 2, -WHOLE_MAX, WHOLE_MAX, &fen))
        field_set_int(f, row, fen);
    else
        fail_field(&p->w, sv_of(f->name), "intake.money");
}

static void take_bool(struct pass *p, const struct field *f, struct sv s, void *row)
{
    bool on;
    if (yes_no(s, &on))
        field_set_int(f, row, on);
    else
        fail_field(&p->w, sv_of(f->name), "intake.yes_no");
}

static void take_link(struct pass *p, const struct field *f, struct sv s, void *row)
{
    int64_t id = 0;
    if (link_find(p, f, s, &id) == ERR_NONE && id)
        field_set_int(f, row, id);
}

/* ="990105…" and '990105…: as programs write a number into a .csv so that it stays a text. */
static struct sv unquoted(struct sv s)
{
    if (s.len > 3 && sv_starts(s, SV("=\"")) && sv_ends(s, SV("\"")))
        return sv_trim(sv_from(sv_head(s, s.len - 1), 2));
    bool apostrophe = s.len > 1 && s.at[0] == '\'' && s.at[1] >= '0' && s.at[1] <= '9';
    return apostrophe ? sv_from(s, 1) : s;
}

void value_take(struct pass *p, const struct import_column *k, const struct sheet_cell *cell,
                void *row)
{
    const struct field *f = k->field;
    struct sv s = unquoted(text_clean(&p->w.mem, cell->text, f->many_lines));
    if (cell->kind == CELL_ERROR)
        fail_field_args(&p->w, sv_of(f->name), "intake.formula", s, SV(""));
    else if (s.len == 0)
        return;
    else if (k->flag >= 0)
        take_flag(p, k, s, row);
    else if (f->kind == KIND_TEXT)
        take_text(p, f, cell, s, row);
    else if (f->kind == KIND_DAY)
        take_day(p, f, cell, s, row);
    else if (f->kind == KIND_CHOICE)
        take_choice(p, f, s, row);
    else if (f->kind == KIND_SET)
        take_set(p, f, s, row);
    else if (f->kind == KIND_BOOL)
        take_bool(p, f, s, row);
    else if (f->kind == KIND_MONEY)
        take_money(p, f, s, row);
    else if (f->kind == KIND_LINK)
        take_link(p, f, s, row);
    else
        (void)field_parse(&p->w, f, s, row);
}

/* --- telephones in remarks --- */

/* Digits with blanks and dashes between: a mobile number, or one that begins with 0. */
struct sv phone_in(struct arena *mem, struct sv remark)
{
    struct sv s = text_clean(mem, remark, false);
    for (size_t i = 0; i < s.len; i++) {
        struct buf b = buf_new(mem, 32);
        size_t k = i;
        if (i && s.at[i - 1] >= '0' && s.at[i - 1] <= '9')
            continue;
        for (; k < s.len && b.len < 20; k++) {
            bool digit = s.at[k] >= '0' && s.at[k] <= '9';
            bool between = b.len && (s.at[k] == '-' || s.at[k] == ' ');
            if (!digit && !between)
                break;
            if (digit)
                buf_byte(&b, s.at[k]);
        }
        struct sv found = buf_sv(&b);
        bool mobile = found.len == 11 && found.at[0] == '1';
        bool fixed = found.len >= 10 && found.len <= 12 && found.at[0] == '0';
        if (mobile || fixed)
            return found;
    }
    return SV("");
}
