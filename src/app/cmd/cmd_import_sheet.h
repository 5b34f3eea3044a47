/* cmd_import_sheet.h - yike import sheet and yike import undo. */
#ifndef APP_CMD_IMPORT_SHEET_H
#define APP_CMD_IMPORT_SHEET_H

#include "app/cmd/command.h"

struct sheet_wanted {
    const char *file;              /* of `undo`: the batch */
    const char *entity, *source;
    const char *returned;          /* where the marked file goes; NULL: nowhere */
    bool        confirm;
};

MUST enum err import_sheet_work(struct start *start, const struct sheet_wanted *w);
MUST enum err import_undo_work(struct start *start, const struct sheet_wanted *w);

#endif
