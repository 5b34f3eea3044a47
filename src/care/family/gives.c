/* gives.c - what the answers about one's own people are made of. */

#include "care/family/family.h"
#include "care/family/my.h"
#include "http/file/file.h"

static const struct field me_gives[] = {
    SAYS(ID, "account"), MAY_SAY(TEXT, "name"), MAY_SAY(TEXT, "phone"), MAY_SAY(ID, "elder"),
    { 0 },
};

static const struct field elder_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"),
    SAYS(TEXT, "relation", .zh = "关系；本人为 self", .en = "Relation; self when it is she"),
    SAYS(TEXT, "relation_name"), MAY_SAY(ID, "bond"), MAY_SAY(INT, "version"),
    SAYS(SET, "may", .choices = bond_mays), MAY_SAY(ID, "compound"),
    MAY_SAY(TEXT, "compound_name"), MAY_SAY(REAL, "lat"), MAY_SAY(REAL, "lon"),
    SAYS(TEXT, "address"), SAYS(INT, "renew_days"), { 0 },
};

static const struct field asked_gives[] = {
    SAYS(ID, "bond"), SAYS(INT, "version"), SAYS(CHOICE, "relation", .choices = relation_kinds),
    SAYS(TEXT, "relation_name"), SAYS(CHOICE, "state", .choices = bond_states),
    SAYS(MOMENT, "asked_at"), SAYS(LIST, "papers", .record = file_listed_gives), { 0 },
};

const struct field my_gives[] = {
    SAYS(RECORD, "me", .record = me_gives), SAYS(LIST, "elders", .record = elder_gives),
    SAYS(LIST, "asked", .record = asked_gives), { 0 },
};

const struct field bond_asked_gives[] = { SAYS(TEXT, "state"), SAYS(TEXT, "text"), { 0 } };
const struct field bond_made_gives[] = { SAYS(RECORD, "bond", .links = "bond"), { 0 } };
const struct field linked_gives[] = { SAYS(BOOL, "linked"), MAY_SAY(TEXT, "text"), { 0 } };

static const struct field look_gives[] = {
    SAYS(ID, "elder"), SAYS(MOMENT, "at"), SAYS(TEXT, "role"), MAY_SAY(TEXT, "role_name"),
    MAY_SAY(ID, "org"), SAYS(TEXT, "what"), MAY_SAY(TEXT, "reason"), { 0 },
};

const struct field looks_gives[] = { SAYS(LIST, "items", .record = look_gives), { 0 } };
