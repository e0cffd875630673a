-- What somebody outside says became of messages: each that is new becomes an event.
-- ARGV: channel, kind (dispatched, returned; delivered, failed), then for each its message, the day it happened
-- on (empty: a day says nothing), when it was heard, a failure's code, 1 when the address is wrong
-- Gives: for each what came of it, by its place in enum receipted (store.h)

local channel, kind = ARGV[1], ARGV[2]
expect_outbox(channel)

local SAID, SAID_BEFORE, UNKNOWN, OTHER_CHANNEL, NOT_LEFT = 0, 1, 2, 3, 4
-- What is known to be out of the house.
local LEFT = { accepted = true, dispatched = true, delivered = true, returned = true, failed = true }

-- Whoever can speak of it has it. It may be accepted late, but then its failure is the newer news.
local function accept(id, m, at)
	local late = m.state ~= 'handing_over' or nil
	move(id, channel, m.state, 'accepted', nil, 'code', 'receipt',
		'late', late and kind ~= 'failed' and '1' or '0')
	add_outcome(id, m, 'accepted', at, { channel = channel, code = 'receipt', handed_over_at = m.at, late = late })
end

-- The family's record may have forgotten the message by then: who it was for, and where it went, as a mark
-- that says so only to whoever knows the address. Of a damaged one nothing is added.
local function add_place(data, record)
	local fine, m = pcall(cjson.decode, record)
	if not fine or type(m) ~= 'table' then
		return data
	end
	local place = m.email or m.sms or (m.letter and table.concat(m.letter, '\n')) or ''
	data.contact = m.contact
	data.place = redis.sha1hex((call('GET', P .. 'key') or '') .. place)
	return data
end

local function receive(id, on, at, code, address)
	local m = read_message(id, 'state', 'channel', 'family', 'case', 'attempt', 'unknown', 'at', 'said',
		'record')
	if not m or m.state == '' then
		return UNKNOWN
	end
	if m.channel ~= channel then
		return OTHER_CHANNEL
	end
	if not LEFT[m.state] and not MAY_HAVE_LEFT[m.state] and m.unknown ~= '1' then
		return NOT_LEFT
	end
	if m.state == kind or m.state == 'returned' then
		return SAID_BEFORE
	end
	if on ~= '' then
		-- The day's beginning, so that the same file gives the same events.
		local data = { channel = channel, on = on }
		add_outcome(id, m, kind, on .. 'T00:00:00Z', kind == 'returned' and add_place(data, m.record) or data)
		return SAID
	end
	-- Each is said once, though the providers say it again until they are heard.
	if m.said:find(kind, 1, true) then
		return SAID_BEFORE
	end
	call('HSET', P .. 'msg:' .. id, 'said', m.said .. ' ' .. kind)
	if not LEFT[m.state] then
		accept(id, m, at)
	end
	local data = { channel = channel, code = code ~= '' and code or nil, address = address == '1' or nil }
	add_outcome(id, m, kind, at, data.address and add_place(data, m.record) or data)
	return SAID
end

local answer = {}
for i = 3, #ARGV, 5 do
	answer[#answer + 1] = receive(unpack(ARGV, i, i + 4))
end
end_moves()
return answer
