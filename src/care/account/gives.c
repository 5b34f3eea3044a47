/* gives.c - what the answers about signing in are made of. */

#include "care/account/inside.h"

static const struct field role_gives[] = {
    SAYS(ID, "grant"), SAYS(CHOICE, "role", .choices = role_choices), SAYS(TEXT, "name"),
    MAY_SAY(TEXT, "org_title"), MAY_SAY(TEXT, "area"), { 0 },
};

/* Nobody signed in: nothing. The password right and the rest owed: csrf and what is owed. */
const struct field session_gives[] = {
    MAY_SAY(ID, "account"), MAY_SAY(TEXT, "name"), MAY_SAY(CHOICE, "role", .choices = role_choices),
    MAY_SAY(TEXT, "role_name"), MAY_SAY(TEXT, "csrf"), MAY_SAY(INT, "idle_min"),
    MAY_SAY(TEXT, "letter"), MAY_SAY(TEXT, "division"), MAY_SAY(LIST, "rights"),
    MAY_SAY(ID, "carer"), MAY_SAY(ID, "org"), MAY_SAY(TEXT, "org_title"),
    MAY_SAY(LIST, "roles", .record = role_gives), MAY_SAY(BOOL, "need_totp"),
    MAY_SAY(BOOL, "enrol_totp"), { 0 },
};

const struct field signed_in_gives[] = {
    MAY_SAY(BOOL, "done"), MAY_SAY(BOOL, "need_totp"), MAY_SAY(BOOL, "enrol_totp"), { 0 },
};

const struct field code_sent_gives[] = { SAYS(INT, "minutes"), SAYS(INT, "again_s"), { 0 } };

const struct field role_taken_gives[] = {
    SAYS(CHOICE, "role", .choices = role_choices), { 0 },
};

/* The code of otpauth as an SVG path ("d") in a picture of qr_side by qr_side (src/print/qr.h). */
const struct field totp_gives[] = {
    SAYS(TEXT, "secret"), SAYS(TEXT, "otpauth"), SAYS(TEXT, "qr_path"), SAYS(INT, "qr_side"), { 0 },
};
