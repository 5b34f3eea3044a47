/*
 * whom.h - for whom a rule is (享受对象): one judgement for subsidies, quotas, packages, activities.
 *
 * Each of them says in its own row or parameters, versioned and 待核: so old, this grade or worse or
 * any of these groups, and of which residence kinds (户籍, 常住, 流动), the last two after so many
 * months. How she resided is asked of her dated facts on the day in question, not of the column
 * that says how she resides today. The months are those of the unbroken time in kinds that the rule
 * is for, up to that day; who is registered (户籍) on the day does not wait. Where no fact reaches
 * the day her column is taken, since the day she moved to her address or else was registered here:
 * `told` is then false, and the sentence says that an earlier beginning can be noted.
 */
#ifndef CARE_WHOM_H
#define CARE_WHOM_H

#include "care/elder/elder.h"

enum { WHOM_MONTHS_MAX = 600 };

/* How one must reside: a struct's members residences and residence_months; care/whom judges. */
#define WHOM_RESIDENCE_FIELDS(T)                                                                 \
    SET(T, residences, residence_kinds, .default_sql = "0", .zh = "居住情况（不选为不限）",          \
        .en = "Residence; none: all kinds"),                                                     \
        FIELD(T, residence_months, .low = 0, .high = WHOM_MONTHS_MAX, .default_sql = "0",        \
              .zh = "常住、流动须满几个月", .en = "Months before who is not registered may",        \
              .hint_zh = "户籍不用等；按档案事项里的居住起始日期算",                                  \
              .hint_en = "counted from her dated facts")

struct whom {
    bool       nobody;                     /* the list of its groups names none */
    int64_t    min_age;                    /* 0: any */
    int        grade;                      /* this or worse; GRADE_UNKNOWN: not asked */
    struct set groups;                     /* or any of these elder_flags; none: not asked */
    struct set residences;                 /* of residence_kinds; none: all of them */
    int64_t    months;                     /* of residing so, for who is not registered; 0: none */
};

/* The first thing that is not so, in this order. */
enum whom_why { WHOM_HERS, WHOM_AGE, WHOM_GROUP, WHOM_RESIDENCE, WHOM_WAITS };
extern const struct choice whom_whys[];

struct whom_said {
    enum whom_why why;
    int           residence;               /* her kind on the day; known for the last two only */
    struct day    since, from;             /* WHOM_WAITS: resides so since, hers from */
    bool          told;                    /* `since` comes from a fact */
};

/* Of an elder on a day. */
MUST enum err whom_judge(struct ctx *c, const struct whom *w, const struct elder *e,
                         struct day day, struct whom_said *ret_said);

/* Age, and grade or group, alone: what her own row answers. */
enum whom_why whom_but_residence(const struct whom *w, const struct elder *e, struct day day);

/* "80 岁及以上，中度失能及更重；户籍，常住满 1 年" */
struct sv whom_words(struct arena *mem, const struct whom *w, enum lang lang);

/* What one kind has of it: "有", "满 1 年", "无". */
struct sv whom_of_kind(struct arena *mem, const struct whom *w, int residence, enum lang lang);

/* Why it is not hers, for her and for staff: "常住满 1 年后可享，自2027年3月1日起". "" when it is. */
struct sv whom_reason(struct arena *mem, const struct whom *w, const struct whom_said *said,
                      enum lang lang);

/* The members of a parameter that names keys of choices, comma between; others are passed over. */
struct set whom_keys(const struct choice *choices, struct sv keys);

#endif
