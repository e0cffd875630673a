-- What somebody outside says became of messages: each that is new becomes an event.
-- ARGV: channel, kind (dispatched, returned), then for each its message and the day it happened on
-- Gives: for each what came of it, by its place in enum receipted (store.h)

local channel, kind = ARGV[1], ARGV[2]
expect_outbox(channel)

local SAID, SAID_BEFORE, UNKNOWN, OTHER_CHANNEL, NOT_LEFT = 0, 1, 2, 3, 4
-- What may be out of the house. Of a message that waits: when an earlier try may have left.
local OUT = { handing_over = true, unknown = true, accepted = true, dispatched = true,
	delivered = true, returned = true, failed = true }

local function receive(id, on)
	local m = read_message(id, 'state', 'channel', 'family', 'case', 'attempt', 'unknown')
	if m.state == '' then
		return UNKNOWN
	end
	if m.channel ~= channel then
		return OTHER_CHANNEL
	end
	if not OUT[m.state] and m.unknown ~= '1' then
		return NOT_LEFT
	end
	if m.state == kind or m.state == 'returned' then
		return SAID_BEFORE
	end
	-- The day's beginning, so that the same file gives the same events.
	add_outcome(id, m, kind, on .. 'T00:00:00Z', { channel = channel, on = on })
	return SAID
end

local answer = {}
for i = 3, #ARGV, 2 do
	answer[#answer + 1] = receive(ARGV[i], ARGV[i + 1])
end
return answer
