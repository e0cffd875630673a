/*
 * What a relay's reply means for the message: by its code (RFC 5321) and, where there is one, its
 * enhanced code (RFC 3463), whose second number says what the trouble is about:
 *
 *	1 the address · 2 the mailbox · 3 the mail system · 4 the way there · 5 the protocol
 *	6 the content · 7 security or policy
 *
 * What the relay says of itself or of us must not be held against one recipient, and what it says
 * of one recipient must not stop the channel.
 */
#include "deliver/smtp.h"

enum about { ABOUT_ADDRESS = 1, ABOUT_MAILBOX, ABOUT_SYSTEM, ABOUT_WAY };

/* "Who are you?": 530 authentication or STARTTLS required, 534, 535, 538 about the way of it. */
static bool is_about_us(int code)
{
	return code == 530 || code == 534 || code == 535 || code == 538;
}

static bool is_full(const struct smtp_reply *reply)
{
	if (reply->class != 0)
		return reply->subject == ABOUT_MAILBOX && reply->detail == 2;
	return reply->code == 552;
}

static bool is_too_large(const struct smtp_reply *reply)
{
	if (reply->class != 0)
		return (reply->subject == ABOUT_SYSTEM && reply->detail == 4) ||
		       (reply->subject == ABOUT_MAILBOX && reply->detail == 3);
	return reply->code == 552;
}

/* Refused for good, at RCPT or later: the address, or the message? */
static enum outcome who_is_refused(enum smtp_stage stage, const struct smtp_reply *reply)
{
	if (reply->class == 0)
		return stage == SMTP_RCPT && reply->code >= 550 && reply->code <= 553
			       ? OUTCOME_NEVER_ADDRESS
			       : OUTCOME_NEVER_MESSAGE;
	if (reply->subject == ABOUT_ADDRESS || reply->subject == ABOUT_WAY ||
	    (reply->subject == ABOUT_MAILBOX && !is_too_large(reply)))
		return OUTCOME_NEVER_ADDRESS;
	return OUTCOME_NEVER_MESSAGE;
}

static enum outcome refused(enum smtp_stage stage, const struct smtp_reply *reply)
{
	if (is_about_us(reply->code))
		return OUTCOME_CONFIGURATION;
	switch (stage) {
	case SMTP_HELLO:
		return OUTCOME_CONFIGURATION;
	case SMTP_MAIL:
		/* Nobody has been named yet, so it is our sender that is not wanted. */
		return is_too_large(reply) ? OUTCOME_NEVER_MESSAGE : OUTCOME_CONFIGURATION;
	case SMTP_RCPT:
		/* A full mailbox is emptied some day (RFC 5321 4.5.3.1.10 says so of 552). */
		return is_full(reply) ? OUTCOME_LATER : who_is_refused(stage, reply);
	case SMTP_DATA:
	case SMTP_FINAL:
		return is_full(reply) && reply->class != 0 ? OUTCOME_LATER
							   : who_is_refused(stage, reply);
	}
	return OUTCOME_NEVER_MESSAGE;
}

static enum outcome put_off(enum smtp_stage stage, const struct smtp_reply *reply)
{
	/* After the whole message a "later" is one, whatever the reason. */
	if (stage == SMTP_FINAL)
		return OUTCOME_LATER;
	if (stage == SMTP_HELLO || reply->code == 421 ||
	    (stage == SMTP_MAIL && (reply->code == 454 || reply->subject == ABOUT_SYSTEM)))
		return OUTCOME_NOT_BEGUN;
	return OUTCOME_LATER;
}

enum outcome smtp_outcome(enum smtp_stage stage, const struct smtp_reply *reply)
{
	switch (reply->code / 100) {
	case 2:
		if (stage == SMTP_FINAL)
			return OUTCOME_ACCEPTED;
		break;
	case 4:
		return put_off(stage, reply);
	case 5:
		return refused(stage, reply);
	default:
		break;
	}
	/* No reply, or none that RFC 5321 knows. */
	if (stage == SMTP_FINAL)
		return OUTCOME_UNKNOWN;
	return stage == SMTP_HELLO ? OUTCOME_NOT_BEGUN : OUTCOME_LATER;
}

void smtp_code(const struct smtp_reply *reply, char out[SMTP_CODE_SIZE])
{
	if (reply->class != 0)
		snprintf(out, SMTP_CODE_SIZE, "%d/%d.%d.%d", reply->code % 1000, reply->class % 10,
			 reply->subject % 1000, reply->detail % 1000);
	else
		snprintf(out, SMTP_CODE_SIZE, "%d", reply->code % 1000);
}
