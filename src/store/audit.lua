-- Whether what belongs together is there, record by record. Reads only, and all of a record at one moment.
-- ARGV: the cursor of the families, or "desks"; about how many; 1: the records go with the answer; the version of
-- the policy that they are held against; now; then of desks their records' ids
-- Gives: the next cursor ("0": that was all); the ids that were looked at, or, where asked for, of each its id,
-- next look, proven point of its chain and record (empty: there is none); of what is wrong the record, what, and
-- whose id, each; 1 when looks may be late, for events have waited for long, or the policy is new; who is away

local cursor, ids = '0', {}
if ARGV[1] == 'desks' then
	for i = 6, #ARGV do
		-- A desk of which nobody has told is none yet.
		local notes = P .. 'notes:' .. ARGV[i]:match('^desk:(.+)$')
		if call('EXISTS', P .. 'family:' .. ARGV[i], P .. 'evidence:' .. ARGV[i], notes) > 0 then
			ids[#ids + 1] = ARGV[i]
		end
	end
else
	cursor, ids = unpack(call('SSCAN', P .. 'families', ARGV[1], 'COUNT', ARGV[2]))
end
local with_records = ARGV[3] == '1'
local now = tonumber(ARGV[5])
local found, answer = {}, {}
local family

local function note(what, id)
	found[#found + 1] = family
	found[#found + 1] = what
	found[#found + 1] = id
end

-- What waits for its day. What is late may have nobody left to tell.
local WAITS = { scheduled = true, warned = true, due = true, acknowledged = true }

local function first_waiting(case)
	for _, list in ipairs({ case.duties or {}, case.actions or {} }) do
		for _, one in ipairs(list) do
			if WAITS[one.state] and one.due then
				return one.id
			end
		end
	end
end

-- Something waits for time to pass, and nobody will look.
local function check_look(record)
	if call('ZSCORE', P .. 'looks', family) then
		return
	end
	for _, case in ipairs(record.cases or {}) do
		local id = first_waiting(case)
		if id then
			note('no_look', id)
			return
		end
	end
	if record.intents and record.intents[1] then
		note('no_look', record.intents[1].case or family)
	end
end

local function check_case(id)
	if call('GET', P .. 'case:' .. id) ~= family then
		note('case_elsewhere', id)
	end
end

-- With those that were put away: an event finds them by their family alone.
local function check_cases(record)
	for _, case in ipairs(record.cases or {}) do
		check_case(case.id)
	end
	for _, id in ipairs(call('HKEYS', P .. 'closed:' .. family)) do
		check_case(id)
	end
end

-- Whoever decides has had a quarter of an hour: by then what was left in hand has been taken up (claim).
local is_settled
do
	local since = tonumber(call('HGET', P .. 'owner', 'since') or nil)
	is_settled = since and tonumber(call('TIME')[1]) * 1000 - since >= 900000 and not is_held()
end
local HOUR = 3600000

-- Who had it in hand should have said an hour ago what came of it, and nobody has taken it up.
local function check_in_hand(id, m)
	local in_hand = m.state == 'claimed' or m.state == 'handing_over'
	local ends = in_hand and is_settled and tonumber(call('ZSCORE', out_key(m.channel, m.state), id))
	if ends and ends + HOUR < now then
		note('message_in_hand', id)
	end
end

-- A message that is on its way is in the one set of its state, and in no other.
local function check_message(id)
	local m = read_message(id, 'state', 'channel', 'attempt', 'tried', 'tries', 'unused', 'order', 'useless')
	if not m then
		note('message_damaged', id)
		return
	end
	if m.state == '' then
		note('message_lost', id)
		return
	end
	for state in pairs(SETS) do
		local is_in = call('ZSCORE', out_key(m.channel, state), id) and true or false
		if is_in ~= (state == m.state) then
			note(is_in and 'message_in_two_sets' or 'message_in_no_set', id)
			return
		end
	end
	check_in_hand(id, m)
end

local function check_messages(record)
	for _, open in ipairs(record.open or {}) do
		if not open.accepted_on and open.channel ~= 'task' then
			check_message(open.id)
		end
	end
end

-- The chain ends where the record says; candourctl evidence verify follows all of it.
local function check_evidence(record)
	local last = call('XREVRANGE', P .. 'evidence:' .. family, '+', '-', 'COUNT', 1)[1]
	local fields = {}
	for i = 1, last and #last[2] or 0, 2 do
		fields[last[2][i]] = last[2][i + 1]
	end
	local is_there = tonumber(fields.n or '0') == (tonumber(record.entries) or 0)
	if not is_there or (fields.hash and fields.hash ~= record.head) then
		note('evidence_cut', family)
	end
end

-- What families noted at a desk waits for its look, also where there is no record of it yet.
local function check_notes(desk)
	if call('LLEN', P .. 'notes:' .. desk) > 0 and not call('ZSCORE', P .. 'looks', family) then
		note('no_look', family)
	end
end

local function check_family()
	local desk = family:match('^desk:(.+)$')
	if desk then
		check_notes(desk)
	end
	local text, version = unpack(call('HMGET', P .. 'family:' .. family, 'record', 'version'))
	if desk and call('EXISTS', P .. 'family:' .. family, P .. 'evidence:' .. family) == 0 then
		return
	end
	if not text then
		note('record_lost', family)
		return
	end
	local record = cjson.decode(text)
	if tostring(record.v) ~= '1' or not version then
		note('record_damaged', family)
		return
	end
	check_look(record)
	check_cases(record)
	check_messages(record)
	check_evidence(record)
end

-- A quarter of an hour: longer than a look that was lost takes to come again.
local LONG = 900000

local function is_busy()
	local time = call('TIME')
	local before = tonumber(time[1]) * 1000 - LONG
	for _, stream in ipairs({ 'events', 'own' }) do
		local first = oldest_entry(stream)
		if first and entry_parts(first) < before then
			return true
		end
	end
end

-- Since another policy was loaded not all has been dated under it (tick): clocks may stand by the one before.
local function is_swept()
	local policy, cursor, last = unpack(call('HMGET', P .. 'swept', 'policy', 'cursor', 'last'))
	if not policy then
		return true
	end
	local first = oldest_entry('own')
	return policy == ARGV[4] and cursor == 'done' and not (first and last and not is_after(first, last))
end

for _, id in ipairs(ids) do
	family = id
	-- Something of it is not even of its kind.
	if not pcall(check_family) then
		note('record_damaged', id)
	end
	answer[#answer + 1] = id
	if with_records then
		local fine, values = pcall(call, 'HMGET', P .. 'family:' .. id, 'proven', 'record')
		answer[#answer + 1] = call('ZSCORE', P .. 'looks', id) or ''
		answer[#answer + 1] = fine and values[1] or ''
		answer[#answer + 1] = fine and values[2] or ''
	end
end
return { cursor, answer, found, (is_busy() or not is_swept()) and 1 or 0, with_records and call('HVALS', P .. 'away') or {} }
