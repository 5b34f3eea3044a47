/* uscc.c - the unified social credit code's form and check character (GB 32100-2015). */

#include "care/organisation/organisation.h"

enum { USCC_LENGTH = 18, USCC_BASE = 31 };

/* Without I O S V Z. */
static const char alphabet[USCC_BASE + 1] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static int value_of(char ch)
{
    char upper = ch >= 'a' && ch <= 'z' ? (char)(ch - 'a' + 'A') : ch;
    return (int)sv_find_byte(sv_of(alphabet), upper);
}

/* Weights are 3^i mod 31. */
const char *uscc_check(struct sv value)
{
    int sum = 0, weight = 1;
    if (value.len != USCC_LENGTH)
        return "uscc.length";
    for (int i = 0; i < USCC_LENGTH - 1; i++) {
        int n = value_of(value.at[i]);
        if (n < 0)
            return "uscc.letter";
        sum += n * weight;
        weight = weight * 3 % USCC_BASE;
    }
    int check = (USCC_BASE - sum % USCC_BASE) % USCC_BASE;
    return value_of(value.at[USCC_LENGTH - 1]) == check ? NULL : "uscc.check";
}
