-- Lets the event of a stream wait for a subject that is not known yet, behind those that wait for it
-- already. Refuses when the subject has become known: then nothing would wake it.
-- ARGV: token, origin, item, bytes, subject, until

local token, origin, item, bytes, subject, ends = unpack(ARGV)
if not is_owner(token) then
	return 'FENCED'
end
if not find_item(origin, item, bytes) then
	return 'GONE'
end
local kind, id = subject:match('^(%a+)/(.+)$')
if call('EXISTS', P .. kind .. ':' .. id) == 1 then
	return 'STALE'
end
local list = expect('list', P .. 'waiting:' .. subject)
expect('zset', P .. 'waits')

finish_item(origin, item)
call('RPUSH', list, ends .. ' ' .. origin .. ' ' .. bytes)
-- the oldest decides when the subject is looked at
call('ZADD', P .. 'waits', 'NX', ends, subject)
return 'DONE'
