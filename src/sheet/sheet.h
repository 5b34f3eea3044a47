/* sheet.h - workbooks: what the folder has to say to people. */
#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H

#include "base/ctx.h"

extern const struct message sheet_messages[];     /* ends with { 0 } */

#endif
