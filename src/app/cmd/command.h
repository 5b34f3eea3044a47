/*
 * command.h - the commands of the one program, as a table; options read the same way everywhere.
 *
 * Exit codes: 0 done, 1 could not (the reason stands on the last line of stderr), 2 used wrongly.
 */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "app/start.h"

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

struct command {
    const char *name;
    const char *usage;           /* behind "yike " */
    const char *help;            /* what it does, its options, an example */
    int       (*run)(int argc, char **argv);      /* argv[0] is the command's name */
};
extern const struct command commands[];           /* ends with { 0 } */

/* --- options --- */

/* One --name VALUE or --name (a switch when text is NULL). */
struct option_row { const char *name; const char **text; bool *on; };

/*
 * Reads options off argv; what is no option goes to ret_rest (at most rest_max, NULL-terminated).
 * False has printed what is wrong. "--help" prints the command's help and sets *ret_help.
 */
bool options_read(const struct command *k, int argc, char **argv, const struct option_row *rows,
                  const char **ret_rest, size_t rest_max, bool *ret_help);

/* The row of a command in the table. */
const struct command *command_named(const char *name);

/* Prints the cause of a failure in the person's language and gives EXIT_FAILED. */
int command_failed(struct ctx *c, const char *what);

/* Progress on stderr, once a second, with a count and an estimate; silent when it is no terminal
 * and `quiet`. */
struct progress { const char *what; int64_t started_ms, shown_ms; };
void progress_show(struct progress *p, int64_t done, int64_t total);
void progress_end(struct progress *p, int64_t done);

/* Opens the house, does the work, closes; prints the cause of a failure. Gives the exit code. */
int command_run(const struct command *k, const struct config *config, enum start_use use,
                enum err (*work)(struct start *s, void *arg), void *arg);

/* --- commands in files of their own --- */

int serve_command(int argc, char **argv);
int migrate_command(int argc, char **argv);
int demo_command(int argc, char **argv);
int import_command(int argc, char **argv);
int export_command(int argc, char **argv);
int check_command(int argc, char **argv);
int account_command(int argc, char **argv);
int backup_command(int argc, char **argv);
int restore_command(int argc, char **argv);
int roads_command(int argc, char **argv);

#endif
