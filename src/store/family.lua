-- A family as a whole, for whoever shows it. Reads only.
-- ARGV: its id
-- Gives: its record (nil: there is none), and each case that was put away

local id = ARGV[1]
return { call('HGET', P .. 'family:' .. id, 'record'), call('HVALS', P .. 'closed:' .. id) }
