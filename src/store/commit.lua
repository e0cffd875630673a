-- Writes plans down whole, each with the end of its event: the record, the next look, messages, closings,
-- evidence, facts, and whose cases and persons are. Refuses each, with nothing of it written, that is not the
-- owner's, not pending, known already, or decided on an older record.
-- ARGV: token, now, now as text; then for each plan its origin, item, bytes (of a waiting one), identity, content,
-- when it happened (of a clock: when it was due) and family (empty: none); of a family version, record, new version,
-- tell, told until, next look, and what stands in the record for whoever watches (breaches, open tasks, the nearest
-- day of a duty); then rows, each behind its mark, to a mark '.'
-- Gives: for each what came of it; of one alone not as a list

local token, now, time = ARGV[1], tonumber(ARGV[2]), ARGV[3]

-- What stands behind a mark, in so many words.
local WIDTHS = {
	message = 10, -- id, channel, not_before, family, case, tell, tries, order, useless_after, record
	closing = 3, -- id, state, why
	evidence = 5, -- n, prev, salt, hash, body
	fact = 1,
	case = 1,
	person = 1,
	note = 3, -- id, service, data
	away = 1, -- of a desk: who is away; where there is none: as before
	taken = 1, -- of a desk: so many of its oldest notes are taken up
	put_away = 2, -- id, case: closed, and out of the record
	back = 1, -- a case that is in the record again
}
local NONE = {}

-- A plan's words by name, of its rows where each begins; and where the next plan begins.
local function read_plan(at)
	local plan = { origin = ARGV[at], item = ARGV[at + 1], bytes = ARGV[at + 2], identity = ARGV[at + 3],
		content = ARGV[at + 4], happened = ARGV[at + 5], family = ARGV[at + 6], message = NONE,
		closing = NONE, evidence = NONE, fact = NONE, case = NONE, person = NONE, note = NONE, away = NONE,
		taken = NONE, put_away = NONE, back = NONE }
	plan.desk = plan.family:match('^desk:(.+)$')
	at = at + 7
	if plan.family ~= '' then
		plan.version, plan.record, plan.new_version, plan.tell, plan.told_until, plan.look,
			plan.breached, plan.tasks, plan.duty = unpack(ARGV, at, at + 8)
		at = at + 9
	end
	while ARGV[at] ~= '.' do
		local mark = ARGV[at]
		local rows = plan[mark]
		if rows == NONE then
			rows = {}
			plan[mark] = rows
		end
		rows[#rows + 1] = at + 1
		at = at + 1 + WIDTHS[mark]
	end
	return plan, at + 1
end

-- ---- checks: nothing is written here, but the end of what came before ---------------------------

-- What the plans before it in this call are about: what is decided without them is old.
local taken = {}

local function take(plan)
	taken[seen_key(plan.stream, plan.identity)] = true
	taken['family/' .. plan.family] = plan.family ~= ''
	for _, at in ipairs(plan.case) do
		taken['case/' .. ARGV[at]] = true
	end
end

local function is_taken(plan)
	if taken[seen_key(plan.stream, plan.identity)] or taken['family/' .. plan.family] then
		return true
	end
	for _, at in ipairs(plan.case) do
		if taken['case/' .. ARGV[at]] then
			return true
		end
	end
	return false
end

-- What stood there before: the version, and the family's share of two totals.
local function is_stale(plan)
	local version
	version, plan.breached_before, plan.tasks_before =
		unpack(call('HMGET', P .. 'family:' .. plan.family, 'version', 'breached', 'tasks'))
	if (version or '0') ~= plan.version then
		return true
	end
	for _, at in ipairs(plan.case) do
		local family = call('GET', P .. 'case:' .. ARGV[at])
		if family and family ~= plan.family then
			return true
		end
	end
	return false
end

local function check_family(plan)
	for _, at in ipairs(plan.person) do
		expect('set', P .. 'person:' .. ARGV[at])
	end
	expect('zset', P .. 'looks')
	expect('zset', P .. 'duties')
	expect('hash', P .. 'totals')
	if plan.version == '0' then
		expect('set', P .. 'families')
	end
end

local restored
-- What happened before a restore from a back-up may have been said by the Redis that was lost: a person
-- asks.
local function is_in_doubt(happened)
	if restored == nil then
		restored = tonumber(call('GET', P .. 'restored') or '') or false
	end
	return restored and tonumber(happened) <= restored
end

local function check_messages(plan)
	plan.in_doubt = plan.message ~= NONE and is_in_doubt(plan.happened)
	plan.known = {}
	for i, at in ipairs(plan.message) do
		plan.known[i] = read_message(ARGV[at], 'state', 'attempt', 'tried')
			or error({ err = 'CORRUPT message ' .. ARGV[at] })
		if ARGV[at + 1] ~= 'task' then
			expect('zset', out_key(ARGV[at + 1], 'waiting'))
			expect('zset', out_key(ARGV[at + 1], 'ready'))
			expect('zset', out_key(ARGV[at + 1], 'unknown'))
		end
	end
	plan.closed = {}
	for i, at in ipairs(plan.closing) do
		-- of what is no message at all nothing leaves any more: it is as good as gone
		local m = read_message(ARGV[at], 'state', 'channel', 'late') or { state = '' }
		plan.closed[i] = m
		if SETS[m.state] then
			expect('zset', out_key(m.channel, m.state))
		end
	end
end

-- Gives what the plan is refused with; nil: it is to be written.
local function check(plan)
	local stream, ended = take_up(token, plan.origin, plan.item, plan.bytes, plan.identity, plan.content)
	if not stream then
		return ended
	end
	plan.stream = stream
	if is_taken(plan) then
		return 'STALE'
	end
	if plan.family ~= '' then
		if is_stale(plan) then
			return 'STALE'
		end
		check_family(plan)
	end
	if plan.put_away ~= NONE or plan.back ~= NONE then
		expect('hash', P .. 'closed:' .. plan.family)
	end
	if plan.fact ~= NONE then
		expect('stream', P .. 'facts')
	end
	if plan.message ~= NONE or plan.note ~= NONE or plan.desk then
		expect('stream', P .. 'own')
	end
	if plan.desk then
		expect('list', P .. 'notes:' .. plan.desk)
	end
	for _, at in ipairs(plan.note) do
		expect('list', P .. 'notes:' .. ARGV[at + 1])
		expect('zset', P .. 'looks')
	end
	if plan.away ~= NONE then
		expect('hash', P .. 'away')
	end
	check_messages(plan)
	take(plan)
end

-- ---- writes ------------------------------------------------------------------------------------

local totals = { breached = 0, tasks = 0 }
local coming, leaving, finished, told = {}, {}, {}, false
-- The desks for which notes wait, each with the id of the event that tells it so.
local rings = {}

-- The total over all families: a family that was stored before there were totals counts from now on.
local function count(plan, what, before, n)
	before = before or '0'
	if before ~= n then
		totals[what] = totals[what] + n - before
		call('HSET', P .. 'family:' .. plan.family, what, n)
	end
end

-- The family's place in a sorted set; empty: none.
local function place(plan, set, score)
	if score ~= '' then
		gather(coming, P .. set, score, plan.family)
	elseif plan.version ~= '0' then
		gather(leaving, P .. set, plan.family)
	end
end

local function write_family(plan)
	local family = plan.family
	count(plan, 'breached', plan.breached_before, plan.breached)
	count(plan, 'tasks', plan.tasks_before, plan.tasks)
	call('HSET', P .. 'family:' .. family, 'record', plan.record, 'version', plan.new_version, 'tell', plan.tell,
		'told_until', plan.told_until)
	place(plan, 'duties', plan.duty)
	place(plan, 'looks', plan.look)
	if plan.version == '0' and not plan.desk then
		call('SADD', P .. 'families', family)
	end
	for _, at in ipairs(plan.case) do
		call('SET', P .. 'case:' .. ARGV[at], family)
	end
	for _, at in ipairs(plan.put_away) do
		call('HSET', P .. 'closed:' .. family, ARGV[at], ARGV[at + 1])
	end
	for _, at in ipairs(plan.back) do
		call('HDEL', P .. 'closed:' .. family, ARGV[at])
	end
	for _, at in ipairs(plan.person) do
		call('SADD', P .. 'person:' .. ARGV[at], family)
	end
end

-- Written first, so that nobody has to ask what kind of key it is: another one refuses it, and nothing has been
-- written by then. Gives that error.
local function write_evidence(plan)
	for _, at in ipairs(plan.evidence) do
		local added = redis.pcall('XADD', P .. 'evidence:' .. plan.family, '*', 'n', ARGV[at],
			'prev', ARGV[at + 1], 'salt', ARGV[at + 2], 'hash', ARGV[at + 3], 'body', ARGV[at + 4])
		if type(added) == 'table' then
			return added
		end
	end
end

-- An outcome only goes forward: a bounce after "delivered" stays a fact in the evidence.
local RANK = { accepted = 1, dispatched = 2, failed = 3, returned = 3, delivered = 4 }
-- What has not left yet can still be stopped; a person's task too. What may have left is not tried again.
local STOPPABLE = { intended = true, waiting = true, ready = true, claimed = true, task = true }

local function close(m, id, to, why)
	local allowed
	if RANK[to] then
		allowed = m.state ~= '' and RANK[to] > (RANK[m.state] or 0)
		-- it failed, and then was accepted late: the failure is the older news
		if to == 'failed' and m.late == '1' then
			allowed = false
		end
	else
		allowed = STOPPABLE[m.state]
		if MAY_HAVE_LEFT[m.state] then
			call('HSET', P .. 'msg:' .. id, 'stop', to)
		end
	end
	if allowed then
		move(id, m.channel, m.state, to, nil, 'code', why)
	end
end

-- Only what has not been said is issued again: deciding twice must not say it twice. What was closed before it
-- left is needed again where a date comes back.
local CLOSED = { stopped = true, expired = true }
local AGAIN = { intended = true, suppressed = true, stopped = true, expired = true }
local function issue(plan, m, at)
	local id, channel, not_before, family, case, tell, tries, order, useless, record = unpack(ARGV, at, at + 9)
	-- This very plan may have closed it under the same name.
	local state = moving[id] and moving[id].to or m.state
	if state ~= '' and not AGAIN[state] then
		call('HDEL', P .. 'msg:' .. id, 'stop')
		return
	end
	if state ~= '' then
		call('HDEL', P .. 'msg:' .. id, 'stop', 'body', 'sha256', 'tv', 'code', 'unused', 'useless', 'next',
			'held')
	end
	local doubt = channel ~= 'task' and plan.in_doubt
	local tried = m.tried ~= '' and m.tried or '0'
	local attempt = m.attempt ~= '' and m.attempt or '0'
	-- That it was closed may have been told of this attempt already: what comes next has another name.
	if CLOSED[state] then
		attempt = digits(tonumber(attempt) + 1)
	end
	if tried ~= '0' then
		tries = digits(tonumber(tried) + tonumber(tries))
	end
	local fields = { 'channel', channel, 'family', family, 'case', case, 'tell', tell, 'tries', tries,
		'order', order, 'record', record, 'attempt', attempt, 'tried', tried }
	if useless ~= '' then
		push(fields, 'useless', useless)
	end
	local to, score = 'ready', order
	if channel == 'task' then
		to = 'task'
	elseif doubt then
		to, score = 'unknown', digits(now)
	elseif tonumber(not_before) > now then
		to, score = 'waiting', not_before
		push(fields, 'next', not_before)
	end
	move(id, channel, state, to, score, unpack(fields))
	if doubt then
		call('HSET', P .. 'msg:' .. id, 'unknown', '1', 'code', 'restored')
		add_outcome(id, { attempt = attempt, family = family, case = case }, 'unknown', time,
			{ channel = channel, code = 'restored', again = false })
	end
end

local function write(plan)
	local failed = write_evidence(plan)
	if failed then
		return failed
	end
	if plan.origin == 'waiting' then
		finish_item(plan.origin, plan.item)
	else
		gather(finished, plan.origin, plan.item)
	end
	remember(plan.stream, plan.identity, plan.content)
	if plan.family ~= '' then
		write_family(plan)
	end
	for i, at in ipairs(plan.closing) do
		close(plan.closed[i], unpack(ARGV, at, at + 2))
	end
	for i, at in ipairs(plan.message) do
		issue(plan, plan.known[i], at)
	end
	for _, at in ipairs(plan.note) do
		if call('RPUSH', P .. 'notes:' .. ARGV[at + 1], ARGV[at + 2]) == 1 then
			rings[ARGV[at + 1]] = ARGV[at]
		end
	end
	for _, at in ipairs(plan.taken) do
		call('LTRIM', P .. 'notes:' .. plan.desk, ARGV[at], -1)
		if call('EXISTS', P .. 'notes:' .. plan.desk) == 1 then
			rings[plan.desk] = plan.family .. '.' .. plan.new_version .. '.notes'
		end
	end
	for _, at in ipairs(plan.away) do
		call('HSET', P .. 'away', plan.family, ARGV[at])
	end
	for _, at in ipairs(plan.fact) do
		call('XADD', P .. 'facts', '*', 'event', ARGV[at])
		told = true
	end
	return 'DONE'
end

-- Notes wait for a desk. The event tells it so; should that be lost, its look does, within a quarter of an hour.
local function ring(service, id)
	add_own(id, 'desk.noted', 'service/' .. service, time, '{}')
	call('ZADD', P .. 'looks', 'LT', digits(now + 900000), 'desk:' .. service)
end

-- What all of them change, once.
local function write_shared()
	end_moves()
	for stream, items in pairs(finished) do
		finish_item(stream, unpack(items))
	end
	write_places(leaving, coming)
	if told then
		call('XTRIM', P .. 'facts', 'MAXLEN', '~', 100000)
	end
	for service, id in pairs(rings) do
		ring(service, id)
	end
	for what, n in pairs(totals) do
		if n ~= 0 then
			call('HINCRBY', P .. 'totals', what, digits(n))
		end
	end
end

local plans, keys = {}, {}
local next_at = 4
while next_at <= #ARGV do
	local plan
	plan, next_at = read_plan(next_at)
	plans[#plans + 1] = plan
	if plan.origin ~= 'waiting' then
		keys[#keys + 1] = seen_key(plan.origin, plan.identity)
	end
end
if #keys > 0 then
	for i, content in ipairs(call('MGET', unpack(keys))) do
		contents[keys[i]] = content
	end
end

local answers = {}
for i, plan in ipairs(plans) do
	local fine, answer = pcall(check, plan)
	-- what is damaged is so for this plan alone
	if not fine and type(answer) ~= 'table' then
		answer = { err = 'ERR ' .. tostring(answer) }
	end
	answers[i] = answer
end
for i, plan in ipairs(plans) do
	if not answers[i] then
		answers[i] = write(plan)
	end
end
write_shared()
return #answers == 1 and answers[1] or answers
