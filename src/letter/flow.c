/*
 * Lines onto pages: a heading stays with what it is the heading of, no line of a longer paragraph stands
 * alone at the top or foot of a page, and a frame is kept whole where that leaves no great hole.
 */
#include "base/arena.h"
#include "letter/inner.h"

struct flow {
	struct letter *letter;
	double y;            /* where the next line's top may be */
	bool top;            /* nothing is on the page yet */
	struct frame *frame; /* that is open on this page */
	struct frame **frames_end;
};

static double page_top(const struct flow *flow)
{
	return flow->letter->pages == 1 ? flow->letter->sheet.body : flow->letter->top;
}

static double frame_pad(const struct flow *flow)
{
	return 0.7 * flow->letter->size;
}

/* ---- frames --------------------------------------------------------------------------------------- */

static void frame_end(struct flow *flow)
{
	if (flow->frame == NULL)
		return;
	flow->frame->bottom = flow->y + frame_pad(flow);
	flow->y = flow->frame->bottom;
	flow->frame = NULL;
}

static void frame_begin(struct flow *flow)
{
	struct frame *frame = TAKE(flow->letter->arena, struct frame, 1);
	if (!flow->top)
		flow->y += 0.9 * flow->letter->size;
	frame->page = flow->letter->pages - 1;
	frame->top = flow->y;
	flow->y += frame_pad(flow);
	flow->top = true; /* within the frame */
	*flow->frames_end = frame;
	flow->frames_end = &frame->next;
	flow->frame = frame;
}

/* ---- pages ---------------------------------------------------------------------------------------- */

static bool new_page(struct flow *flow)
{
	const bool framed = flow->frame != NULL;
	frame_end(flow);
	if (flow->letter->pages == LETTER_PAGES_MAX)
		return letter_refuse(
			flow->letter, LETTER_TOO_LONG,
			str_fmt(flow->letter->arena, "more than %d pages", LETTER_PAGES_MAX));
	flow->letter->pages++;
	flow->y = page_top(flow);
	flow->top = true;
	if (framed)
		frame_begin(flow);
	return true;
}

static double room_left(const struct flow *flow)
{
	return flow->letter->bottom - flow->y - (flow->frame != NULL ? frame_pad(flow) : 0);
}

/* A paragraph, or a row of a table with all its cells: what is placed for itself. */
static bool is_placed(const struct item *item)
{
	return item->kind == ITEM_ROW ||
	       (item->kind == ITEM_PARAGRAPH && item->paragraph->row == NULL);
}

/* The next paragraph or row that could be on the same page, or NULL. */
static const struct item *item_after(const struct item *item)
{
	for (item = item->next; item != NULL; item = item->next) {
		if (is_placed(item))
			return item;
		if (item->kind == ITEM_PAGE)
			return NULL;
	}
	return NULL;
}

/* How many lines of a paragraph must stand together at its beginning. */
static int first_lines(const struct paragraph *paragraph)
{
	const bool together = paragraph->keep || paragraph->whole || paragraph->n_lines <= 3;
	return together ? paragraph->n_lines : 2;
}

/* What is asked of a paragraph or a row before it has its place. */
struct block {
	double before, height;
	double first; /* of the height, what must stand together at its beginning */
	bool keep;    /* on the page of what is behind it */
	bool boxed;
};

/* False when a paragraph was refused. The cells of a row are shaped already. */
static bool block_of(const struct flow *flow, const struct item *item, struct block *out)
{
	struct paragraph *paragraph = item->paragraph;
	if (item->kind == ITEM_ROW) {
		const struct row *row = item->row;
		const bool head = row == row->head;
		*out = (struct block){ .before = head ? row->cells[0]->before : 0,
				       .height = row->height,
				       .first = row->height,
				       .keep = head,
				       .boxed = row->cells[0]->boxed };
		return true;
	}
	if (!shape_paragraph(flow->letter, paragraph))
		return false;
	*out = (struct block){ .before = paragraph->before,
			       .height = paragraph->n_lines * paragraph->leading,
			       .first = first_lines(paragraph) * paragraph->leading,
			       .keep = paragraph->keep,
			       .boxed = paragraph->boxed };
	return true;
}

/* What must find room on one page so that this may begin on it; more than any page holds is not looked at to
 * its end. Negative when a paragraph was refused. */
static double needed(struct flow *flow, const struct item *item)
{
	double sum = 0;
	for (; item != NULL && sum <= flow->letter->bottom; item = item_after(item)) {
		struct block block;
		if (!block_of(flow, item, &block))
			return -1;
		sum += (sum > 0 ? block.before : 0) + block.first;
		if (!block.keep)
			break;
	}
	return sum;
}

/* The height of what is framed from here on, without the pads. */
static double framed_height(struct flow *flow, const struct item *item)
{
	double sum = 0;
	for (; item != NULL && sum <= flow->letter->bottom; item = item_after(item)) {
		struct block block;
		if (!block_of(flow, item, &block))
			return -1;
		if (!block.boxed)
			break;
		sum += (sum > 0 ? block.before : 0) + block.height;
	}
	return sum;
}

/* ---- paragraphs and rows -------------------------------------------------------------------------- */

/* The frame opens, on a page of its own where it would else be cut and much of it is there. */
static bool enter_frame(struct flow *flow, const struct item *item)
{
	const double height = framed_height(flow, item);
	const double all = height + 2 * frame_pad(flow) + 0.9 * flow->letter->size;
	const double page = flow->letter->bottom - flow->letter->top;
	if (height < 0)
		return false;
	if (!flow->top && all > room_left(flow) && all <= page && room_left(flow) < page / 2 &&
	    !new_page(flow))
		return false;
	const double need = needed(flow, item);
	if (need < 0)
		return false;
	if (!flow->top && need + 3 * frame_pad(flow) > room_left(flow) && !new_page(flow))
		return false;
	frame_begin(flow);
	return true;
}

static bool place_lines(struct flow *flow, struct paragraph *paragraph)
{
	const int n = paragraph->n_lines;
	for (int i = 0; i < n; i++) {
		/* The last two lines stay together. */
		const bool last_two = i == n - 2 && n > 3;
		const double need = (last_two ? 2 : 1) * paragraph->leading;
		if (need > room_left(flow) && !flow->top && !new_page(flow))
			return false;
		paragraph->pages[i] = flow->letter->pages - 1;
		paragraph->baselines[i] = flow->y + paragraph->ascent;
		flow->y += paragraph->leading;
		flow->top = false;
	}
	return true;
}

/* Its cells begin on one line; behind the head of its table, which is shown again on a new page. */
static void place_row(struct flow *flow, struct row *row, bool again)
{
	if (again) {
		row->again = flow->y;
		flow->y += row->head->height;
	}
	row->page = flow->letter->pages - 1;
	row->top = flow->y;
	for (size_t i = 0; i < row->n; i++) {
		struct paragraph *cell = row->cells[i];
		for (int line = 0; line < cell->n_lines; line++) {
			cell->pages[line] = row->page;
			cell->baselines[line] = row->top + row->ascent + line * cell->leading;
		}
	}
	flow->y += row->height + (row->next == NULL ? 0.3 * flow->letter->size : 0);
	flow->top = false;
}

static bool place(struct flow *flow, struct item *item)
{
	struct block block;
	if (!block_of(flow, item, &block))
		return false;
	if (flow->frame != NULL && !block.boxed) {
		frame_end(flow);
		flow->y += 0.3 * flow->letter->size;
	}
	if (flow->frame == NULL && block.boxed && !enter_frame(flow, item))
		return false;
	if (!flow->top)
		flow->y += block.before;
	const double need = needed(flow, item);
	if (need < 0)
		return false;
	const bool turns = need > room_left(flow) && !flow->top;
	if (turns && !new_page(flow))
		return false;
	if (item->kind == ITEM_PARAGRAPH)
		return place_lines(flow, item->paragraph);
	place_row(flow, item->row, turns && item->row != item->row->head);
	return true;
}

/* A rule belongs to what comes behind it, and is not needed at the top of a page. */
static bool place_rule(struct flow *flow, struct item *item)
{
	const double gap = 1.1 * flow->letter->size;
	const bool framed = flow->frame != NULL; /* which is border enough */
	frame_end(flow);
	const double need = needed(flow, item_after(item));
	if (need < 0)
		return false;
	if (need + 2 * gap > room_left(flow) && !flow->top && !new_page(flow))
		return false;
	item->page = flow->top || framed ? -1 : flow->letter->pages - 1;
	if (item->page < 0)
		return true;
	item->y = flow->y + gap;
	flow->y = item->y + 0.2 * gap;
	return true;
}

bool flow(struct letter *letter)
{
	struct flow flow = { .letter = letter, .frames_end = &letter->frames, .top = true };
	bool fine = true;
	letter->pages = 1;
	flow.y = page_top(&flow);
	for (struct item *item = letter->items; fine && item != NULL; item = item->next) {
		if (is_placed(item))
			fine = place(&flow, item);
		else if (item->kind == ITEM_RULE)
			fine = place_rule(&flow, item);
		else if (item->kind == ITEM_PAGE) {
			frame_end(&flow);
			fine = new_page(&flow);
		}
	}
	frame_end(&flow);
	return fine;
}
