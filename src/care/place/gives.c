/* gives.c - what a place's page is made of. */

#include "care/carer/carer.h"
#include "care/catalogue/catalogue.h"
#include "care/organisation/organisation.h"
#include "care/place/place.h"
#include "care/place/table.h"
#include "http/describe/gives.h"

static const struct field paper_gives[] = {
    SAYS(TEXT, "kind"), SAYS(TEXT, "kind_name"), MAY_SAY(TEXT, "number"),
    MAY_SAY(TEXT, "issued_by"), MAY_SAY(DAY, "valid_to"), { 0 },
};
static const struct field fee_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(TEXT, "unit"), SAYS(TEXT, "unit_name"),
    SAYS(MONEY, "price"), MAY_SAY(TEXT, "note"), { 0 },
};
static const struct field offer_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(MONEY, "price"), MAY_SAY(TEXT, "unit_note"),
    SAYS(INT, "lead_min"), MAY_SAY(TEXT, "description"), SAYS(ID, "item"),
    SAYS(TEXT, "plain_name"), SAYS(CHOICE, "unit", .choices = unit_choices),
    SAYS(TEXT, "unit_name"), SAYS(INT, "duration_min"),
    SAYS(CHOICE, "category", .choices = category_choices), SAYS(TEXT, "category_name"),
    SAYS(BOOL, "at_home"), SAYS(BOOL, "gender_matters"),
    SAYS(CHOICE, "errand", .choices = errand_kinds),
    SAYS(INT, "carers", .zh = "几位护理员一起上门", .en = "Carers who come together"), { 0 },
};
static const struct field said_gives[] = {
    SAYS(INT, "stars"), MAY_SAY(TEXT, "words"), MAY_SAY(TEXT, "reply"), SAYS(DAY, "day"), { 0 },
};
static const struct field rating_gives[] = {
    SAYS(INT, "n"), MAY_SAY(REAL, "mean"), SAYS(LIST, "latest", .record = said_gives), { 0 },
};
static const struct field carer_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(TEXT, "gender"), SAYS(LIST, "skills"), { 0 },
};
static const struct field notice_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "title"), MAY_SAY(DAY, "show_from"), { 0 },
};

static const struct field photo_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "alt"), SAYS(TEXT, "href"), { 0 },
};

const struct field place_page_gives[] = {
    SAYS(RECORD, "place", .links = "place"), SAYS(TEXT, "kind_name"), SAYS(TEXT, "open"),
    SAYS(TEXT, "open_text"), MAY_SAY(TEXT, "rating_text"),
    MAY_SAY(RECORD, "org", .links = "organisation"), SAYS(LIST, "papers", .record = paper_gives),
    SAYS(INT, "papers_days"),
    SAYS(LIST, "photos", .record = photo_gives),
    SAYS(LIST, "fees", .record = fee_gives), SAYS(LIST, "offers", .record = offer_gives),
    SAYS(RECORD, "rating", .record = rating_gives),
    SAYS(LIST, "carers", .record = carer_gives), SAYS(LIST, "notices", .record = notice_gives),
    { 0 },
};
