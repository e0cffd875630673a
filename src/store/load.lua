-- What is known of events' subjects, and of the events themselves. Reads only.
-- ARGV: for each event its subject's kind, its id, the family that a new case is opened for, stream, identity,
-- content, how many of a desk's notes
-- Gives: for each event the family's id, its record, 0 new or 1 same or 2 other content, the waiting events, who is
-- away, a desk's oldest notes, the case where it was put away (nil: it was not); of one alone not as a list

local WIDTH = 7
local case_keys, seen_keys, subjects = {}, {}, {}
for i = 1, #ARGV, WIDTH do
	if ARGV[i] == 'case' then
		case_keys[#case_keys + 1] = P .. 'case:' .. ARGV[i + 1]
	end
	seen_keys[#seen_keys + 1] = seen_key(ARGV[i + 3], ARGV[i + 4])
	subjects[#subjects + 1] = ARGV[i] .. '/' .. ARGV[i + 1]
end
local families = #case_keys > 0 and call('MGET', unpack(case_keys)) or {}
local contents_seen = call('MGET', unpack(seen_keys))
-- Of most subjects nothing waits. Where the set itself is damaged, each list is looked into.
local waits = redis.pcall('ZMSCORE', P .. 'waits', unpack(subjects))
local away = call('HVALS', P .. 'away')

local n_cases = 0
local function family_of(kind, id, opened_for)
	if kind == 'case' then
		n_cases = n_cases + 1
		return families[n_cases] or opened_for
	end
	return kind == 'family' and id or kind == 'service' and 'desk:' .. id or ''
end

-- An error is the answer to this event alone.
local function failed(value)
	return type(value) == 'table' and value.err and value
end

local function answer(n, at)
	local family = family_of(ARGV[at], ARGV[at + 1], ARGV[at + 2])
	local record = family ~= '' and redis.pcall('HGET', P .. 'family:' .. family, 'record')
	local waiting = {}
	if waits.err or waits[n] then
		waiting = redis.pcall('LRANGE', P .. 'waiting:' .. subjects[n], 0, 15)
	end
	local notes = {}
	if ARGV[at] == 'service' then
		notes = redis.pcall('LRANGE', P .. 'notes:' .. ARGV[at + 1], 0, ARGV[at + 6] - 1)
	end
	local content, seen = contents_seen[n], 0
	if content then
		seen = content == ARGV[at + 5] and 1 or 2
	end
	local closed = ARGV[at] == 'case' and family ~= '' and redis.pcall('HGET', P .. 'closed:' .. family, ARGV[at + 1])
	return failed(record) or failed(waiting) or failed(notes) or failed(closed) or
		{ family, record, seen, waiting, away, notes, closed }
end

local answers = {}
for n = 1, #ARGV / WIDTH do
	answers[n] = answer(n, 1 + (n - 1) * WIDTH)
end
return #answers == 1 and answers[1] or answers
