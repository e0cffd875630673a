-- Ends a hold. What may have left before the restore becomes unknown, a hundred messages a call: a person asks
-- whether it arrived. The hold ends with the call that finds no more.
-- ARGV: now, now as text, until when the lost Redis may have worked, 1: what is there may be sent again,
-- then the channels
-- Gives: how many became unknown; or nil when nothing was held

local now, time, until_ms, again = tonumber(ARGV[1]), ARGV[2], ARGV[3], ARGV[4] == '1'
local LIMIT = 100
if not is_held() then
	return false
end

local n = 0
local function doubt(channel, state, most)
	for _, id in ipairs(call('ZRANGEBYSCORE', out_key(channel, state), '-inf', most, 'LIMIT', 0, LIMIT - n)) do
		local m = read_message(id, 'attempt', 'family', 'case')
		move(id, channel, state, 'unknown', now, 'unknown', '1', 'code', 'restored')
		add_outcome(id, m, 'unknown', time, { channel = channel, code = 'restored', again = false })
		n = n + 1
	end
end

if not again then
	for i = 5, #ARGV do
		expect_outbox(ARGV[i])
		doubt(ARGV[i], 'handing_over', '+inf')
		doubt(ARGV[i], 'claimed', '+inf')
		doubt(ARGV[i], 'ready', '+inf')
		doubt(ARGV[i], 'waiting', until_ms)
	end
end
if n == 0 then
	-- what an event of that time still brings about is in doubt, too: see commit
	if not again then
		call('SET', P .. 'restored', until_ms, 'PX', 2592000000)
	end
	call('DEL', P .. 'hold')
end
return n
