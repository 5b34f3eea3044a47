/*
 * cmd_roads.h - `yike roads`: the street engine on files, without a database or a server.
 */
#ifndef APP_CMD_ROADS_H
#define APP_CMD_ROADS_H

/*
 * argv[0] is "roads", argv[1] the sub-command: import, info, circle, nearest, route, bench.
 * Results go to standard output, progress and errors to standard error. Returns the exit code:
 * 0 done, 1 it could not be done (one line says why), 2 it was asked wrongly.
 */
int roads_command(int argc, char **argv);

#endif
