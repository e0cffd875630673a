/*
 * What the daemon tells the service manager: one datagram to the socket that it names, nothing when
 * there is none.
 */
#ifndef CANDOUR_DAEMON_STATUS_H
#define CANDOUR_DAEMON_STATUS_H

/* "READY=1", "STOPPING=1", "STATUS=..."; see sd_notify(3). */
void status_tell(const char *state);

#endif
