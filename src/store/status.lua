-- Everything `status` and `wait --idle` want to know, at one moment. Reads only.
-- ARGV: the channels
-- Gives: owner's token (nil: nobody), epoch, policy, not yet taken, pending, subjects waited for,
-- dead letters, next look, then for each channel waiting, ready, claimed, handing over, unknown,
-- first try

local function count_pending(stream)
	-- before the first start there is no group
	local pending = redis.pcall('XPENDING', P .. stream, 'candour')
	return pending.err and 0 or pending[1]
end

local function first_score(key)
	return call('ZRANGE', key, 0, 0, 'WITHSCORES')[2] or false
end

-- Events whose subject is known by now wait no longer: they are on their way, though in no stream. Of
-- very many subjects a hundred are looked at.
local function count_freed()
	local n = 0
	for _, subject in ipairs(call('ZRANDMEMBER', P .. 'waits', 100)) do
		if is_known(subject) then
			n = n + call('LLEN', P .. 'waiting:' .. subject)
		end
	end
	return n
end

local time = call('TIME')
local owner = call('HMGET', P .. 'owner', 'token', 'until', 'epoch', 'policy')
local is_over = (tonumber(owner[2]) or 0) <= tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000
local there = call('XLEN', P .. 'events') + call('XLEN', P .. 'own')
local pending = count_pending('events') + count_pending('own')

local answer = {
	not is_over and owner[1] or false, owner[3] or '0', owner[4] or '',
	math.max(0, there - pending), pending + count_freed(), call('ZCARD', P .. 'waits'), call('XLEN', P .. 'dead'),
	first_score(P .. 'looks'),
}
for _, channel in ipairs(ARGV) do
	for _, state in ipairs({ 'waiting', 'ready', 'claimed', 'handing_over', 'unknown' }) do
		answer[#answer + 1] = call('ZCARD', out_key(channel, state))
	end
	answer[#answer + 1] = first_score(out_key(channel, 'waiting'))
end
return answer
