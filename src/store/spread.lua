-- Turns an event about a person into events of Candour's own, one for each of the person's families.
-- Ends the item and remembers its identity, so that it is spread once. Refuses as commit does.
-- ARGV: token, origin, item, bytes, identity, content, then the events

local token, origin, item, bytes, identity, content = unpack(ARGV, 1, 6)
local stream, ended = take_up(token, origin, item, bytes, identity, content)
if not stream then
	return ended
end
expect('stream', P .. 'own')

finish_item(origin, item)
remember(stream, identity, content)
for i = 7, #ARGV do
	call('XADD', P .. 'own', '*', 'event', ARGV[i])
end
return 'DONE'
