-- Makes an event of each look that is due. The look stays and moves a quarter of an hour on; the
-- commit of the event sets the true one, so a lost tick comes again.
-- ARGV: token, now, now as text
-- Gives: how many, the next look (nil: none); or nil when we do not own the prefix

local token, now, time = unpack(ARGV)
if not is_owner(token) then
	return false
end
local due = call('ZRANGEBYSCORE', P .. 'looks', '-inf', now, 'WITHSCORES', 'LIMIT', 0, 100)
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
local first = call('ZRANGE', P .. 'looks', 0, 0, 'WITHSCORES')
return { n, first[2] or false }
