-- The ids of a channel's messages that are not settled, the nearest to the door first. Reads only.
-- ARGV: channel, most of each state

local answer = {}
for _, state in ipairs({ 'handing_over', 'claimed', 'unknown', 'ready', 'waiting' }) do
	for _, id in ipairs(call('ZRANGE', out_key(ARGV[1], state), 0, tonumber(ARGV[2]) - 1)) do
		answer[#answer + 1] = id
	end
end
return answer
