-- Writes down how far the auditor's pass of the night has come, and up to where chains of evidence are proven.
-- ARGV: token, how many fields, each with its value, then families, each with its proven point
-- Gives: 1, or 0 when the prefix is somebody else's

if not is_owner(ARGV[1]) then
	return 0
end
expect('hash', P .. 'audit')
local n = tonumber(ARGV[2])
-- The cursor is good for this process of Redis only.
call('HSET', P .. 'audit', 'run', call('INFO', 'server'):match('run_id:(%x+)'), unpack(ARGV, 3, 2 + 2 * n))
for i = 3 + 2 * n, #ARGV, 2 do
	local key = P .. 'family:' .. ARGV[i]
	if call('TYPE', key).ok == 'hash' then
		call('HSET', key, 'proven', ARGV[i + 1])
	end
end
return 1
