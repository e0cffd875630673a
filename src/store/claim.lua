-- Brings a channel's outbox up to date, then claims the best of what is ready. What is due becomes
-- ready; a claim that nobody used is ready again, but what brought its senders down time and again
-- fails; a hand-over without an outcome is unknown. Each of these at most a hundred a call.
-- Nothing is claimed while nobody decides, or its owner has not recovered (tick): what waits to be decided may
-- make it untrue.
-- ARGV: channel, sender, how many, now, now as text, lease of a claim, pause after an unknown, 1 when
-- what is unknown may be handed over again
-- Gives: when to ask again (nil: nothing is there), the providers that a person has paused, then for each
-- message its id, record, attempt, hand-overs with this one, 1 when an earlier one may have arrived, body

local channel, sender, wanted = ARGV[1], ARGV[2], tonumber(ARGV[3])
local now, time, lease, pause = tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7])
-- Else a person has to look first: the other side could not tell the two apart.
local may_repeat = ARGV[8] == '1'
local UNUSED_MAX = 10
expect_outbox(channel)
if is_held() then
	return { false, {} }
end

-- Somebody has paused the channel, or one of its providers ("sms/notify"), with an end: then it goes on by
-- itself. What cannot be read has no end, so it is no pause.
local paused, providers = nil, {}
local function note_pause(what, text)
	local of, provider = what:match('^(%a+)/?(.*)$')
	if of ~= channel then
		return
	end
	local fine, pause = pcall(cjson.decode, text)
	local ends = fine and type(pause) == 'table' and tonumber(pause['until'])
	if not ends or ends <= now then
		call('HDEL', P .. 'paused', what)
	elseif provider == '' then
		paused = ends
	else
		providers[#providers + 1] = provider
	end
end

local orders = call('HGETALL', P .. 'paused')
for i = 1, #orders, 2 do
	note_pause(orders[i], orders[i + 1])
end

local function is_decided()
	if call('EXISTS', P .. 'owner') == 0 then
		return true
	end
	local owner = call('HMGET', P .. 'owner', 'until', 'recovered', 'since')
	local clock = tonumber(call('TIME')[1]) * 1000
	-- Should tick never be able to say so, a quarter of an hour is enough; without `since` it is an older version's.
	local recovered = owner[2] or clock - (tonumber(owner[3]) or 0) >= 900000
	return recovered and (tonumber(owner[1]) or 0) > clock
end
local soon = not is_decided() and now + 200
local room = not paused and not soon and wanted or 0

local function over(state)
	return call('ZRANGEBYSCORE', out_key(channel, state), '-inf', now, 'LIMIT', 0, 100)
end

-- What is there to be moved; of what has no place in the ready queue there is no message.
local function find(id, ...)
	local m = read_message(id, 'order', ...)
	m = m and m.order ~= '' and m or nil
	if not m then
		drop(id, channel)
	end
	return m
end

-- What is due stands with what is ready; only what is not claimed now is moved there.
local best = {}
for _, id in ipairs(over('waiting')) do
	local m = find(id)
	if m then
		best[#best + 1] = { id = id, order = tonumber(m.order), from = 'waiting' }
	end
end
for _, id in ipairs(over('claimed')) do
	local m = find(id, 'attempt', 'family', 'case', 'unused')
	local unused = m and (tonumber(m.unused) or 0) + 1
	if m and unused < UNUSED_MAX then
		move(id, channel, 'claimed', 'ready', m.order, 'unused', unused)
	elseif m then
		move(id, channel, 'claimed', 'failed', nil, 'code', 'poison')
		add_outcome(id, m, 'failed', time, { channel = channel, code = 'poison' })
	end
end
for _, id in ipairs(over('handing_over')) do
	local m = find(id, 'attempt', 'tried', 'tries', 'family', 'case', 'accepted', 'stop')
	if m and m.accepted == '1' then
		move(id, channel, 'handing_over', 'accepted')
	elseif m then
		local again = may_repeat and m.stop == '' and may_try_again(m)
		local at = now + pause
		move(id, channel, 'handing_over', again and 'waiting' or 'unknown', again and at or now,
			'unknown', '1', 'next', at, 'code', 'no_outcome')
		add_outcome(id, m, 'unknown', time,
			{ channel = channel, code = 'no_outcome', again = again or false })
	end
end

end_moves()

local ready = room > 0 and call('ZRANGE', out_key(channel, 'ready'), 0, room - 1, 'WITHSCORES') or {}
for i = 1, #ready, 2 do
	best[#best + 1] = { id = ready[i], order = tonumber(ready[i + 1]), from = 'ready' }
end
table.sort(best, function(one, other)
	if one.order ~= other.order then
		return one.order < other.order
	end
	return one.id < other.id
end)

local function expire(id, m, from)
	move(id, channel, from, 'expired', nil, 'code', 'useless')
	add_outcome(id, m, 'expired', time, { channel = channel, code = 'useless' })
end

local answer = { false, providers }
local lease_end = digits(now + lease)
for i, one in ipairs(best) do
	local id = one.id
	if i > room then
		if one.from == 'waiting' then
			move(id, channel, 'waiting', 'ready', one.order)
		end
	else
		local m = find(id, 'record', 'attempt', 'tried', 'unknown', 'body', 'useless', 'family', 'case')
		if m and m.useless ~= '' and tonumber(m.useless) <= now then
			expire(id, m, one.from)
		elseif m then
			local attempt = digits((tonumber(m.attempt) or 0) + 1)
			move(id, channel, one.from, 'claimed', lease_end, 'attempt', attempt, 'sender', sender)
			local n = #answer
			answer[n + 1], answer[n + 2], answer[n + 3] = id, m.record, attempt
			answer[n + 4], answer[n + 5], answer[n + 6] = digits((tonumber(m.tried) or 0) + 1), m.unknown, m.body
		end
	end
end

end_moves()

local next_at
for _, state in ipairs({ 'waiting', 'claimed', 'handing_over' }) do
	local first = call('ZRANGE', out_key(channel, state), 0, 0, 'WITHSCORES')[2]
	if first and (not next_at or tonumber(first) < next_at) then
		next_at = tonumber(first)
	end
end
if wanted > 0 and call('ZCARD', out_key(channel, 'ready')) > 0 then
	local at = math.max(paused or now, soon or now)
	next_at = math.min(at, next_at or at)
end
answer[1] = next_at and digits(next_at) or false
return answer
