-- What is known of an event's subject, and of the event itself. Reads only.
-- ARGV: subject's kind, its id, the family that a new case is opened for, stream, identity, content, how many of a
-- desk's notes
-- Gives: family's id, its record, 0 new or 1 same or 2 other content, the waiting events, who is away, a desk's
-- oldest notes

local kind, id, opened_for = ARGV[1], ARGV[2], ARGV[3]
local family = ''
if kind == 'case' then
	family = call('GET', P .. 'case:' .. id) or opened_for
elseif kind == 'family' then
	family = id
elseif kind == 'service' then
	family = 'desk:' .. id
end
local record = family ~= '' and call('HGET', P .. 'family:' .. family, 'record')
local content = call('GET', seen_key(ARGV[4], ARGV[5]))
local seen = 0
if content then
	seen = content == ARGV[6] and 1 or 2
end
return { family, record, seen, call('LRANGE', P .. 'waiting:' .. kind .. '/' .. id, 0, 15),
	call('HVALS', P .. 'away'),
	kind == 'service' and call('LRANGE', P .. 'notes:' .. id, 0, ARGV[7] - 1) or {} }
