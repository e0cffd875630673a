-- The last check before the first byte, and the fixing of the words. A message whose family has
-- changed who is told how, or whose time for that has come, goes back to be addressed again. Asked
-- twice, the answer is the same: an attempt names one claim.
-- ARGV: channel, now, now as text, lease, most bytes of a body, then for each message its id,
-- attempt, body, body's SHA-256, template's version
-- Gives: for each 1 (hand it over) or 0

local channel, now, time = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local lease, most = tonumber(ARGV[4]), tonumber(ARGV[5])
expect_outbox(channel)
local held, lease_end = is_held(), digits(now + lease)

local function begin(id, attempt, body, sha256, version)
	local m = read_message(id, 'state', 'attempt', 'tried', 'tell', 'family', 'case', 'useless',
		'sha256', 'unused', 'returned_for')
	if not m then
		drop(id, channel)
		return 0
	end
	if m.attempt ~= attempt or held then
		return 0
	end
	if m.state == 'handing_over' then
		return 1
	end
	if m.state ~= 'claimed' then
		return 0
	end
	-- Nobody can say whom a damaged family's message is for: it is left to its lease.
	local family = redis.pcall('HMGET', P .. 'family:' .. m.family, 'tell', 'told_until')
	if family.err then
		return 0
	end
	local tell, until_ms = unpack(family)
	-- Time alone may have changed it, too, and nobody has looked yet. By whose clock it has not, though it was
	-- asked to look, says so by addressing it as before: then it waits for that clock, a minute at a time.
	local over = now >= (tonumber(until_ms or '') or math.huge)
	if tell == m.tell and over and m.returned_for == until_ms then
		local again = digits(now + 60000)
		move(id, channel, 'claimed', 'waiting', again, 'next', again, 'unused', '0')
		return 0
	end
	if tell ~= m.tell or over then
		move(id, channel, 'claimed', 'intended', nil, 'returned_for', over and until_ms or '')
		add_outcome(id, m, 'stale', time, { channel = channel })
		return 0
	end
	if m.useless ~= '' and tonumber(m.useless) <= now then
		move(id, channel, 'claimed', 'expired', nil, 'code', 'useless')
		add_outcome(id, m, 'expired', time, { channel = channel, code = 'useless' })
		return 0
	end
	if #body > most then
		move(id, channel, 'claimed', 'failed', nil, 'code', 'too_large')
		add_outcome(id, m, 'failed', time, { channel = channel, code = 'too_large' })
		return 0
	end
	local tried = digits((tonumber(m.tried) or 0) + 1)
	if m.sha256 == '' then
		move(id, channel, 'claimed', 'handing_over', lease_end, 'at', time, 'tried', tried,
			'body', body, 'sha256', sha256, 'tv', version)
	else
		move(id, channel, 'claimed', 'handing_over', lease_end, 'at', time, 'tried', tried)
	end
	if m.unused ~= '' then
		call('HDEL', P .. 'msg:' .. id, 'unused')
	end
	return 1
end

local answer = {}
for i = 6, #ARGV, 5 do
	answer[#answer + 1] = begin(unpack(ARGV, i, i + 4))
end
end_moves()
return answer
