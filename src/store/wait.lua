-- Lets the event of a stream wait for a subject that is not known yet. Several may be on their way
-- here at once, so its place is by its entry's id, and not by when it comes. Refuses when the subject
-- has become known: then nothing would wake it.
-- ARGV: token, origin, item, bytes, subject, until

local token, origin, item, bytes, subject, ends = unpack(ARGV)
if not is_owner(token) then
	return 'FENCED'
end
if not find_item(origin, item, bytes) then
	return 'GONE'
end
if is_known(subject) then
	return 'STALE'
end
local list = expect('list', P .. 'waiting:' .. subject)
expect('zset', P .. 'waits')

-- The oldest of those at the end of the list that came on the same stream, but later. No more can be
-- on their way at once than are taken from the stream at once.
local behind
for i = -1, -128, -1 do
	local waiting = call('LINDEX', list, i)
	local stream, id = (waiting or ''):match('^%d+ (%a+) (%S+) ')
	if stream ~= origin or not is_after(id, item) then
		break
	end
	behind = waiting
end

finish_item(origin, item)
local element = ends .. ' ' .. origin .. ' ' .. item .. ' ' .. bytes
if behind then
	call('LINSERT', list, 'BEFORE', behind, element)
else
	call('RPUSH', list, element)
end
-- the oldest decides when the subject is looked at
call('ZADD', P .. 'waits', call('LINDEX', list, 0):match('^%d+'), subject)
return 'DONE'
