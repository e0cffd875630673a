/*
 * The daemon: brings the rooms together, starts and stops them, and is the only one that looks at
 * the clock by itself.
 */
#ifndef CANDOUR_DAEMON_DAEMON_H
#define CANDOUR_DAEMON_DAEMON_H

#include "daemon/rules.h"
#include "io/redis_link.h"

enum exit_code { EXIT_FINE = 0, EXIT_FORCED = 1, EXIT_USAGE = 2, EXIT_CONFIG = 3, EXIT_REDIS = 4 };

/* Runs until a signal ends it; takes the rules. */
enum exit_code daemon_run(str config_file, struct rules *rules);

#endif
