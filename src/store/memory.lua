-- Compares what is here with what this machine saw last, and holds everything when it must have been
-- restored from a back-up: when it is older, when it is another Redis' data, or when it was not seen before and no
-- living daemon vouches for it.
-- ARGV: the lineage and the end of the lease that were seen last ("" and 0: none), a fresh lineage, now as text
-- Gives: the lineage

local mine, seen, fresh, time = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
-- The last lease may be lost with the last second of the append-only file.
local SLACK = 5000

local lineage = call('GET', P .. 'lineage')
if not lineage then
	-- made by an older version, or empty: there is nothing to compare
	call('SET', P .. 'lineage', fresh)
	return fresh
end
local now = call('TIME')
local owner = call('HMGET', P .. 'owner', 'until', 'last')
local is_owned = (tonumber(owner[1]) or 0) > tonumber(now[1]) * 1000
local last = tonumber(owner[2]) or 0
local why
if mine == '' and not is_owned and call('EXISTS', P .. 'families') == 1 then
	why = 'this machine has not seen this data before'
elseif mine ~= '' and mine ~= lineage then
	why = 'this is not the data that this machine saw last'
elseif mine ~= '' and last + SLACK < seen then
	why = 'this data is older than what this machine saw last'
end
if why and not is_held() then
	call('HSET', P .. 'hold', 'at', time, 'why', why)
	-- whoever decided on it stops at once
	call('HDEL', P .. 'owner', 'token')
end
return lineage
