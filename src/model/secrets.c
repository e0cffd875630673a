#include "model/secrets.h"

#include "base/arena.h"

#define STREET_WORDS_MAX 6
#define NAME_WORDS_MAX 6
#define MARK_DIGITS 16
#define MARKS_BYTES_MAX ((size_t)16 << 10)

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word_byte(char c)
{
	return is_letter(c) || is_digit(c) || (unsigned char)c >= 0x80;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* --- what can be known by its form --------------------------------------------------------------- */

str secret_fold(struct arena *arena, str text, bool keep_marks)
{
	struct buf buf = buf_of(arena, text.n + 1);
	for (size_t i = 0; i < text.n; i++) {
		if (keep_marks || is_word_byte(text.p[i]))
			buf_byte(&buf, lower(text.p[i]));
	}
	return buf_str(&buf);
}

static bool is_email_byte(char c)
{
	return is_word_byte(c) || strchr("._%+-", c) != NULL;
}

/* From the first byte of an address. */
static size_t match_email(str text, size_t at)
{
	size_t end = at;
	while (end < text.n && text.p[end] != '\0' && is_email_byte(text.p[end]))
		end++;
	if (end == at || end == text.n || text.p[end] != '@')
		return 0;
	size_t dot = 0, from = ++end;
	while (end < text.n && text.p[end] != '\0' && is_email_byte(text.p[end])) {
		if (text.p[end] == '.' && end > from && end + 1 < text.n &&
		    is_word_byte(text.p[end + 1]))
			dot = end;
		end++;
	}
	while (end > from && !is_word_byte(text.p[end - 1]))
		end--;
	return dot > 0 ? end - at : 0;
}

/* Ten to fifteen digits that begin with 0 or +, with spaces, brackets and hyphens between. */
static size_t match_phone(str text, size_t at)
{
	size_t end = at, last = at, digits = 0, gap = 0;
	if (text.p[at] != '0' && text.p[at] != '+' && text.p[at] != '(')
		return 0;
	/* The middle of a reference: "2026-0041-000123" */
	if (at > 1 && text.p[at - 1] == '-' && is_digit(text.p[at - 2]))
		return 0;
	for (; end < text.n && gap <= 3; end++) {
		char c = text.p[end];
		if (is_digit(c)) {
			if (digits == 0 && text.p[at] != '+' && c != '0')
				return 0;
			digits++;
			last = end + 1;
			gap = 0;
		} else if (c == ' ' || c == '(' || c == ')' || c == '-' || c == '.' ||
			   (c == '+' && end == at)) {
			gap++;
		} else {
			break;
		}
	}
	return digits >= 10 && digits <= 15 ? last - at : 0;
}

/* Area and district, then a digit and two letters (BS 7666); C I K M O V are never among the last
 * two. */
static size_t match_postcode(str text, size_t at)
{
	size_t i = at;
	while (i < text.n && is_letter(text.p[i]))
		i++;
	if (i == at || i - at > 2 || i == text.n || !is_digit(text.p[i]))
		return 0;
	i++;
	for (int more = 0; more < 2; more++) {
		/* The longest district first: "S11 9ZZ", then "S1 1ZZ" and "S11ZZ". */
		size_t j = i + (more == 0 ? 1 : 0);
		if (j > text.n || (more == 0 && (i == text.n || !is_word_byte(text.p[i]))))
			continue;
		if (j < text.n && text.p[j] == ' ')
			j++;
		if (j + 3 > text.n || !is_digit(text.p[j]) || !is_letter(text.p[j + 1]) ||
		    !is_letter(text.p[j + 2]) || strchr("cikmov", lower(text.p[j + 1])) != NULL ||
		    strchr("cikmov", lower(text.p[j + 2])) != NULL)
			continue;
		if (j + 3 == text.n || !is_word_byte(text.p[j + 3]))
			return j + 3 - at;
	}
	return 0;
}

static str fold_phone(struct arena *arena, str text)
{
	str digits = secret_fold(arena, text, false);
	if (str_starts(digits, S("0044")))
		digits = str_slice(digits, 4, digits.n);
	else if (str_starts(digits, S("44")))
		digits = str_slice(digits, 2, digits.n);
	while (str_starts(digits, S("0")))
		digits = str_slice(digits, 1, digits.n);
	return digits;
}

bool secret_next(struct secret_search *search, struct secret *out)
{
	str text = search->text;
	for (; search->at < text.n; search->at++) {
		size_t at = search->at, n;
		if (at > 0 && is_word_byte(text.p[at - 1]))
			continue;
		if ((n = match_email(text, at)) > 0) {
			out->kind = SECRET_EMAIL;
			out->text = secret_fold(search->arena, str_slice(text, at, at + n), true);
		} else if ((n = match_phone(text, at)) > 0) {
			out->kind = SECRET_PHONE;
			out->text = fold_phone(search->arena, str_slice(text, at, at + n));
		} else if ((n = match_postcode(text, at)) > 0) {
			out->kind = SECRET_POSTCODE;
			out->text = secret_fold(search->arena, str_slice(text, at, at + n), false);
		} else {
			continue;
		}
		search->at = at + n;
		return true;
	}
	return false;
}

/* --- marks --------------------------------------------------------------------------------------- */

/* A letter for the kind, a digit for the words of a name, and a keyed hash: whoever reads a mark does
 * not learn the value. */
static str mark(struct arena *arena, const uint8_t key[HASH_BYTES], const struct secret *secret)
{
	static const char letters[] = { 'e', 'p', 'c', 's', 'n' };
	struct hash hash = hash_keyed(key, secret->text);
	str hex = str_slice(hash_hex(arena, &hash), 0, MARK_DIGITS);
	return str_fmt(arena, "%c%zu%.*s", letters[secret->kind],
		       secret->kind == SECRET_NAME ? secret->n_words : 0, STR_ARG(hex));
}

static bool is_marked(str marks, str mark)
{
	return str_find(marks, mark) < marks.n;
}

/* The text's words from a place on, at most so many, without what stands between them. */
static size_t take_words(str text, size_t at, size_t n, struct buf *out)
{
	size_t taken = 0;
	while (taken < n && at < text.n) {
		while (at < text.n && is_word_byte(text.p[at]))
			buf_byte(out, lower(text.p[at++]));
		taken++;
		while (at < text.n && !is_word_byte(text.p[at]))
			at++;
	}
	return taken;
}

static void add_mark(struct secret_marks *marks, const struct secret *secret)
{
	str one = mark(marks->arena, marks->key, secret);
	if (marks->text.p == NULL)
		marks->text = buf_of(marks->arena, MARKS_BYTES_MAX);
	if (is_marked(marks->none, one) || is_marked(buf_str(&marks->text), one))
		return;
	if (marks->text.n > 0)
		buf_byte(&marks->text, ' ');
	buf_add(&marks->text, one);
}

/* "20 Mill Street" of "Flat 3, 20 Mill Street": a number and what follows, to the line's end. */
static void mark_streets(struct secret_marks *marks, str line)
{
	for (size_t at = 0; at < line.n; at++) {
		if (!is_digit(line.p[at]) || (at > 0 && is_word_byte(line.p[at - 1])))
			continue;
		struct buf buf = buf_of(marks->arena, line.n + 1);
		size_t words = take_words(line, at, STREET_WORDS_MAX, &buf);
		const struct secret secret = { .kind = SECRET_STREET, .text = buf_str(&buf) };
		if (words > 1)
			add_mark(marks, &secret);
	}
}

static void mark_forms(struct secret_marks *marks, str text)
{
	struct secret_search search = { .arena = marks->arena, .text = text };
	struct secret found;
	while (secret_next(&search, &found))
		add_mark(marks, &found);
}

void secrets_of_contact(struct secret_marks *marks, const struct contact *contact)
{
	mark_forms(marks, contact->email);
	mark_forms(marks, contact->sms);
	for (size_t i = 0; i < contact->n_letter; i++) {
		mark_forms(marks, contact->letter[i]);
		mark_streets(marks, contact->letter[i]);
	}
}

void secrets_of_name(struct secret_marks *marks, str name)
{
	struct buf buf = buf_of(marks->arena, name.n + 1);
	const size_t words = take_words(name, 0, NAME_WORDS_MAX, &buf);
	const struct secret secret = { .kind = SECRET_NAME,
				       .text = buf_str(&buf),
				       .n_words = words };
	/* One word alone may be any word. */
	if (words > 1)
		add_mark(marks, &secret);
}

/* --- finding marked values ----------------------------------------------------------------------- */

static bool is_marked_here(struct secret_search *search, const struct secret *secret)
{
	return is_marked(search->marks, mark(search->arena, search->key, secret));
}

static bool find_words(struct secret_search *search, size_t at, struct secret *out)
{
	str text = search->text;
	bool number = is_digit(text.p[at]);
	for (size_t n = 2; n <= STREET_WORDS_MAX; n++) {
		struct buf buf = buf_of(search->arena, text.n - at + 1);
		bool name = search->names[n];
		if ((!number && !name) || take_words(text, at, n, &buf) < n)
			continue;
		*out = (struct secret){ .kind = SECRET_STREET, .text = buf_str(&buf) };
		if (number && is_marked_here(search, out))
			return true;
		out->kind = SECRET_NAME;
		out->n_words = n;
		if (name && is_marked_here(search, out))
			return true;
	}
	return false;
}

/* How many words the names have that are marked. */
static void count_names(struct secret_search *search)
{
	for (size_t n = 2; n <= NAME_WORDS_MAX; n++) {
		char start[] = { 'n', (char)('0' + n), '\0' };
		search->names[n] = is_marked(search->marks, str_of(start));
	}
}

bool secrets_next(struct secret_search *search, const uint8_t key[HASH_BYTES], str marks,
		  struct secret *out)
{
	str text = search->text;
	if (search->marks.n == 0) {
		search->marks = marks;
		search->key = key;
		count_names(search);
	}
	while (!search->forms_done) {
		if (!secret_next(search, out)) {
			search->forms_done = true;
			search->at = 0;
		} else if (is_marked_here(search, out)) {
			return true;
		}
	}
	for (; search->at < text.n; search->at++) {
		size_t at = search->at;
		bool starts = is_word_byte(text.p[at]) &&
			      (at == 0 || !is_word_byte(text.p[at - 1]));
		if (starts && find_words(search, at, out)) {
			search->at++;
			return true;
		}
	}
	return false;
}
