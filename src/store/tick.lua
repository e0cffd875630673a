-- Makes an event of each look that is due. The look stays and moves a quarter of an hour on; the
-- commit of the event sets the true one, so a lost tick comes again.
-- When the policy is another than the last one that was swept, what runs in every family is to be dated
-- anew: a hundred at a time, with a cursor, and never while many of our own events wait already.
-- After an outage the events that came before this owner go first: what they end must not be said to be late,
-- neither by a look nor by the sweep.
-- Then what is overdue rings, and when that is decided, too, the owner has recovered, and messages leave again
-- (claim). All that has an end, a quarter of an hour after the owner began.
-- ARGV: token, now, now as text, the policy's version, when the owner began, then the ids of the policy's desks
-- Gives: how many, the next look (nil: none); or nil when we do not own the prefix

local token, now, time, policy, began = unpack(ARGV, 1, 5)
if not is_owner(token) then
	return false
end
expect('hash', P .. 'swept')
expect('set', P .. 'families')
local now_ms, over = tonumber(now), tonumber(now) - tonumber(began) >= 900000

local told = call('HGET', P .. 'owner', 'recovered')
local recovered = over or told
local first_event = oldest_entry('events')
local held_back = not recovered and first_event and not is_after(first_event, began .. '-0')
-- So many wait to be decided that what rings now would be old by then, and ring again.
local crowded = call('XLEN', P .. 'own') > 1000
local limit = (held_back or crowded) and '-inf' or now
local due = call('ZRANGEBYSCORE', P .. 'looks', '-inf', limit, 'WITHSCORES', 'LIMIT', 0, 100)
expect('stream', P .. 'own')

-- True when its clock rang.
local function ring(family, look)
	local key = P .. 'family:' .. family
	local found = call('TYPE', key).ok
	local version = found == 'hash' and call('HGET', key, 'version')
	if version then
		add_own(family .. '.' .. version .. '.' .. digits(tonumber(look)), 'clock.due', subject_of(family), time,
			'{}')
	end
	-- What cannot be read keeps nobody else's clock from ringing.
	if version or found ~= 'none' then
		call('ZADD', P .. 'looks', digits(now_ms + 900000), family)
	else
		call('ZREM', P .. 'looks', family)
	end
	return version
end

local n = 0
for i = 1, #due, 2 do
	if ring(due[i], due[i + 1]) then
		n = n + 1
	end
end

-- A desk's hours are the policy's, too: it is looked at now, and sets its clock by them.
local function sweep_desks()
	for i = 6, #ARGV do
		if call('ZSCORE', P .. 'looks', 'desk:' .. ARGV[i]) then
			ring('desk:' .. ARGV[i], now)
		end
	end
end

local function newest_own()
	local last = call('XREVRANGE', P .. 'own', '+', '-', 'COUNT', 1)[1]
	return last and last[1] or '0-0'
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
	if held_back or call('XLEN', P .. 'own') > 1000 then
		return true
	end
	if swept ~= policy then
		sweep_desks()
	end
	local found = call('SSCAN', P .. 'families', swept == policy and cursor or '0', 'COUNT', 100)
	for _, family in ipairs(found[2]) do
		add_own('rules.' .. policy .. '.' .. now .. '.' .. family, 'rules.changed', 'family/' .. family, time,
			'{}')
	end
	local done = found[1] == '0'
	call('HSET', P .. 'swept', 'policy', policy, 'cursor', done and 'done' or found[1], 'last', newest_own())
	return not done
end

-- True when nothing is left of the time before this owner: its events are decided, what was overdue has rung,
-- and that is decided, too.
local function is_recovered()
	if recovered or held_back or crowded or #due == 200 then
		return recovered
	end
	local rung = call('HGET', P .. 'owner', 'rung')
	if not rung then
		rung = newest_own()
		call('HSET', P .. 'owner', 'rung', rung)
	end
	local first = oldest_entry('own')
	return not first or is_after(first, rung)
end

local more = sweep()
local first = call('ZRANGE', P .. 'looks', 0, 0, 'WITHSCORES')
local next = not held_back and not crowded and first[2] or false

-- Not later than so many milliseconds from now.
local function come_within(ms)
	if not next or tonumber(next) > now_ms + ms then
		next = string.format('%.0f', now_ms + ms)
	end
end
if more then
	come_within(1000)
end
if crowded or not is_recovered() then
	come_within(200)
elseif not told then
	call('HSET', P .. 'owner', 'recovered', '1')
end
return { n, next }
