/* today.c - GET /api/today. */

#include "care/figure/today.h"

#include "care/figure/figure.h"
#include "model/house.h"

static const struct field query_fields[] = {
    LINK(struct today_query, division, "division", .zh = "区划（不填为全部辖区）",
         .en = "Division (all one's area)"),
    { 0 },
};
static const struct field today_query_fields[] = {
    LINK(struct today_query, division, "division", .zh = "区划（不填为全部辖区）",
         .en = "Division (all one's area)"),
    FIELD(struct today_query, entity, .high = 60, .zh = "只要哪种记录的指标",
          .en = "Only figures of rows of this kind"),
    { 0 },
};

struct today {
    struct moment as_of;
    struct division_id division;
    struct sv division_title;
    struct list figures;
};
static const struct field today_fields[] = {
    FIELD(struct today, as_of, .zh = "截至", .en = "As of"),
    LINK(struct today, division, "division", .zh = "区划", .en = "Division"),
    FIELD(struct today, division_title, .zh = "区划名称", .en = "Its name"),
    LIST(struct today, figures, struct figure, figure_fields, .zh = "指标", .en = "Figures"),
    { 0 },
};

static enum err today_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct today_query *asked = q->query;
    struct today t = { .as_of = c->now, .division = asked->division };
    struct division d;
    bool found = false;
    if (asked->entity.len && !house_entity(c->house, asked->entity)) {
        fail_field(c, SV("entity"), "figure.no_rows");
        return fail_fields(c);
    }
    TRY(figures_of(c, asked->division.n, asked->entity, &t.figures));
    if (t.division.n)
        TRY(entity_load(c, &division_entity, t.division.n, &d, &found));
    if (found)
        t.division_title = d.name;
    return answer_record(c, a, today_fields, &t);
}

const struct endpoint today_endpoints[] = {
    { .verb = GET,
      .path = "/api/today",
      .run = today_get,
      .lane = READS,
      .may = MAY_READ_FIGURES,
      .zh = "今日一览",
      .en = "Today's figures",
      .query = today_query_fields,
      .query_size = sizeof(struct today_query),
      .gives = today_fields },
    { .verb = GET,
      .path = "/api/today/domains",
      .run = domains_get,
      .lane = READS,
      .may = MAY_READ_FIGURES,
      .zh = "八大领域",
      .en = "Offers, orders and services by the eight domains",
      .query = query_fields,
      .query_size = sizeof(struct today_query),
      .gives = domains_fields },
    { .verb = GET,
      .path = "/api/today/divisions",
      .run = divisions_get,
      .lane = READS,
      .may = MAY_READ_FIGURES,
      .zh = "各街道要先办的",
      .en = "What is urgent, division by division, worst first",
      .query = query_fields,
      .query_size = sizeof(struct today_query),
      .gives = divisions_fields },
    { .verb = GET,
      .path = "/api/today/rank",
      .run = rank_get,
      .lane = READS,
      .may = MAY_READ_FIGURES,
      .zh = "一个指标在各辖区的排名",
      .en = "One figure in each division below, the best first",
      .query = rank_query_fields,
      .query_size = sizeof(struct rank_query),
      .gives = rank_fields },
    { 0 },
};
