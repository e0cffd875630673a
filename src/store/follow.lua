-- Names accepted messages about which their provider is to be asked: each after a pause that grows with its
-- age. What is no longer accepted has its end, and what is too old is known to nobody any more.
-- ARGV: channel, most, now, shortest pause, longest pause, most age
-- Gives: when to ask again (nil: nothing is there), then for each its id and when it was handed over

local channel, most, now = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local shortest, longest, oldest = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local key = expect('zset', P .. 'follow:' .. channel)
if is_held() then
	return { false }
end

local answer = { false }
for _, id in ipairs(call('ZRANGEBYSCORE', key, '-inf', now, 'LIMIT', 0, most)) do
	local m = read_message(id, 'state', 'at', 'followed')
	local age = now - (m and tonumber(m.followed) or now)
	-- A newer attempt of what was accepted late is ended by its lease.
	if not m or (m.state ~= 'accepted' and m.state ~= 'handing_over') or age > oldest then
		call('ZREM', key, id)
	else
		local pause = math.min(longest, math.max(shortest, age))
		call('ZADD', key, string.format('%.0f', now + pause), id)
		answer[#answer + 1] = id
		answer[#answer + 1] = m.at
	end
end

local first = call('ZRANGE', key, 0, 0, 'WITHSCORES')[2]
answer[1] = first and string.format('%.0f', tonumber(first)) or false
return answer
