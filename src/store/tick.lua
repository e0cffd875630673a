-- Makes an event of each look that is due. The look stays and moves a quarter of an hour on; the
-- commit of the event sets the true one, so a lost tick comes again.
-- When the policy is another than the last one that was swept, what runs in every family is to be dated
-- anew: a hundred at a time, with a cursor, and never while many of our own events wait already.
-- After an outage the events that came before a look's time go first: what they end must not be said to be
-- late. That has an end, a quarter of an hour after this owner began.
-- ARGV: token, now, now as text, the policy's version, when the owner began
-- Gives: how many, the next look (nil: none); or nil when we do not own the prefix

local token, now, time, policy, began = unpack(ARGV)
if not is_owner(token) then
	return false
end
expect('hash', P .. 'swept')
expect('set', P .. 'families')
local limit = tonumber(now)
if limit - tonumber(began) < 900000 then
	local oldest = call('XRANGE', P .. 'events', '-', '+', 'COUNT', 1)[1]
	limit = oldest and math.min(limit, tonumber(oldest[1]:match('^%d+'))) or limit
end
local due = call('ZRANGEBYSCORE', P .. 'looks', '-inf', string.format('%.0f', limit), 'WITHSCORES', 'LIMIT', 0, 100)
expect('stream', P .. 'own')
local n = 0
for i = 1, #due, 2 do
	local family, look = due[i], string.format('%.0f', tonumber(due[i + 1]))
	local version = call('HGET', P .. 'family:' .. family, 'version')
	if version then
		add_own(family .. '.' .. version .. '.' .. look, 'clock.due', subject_of(family), time,
			'{}')
		call('ZADD', P .. 'looks', string.format('%.0f', tonumber(now) + 900000), family)
		n = n + 1
	else
		call('ZREM', P .. 'looks', family)
	end
end

-- True when there is more to sweep.
local function sweep()
	local swept, cursor = unpack(call('HMGET', P .. 'swept', 'policy', 'cursor'))
	if not swept then
		-- Nothing has been dated under another one.
		cursor, swept = 'done', policy
		call('HSET', P .. 'swept', 'policy', policy, 'cursor', cursor)
	end
	if swept == policy and cursor == 'done' then
		return false
	end
	if call('XLEN', P .. 'own') > 1000 then
		return true
	end
	local found = call('SSCAN', P .. 'families', swept == policy and cursor or '0', 'COUNT', 100)
	for _, family in ipairs(found[2]) do
		add_own('rules.' .. policy .. '.' .. now .. '.' .. family, 'rules.changed', 'family/' .. family, time,
			'{}')
	end
	local done = found[1] == '0'
	call('HSET', P .. 'swept', 'policy', policy, 'cursor', done and 'done' or found[1])
	return not done
end

local more = sweep()
local first = call('ZRANGE', P .. 'looks', 0, 0, 'WITHSCORES')
local next = first[2] or false
local held = next and tonumber(next) <= tonumber(now) and tonumber(next) > limit
if held then
	next = string.format('%.0f', tonumber(now) + 1000)
end
if more and (not next or tonumber(next) > tonumber(now) + 1000) then
	next = string.format('%.0f', tonumber(now) + 1000)
end
return { n, next }
