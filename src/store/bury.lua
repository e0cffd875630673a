-- Moves an item to the dead letters, whole, with the reason. The bytes are taken from where the item
-- lies, so that nothing is lost on the way to us and back. Refuses, with nothing written, what was
-- decided on an older record: what the event needs may have come just before it. And so may the very same
-- event: then it is nothing new, as for commit.
-- ARGV: token, origin, item, bytes (of a waiting one), identity, content (empty: of what is no event), family
-- (empty: decided on no record), version, code, field, sentence, now

local token, origin, item, bytes, identity, content, family, version, code, field, message, now = unpack(ARGV)
local stream, ended = take_up(token, origin, item, bytes, identity, content)
if not stream then
	return ended
end
if family ~= '' and (call('HGET', P .. 'family:' .. family, 'version') or '0') ~= version then
	return 'STALE'
end
local fields = { 'code', code, 'field', field, 'message', message, 'at', now, 'origin', stream }
if origin == 'waiting' then
	fields[#fields + 1] = 'event'
	fields[#fields + 1] = bytes
else
	local entry = call('XRANGE', P .. origin, item, item)[1]
	local values = entry and entry[2] or {}
	local event
	for i = 1, #values, 2 do
		if values[i] == 'event' and not event then
			event = values[i + 1]
		end
	end
	fields[#fields + 1] = event and 'event' or 'entry'
	fields[#fields + 1] = event or cjson.encode(values)
end
expect('stream', P .. 'dead')

finish_item(origin, item)
call('XADD', P .. 'dead', '*', unpack(fields))
return 'DONE'
