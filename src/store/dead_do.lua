-- Replays, parks or drops one dead letter. A replay puts the event back on the stream it came on and
-- takes the letter out.
-- ARGV: replay, park or drop; the letter's stream id
-- Gives: 1 done, 0 not there, -1 it holds no event to replay

local step, id = ARGV[1], ARGV[2]
local letter = call('XRANGE', P .. 'dead', id, id)[1]
if not letter then
	return 0
end
expect('set', P .. 'parked')
if step == 'park' then
	call('SADD', P .. 'parked', id)
	return 1
end
if step == 'replay' then
	local field = {}
	for i = 1, #letter[2], 2 do
		field[letter[2][i]] = letter[2][i + 1]
	end
	if not field.event then
		return -1
	end
	local stream = expect('stream', P .. (field.origin == 'own' and 'own' or 'events'))
	call('XADD', stream, '*', 'event', field.event)
end
call('XDEL', P .. 'dead', id)
call('SREM', P .. 'parked', id)
return 1
