-- Takes the owner's lease when it is free or over, and keeps it when it is ours. A new owner gets a
-- new epoch, hence a new token: what an older one still sends is refused. Redis' own clock decides.
-- Whoever did not own it just before has to recover first: see tick.
-- ARGV: random, policy's version, length in ms
-- Gives: the token, or nil while it is somebody else's, or all is held

if is_held() then
	return false
end
local random, policy, length = ARGV[1], ARGV[2], tonumber(ARGV[3])
local time = call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local owner = call('HMGET', P .. 'owner', 'token', 'until', 'epoch')
local token, lapsed = owner[1], (tonumber(owner[2]) or 0) <= now
if not token or token:match('%.(.*)$') ~= random then
	if token and not lapsed then
		return false
	end
	local epoch = string.format('%.0f', (tonumber(owner[3]) or 0) + 1)
	token = epoch .. '.' .. random
	call('HSET', P .. 'owner', 'token', token, 'epoch', epoch)
	lapsed = true
end
if lapsed then
	call('HDEL', P .. 'owner', 'recovered', 'rung')
	call('HSET', P .. 'owner', 'since', string.format('%.0f', now))
end
local ends = string.format('%.0f', now + length)
-- `last` stays when the lease is given up: by it a machine sees whether this is what it saw last.
call('HSET', P .. 'owner', 'until', ends, 'last', ends, 'policy', policy)
return token
