-- Ends attempts with what came of them; each outcome becomes an event in the same step. An attempt
-- that is over already counts where it says more than is known: late good news is still good.
-- ARGV: channel, now, when the provider of what was accepted is first asked about it (empty: never), then
-- for each its message, family, case, attempt, outcome, when that was known as text, again, 1 when the
-- address is wrong, code, provider's id. `settled` is the last attempt that was: told twice, nothing
-- changes.
-- Gives: how many came late

local channel, now, follow_at = ARGV[1], tonumber(ARGV[2]), ARGV[3]
expect_outbox(channel)
if follow_at ~= '' then
	expect('zset', P .. 'follow:' .. channel)
end

local LEFT = { accepted = true, dispatched = true, delivered = true, returned = true }
local OPEN_AGAIN = { waiting = true, ready = true, unknown = true }

-- A change of state writes down which attempt was the last to be settled.
local function turn(id, m, to, score, ...)
	move(id, channel, m.state, to, score, 'settled', m.settled, ...)
end

local function accept(id, m, time, late, code, provider)
	if follow_at ~= '' then
		call('ZADD', P .. 'follow:' .. channel, follow_at, id)
		call('HSET', P .. 'msg:' .. id, 'followed', digits(now))
	end
	-- a newer attempt is on its way: it ends by itself, and then as accepted
	if late and m.state == 'handing_over' then
		call('HSET', P .. 'msg:' .. id, 'accepted', '1', 'pid', provider)
	else
		turn(id, m, 'accepted', nil, 'code', code, 'pid', provider, unpack(late and { 'late', '1' } or {}))
	end
	add_outcome(id, m, 'accepted', time, { channel = channel, code = code, handed_over_at = m.at,
		provider = provider, late = late or nil })
end

local function fail(id, m, time, code, address)
	turn(id, m, 'failed', nil, 'code', code)
	add_outcome(id, m, 'failed', time, { channel = channel, code = code, address = address == '1' or nil })
end

-- Unless it is of no use any more: somebody stopped it while it was under way.
local function try_again(id, m, time, again, code, ...)
	if m.stop ~= '' then
		turn(id, m, m.stop, nil, 'code', code)
		add_outcome(id, m, 'expired', time, { channel = channel, code = 'stopped' })
		return
	end
	local at = again ~= '' and again or digits(now + 60000)
	turn(id, m, 'waiting', at, 'next', at, 'code', code, ...)
end

-- What is stored of it cannot be read, so it leaves no more; what its sender says of it is told all the same.
local SAID_BY = { accepted = 'accepted', shadow = 'accepted', unknown = 'unknown', failed = 'failed' }
local function settle_damaged(id, m, time, outcome, address, code)
	drop(id, channel)
	local said = SAID_BY[outcome]
	add_outcome(id, m, said or 'failed', time, { channel = channel, code = said and code or 'damaged',
		address = address == '1' or nil })
end

local function settle(id, family, case, attempt, outcome, time, again, address, code, provider)
	local m = read_message(id, 'state', 'attempt', 'tried', 'tries', 'unknown', 'family', 'case', 'at',
		'accepted', 'settled', 'said', 'held', 'stop')
	if not m then
		settle_damaged(id, { family = family, case = case, attempt = attempt }, time, outcome, address, code)
		return 0
	end
	-- Its provider has spoken of it already: that says more.
	if m.said ~= '' and provider ~= '' then
		call('HSET', P .. 'msg:' .. id, 'pid', provider)
	end
	if m.state == '' or LEFT[m.state] or m.said ~= '' then
		return 1
	end
	local mine = m.attempt == attempt
	local open = mine and m.state == 'handing_over'
	-- its lease ended without an outcome, and nobody has claimed it since
	local open_again = mine and m.unknown == '1' and OPEN_AGAIN[m.state] and
		m.settled ~= attempt
	local late = not open
	if open or open_again then
		m.settled = attempt
	end
	if outcome == 'accepted' then
		m.attempt = attempt
		accept(id, m, time, late, code, provider)
	elseif late and not open_again then
		return 1
	elseif outcome == 'shadow' then
		turn(id, m, 'suppressed', nil, 'code', code)
		add_outcome(id, m, 'accepted', time, { channel = channel, code = code, handed_over_at = m.at })
	elseif m.accepted == '1' then
		turn(id, m, 'accepted', nil, 'late', '1')
	elseif outcome == 'failed' then
		fail(id, m, time, code, address)
	elseif outcome == 'not_begun' or outcome == 'held' then
		local tried = math.max(0, (tonumber(m.tried) or 0) - 1)
		try_again(id, m, time, again, code, 'tried', digits(tried))
		if outcome == 'held' and m.held == '' and m.stop == '' then
			call('HSET', P .. 'msg:' .. id, 'held', '1')
			add_outcome(id, m, 'held', time, { channel = channel, code = code })
		end
	elseif outcome == 'later' then
		if not may_try_again(m) then
			fail(id, m, time, code, '0')
		else
			try_again(id, m, time, again, code)
		end
	elseif open then
		local once_more = again ~= '' and m.stop == '' and may_try_again(m)
		if once_more then
			try_again(id, m, time, again, code, 'unknown', '1')
		else
			turn(id, m, 'unknown', now, 'unknown', '1', 'code', code)
		end
		add_outcome(id, m, 'unknown', time, { channel = channel, code = code, again = once_more })
	else
		call('HSET', P .. 'msg:' .. id, 'settled', attempt)
	end
	return late and 1 or 0
end

local late = 0
for i = 4, #ARGV, 10 do
	late = late + settle(unpack(ARGV, i, i + 9))
end
end_moves()
return late
