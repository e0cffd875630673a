-- How far the auditor's pass of the night has come. Reads only.
-- Gives: the fields and values, and 1 when its cursor was given by this process of Redis

local fields = call('HGETALL', P .. 'audit')
local run = call('HGET', P .. 'audit', 'run')
return { fields, run == call('INFO', 'server'):match('run_id:(%x+)') and 1 or 0 }
