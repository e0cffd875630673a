/*
 * A place of this machine where somebody listens: "127.0.0.1:9180", "[::1]:9180" or
 * "unix:/run/candour/http.sock". Others are no places: what is served there is for this machine only.
 */
#ifndef CANDOUR_BASE_PLACE_H
#define CANDOUR_BASE_PLACE_H

#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/str.h"

/* For messages about a text that is none. */
#define PLACE_WANTED                                                                               \
	"it is written 127.0.0.1:PORT, [::1]:PORT or unix:/PATH: what is served is for this "      \
	"machine, and a proxy for others"

#define PLACE_PATH_MAX (sizeof(((struct sockaddr_un *)NULL)->sun_path))

struct place {
	union {
		struct sockaddr any;
		struct sockaddr_un un;
		struct sockaddr_in in;
		struct sockaddr_in6 in6;
	} address;
	socklen_t size;
};

/* False, and out untouched, when the text is no place. */
bool place_read(str text, struct place *out);

#endif
