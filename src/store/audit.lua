-- Whether what belongs together is there, family by family. Reads only, and all of a family at one moment.
-- ARGV: the cursor of the families, about how many
-- Gives: the next cursor, how many families were looked at, then family, what is wrong, and whose id, each

local page = call('SSCAN', P .. 'families', ARGV[1], 'COUNT', ARGV[2])
local found = {}
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

local function check_cases(record)
	for _, case in ipairs(record.cases or {}) do
		if call('GET', P .. 'case:' .. case.id) ~= family then
			note('case_elsewhere', case.id)
		end
	end
end

-- A message that is on its way is in the one set of its state, and in no other.
local function check_message(id)
	local m = read_message(id, 'state', 'channel')
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

local function check_family()
	local text, version = unpack(call('HMGET', P .. 'family:' .. family, 'record', 'version'))
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

for _, id in ipairs(page[2]) do
	family = id
	-- Something of it is not even of its kind.
	if not pcall(check_family) then
		note('record_damaged', id)
	end
end

local answer = { page[1], #page[2] }
for _, value in ipairs(found) do
	answer[#answer + 1] = value
end
return answer
