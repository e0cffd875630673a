/* What candour-letter is asked for a message: who writes, to whom, in which size. */
#include "deliver/inner.h"

static int points_of(enum format format)
{
	static const int points[FORMAT_COUNT] = {
		[FORMAT_LARGE_PRINT_16] = 16, [FORMAT_LARGE_PRINT_18] = 18,
		[FORMAT_LARGE_PRINT_20] = 20, [FORMAT_LARGE_PRINT_24] = 24,
		[FORMAT_LARGE_PRINT_28] = 28,
	};
	return points[format];
}

struct letter_ask letter_ask_of(const struct policy *policy, const struct parcel *parcel,
				enum letter_profile profile, date day)
{
	const struct authority *authority = &policy->authority;
	const struct message *message = parcel->message;
	return (struct letter_ask){
		.id = message->id,
		.profile = profile,
		.points = points_of(message->format),
		.title = parcel->subject,
		.day = day,
		.reference = message->case_id,
		.from_name = authority->name,
		.from_phone = authority->phone,
		.from_email = authority->email,
		.from_lines = authority->address,
		.n_from_lines = authority->n_address,
		.logo = authority->logo,
		/* What goes by email has no window. */
		.to_lines = message->n_letter > 0 ? message->letter : &message->to_name,
		.n_to_lines = message->n_letter > 0 ? message->n_letter : 1,
		.parts = parcel->letter,
	};
}
