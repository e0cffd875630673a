/*
 * Whether whom the configuration names can be reached: candourd --check --connect.
 */
#ifndef CANDOUR_DAEMON_CHECK_H
#define CANDOUR_DAEMON_CHECK_H

#include "daemon/daemon.h"

/* Where Redis is and with which password; texts live in the arena or the configuration. A password file that cannot
 * be read is a finding, and false. */
NODISCARD bool check_read_redis(struct arena *arena, const struct config *config,
				struct redis_settings *out, struct findings *findings);
/* Asks everybody whom the configuration names: whether Redis may be relied upon and gives the rights that are
 * needed, then the channels (see deliver_probe). What is wrong is a finding. Gives EXIT_FINE, EXIT_REDIS where
 * Redis is wrong, else EXIT_CONFIG. */
enum exit_code check_connections(const struct config *config, struct findings *findings);

#endif
