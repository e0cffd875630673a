/* The C library's balanced tree, so that a year of a city's events can be gone through. */
#include "simulate/names.h"

#include "base/err.h"

#include <search.h>

struct named {
	str name;
	void *thing;
};

static int compare(const void *a, const void *b)
{
	const struct named *one = a, *other = b;
	return str_cmp(one->name, other->name);
}

void names_put(struct arena *keep, struct names *names, str name, void *thing)
{
	struct named *named = TAKE(keep, struct named, 1);
	*named = (struct named){ .name = name, .thing = thing };
	struct named **node = tsearch(named, &names->root, compare);
	if (node == NULL)
		fatal("out of memory");
	if (*node == named)
		named->name = str_copy(keep, name);
	(*node)->thing = thing;
}

void *names_find(const struct names *names, str name)
{
	const struct named named = { .name = name };
	struct named *const *node = tfind(&named, &names->root, compare);
	return node == NULL ? NULL : (*node)->thing;
}

static void keep_it(void *named)
{
	(void)named; /* it is in an arena */
}

void names_clear(struct names *names)
{
	tdestroy(names->root, keep_it);
	names->root = NULL;
}
