/* bed.c - counts of beds that others bring, the norms, and the figure. */

#include "care/bed/bed.h"

#include "care/figure/figure.h"

SQL(bed_count_that_day);
SQL(bed_figure);

const struct choice bed_classes[] = {
    { "institution", "集中养老床位", "institution beds" },
    { "station", "驿站临时托养床位", "station beds" },
    { "home", "家庭照护床位", "home-care beds" },
    { 0 },
};

const struct choice bed_counteds[] = {
    { "station", "驿站临时托养床位", "station beds" },
    { "home", "家庭照护床位", "home-care beds" },
    { 0 },
};

enum { BEDS_MAX = 1000000 };

const struct field bed_count_fields[] = {
    ROW_FIELDS(struct bed_count),
    LINK(struct bed_count, division, "division", .required = true, .create_only = true,
         .filter = true, .brief = true, .zh = "街道(乡镇)", .en = "Street"),
    CHOICE(struct bed_count, kind, bed_counteds, .create_only = true, .filter = true,
           .brief = true, .zh = "床位类别", .en = "Class"),
    FIELD(struct bed_count, as_of, .required = true, .create_only = true, .filter = true,
          .brief = true, .zh = "截至日期", .en = "As of"),
    FIELD(struct bed_count, have, .low = 0, .high = BEDS_MAX, .required = true, .brief = true,
          .zh = "床位数", .en = "Beds"),
    FIELD(struct bed_count, used, .low = 0, .high = BEDS_MAX, .brief = true, .zh = "在用床位",
          .en = "In use", .hint_zh = "不知道就空着", .hint_en = "leave empty when not known"),
    FIELD(struct bed_count, source, .required = true, .low = 2, .high = 100, .brief = true,
          .zh = "来源", .en = "Source", .hint_zh = "谁报的、哪张表",
          .hint_en = "who counted, which list"),
    FIELD(struct bed_count, note, .high = 300, .many_lines = true, .zh = "备注", .en = "Note"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "once", .columns = "division, kind, as_of", .unique = true,
      .where = "ended_at IS NULL", .message = "bed_count.taken" },
    { .name = "latest", .columns = "scope, kind, as_of, id" },
    { 0 },
};

static const struct sort sorts[] = { { "as_of", "as_of", true, "截至日期", "As of" }, { 0 } };

MUST static enum err check_street(struct ctx *c, const struct bed_count *b)
{
    struct division d;
    bool found;
    if (!b->division.n)
        return ERR_NONE;                                /* the field table says it is missing */
    TRY(entity_load(c, &division_entity, b->division.n, &d, &found));
    if (found && d.level != DIVISION_STREET)
        fail_field(c, SV("division"), "bed_count.street");
    return ERR_NONE;
}

MUST static enum err check_once(struct ctx *c, const struct bed_count *b)
{
    int64_t n = 0;
    TRY(db_int(c, &sql_bed_count_that_day,
               PARAMS(P_INT("division", b->division.n), P_INT("as_of", b->as_of.n),
                      P_TEXT("kind", sv_of(bed_counteds[b->kind].key)), P_INT("but", b->id.n)),
               &n));
    if (n)
        fail_field(c, SV("as_of"), "bed_count.taken");
    return ERR_NONE;
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    const struct bed_count *b = row;
    (void)before;
    if (c->who && roles[c->who->role].sees == SEES_ORG)
        return fail(c, ERR_FORBIDDEN, "bed_count.office", "beds of a street are not counted by an"
                    " organisation");
    if (moment_known(b->row.ended_at))
        return ERR_NONE;
    if (day_known(b->as_of) && b->as_of.n > day_of(c->now).n)
        fail_field(c, SV("as_of"), "bed_count.future");
    if (b->used.known && b->used.n > b->have)
        fail_field(c, SV("used"), "bed_count.used");
    TRY(check_street(c, b));
    if (b->division.n && day_known(b->as_of))
        TRY(check_once(c, b));
    return fail_fields(c);
}

const struct entity bed_count_entity = {
    .name = "bed_count", .zh = "床位统计", .en = "Count of beds",
    .size = sizeof(struct bed_count), .fields = bed_count_fields, .indexes = indexes,
    .sorts = sorts, .scope_of = "division", .title = "source", .reads = MAY_READ_FIGURES,
    .writes = MAY_IMPORT, .rules = rules, .menu = "places",
};

/* --- the figure --- */

#define SAID_ZH "床位合计 ÷ 名册中在世老年人 × 1000。床位合计＝已发布养老机构的床位总数＋驿站床位" \
                "与家庭照护床位各街道最近一次统计；没有统计的街道不计入，不作为零。人数与床位都按所在区划"
#define SAID_EN "beds / living elders of the register x 1,000. Beds: those of published " \
                "institutions and, of each street, the latest count of station and home-care " \
                "beds; streets nobody has counted are left out. By division"

static const struct indicator indicators[] = {
    { .key = "beds_per_1000", .zh = "每千名老年人床位", .en = "Beds per 1,000 elders",
      .unit_zh = "张", .unit_en = "beds", .definition_zh = SAID_ZH, .definition_en = SAID_EN,
      .sql = &sql_bed_figure, .entity = "place", .list = "kind=institution&state=published",
      .share = true, .per = 1000, .watch = "bed.watch", .bad = "bed.bad",
      .parts = { { "institution", "集中", "institution", "kind=institution&state=published" },
                 { "station", "驿站", "station", "bed_count?kind=station" },
                 { "home", "家庭照护", "home-care", "bed_count?kind=home" } } },
    { 0 },
};

#define RULE "每千名老年人养老床位35张（规划口径），分类为系统默认拆分，待核"

static const struct parameter_default parameters[] = {
    { "bed.norm_institution", "30", "bed", "每千名老年人应有集中养老床位",
      "Institution beds needed per 1,000 elders", RULE },
    { "bed.norm_station", "2", "bed", "每千名老年人应有驿站临时托养床位",
      "Station beds needed per 1,000 elders", RULE },
    { "bed.norm_home", "3", "bed", "每千名老年人应有家庭照护床位",
      "Home-care beds needed per 1,000 elders", RULE },
    { "bed.watch", "34", "bed", "每千名老年人床位：不超过即关注", "Beds per 1,000: watch", RULE },
    { "bed.bad", "25", "bed", "每千名老年人床位：不超过即告急", "Beds per 1,000: bad",
      "系统默认值，待核" },
    { 0 },
};

static const struct message messages[] = {
    { "bed_count.taken", "这个街道这一类床位在这一天已有一份统计，请改那一份",
      "there is a count of this street, class and day; change that one" },
    { "bed_count.future", "截至日期不能晚于今天", "the day lies in the future" },
    { "bed_count.used", "在用床位不能多于床位数", "more are in use than there are" },
    { "bed_count.street", "请选到街道(乡镇)一级", "choose a street" },
    { "bed_count.office", "街道床位由街道或区里统计，机构的床位请在“服务场所”里填",
      "a street's beds are counted by its office; an institution tells its own at its place" },
    { 0 },
};

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/bed/balance", .run = bed_balance_get, .lane = READS,
      .may = MAY_READ_FIGURES, .query = bed_asked_fields, .query_size = sizeof(struct bed_asked),
      .gives = bed_gives, .zh = "养老床位配比：各街道三类床位的现有、在用、应有与缺口",
      .en = "Beds by street: have, used, needed, gap" },
    { .verb = GET, .path = "/api/bed/book", .run = bed_book_get, .lane = READS,
      .may = MAY_READ_FIGURES, .query = bed_asked_fields, .query_size = sizeof(struct bed_asked),
      .media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      .zh = "养老床位配比（Excel）", .en = "The balance of beds as a workbook" },
    { 0 },
};

const struct module bed_module = {
    .name = "bed", .entities = (const struct entity *const[]){ &bed_count_entity, NULL },
    .endpoints = endpoints, .indicators = indicators, .parameters = parameters,
    .messages = messages,
};
