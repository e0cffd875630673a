#include "base/place.h"

#include <arpa/inet.h>

static bool read_port(str text, in_port_t *out)
{
	int64_t port;

	if (!str_to_i64(text, &port) || port < 1 || port > 65535)
		return false;
	*out = htons((uint16_t)port);
	return true;
}

static bool read_path(str path, struct place *place)
{
	/* "/" is a folder. */
	if (path.n < 2 || path.n >= PLACE_PATH_MAX)
		return false;
	place->address.un.sun_family = AF_UNIX;
	memcpy(place->address.un.sun_path, path.p, path.n);
	place->size = sizeof place->address.un;
	return true;
}

static bool read_v4(str address, str port, struct place *place)
{
	char z[INET_ADDRSTRLEN];

	if (address.n >= sizeof z)
		return false;
	memcpy(z, address.p, address.n);
	z[address.n] = '\0';
	place->address.in.sin_family = AF_INET;
	place->size = sizeof place->address.in;
	return inet_pton(AF_INET, z, &place->address.in.sin_addr) == 1 &&
	       read_port(port, &place->address.in.sin_port);
}

bool place_read(str text, struct place *out)
{
	const str un = S("unix:"), v6 = S("[::1]:");
	struct place place = { .size = 0 };
	bool fine = false;
	str head, tail;

	if (str_starts(text, S("unix:/"))) {
		fine = read_path(str_slice(text, un.n, text.n), &place);
	} else if (str_starts(text, v6)) {
		place.address.in6.sin6_family = AF_INET6;
		place.address.in6.sin6_addr = in6addr_loopback;
		place.size = sizeof place.address.in6;
		fine = read_port(str_slice(text, v6.n, text.n), &place.address.in6.sin6_port);
	} else if (str_starts(text, S("127.")) && str_cut(text, ':', &head, &tail)) {
		fine = read_v4(head, tail, &place);
	}
	if (fine)
		*out = place;
	return fine;
}
