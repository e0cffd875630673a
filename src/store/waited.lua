-- The subjects whose oldest waiting event is over its time, and those that have become known without
-- anybody having looked: a sample of a hundred, so that a long list costs no more. Reads only.
-- ARGV: now

local over = call('ZRANGEBYSCORE', P .. 'waits', '-inf', ARGV[1], 'LIMIT', 0, 16)
local listed = {}
for _, subject in ipairs(over) do
	listed[subject] = true
end
for _, subject in ipairs(call('ZRANDMEMBER', P .. 'waits', 100)) do
	if #over < 16 and not listed[subject] and is_known(subject) then
		over[#over + 1] = subject
	end
end
return over
