/*
 * What /health and /metrics answer: from what the watch heard last, so nobody can make Redis work by
 * asking often.
 *
 *	/health         both, as JSON; 200 when it is ready
 *	/health/live    200 while starting this process anew would not help
 *	/health/ready   200 while Redis answers and somebody decides
 *	/metrics        Prometheus' text format
 */
#ifndef CANDOUR_DAEMON_HEALTH_H
#define CANDOUR_DAEMON_HEALTH_H

#include "daemon/audit.h"
#include "daemon/post.h"
#include "daemon/watch.h"
#include "io/http_server.h"

struct health {
	const struct watch *watch;
	const struct owner *owner;
	const struct post *post;
	const struct audit *audit;
	str version; /* of the policy */
	instant started;
	bool prepared;
};

/* Leaves out alone where the path is another one. */
void health_answer(const struct health *health, const struct web_request *request,
		   struct arena *arena, struct web_answer *out);

#endif
