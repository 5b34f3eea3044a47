/* page.c - everything about an organisation on one page. */

#include "care/organisation/page.h"

#include "care/organisation/organisation.h"
#include "care/page/page.h"
#include "http/describe/gives.h"

static const struct linked page_of_org[] = {
    { .name = "papers", .entity = "paper", .field = "org", .size = 100 },
    { .name = "places", .entity = "place", .field = "org", .size = 50 },
    { .name = "offers", .entity = "offer", .field = "org", .size = 100 },
    { .name = "carers", .entity = "carer", .field = "org", .size = 200 },
    { .name = "agreements", .entity = "agreement", .field = "org", .size = 50 },
    { .name = "duty", .entity = "duty_area", .field = "org", .size = 100 },
    { .name = "branches", .entity = "organisation", .field = "parent", .size = 50 },
    { .name = "orders", .entity = "care_order", .field = "org", .size = 20 },
    { 0 },
};

static enum err page(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t id;
    struct organisation o;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &organisation_entity, id, &o));
    entity_json(c, &a->json, "organisation", &organisation_entity, &o, false);
    TRY(page_lists(c, &a->json, page_of_org, id));
    return organisation_figures(c, &a->json, id);
}

static const struct field figure_gives[] = {
    SAYS(TEXT, "key"), SAYS(TEXT, "name"), SAYS(TEXT, "unit"), SAYS(TEXT, "definition"),
    SAYS(REAL, "value"), MAY_SAY(TEXT, "list"), { 0 },
};
static const struct field page_gives[] = {
    SAYS(RECORD, "organisation", .links = "organisation"),
    MAY_SAY(LIST, "papers", .links = "paper"), MAY_SAY(LIST, "places", .links = "place"),
    MAY_SAY(LIST, "offers", .links = "offer"), MAY_SAY(LIST, "carers", .links = "carer"),
    MAY_SAY(LIST, "agreements", .links = "agreement"),
    MAY_SAY(LIST, "duty", .links = "duty_area"),
    MAY_SAY(LIST, "branches", .links = "organisation"),
    MAY_SAY(LIST, "orders", .links = "care_order"),
    SAYS(LIST, "figures", .record = figure_gives), { 0 },
};

const struct endpoint organisation_endpoints[] = {
    { .verb = GET, .path = "/api/organisation/{id}/page", .run = page, .lane = READS,
      .may = MAY_READ_DIRECTORY, .gives = page_gives, .zh = "机构全景",
      .en = "Everything about an organisation" },
    { 0 },
};
