/*
 * What the daemon tells the service manager: one datagram to the socket that it names, nothing when
 * there is none. These lines are all of sd_notify(3) that is needed here, so libsystemd is not.
 */
#ifndef CANDOUR_DAEMON_STATUS_H
#define CANDOUR_DAEMON_STATUS_H

#include "base/str.h"

/* "READY=1", "STOPPING=1", "STATUS=..."; see sd_notify(3). */
void status_tell(const char *state);
/* That a reload begins: RELOADING=1 with the time of it, as systemd 253 and later want it; the reload
 * ends with READY=1. */
void status_tell_reloading(void);
/* How often the service manager wants to be fed at the least, in milliseconds; 0: it does not. */
int64_t status_watchdog_ms(void);

#endif
