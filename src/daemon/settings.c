/* What deliver is opened with: the configuration, group by group. */
#include "daemon/post.h"
#include "letter/letter.h"

/* A program that is not there is found out when a letter wants it: emails go on. */
static str find_worker(struct arena *arena, const struct config *config)
{
	str worker = config->letter.worker;

	if (worker.n == 0)
		worker = letter_worker_find(arena);
	return worker.n > 0 ? worker : S("candour-letter");
}

void post_settings(struct arena *arena, const struct config *config, struct deliver_settings *out)
{
	*out = (struct deliver_settings){
		.email.transport = config->email.transport,
		.email.dir = config->email.dir,
		.email.unsubscribe = config->email.unsubscribe,
		.email.host = config->email.host,
		.email.port = config->email.port,
		.email.tls = config->email.tls,
		.email.ca_file = config->email.ca_file,
		.email.username = config->email.username,
		.email.password_file = config->email.password_file,
		.email.oauth = str_eq(config->email.auth, S("oauth")),
		.email.threads = config->email.threads,
		.email.session_messages = config->email.session_messages,
		.email.reply_within = config->email.reply_within,
		.sms.dir = config->sms[0].dir,
		.sms.sender = config->sms[0].sender,
		.sms.providers = config->providers,
		.sms.n_providers = config->n_providers,
		.letter.transport = config->letter.transport,
		.letter.dir = config->letter.dir,
		.letter.provider = config->post_provider,
		.letter.press.worker = find_worker(arena, config),
		.letter.press.workers = config->letter.workers,
		.letter.press.wait = SPAN_S(LETTER_WAIT_S),
		.letter.press.profile = config->letter.profile,
		.from = config->email.from,
		.enclosures = config->enclosures,
	};
}
