-- Writes a plan down whole, with the end of its event: the record, the next look, messages, closings,
-- evidence, facts, and whose cases and persons are. Refuses, with nothing written, what is not the
-- owner's, not pending, known already, or decided on an older record.

local at = 0
local function take()
	at = at + 1
	return ARGV[at]
end

local function take_rows(width)
	local rows = {}
	for i = 1, tonumber(take()) do
		local row = {}
		for j = 1, width do
			row[j] = take()
		end
		rows[i] = row
	end
	return rows
end

local token, origin, item, bytes, identity, content = take(), take(), take(), take(), take(), take()
local family, version, record, new_version = take(), take(), take(), take()
local tell, told_until, look = take(), take(), take()
-- what stands in the record, for whoever watches: breaches, open tasks, the nearest day of a duty
local breached, tasks, duty = take(), take(), take()
-- when it happened (of a clock: when it was due), now, now as text
local happened, now, time = tonumber(take()), tonumber(take()), take()
-- id, channel, not_before, family, case, tell, tries, order, useless_after, record
local messages = take_rows(10)
local closings = take_rows(3) -- id, state, why
local entries = take_rows(5)  -- n, prev, salt, hash, body
local facts = take_rows(1)
local cases = take_rows(1)
local persons = take_rows(1)
local notes = take_rows(3)    -- id, service, data
local away = take()           -- of a desk: who is away; empty: as before
local taken = tonumber(take()) -- of a desk: so many of its oldest notes are taken up

-- ---- checks: nothing is written here -----------------------------------------------------------

local stream, ended = take_up(token, origin, item, bytes, identity, content)
if not stream then
	return ended
end
local family_key = P .. 'family:' .. family
-- what stood there before: two of the totals' shares, the next look, the nearest day of a duty
local breached_before, tasks_before, look_before, duty_before
if family ~= '' then
	local stored = call('HMGET', family_key, 'version', 'breached', 'tasks')
	if (stored[1] or '0') ~= version then
		return 'STALE'
	end
	breached_before, tasks_before = stored[2] or '0', stored[3] or '0'
	for _, row in ipairs(cases) do
		local owner = call('GET', P .. 'case:' .. row[1])
		if owner and owner ~= family then
			return 'STALE'
		end
	end
	for _, row in ipairs(persons) do
		expect('set', P .. 'person:' .. row[1])
	end
	look_before = call('ZSCORE', P .. 'looks', family)
	duty_before = call('ZSCORE', P .. 'duties', family)
	expect('hash', P .. 'totals')
	if version == '0' then
		expect('set', P .. 'families')
	end
	if #entries > 0 then
		expect('stream', P .. 'evidence:' .. family)
	end
end
if #facts > 0 then
	expect('stream', P .. 'facts')
end
local desk = family:match('^desk:(.+)$')
if #messages > 0 or #notes > 0 or desk then
	expect('stream', P .. 'own')
end
if desk then
	expect('list', P .. 'notes:' .. desk)
end
for _, row in ipairs(notes) do
	expect('list', P .. 'notes:' .. row[2])
	expect('zset', P .. 'looks')
end
if away ~= '' then
	expect('hash', P .. 'away')
end
-- What happened before a restore from a back-up may have been said by the Redis that was lost: a person
-- asks.
local restored = #messages > 0 and tonumber(call('GET', P .. 'restored') or '')
local in_doubt = restored and happened <= restored
local known = {}
for i, row in ipairs(messages) do
	known[i] = read_message(row[1], 'state', 'attempt', 'tried')
	if row[2] ~= 'task' then
		expect('zset', out_key(row[2], 'waiting'))
		expect('zset', out_key(row[2], 'unknown'))
	end
end
local closed = {}
for i, row in ipairs(closings) do
	closed[i] = read_message(row[1], 'state', 'channel', 'late')
	if SETS[closed[i].state] then
		expect('zset', out_key(closed[i].channel, closed[i].state))
	end
end

-- ---- writes ------------------------------------------------------------------------------------

finish_item(origin, item)
remember(stream, identity, content)

-- The total over all families: a family that was stored before there were totals counts from now on.
local function count(what, before, n)
	if before ~= n then
		call('HINCRBY', P .. 'totals', what, n - before)
		call('HSET', family_key, what, n)
	end
end

-- The family's place in a sorted set; empty: none.
local function place(set, before, score)
	if score == '' then
		if before then
			call('ZREM', P .. set, family)
		end
	elseif tonumber(before or '') ~= tonumber(score) then
		call('ZADD', P .. set, score, family)
	end
end

-- Notes wait for a desk. The event tells it so; should that be lost, its look does, within a quarter of an hour.
local function ring(service, id)
	add_own(id, 'desk.noted', 'service/' .. service, time, '{}')
	call('ZADD', P .. 'looks', 'LT', now + 900000, 'desk:' .. service)
end

if family ~= '' then
	count('breached', breached_before, breached)
	count('tasks', tasks_before, tasks)
	place('duties', duty_before, duty)
	call('HSET', family_key, 'record', record, 'version', new_version, 'tell', tell,
		'told_until', told_until)
	place('looks', look_before, look)
	if version == '0' and not desk then
		call('SADD', P .. 'families', family)
	end
	for _, row in ipairs(cases) do
		call('SET', P .. 'case:' .. row[1], family)
	end
	for _, row in ipairs(persons) do
		call('SADD', P .. 'person:' .. row[1], family)
	end
	for _, row in ipairs(entries) do
		call('XADD', P .. 'evidence:' .. family, '*', 'n', row[1], 'prev', row[2],
			'salt', row[3], 'hash', row[4], 'body', row[5])
	end
end

-- An outcome only goes forward: a bounce after "delivered" stays a fact in the evidence.
local RANK = { accepted = 1, dispatched = 2, failed = 3, returned = 3, delivered = 4 }
-- What has not left yet can still be stopped; a person's task too.
local STOPPABLE = { intended = true, waiting = true, ready = true, claimed = true, task = true }

for i, row in ipairs(closings) do
	local id, to, why, m = row[1], row[2], row[3], closed[i]
	local allowed
	if RANK[to] then
		allowed = m.state ~= '' and RANK[to] > (RANK[m.state] or 0)
		-- it failed, and then was accepted late: the failure is the older news
		if to == 'failed' and m.late == '1' then
			allowed = false
		end
	else
		allowed = STOPPABLE[m.state]
	end
	if allowed then
		move(id, m.channel, m.state, to, nil, 'code', why)
	end
end

-- Only what has not been said is issued again: deciding twice must not say it twice.
local AGAIN = { intended = true, suppressed = true }
for i, row in ipairs(messages) do
	local id, channel, m = row[1], row[2], known[i]
	if m.state == '' or AGAIN[m.state] then
		local tried = tonumber(m.tried) or 0
		if m.state ~= '' then
			call('HDEL', P .. 'msg:' .. id, 'body', 'sha256', 'tv', 'code', 'unused')
		end
		move(id, channel, m.state, channel == 'task' and 'task' or 'waiting', row[3],
			'channel', channel, 'family', row[4], 'case', row[5], 'tell', row[6],
			'tries', tried + tonumber(row[7]), 'order', row[8], 'useless', row[9],
			'record', row[10], 'next', row[3],
			'attempt', m.attempt ~= '' and m.attempt or '0', 'tried', tried)
		if in_doubt and channel ~= 'task' then
			m = read_message(id, 'attempt', 'family', 'case')
			move(id, channel, 'waiting', 'unknown', now, 'unknown', '1', 'code', 'restored')
			add_outcome(id, m, 'unknown', time,
				{ channel = channel, code = 'restored', again = false })
		end
	end
end

for _, row in ipairs(notes) do
	if call('RPUSH', P .. 'notes:' .. row[2], row[3]) == 1 then
		ring(row[2], row[1])
	end
end
if desk and taken > 0 then
	call('LTRIM', P .. 'notes:' .. desk, taken, -1)
	if call('EXISTS', P .. 'notes:' .. desk) == 1 then
		ring(desk, family .. '.' .. new_version .. '.notes')
	end
end
if away ~= '' then
	call('HSET', P .. 'away', family, away)
end

for _, row in ipairs(facts) do
	call('XADD', P .. 'facts', 'MAXLEN', '~', 100000, '*', 'event', row[1])
end
return 'DONE'
