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

-- ---- checks: nothing is written here -----------------------------------------------------------

local doubtful, damaged = {}, {}
local function doubt(channel, state, most)
	local room = LIMIT - #doubtful - #damaged / 2
	for _, id in ipairs(call('ZRANGEBYSCORE', out_key(channel, state), '-inf', most, 'LIMIT', 0, room)) do
		local m = read_message(id, 'attempt', 'family', 'case')
		if m then
			m.id, m.channel, m.from = id, channel, state
			doubtful[#doubtful + 1] = m
		else
			push(damaged, id, channel)
		end
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

-- ---- writes ------------------------------------------------------------------------------------

for i = 1, #damaged, 2 do
	drop(damaged[i], damaged[i + 1])
end
for _, m in ipairs(doubtful) do
	move(m.id, m.channel, m.from, 'unknown', now, 'unknown', '1', 'code', 'restored')
	add_outcome(m.id, m, 'unknown', time, { channel = m.channel, code = 'restored', again = false })
end
end_moves()
local n = #doubtful + #damaged / 2
if n == 0 then
	-- what an event of that time still brings about is in doubt, too: see commit
	if not again then
		call('SET', P .. 'restored', until_ms, 'PX', 2592000000)
	end
	call('DEL', P .. 'hold')
end
return n
