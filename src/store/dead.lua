-- A page of dead letters behind an entry, oldest first, each with whether it is parked. Reads only.
-- ARGV: the stream id to begin behind ("" for the first), how many

local from = ARGV[1] == '' and '-' or '(' .. ARGV[1]
local page = call('XRANGE', P .. 'dead', from, '+', 'COUNT', ARGV[2])
for _, letter in ipairs(page) do
	letter[3] = call('SISMEMBER', P .. 'parked', letter[1])
end
return page
