-- Turns an event about a person into events of Candour's own, one for each of the person's families.
-- Ends the item and remembers its identity, so that it is spread once. Refuses as commit does.
-- ARGV: token, origin, item, bytes, identity, content, then the events

local token, origin, item, bytes, identity, content = unpack(ARGV, 1, 6)
if not is_owner(token) then
	return 'FENCED'
end
local stream = find_item(origin, item, bytes)
if not stream then
	return 'GONE'
end
local before = call('GET', seen_key(stream, identity))
if before then
	if before ~= content then
		return 'CONFLICT'
	end
	finish_item(origin, item)
	return 'SEEN'
end
expect('stream', P .. 'own')

finish_item(origin, item)
remember(stream, identity, content)
for i = 7, #ARGV do
	call('XADD', P .. 'own', '*', 'event', ARGV[i])
end
return 'DONE'
