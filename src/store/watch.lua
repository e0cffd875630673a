-- What status does not count: how old things are, what is overdue, and whether all is held. Reads only.
-- ARGV: now by the daemon's clock, how many grades, the channels
-- Gives: Redis' clock, when the last lease ends, the oldest event that is not decided (by Redis' clock; nil:
-- none), breaches that stand, tasks that are open, the nearest day of a running duty (nil: none), the lineage,
-- since when and why all is held (nil: it is not), what is paused, how providers do and how far the auditor's
-- night has come (lists of names and values), then for each channel and grade how many are ready, and since when the oldest could have left (nil: none)

local now, grades = tonumber(ARGV[1]), tonumber(ARGV[2])
local GRADE_STEP = 10000000000000
-- Of many messages some are looked at: those that are due first. So an age is "at least so old".
local LOOKED_AT = 10

local time = call('TIME')
local redis_now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

local function oldest_event()
	local oldest = false
	for _, stream in ipairs({ 'events', 'own' }) do
		local first = oldest_entry(stream)
		local at = first and entry_parts(first)
		if at and (not oldest or at < oldest) then
			oldest = at
		end
	end
	return oldest
end

local function whole(number)
	return number and string.format('%.0f', number) or false
end

-- The oldest of these by grade, into `oldest`.
local function look_at(ids, oldest)
	for _, id in ipairs(ids) do
		local m = read_message(id, 'record', 'order')
		local fine, message = pcall(cjson.decode, m and m.record or '')
		local since = fine and type(message) == 'table' and tonumber(message.not_before)
		local grade = since and math.floor((tonumber(m.order) or 0) / GRADE_STEP)
		if since and since <= now and (not oldest[grade] or since < oldest[grade]) then
			oldest[grade] = since
		end
	end
end

local lease = call('HGET', P .. 'owner', 'last')
local totals = call('HMGET', P .. 'totals', 'breached', 'tasks')
local hold = call('HMGET', P .. 'hold', 'at', 'why')
local duty = call('ZRANGE', P .. 'duties', 0, 0, 'WITHSCORES')
local answer = {
	whole(redis_now), lease or '0', whole(oldest_event()), totals[1] or '0', totals[2] or '0',
	duty[2] or false, call('GET', P .. 'lineage'), hold[1], hold[2], call('HGETALL', P .. 'paused'),
	call('HGETALL', P .. 'providers'), call('HGETALL', P .. 'audit'),
}
for at = 3, #ARGV do
	local ready = out_key(ARGV[at], 'ready')
	local oldest, counts = {}, {}
	for grade = 0, grades - 1 do
		local from, to = whole(grade * GRADE_STEP), '(' .. whole((grade + 1) * GRADE_STEP)
		counts[grade] = call('ZCOUNT', ready, from, to)
		look_at(call('ZRANGEBYSCORE', ready, from, to, 'LIMIT', 0, LOOKED_AT), oldest)
	end
	for _, state in ipairs({ 'waiting', 'claimed', 'handing_over' }) do
		look_at(call('ZRANGE', out_key(ARGV[at], state), 0, LOOKED_AT - 1), oldest)
	end
	for grade = 0, grades - 1 do
		answer[#answer + 1] = counts[grade]
		answer[#answer + 1] = whole(oldest[grade])
	end
end
return answer
